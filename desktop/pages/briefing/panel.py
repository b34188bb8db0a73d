"""The choices for a sheet, at the left of its preview."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.dates import describe, read
from db.models.vocabulary import Tlp
from desktop.forms.picker import RecordPicker
from desktop.live import LiveCase
from desktop.pages.briefing.days import DayField, show_trouble
from desktop.printing.options import LONGEST_ORIGINATOR, SheetOptions, stricter_markings
from desktop.printing.pages import Composition
from desktop.theme import Size, font
from desktop.widgets.labels import LinkButton, Words
from exports.paper import Paper

_PAUSE = 350
"""Milliseconds without typing before what was typed counts."""


class OptionsPanel(QWidget):
    """Which agreement, and how its sheet is made. It reports choices and keeps nothing."""

    changed = Signal()
    """Something was chosen; `options` says what."""
    agreement_chosen = Signal(object)
    """The id of another agreement."""
    agreement_followed = Signal(object)
    """The id of the agreement, whose record somebody wants to see."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self._title = Words("", self, strong=True)
        self._title.setObjectName("briefingAgreement")
        self._link = LinkButton(self.tr("Show the record"), None, self)
        self._link.followed.connect(self.agreement_followed)
        self._picker = RecordPicker(live, ("agreement",), self, offers_new=False)
        self._picker.setObjectName("briefingPicker")
        self._picker.setAccessibleName(self.tr("Choose an agreement"))
        self._picker.chosen.connect(self.agreement_chosen)
        self._day = self._day_field("briefingDay", self.tr("Date on the sheet"))
        self._marking = self._combo("briefingMarking", self.tr("Marking"))
        self._marking_note = Words("", self)
        self._originator = QLineEdit(self, maxLength=LONGEST_ORIGINATOR)
        self._originator.setObjectName("briefingOriginator")
        self._originator.setAccessibleName(self.tr("Compiled by"))
        self._originator.setPlaceholderText(self.tr("Nobody is named"))
        self._originator.textEdited.connect(self._wait)
        self._compiled = self._day_field("briefingCompiled", self.tr("Compiled on"))
        self._paper = self._combo("briefingPaper", self.tr("Paper"))
        self._fill()
        self._arrange()

    @property
    def is_readable(self) -> bool:
        """Whether everything that was typed can be understood."""
        return self._day.is_readable and self._compiled.is_readable

    @property
    def options(self) -> SheetOptions:
        """What is chosen; only while `is_readable`."""
        return SheetOptions(
            Paper[self._paper.currentData()],
            self._day.day,
            self._compiled.day,
            Tlp(self._marking.currentData()) if self._marking.currentData() else None,
            self._originator.text().strip(),
        )

    def show_options(self, options: SheetOptions) -> None:
        """Show choices without reporting them."""
        for line, day in ((self._day.line, options.day), (self._compiled.line, options.compiled)):
            line.setText(day.isoformat() if day else "")
        self._marking.setCurrentIndex(self._marking.findData(options.marking.value if options.marking else ""))
        self._originator.setText(options.originator)
        self._paper.setCurrentIndex(self._paper.findData(options.paper.name))
        self._pause.stop()

    def show_agreement(self, title: str, record: object) -> None:
        """Say which agreement the sheet is about."""
        self._title.setText(title)
        self._title.setVisible(record is not None)
        self._picker.setPlaceholderText(
            self.tr("Choose an agreement") if record is None else self.tr("Choose another agreement")
        )
        self._link.target = record
        self._link.setVisible(record is not None)

    def show_sheet(self, sheet: Composition) -> None:
        """Say what stands for choices that were left open, and which markings can be chosen."""
        day = describe(read(sheet.day.isoformat()))
        if self._day.day is None:
            self._day.show_default(self.tr("{day} (last edit)").format(day=day))
        self._compiled.show_default(day)
        self._marking.setItemText(0, self.tr("As in the file ({marking})").format(marking=sheet.given.label))
        allowed = stricter_markings(sheet.given)
        model = self._marking.model()
        assert isinstance(model, QStandardItemModel)
        for row, marking in enumerate(Tlp, 1):
            model.item(row).setEnabled(marking in allowed)
        self.show_marking_trouble("")

    def show_marking_trouble(self, words: str) -> None:
        """Say below the marking what is wrong with it; nothing if there are no words."""
        self._marking_note.setText(words)
        self._marking_note.setVisible(bool(words))
        show_trouble(self._marking, self._marking_note, bool(words))

    @property
    def last_control(self) -> QWidget:
        """The one after which the Tab key leads on."""
        return self._paper

    def focus_picker(self) -> None:
        """Let an agreement be chosen."""
        self._picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _day_field(self, name: str, label: str) -> DayField:
        field = DayField(name, label, self)
        field.changed.connect(self._wait)
        return field

    def _combo(self, name: str, label: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(label)
        combo.view().setAccessibleName(label)
        combo.activated.connect(self._choose)
        return combo

    def _fill(self) -> None:
        self._day.show_default(self.tr("Day of the last edit"))
        self._compiled.show_default(self.tr("The date on the sheet"))
        self._marking.addItem(self.tr("As in the file"), "")
        for marking in Tlp:
            self._marking.addItem(marking.label, marking.value)
        self._paper.addItem(self.tr("A4 (210 × 297 mm)"), Paper.A4.name)
        self._paper.addItem(self.tr("Letter (8.5 × 11 in)"), Paper.LETTER.name)
        self._marking_note.hide()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(4)
        column.addWidget(Words(self.tr("Agreement sheet"), self, size=Size.TITLE, strong=True))
        column.addSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._link)
        column.addWidget(self._picker)
        column.addSpacing(8)
        for label, *widgets in (
            (self.tr("Date on the sheet"), self._day),
            (self.tr("Marking"), self._marking, self._marking_note),
            (self.tr("Compiled by"), self._originator),
            (self.tr("Compiled on"), self._compiled),
            (self.tr("Paper"), self._paper),
        ):
            column.addSpacing(8)
            column.addWidget(self._caption(label, widgets[0]))
            for widget in widgets:
                column.addWidget(widget)
        column.addStretch(1)

    def _caption(self, text: str, buddy: QWidget) -> QLabel:
        caption = QLabel(text, self)
        caption.setFont(font(Size.CAPTION))
        caption.setProperty("muted", True)
        caption.setBuddy(buddy.focusProxy() or buddy)
        return caption

    def _wait(self) -> None:
        self._pause.start()

    def _choose(self) -> None:
        self._pause.stop()
        self.changed.emit()
