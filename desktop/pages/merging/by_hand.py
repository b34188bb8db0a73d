"""What a field shall show, typed by hand: a line, a text or one of its terms."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import Field, FieldType, read_value
from desktop.forms.captions import field_label, term_label
from desktop.forms.editors import Choice
from desktop.widgets.labels import Words

_HEIGHT = 160


class ByHand(QWidget):
    """Reports what is typed, as it is typed, and says below where the field could not hold that."""

    typed = Signal(str)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.control = self._make_control()
        self.control.setObjectName("byHand")
        self.control.setAccessibleName(self.tr("{field}, by hand").format(field=field_label(field.name)))
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        self.setFocusProxy(self.control)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.control)
        column.addWidget(self._trouble)

    def text(self) -> str:
        """What was typed or chosen, as the field reads it."""
        if isinstance(self.control, QComboBox):
            return str(self.control.currentData() or "")
        return self.control.toPlainText() if isinstance(self.control, QPlainTextEdit) else self.control.text()

    def write(self, text: str) -> None:
        """Show a text, or the term that is shown by such words, as if nobody had typed it."""
        self.control.blockSignals(True)
        if isinstance(self.control, QComboBox):
            self.control.setCurrentIndex(self._place_of(self.control, text))
        elif isinstance(self.control, QPlainTextEdit):
            self.control.setPlainText(text)
        else:
            self.control.setText(text)
        self.control.blockSignals(False)
        self._check()

    def _place_of(self, box: QComboBox, text: str) -> int:
        place = box.findData(text)
        return place if place >= 0 else box.findText(text, Qt.MatchFlag.MatchFixedString)

    def _make_control(self) -> QComboBox | QPlainTextEdit | QLineEdit:
        if self._field.holds in (FieldType.TERM, FieldType.FLAG):
            return self._make_box()
        if self._field.holds is FieldType.LONG_TEXT:
            text = QPlainTextEdit(self)
            text.setTabChangesFocus(True)
            text.setFixedHeight(_HEIGHT)
            text.textChanged.connect(self._tell)
            return text
        line = QLineEdit(self)
        line.textEdited.connect(self._tell)
        return line

    def _make_box(self) -> QComboBox:
        box = Choice(self)
        if not self._field.required:
            box.addItem(self.tr("empty"), "")
        for term in ("yes", "no") if self._field.holds is FieldType.FLAG else self._field.vocabulary or ():
            box.addItem(term_label(term), str(term))
        box.activated.connect(self._tell)
        return box

    def _tell(self) -> None:
        self._check()
        self.typed.emit(self.text())

    def _check(self) -> None:
        try:
            read_value(self._field, self.text())
        except InvalidValue as error:
            trouble = str(error)
        else:
            trouble = ""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        self.control.setProperty("trouble", bool(trouble))
        self.control.style().polish(self.control)
