"""What a briefing is about: its kind, and the records or the filter that it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from db.errors import FilterError
from db.filters import parse
from db.models import Agreement
from db.queries.lists import columns_of
from desktop.errors import Trouble
from desktop.forms.captions import field_label
from desktop.forms.picker import RecordPicker
from desktop.lists.filter_bar import FilterBar
from desktop.live import LiveCase
from desktop.pages.briefing.groups import caption_of
from desktop.printing.options import Kind, Subject
from desktop.theme import dress
from desktop.widgets.labels import LinkButton

_PAUSE = 350
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class About:
    """Which records a kind of briefing is about, and how many at least and at most."""

    tables: tuple[str, ...]
    least: int
    most: int


ABOUT: Mapping[Kind, About] = {
    Kind.AGREEMENT: About(("agreement",), 1, 1),
    Kind.OFFICIAL: About(("person",), 1, 1),
    Kind.PAIR: About(("organization",), 2, 2),
    Kind.REGISTER: About((), 0, 0),
    Kind.DOSSIER: About(("agreement", "person", "organization"), 0, 200),
}
_FILTERED = (Kind.REGISTER, Kind.DOSSIER)


class SubjectPanel(QWidget):
    """Reports what a person wants a briefing of, and keeps nothing else."""

    changed = Signal()
    """Something else is wanted; `subject` says what."""
    followed = Signal(object)
    """The id of a record that somebody wants to see."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._kind = Kind.AGREEMENT
        self._records: dict[Kind, tuple[UUID, ...]] = {}
        self._titles: dict[UUID, str] = {}
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._report)
        self.kinds = self._combo("briefingKind", self.tr("Kind of briefing"))
        for kind, words in self._kinds().items():
            self.kinds.addItem(words, kind.value)
        self.kinds.activated.connect(self._choose_kind)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self._pickers = {kind: self._picker(kind) for kind, about in ABOUT.items() if about.most}
        self.filter_bar = FilterBar(Agreement, self)
        self.filter_bar.line.setObjectName("briefingFilter")
        self.filter_bar.line.setAccessibleName(self.tr("Agreements by a filter"))
        self.filter_bar.filtered.connect(self._wait)
        self._grouping = self._combo("briefingGrouping", self.tr("Grouped by"))
        for value, words in self._groupings().items():
            self._grouping.addItem(words, value)
        self._sort = self._combo("briefingSort", self.tr("Sorted by"))
        for name in columns_of(Agreement):
            self._sort.addItem(field_label(name), name)
        self._backwards = QCheckBox(self.tr("Last first"), self)
        self._backwards.setObjectName("briefingSortBackwards")
        self._title = QLineEdit(self, maxLength=LONGEST_TITLE)
        self._title.setObjectName("briefingTitle")
        self._title.setAccessibleName(self.tr("Title"))
        self._title.setPlaceholderText(self.tr("The case’s title"))
        for combo in (self._grouping, self._sort):
            combo.activated.connect(self._report)
        self._backwards.clicked.connect(self._report)
        self._title.textEdited.connect(self._wait)
        self._captions: dict[QWidget, QLabel] = {}
        self._arrange()
        self.show_subject(Subject(Kind.AGREEMENT))

    @property
    def kind(self) -> Kind:
        """The kind of briefing that is chosen."""
        return self._kind

    @property
    def records(self) -> tuple[UUID, ...]:
        """The records that are chosen."""
        return self._records.get(self._kind, ())

    @property
    def is_readable(self) -> bool:
        """Whether the filter, where there is one, can be read."""
        return not self._uses_filter or self._filter_error() is None

    @property
    def subject(self) -> Subject | None:
        """What the briefing is about; None while something is missing."""
        about, records = ABOUT[self._kind], self.records
        if not about.least <= len(records) <= max(about.most, len(records) if self._kind is Kind.DOSSIER else 0):
            return None
        if not self.is_readable:
            return None
        found = Subject(self._kind, records)
        if self._uses_filter:
            found = replace(found, filter=self.filter_bar.text.strip())
        if self._kind in _FILTERED:
            found = replace(found, grouping=self._grouping.currentData())
        if self._kind is Kind.REGISTER:
            found = replace(found, sort=("-" if self._backwards.isChecked() else "") + self._sort.currentData())
        if self._kind is Kind.DOSSIER:
            found = replace(found, title=self._title.text().strip())
        return found

    def show_subject(self, subject: Subject) -> None:
        """Show what a briefing is about, without reporting it."""
        self._kind = subject.kind
        self._records[subject.kind] = subject.records
        self.kinds.setCurrentIndex(self.kinds.findData(subject.kind.value))
        if subject.kind in _FILTERED:
            self.filter_bar.line.setText(subject.filter)
            self._grouping.setCurrentIndex(self._grouping.findData(subject.grouping))
            self._sort.setCurrentIndex(self._sort.findData(subject.sort.removeprefix("-")))
            self._backwards.setChecked(subject.sort.startswith("-"))
            self._title.setText(subject.title)
        self._pause.stop()
        self._show()

    def show_titles(self, titles: Mapping[UUID, str]) -> None:
        """Say what the chosen records are called."""
        if any(self._titles.get(record) != titles.get(record) for record in self.records):
            self._titles.update(titles)
            self._show()

    def show_filter_trouble(self, trouble: Trouble | None) -> None:
        """Say at the filter what the file could not make of it; nothing if there is no trouble."""
        self.filter_bar.show_error(FilterError(trouble.text, trouble.position or 0) if trouble else None)

    def focus_first(self) -> None:
        """Let what is missing be chosen."""
        widget = self._pickers.get(self._kind, self.filter_bar.line)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _uses_filter(self) -> bool:
        """A dossier of chosen records needs none."""
        return self._kind in _FILTERED and not self.records

    def _filter_error(self) -> FilterError | None:
        if not self.filter_bar.text.strip():
            return None
        try:
            parse(self.filter_bar.text)
        except FilterError as error:
            return error
        return None

    def _choose_kind(self) -> None:
        self._kind = Kind(self.kinds.currentData())  # Qt gives back a bare string
        self._show()
        self._report()

    def _choose(self, record: object) -> None:
        assert isinstance(record, UUID)
        most = ABOUT[self._kind].most
        kept = [each for each in self.records if each != record]
        self._records[self._kind] = (*kept[: most - 1], record) if most > 1 else (record,)
        self._show()
        self._report()

    def _remove(self) -> None:
        button = self.sender()
        gone = button.property("record") if button is not None else None
        self._records[self._kind] = tuple(record for record in self.records if str(record) != gone)
        self._show()
        self.focus_first()
        self._report()

    def _wait(self) -> None:
        self._pause.start()

    def _report(self) -> None:
        self._pause.stop()
        if self._uses_filter:
            self.filter_bar.show_error(self._filter_error())
        self.changed.emit()

    # -- what is seen

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.kinds)
        column.addSpacing(4)
        column.addLayout(self._rows)
        for picker in self._pickers.values():
            column.addWidget(picker)
        for label, widget in (
            (self.tr("Agreements, by words and field:value"), self.filter_bar),
            (self.tr("Grouped by"), self._grouping),
            (self.tr("Title"), self._title),
        ):
            column.addSpacing(4)
            column.addWidget(self._caption(label, widget))
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._caption(self.tr("Sorted by"), self._sort))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._sort, 1)
        row.addWidget(self._backwards)
        column.addLayout(row)

    def _caption(self, label: str, widget: QWidget) -> QLabel:
        buddy = self.filter_bar.line if widget is self.filter_bar else widget
        self._captions[widget] = caption_of(label, buddy, self)
        return self._captions[widget]

    def _show(self) -> None:
        """What this kind has, and nothing else."""
        self._show_records()
        about = ABOUT[self._kind]
        is_full = about.most > 1 and len(self.records) >= about.most
        for kind, picker in self._pickers.items():
            picker.setVisible(kind is self._kind and not is_full)
            if kind is self._kind:
                picker.setPlaceholderText(self._invitation())
        for widget, is_wanted in (
            (self.filter_bar, self._uses_filter),
            (self._grouping, self._kind in _FILTERED),
            (self._sort, self._kind is Kind.REGISTER),
            (self._title, self._kind is Kind.DOSSIER),
        ):
            widget.setVisible(is_wanted)
            self._captions[widget].setVisible(is_wanted)
        self._backwards.setVisible(self._kind is Kind.REGISTER)

    def _show_records(self) -> None:
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for record in self.records:
            self._rows.addWidget(self._row(record))

    def _row(self, record: UUID) -> QWidget:
        title = self._titles.get(record, "…") or self.tr("Not in the case file")
        row = QWidget(self)
        link = LinkButton(title, record, row)
        link.setObjectName("briefingRecord")
        link.followed.connect(self.followed)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(link, 0)
        line.addStretch(1)
        if ABOUT[self._kind].most > 1:
            line.addWidget(self._remover(record, title, row))
        return row

    def _remover(self, record: UUID, title: str, row: QWidget) -> QToolButton:
        button = QToolButton(row)
        button.setObjectName("briefingRemove")
        button.setProperty("record", str(record))
        words = self.tr("Leave out {title}").format(title=title)
        button.setAccessibleName(words)
        button.setToolTip(self.tr("Leave out"))
        dress(button, "x")
        button.clicked.connect(self._remove)
        return button

    def _picker(self, kind: Kind) -> RecordPicker:
        picker = RecordPicker(self._live, ABOUT[kind].tables, self, offers_new=False)
        picker.setObjectName(f"briefingPicker_{kind}")
        picker.setAccessibleName(self._kinds()[kind])
        picker.chosen.connect(self._choose)
        return picker

    def _invitation(self) -> str:
        is_begun = bool(self.records)
        return {
            Kind.AGREEMENT: self.tr("Choose another agreement") if is_begun else self.tr("Choose an agreement"),
            Kind.OFFICIAL: self.tr("Choose another official") if is_begun else self.tr("Choose an official"),
            Kind.PAIR: self.tr("Choose the other state") if is_begun else self.tr("Choose a state"),
            Kind.DOSSIER: self.tr("Add an agreement, official or state"),
        }[self._kind]

    def _kinds(self) -> dict[Kind, str]:
        return {
            Kind.AGREEMENT: self.tr("Agreement sheet"),
            Kind.OFFICIAL: self.tr("Official’s profile"),
            Kind.PAIR: self.tr("Country pair"),
            Kind.REGISTER: self.tr("Register of agreements"),
            Kind.DOSSIER: self.tr("Dossier"),
        }

    def _groupings(self) -> dict[str, str]:
        return {
            "none": self.tr("Nothing"),
            "subject": self.tr("Subject"),
            "status": self.tr("Status"),
            "party": self.tr("Party"),
            "year": self.tr("Year of signature"),
        }

    def _combo(self, name: str, label: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.view().setAccessibleName(label)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        return combo
