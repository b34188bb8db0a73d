"""The dialog that asks what a new case file is about and how far it may be shared."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from db.models.vocabulary import Tlp
from desktop.forms.editors import Line, RunningText
from desktop.theme import Size, make_primary
from desktop.widgets.labels import Words


class NewCaseDialog(QDialog):
    """Title, description and default marking. `described` gives them as fields of CaseFile."""

    described = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("New case file"))
        heading = Words(self.windowTitle(), self, size=Size.HEADING, strong=True)
        self.title = Line(self)
        self.title.setObjectName("caseFileTitle")
        self.title.setPlaceholderText(self.tr("e.g. Japan–Norway defence equipment cooperation"))
        self.description = RunningText(self)
        self.marking = QComboBox(self)
        self.marking.setObjectName("caseFileMarking")
        for marking in Tlp:
            self.marking.addItem(marking.label, marking.value)
        self.marking.setCurrentIndex(list(Tlp).index(Tlp.AMBER))
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("&Title"), self.title)
        form.addRow(self.tr("&Description"), self.description)
        form.addRow(self.tr("Default &marking"), self.marking)
        note = Words(
            self.tr("The marking stands on every printed page, and holds for each record without one of its own."),
            self,
            size=Size.CAPTION,
            muted=True,
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._go = buttons.addButton(self.tr("Choose a place…"), QDialogButtonBox.ButtonRole.AcceptRole)
        make_primary(self._go)
        self._go.setObjectName("choosePlace")
        self._go.setEnabled(False)
        self.title.textChanged.connect(self._check)
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addWidget(heading)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(buttons)
        self.setMinimumWidth(540)

    def _check(self, text: str) -> None:
        self._go.setEnabled(bool(text.strip()))

    def _take(self) -> None:
        values: dict[str, object] = {
            "title": self.title.text().strip(),
            "default_marking": self.marking.currentData(),
        }
        if self.description.toPlainText().strip():
            values["description"] = self.description.toPlainText()
        self.described.emit(values)
        self.accept()
