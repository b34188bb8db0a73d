"""The choices for a briefing, at the left of its preview."""

from collections.abc import Mapping
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from db.dates import describe, read
from db.models.vocabulary import Tlp
from desktop.errors import Trouble
from desktop.live import LiveCase
from desktop.pages.briefing.days import DayField, show_trouble
from desktop.pages.briefing.groups import Group, caption_of
from desktop.pages.briefing.sections import SectionList
from desktop.pages.briefing.subjects import SubjectPanel
from desktop.pages.briefing.template_row import TemplateRow
from desktop.printing.options import LONGEST_ORIGINATOR, Kind, SheetOptions, Subject, stricter_markings
from desktop.printing.pages import Composition
from desktop.theme import Size
from desktop.widgets.labels import Words
from exports.citations.styles import CitationStyle
from exports.paper import Paper

_PAUSE = 350
"""Milliseconds without typing before what was typed counts."""


class OptionsPanel(QWidget):
    """What a briefing is about, and how it is made. It reports choices and keeps nothing."""

    changed = Signal()
    """Something was chosen; `subject` and `options` say what."""
    followed = Signal(object)
    """The id of a record that somebody wants to see."""
    told = Signal(str)
    """What was done to a template, in words."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._choose)
        self._subject = SubjectPanel(live, self)
        self._templates = TemplateRow(live, self)
        self._sections = SectionList(self)
        self._internal = self._check("briefingInternal", self.tr("Open questions and internal notes"))
        self._language = self._combo("briefingLanguage", self.tr("Language of labels"))
        self._style = self._combo("briefingStyle", self.tr("Citation style"))
        self._notes = self._combo("briefingNotes", self.tr("Notes"))
        self._marking = self._combo("briefingMarking", self.tr("Marking"))
        self._marking_note = Words("", self)
        self._ceiling = self._combo("briefingCeiling", self.tr("Leave out what is marked above"))
        self._withheld = self._check("briefingWithheld", self.tr("Say that something was left out"))
        self._day = self._day_field("briefingDay", self.tr("Date on the sheet"))
        self._as_of = self._day_field("briefingAsOf", self.tr("As known on"))
        self._compiled = self._day_field("briefingCompiled", self.tr("Compiled on"))
        self._originator = QLineEdit(self, maxLength=LONGEST_ORIGINATOR)
        self._originator.setObjectName("briefingOriginator")
        self._originator.setAccessibleName(self.tr("Compiled by"))
        self._originator.setPlaceholderText(self.tr("Nobody is named"))
        self._paper = self._combo("briefingPaper", self.tr("Paper"))
        self._plain = self._check("briefingPlain", self.tr("Print without colour"))
        self._fill()
        self._arrange()
        self._connect()
        self._show_kind()

    @property
    def is_readable(self) -> bool:
        """Whether everything that was typed can be understood."""
        days = all(field.is_readable for field in (self._day, self._compiled, self._as_of))
        return days and self._sections.is_readable and self._subject.is_readable

    @property
    def subject(self) -> Subject | None:
        """What the briefing is about; None while something is missing."""
        return self._subject.subject

    @property
    def kind(self) -> Kind:
        """The kind of briefing that is chosen."""
        return self._subject.kind

    @property
    def records(self) -> tuple[UUID, ...]:
        """The records that are chosen."""
        return self._subject.records

    @property
    def options(self) -> SheetOptions:
        """What is chosen; only while `is_readable`."""
        return SheetOptions(
            paper=Paper[self._paper.currentData()],
            day=self._day.day,
            compiled=self._compiled.day,
            marking=Tlp(self._marking.currentData()) if self._marking.currentData() else None,
            originator=self._originator.text().strip(),
            language=self._language.currentData(),
            style=self._style.currentData(),
            notes_at_page=self._notes.currentData(),
            plain=self._plain.isChecked(),
            internal=self._internal.isChecked(),
            sections=self._sections.names,
            ceiling=Tlp(self._ceiling.currentData()) if self._ceiling.currentData() else None,
            says_withheld=self._withheld.isChecked(),
            as_of=self._as_of.day,
        )

    def show_options(self, options: SheetOptions) -> None:
        """Show choices without reporting them."""
        for field, day in ((self._day, options.day), (self._compiled, options.compiled), (self._as_of, options.as_of)):
            field.line.setText(day.isoformat() if day else "")
        for combo, value in (
            (self._marking, options.marking.value if options.marking else ""),
            (self._ceiling, options.ceiling.value if options.ceiling else ""),
            (self._language, options.language),
            (self._style, options.style),
            (self._notes, options.notes_at_page),
            (self._paper, options.paper.name),
        ):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        for box, is_on in (
            (self._plain, options.plain),
            (self._internal, options.internal),
            (self._withheld, options.says_withheld),
        ):
            box.setChecked(is_on)
        self._originator.setText(options.originator)
        self._sections.show_names(options.sections)
        self._pause.stop()
        self._tell()

    def show_subject(self, subject: Subject) -> None:
        """Show what the briefing is about, without reporting it."""
        if subject.kind is not self._subject.kind:
            self._sections.show_names(())
        self._subject.show_subject(subject)
        self._show_kind()

    def show_titles(self, titles: Mapping[UUID, str]) -> None:
        """Say what the chosen records are called."""
        self._subject.show_titles(titles)

    def show_sheet(self, sheet: Composition) -> None:
        """Say what stands for choices that were left open, and which sections and markings can be chosen."""
        day = describe(read(sheet.day.isoformat()))
        if self._day.day is None:
            words = self.tr("{day} (as known)") if sheet.options.as_of else self.tr("{day} (last edit)")
            self._day.show_default(words.format(day=day))
        self._compiled.show_default(day)
        self._marking.setItemText(0, self.tr("As in the file ({marking})").format(marking=sheet.given.label))
        order = list(Tlp)
        ceiling = sheet.options.ceiling
        least = min(sheet.given, ceiling, key=order.index) if ceiling else sheet.given
        model = self._marking.model()
        assert isinstance(model, QStandardItemModel)
        for row, marking in enumerate(Tlp, 1):
            model.item(row).setEnabled(marking in stricter_markings(least))
        if sheet.subject.kind is self._subject.kind:
            self._sections.show_known(sheet.sections)
        self._subject.show_filter_trouble(None)
        self.show_marking_trouble("")
        self._tell()

    def show_marking_trouble(self, words: str) -> None:
        """Say below the marking what is wrong with it; nothing if there are no words."""
        self._marking_note.setText(words)
        self._marking_note.setVisible(bool(words))
        show_trouble(self._marking, self._marking_note, bool(words))
        if words:
            self._handling.open()

    def show_filter_trouble(self, trouble: Trouble) -> None:
        """Say at the filter what is wrong with it."""
        self._subject.show_filter_trouble(trouble)

    @property
    def last_control(self) -> QWidget:
        """The one after which the Tab key leads on."""
        return self._plain

    def focus_picker(self) -> None:
        """Let what is missing be chosen."""
        self._subject.focus_first()

    # -- making

    def _day_field(self, name: str, label: str) -> DayField:
        field = DayField(name, label, self)
        field.changed.connect(self._wait)
        return field

    def _combo(self, name: str, label: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.view().setAccessibleName(label)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.activated.connect(self._choose)
        return combo

    def _check(self, name: str, words: str) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.clicked.connect(self._choose)
        return box

    def _fill(self) -> None:
        self._day.show_default(self.tr("Day of the last edit"))
        self._as_of.show_default(self.tr("As it is now"))
        self._compiled.show_default(self.tr("The date on the sheet"))
        self._marking.addItem(self.tr("As in the file"), "")
        self._ceiling.addItem(self.tr("Nothing is left out"), "")
        for marking in Tlp:
            self._marking.addItem(marking.label, marking.value)
            self._ceiling.addItem(marking.label, marking.value)
        self._paper.addItem(self.tr("A4 (210 × 297 mm)"), Paper.A4.name)
        self._paper.addItem(self.tr("Letter (8.5 × 11 in)"), Paper.LETTER.name)
        for tag, words in (("en", "English"), ("ja", "日本語"), ("nb", "Norsk bokmål")):
            self._language.addItem(words, tag)
        for style in CitationStyle:
            words = self.tr("Depositary’s own") if style is CitationStyle.PLAIN else style.label
            self._style.addItem(words, style.value)
        self._notes.addItem(self.tr("At the end"), False)
        self._notes.addItem(self.tr("At the bottom of the page"), True)
        self._marking_note.hide()

    def _arrange(self) -> None:
        self._contents = Group("briefingContents", self.tr("Sections"), self)
        self._contents.add("", self._sections)
        self._contents.add("", self._internal)
        self._wording = Group("briefingWording", self.tr("Language and citations"), self)
        self._wording.add(self.tr("Language of labels"), self._language)
        self._wording.add(self.tr("Citation style"), self._style)
        self._wording.add(self.tr("Notes"), self._notes)
        self._handling = Group("briefingHandling", self.tr("Marking"), self)
        self._handling.add(self.tr("Marking"), self._marking, self._marking_note)
        self._handling.add(self.tr("Leave out what is marked above"), self._ceiling, self._withheld)
        self._dates = Group("briefingDates", self.tr("Dates and author"), self)
        self._dates.add(self.tr("Date on the sheet"), self._day)
        self._dates.add(self.tr("As known on"), self._as_of)
        self._dates.add(self.tr("Compiled by"), self._originator)
        self._dates.add(self.tr("Compiled on"), self._compiled)
        self._sheet = Group("briefingPaperGroup", self.tr("Paper"), self)
        self._sheet.add(self.tr("Paper"), self._paper, self._plain)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(4)
        column.addWidget(Words(self.tr("Briefing"), self, size=Size.TITLE, strong=True))
        column.addSpacing(8)
        column.addWidget(self._subject)
        column.addSpacing(8)
        column.addWidget(caption_of(self.tr("Template"), self._templates, self))
        column.addWidget(self._templates)
        column.addSpacing(12)
        for group in (self._contents, self._wording, self._handling, self._dates, self._sheet):
            column.addWidget(group)
        column.addStretch(1)
        self._order_focus()

    def _order_focus(self) -> None:
        """The Tab key goes down the panel: each heading, then what stands below it."""
        order: list[QWidget] = [self._templates.combo, self._templates.name]
        order += [self._templates.save_button, self._templates.drop_button]
        sections = [self._sections.view, self._sections.up, self._sections.down, self._sections.usual, self._internal]
        for group, controls in (
            (self._contents, sections),
            (self._wording, [self._language, self._style, self._notes]),
            (self._handling, [self._marking, self._ceiling, self._withheld]),
            (self._dates, [self._day.line, self._as_of.line, self._originator, self._compiled.line]),
            (self._sheet, [self._paper, self._plain]),
        ):
            order += [group.button, *controls]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self._subject.changed.connect(self._follow_subject)
        self._subject.followed.connect(self.followed)
        self._sections.changed.connect(self._choose)
        self._templates.chosen.connect(self._use_template)
        self._templates.told.connect(self.told)
        self._originator.textEdited.connect(self._wait)

    # -- choosing

    def settle(self) -> None:
        """Report now what was typed a moment ago: whoever saves or prints means that, too."""
        if self._pause.isActive():
            self._choose()

    def _wait(self) -> None:
        self._pause.start()

    def _choose(self) -> None:
        self._pause.stop()
        self._tell()
        self.changed.emit()

    def _follow_subject(self) -> None:
        self._show_kind()
        self._choose()

    def _use_template(self, options: SheetOptions) -> None:
        self.show_options(options)
        self._choose()

    def _show_kind(self) -> None:
        """What a kind of briefing does not have is not to be seen."""
        has_sections = self._subject.kind is not Kind.REGISTER
        self._contents.setVisible(has_sections)
        if self._subject.kind is not self._shown_kind:
            self._shown_kind = self._subject.kind
            self._sections.show_names(())
            self._sections.show_known(())
        self._tell()

    _shown_kind = Kind.AGREEMENT

    def _tell(self) -> None:
        """What is chosen, in the headings and wherever one choice hangs on another."""
        self._withheld.setEnabled(bool(self._ceiling.currentData()))
        self._contents.summarise(self._sections.words())
        self._wording.summarise(" · ".join(combo.currentText() for combo in (self._language, self._style)))
        ceiling = self.tr("up to {marking}").format(marking=self._ceiling.currentText())
        marking = self._marking.currentText() or self._marking.itemText(0)
        self._handling.summarise(" · ".join([marking, *([ceiling] if self._ceiling.currentData() else [])]))
        told = [self._day.line.text() or self._day.line.placeholderText(), self._originator.text()]
        self._dates.summarise(" · ".join(part for part in told if part))
        colour = self.tr("without colour") if self._plain.isChecked() else self.tr("in colour")
        self._sheet.summarise(f"{Paper[self._paper.currentData()].name.capitalize()} · {colour}")
        if self.is_readable:
            self._templates.show_options(self.options)
