"""Editors of fields that point at records: one of them, or a set of them."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from db.fields import Field, FieldValue, Item
from db.operations.drafts import Drafted
from db.queries.records import FieldRow
from db.queries.suggestions import title_of
from desktop.forms.captions import field_label
from desktop.forms.editors import FieldEditor
from desktop.forms.picker import RecordPicker
from desktop.live import LiveCase
from desktop.places import Place
from desktop.theme import dress
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import LinkButton
from desktop.widgets.layouts import clear_layout, rebuilt

_LONGEST = 60
_BESIDE, _ALONE = 170, 232
"""How wide the picker is, in pixels."""


class Chip(QWidget):
    """A record or words in a field, as a link, with a button that takes it out."""

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, item: Item, title: str, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        shown = title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1].rstrip()}…"
        link = LinkButton(shown, item, self)
        link.setAccessibleName(title)
        link.setToolTip(title if shown != title else "")
        link.followed.connect(self._open)
        link.setEnabled(isinstance(item, UUID))
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 1, 1 if writable else 5, 1)
        row.setSpacing(0)
        row.addWidget(link)
        if writable:
            row.addWidget(self._remover(title))

    def _remover(self, title: str) -> QToolButton:
        button = QToolButton(self)
        dress(button, "x")
        button.setFixedSize(22, 22)
        button.setAccessibleName(self.tr("Take out {title}").format(title=title))
        button.setToolTip(self.tr("Take out"))
        button.clicked.connect(self._remove)
        return button

    def _open(self, item: object) -> None:
        if isinstance(item, UUID):
            self.opened.emit(Place(item))

    def _remove(self) -> None:
        self.removed.emit(self.item)


class _ChipEditor(FieldEditor):
    """Chips, and a line to choose another record."""

    def __init__(self, live: LiveCase, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._live = live
        self._items: frozenset[Item] = frozenset()
        self._shown: tuple[bool, dict[Item, str]] | None = None
        self._names: dict[UUID, str] = {}
        self._drafts: dict[UUID, Drafted] = {}
        self._writable = True
        self._chips = QWidget(self)
        self._chips.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self._chips, spacing=4)
        self.picker = RecordPicker(live, field.kinds, self._chips)
        self.picker.chosen.connect(self.take)
        self.picker.wanted.connect(self.wanted)
        self.picker.drafted.connect(self.take_draft)
        self._fill(self._chips)
        self._flow.addWidget(self.picker)

    @property
    def control(self) -> QWidget:
        return self.picker

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self._names |= names
        self._show(items_of(row.value))

    def set_writable(self, writable: bool) -> None:
        self._writable = writable
        self._show(self._items)

    def take(self, record: UUID) -> None:
        """Take a record that was chosen or has just been made."""
        self._live.read(_title_with, record, then=self._take)

    def take_draft(self, draft: Drafted) -> None:
        """Take a record that will be written together with what is edited here."""
        self._names[draft.key] = draft.title
        self._drafts[draft.key] = draft
        self._change(self._with(draft.key))

    def drafts(self) -> tuple[Drafted, ...]:
        return tuple(self._drafts[item] for item in self._items if isinstance(item, UUID) and item in self._drafts)

    def _take(self, found: tuple[UUID, str]) -> None:
        self._names[found[0]] = found[1]
        self._change(self._with(found[0]))

    def _with(self, record: UUID) -> frozenset[Item]:
        raise NotImplementedError

    def _drop(self, item: Item) -> None:
        self._change(self._items - {item})

    def _change(self, items: frozenset[Item]) -> None:
        if items != self._items:
            self._show(items)
            self.edited.emit(self.value())

    def _show(self, items: frozenset[Item]) -> None:
        titles = {item: self._title(item) for item in items}
        shown = (self._writable, titles)
        if shown == self._shown:
            return
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._chips.isAncestorOf(focused)
        self._items, self._shown = items, shown
        with rebuilt(self._chips):
            self._flow.removeWidget(self.picker)
            clear_layout(self._flow)
            for item, title in sorted(titles.items(), key=lambda each: (each[1], str(each[0]))):
                self._add_chip(item, title)
            self._flow.addWidget(self.picker)
            self.picker.setVisible(self._writable and self._has_room())
            self.picker.setMinimumWidth(_BESIDE if items else _ALONE)
            self.picker.invite(replacing=bool(items) and not self._takes_many)
        self.picker.setAccessibleName(field_label(self.field.name))
        if had_focus:
            self.picker.setFocus()

    def _add_chip(self, item: Item, title: str) -> None:
        removable = self._writable and (len(self._items) > 1 or not self.field.required)
        chip = Chip(item, title, removable, self._chips)
        if item not in self._drafts:
            chip.opened.connect(self.opened)
        chip.removed.connect(self._drop)
        self._flow.addWidget(chip)
        chip.show()

    _takes_many = True

    def _has_room(self) -> bool:
        return True

    def _title(self, item: Item) -> str:
        return self._names.get(item, str(item)) if isinstance(item, UUID) else str(item)


class ReferenceEditor(_ChipEditor):
    """One record."""

    _takes_many = False

    def value(self) -> object:
        return next(iter(self._items), None)

    def _with(self, record: UUID) -> frozenset[Item]:
        return frozenset({record})

    def _has_room(self) -> bool:
        return not self._items or self.field.required


class ReferencesEditor(_ChipEditor):
    """A set of records."""

    def value(self) -> object:
        return self._items

    def _with(self, record: UUID) -> frozenset[Item]:
        return self._items | {record}


def items_of(value: FieldValue) -> frozenset[Item]:
    """What a field holds, as a set."""
    if isinstance(value, frozenset):
        return value
    return frozenset({value}) if isinstance(value, UUID) else frozenset()


def _title_with(session: object, record: UUID) -> tuple[UUID, str]:
    return record, title_of(session, record)  # type: ignore[arg-type]
