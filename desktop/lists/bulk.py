"""Dialogs that change many records at once: what would change is shown first, and it is one step to undo."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import RecordInUse
from db.fields import FieldType, fields_of
from db.models import Claim, Entity, Tag
from db.operations.bulk import BulkPreview, preview_field, set_field_of_all, tag_all, untag_all
from db.queries.lists import ids_of
from db.queries.records import RecordRow, list_records
from desktop.errors import expected
from desktop.forms.captions import all_of, field_label
from desktop.forms.editors import FieldEditor
from desktop.forms.form import make_editor
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.places import Place
from desktop.theme import Size, make_primary
from desktop.widgets.labels import LinkButton, Words

_PAUSE = 250
_MOST_LINKS = 5


class _BulkDialog(QDialog):
    """A heading, what to do, what it would do, and the button that does it."""

    decided = Signal(str)
    """The label of the edit that is on its way."""

    def __init__(self, live: LiveCase, cls: type[Entity], pks: array[int], title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._live, self._cls = live, cls
        self._ids: list[UUID] = []
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self._heading = Words(title, self, size=Size.HEADING, strong=True)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(8)
        self._preview = Words("", self, muted=True)
        self._preview.setObjectName("preview")
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._do = self._buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        assert isinstance(self._do, QPushButton)
        self._do.setObjectName("do")
        make_primary(self._do)
        self._do.setEnabled(False)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(self._form)
        column.addWidget(self._preview)
        column.addWidget(self._trouble)
        column.addStretch(1)
        column.addWidget(self._buttons)
        self.setMinimumWidth(560)
        live.read(ids_of, cls, pks, then=self._take_ids)

    def _take_ids(self, ids: list[UUID]) -> None:
        self._ids = ids
        self._begin()

    def _begin(self) -> None:
        """All records are known."""
        raise NotImplementedError

    def _fit(self) -> None:
        """As high as what is said needs at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.width(), max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height()))

    def _finish(self, result: object) -> None:
        self.accept()

    def _refuse(self, error: BaseException) -> None:
        self._do.setEnabled(True)
        if expected(error):
            self._trouble.setText(str(error))
        else:
            self._live.troubled.emit(error)


class BulkEditDialog(_BulkDialog):
    """Sets one field of many records to one value."""

    def __init__(self, live: LiveCase, cls: type[Entity], pks: array[int], parent: QWidget) -> None:
        title = parent.tr("Change {count} {kind}").format(count=f"{len(pks):,}", kind=all_of(cls.PLURAL).lower())
        super().__init__(live, cls, pks, title, parent)
        self._editor: FieldEditor | None = None
        self._reading: Ticket | None = None
        self._names = [name for name in sorted(fields_of(cls), key=field_label) if _is_changeable(cls, name)]
        self.field = QComboBox(self)
        self.field.setObjectName("field")
        self.field.setAccessibleName(self.tr("Field"))
        self.field.addItems([field_label(name) for name in self._names])
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._form.addRow(self.tr("Field"), self.field)
        self.field.currentIndexChanged.connect(self._choose)
        self._do.clicked.connect(self._write)
        self.field.setFocus()

    @property
    def editor(self) -> FieldEditor:
        """The editor of the chosen field."""
        assert self._editor is not None
        return self._editor

    def _begin(self) -> None:
        """What was chosen and typed before the records were known stays."""
        if self._editor is None:
            self._choose(self.field.currentIndex())
        else:
            self._wait()

    def _choose(self, place: int) -> None:
        if not self._names:
            self._trouble.setText(self.tr("No field of these can be changed."))
            return
        if self._editor is not None:
            self._form.removeRow(self._form.rowCount() - 1)
        self._editor = make_editor(self._live, fields_of(self._cls)[self._names[place]], self, draft=True)
        self._editor.edited.connect(self._wait)
        self._form.addRow(self.tr("New value; empty clears the field"), self._editor)
        self._wait()

    def _wait(self, value: object = None) -> None:
        self._do.setEnabled(False)
        self._pause.start()

    def _ask(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        name = self._names[self.field.currentIndex()]
        value = self.editor.value()
        self._reading = self._live.read(
            preview_field, self._cls, self._ids, name, value, then=self._show, failed=self._refuse
        )

    def _show(self, preview: BulkPreview) -> None:
        self._trouble.setText(preview.refused)
        self._do.setEnabled(preview.differing > 0)
        words = self.tr("{differing} of {count} would change.")
        lines = [words.format(differing=f"{preview.differing:,}", count=f"{preview.records:,}")]
        nothing = self.tr("(empty)")
        for example in preview.examples:
            before, after = example.before or nothing, example.after or nothing
            lines.append(f"• {_short(example.title)}: {_short(before)} → {_short(after)}")
        rest = preview.differing - len(preview.examples)
        if rest > 0:
            lines.append(self.tr("… and {count} more").format(count=f"{rest:,}"))
        self._preview.setText("" if preview.refused else "\n".join(lines))
        self._fit()

    def _write(self) -> None:
        name = self._names[self.field.currentIndex()]
        words = self.tr("Set {field} of {count} {kind}")
        label = words.format(
            field=field_label(name).lower(), count=f"{len(self._ids):,}", kind=all_of(self._cls.PLURAL).lower()
        )
        self._do.setEnabled(False)
        self.decided.emit(label)
        value = self.editor.value()
        self._live.write(label, set_field_of_all, self._ids, name, value, then=self._finish, failed=self._refuse)


class TagDialog(_BulkDialog):
    """Puts a tag on records or takes one off."""

    def __init__(self, live: LiveCase, cls: type[Entity], pks: array[int], parent: QWidget) -> None:
        title = parent.tr("Tag {count} {kind}").format(count=f"{len(pks):,}", kind=all_of(cls.PLURAL).lower())
        super().__init__(live, cls, pks, title, parent)
        self._tags: dict[str, UUID] = {}
        self.name = QComboBox(self)
        self.name.setObjectName("tag")
        self.name.setEditable(True)
        self.name.setAccessibleName(self.tr("Tag"))
        line = self.name.lineEdit()
        assert line is not None
        line.setAccessibleName(self.tr("Tag"))
        line.setPlaceholderText(self.tr("A tag, or a new one"))
        self.put_on = QRadioButton(self.tr("Put on"), self)
        self.take_off = QRadioButton(self.tr("Take off"), self)
        self.put_on.setChecked(True)
        label = QLabel(self.tr("Tag"), self)
        label.setBuddy(self.name)
        self._form.addRow(label, self.name)
        self._form.addRow(self.put_on)
        self._form.addRow(self.take_off)
        self.name.editTextChanged.connect(self._check)
        self.take_off.toggled.connect(self._check)
        self._do.clicked.connect(self._write)
        line.setFocus()

    def _begin(self) -> None:
        self._live.read(list_records, Tag, then=self._take_tags)

    def _take_tags(self, rows: list[RecordRow]) -> None:
        self._tags = {row.title: row.id for row in rows}
        typed = self.name.currentText()
        self.name.addItems(sorted(self._tags, key=str.casefold))
        self.name.setEditText(typed)
        self._check()

    def _check(self, changed: object = None) -> None:
        name = self.name.currentText().strip()
        self._do.setEnabled(bool(name) and (self.put_on.isChecked() or name in self._tags) and bool(self._ids))
        fresh = bool(name) and name not in self._tags
        missing = self.tr("No tag is called so.") if fresh and self.take_off.isChecked() else ""
        self._preview.setText(missing or (self.tr("A new tag.") if fresh else ""))

    def _write(self) -> None:
        name, count = self.name.currentText().strip(), f"{len(self._ids):,}"
        self._do.setEnabled(False)
        words = self.tr("Tag {count} with “{tag}”") if self.put_on.isChecked() else self.tr("Untag {count} “{tag}”")
        label = words.format(count=count, tag=name)
        self.decided.emit(label)
        if self.put_on.isChecked():
            self._live.write(label, tag_all, self._ids, name, then=self._finish, failed=self._refuse)
        else:
            self._live.write(label, untag_all, self._ids, self._tags[name], then=self._finish, failed=self._refuse)


class RefusedNote(QDialog):
    """Why something was not done, with links to what stands in the way."""

    opened = Signal(object)
    """A Place."""

    def __init__(self, error: BaseException, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Not done"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        column.addWidget(Words(str(error), self, selectable=True))
        users = error.users if isinstance(error, RecordInUse) else {}
        for record, title in list(users.items())[:_MOST_LINKS]:
            link = LinkButton(title, Place(record), self)
            link.followed.connect(self._follow)
            column.addWidget(link)
        column.addWidget(buttons)
        self.setMinimumWidth(420)

    def _follow(self, place: Place) -> None:
        self.opened.emit(place)
        self.accept()


def _is_changeable(cls: type[Entity], name: str) -> bool:
    field = fields_of(cls)[name]
    return cls is not Claim and not field.identity and field.holds is not FieldType.CONTENT and name != "tags"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"
