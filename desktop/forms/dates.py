"""The editor of a date: it takes what people type and shows at once how that is understood."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtWidgets import QPushButton, QWidget

from db.dates import Edtf, Refusal, Refused, describe, explain, understand
from db.fields import Field
from db.queries.records import FieldRow
from desktop.forms.editors import TextEditor
from desktop.theme import Size
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.layouts import clear_layout, rebuilt


class DateEditor(TextEditor):
    """A date as typed (3 Sept 2024, c. 2016, 2024-08~), with how it was understood, or why not and what may be meant.

    The line below has its room also while it is empty, so that nothing moves under the mouse.
    """

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._reading = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self._reading.setObjectName("reading")
        self._column.insertWidget(1, self._reading)
        self._offers = QWidget(self)
        self._flow = FlowLayout(self._offers, spacing=4)
        self._column.addWidget(self._offers)
        self._offers.hide()
        self.line.setPlaceholderText(self.tr("e.g. 3 Sept 2024"))
        self.line.setToolTip(self.tr("A day, a month, a year or a range: 3 Sept 2024, Aug 2024, c. 2016, 2013–2016"))
        self.line.textEdited.connect(self._read)

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        text = row.value.text if isinstance(row.value, Edtf) else ""
        self.line.show_text(text)
        self._read(self.line.text())

    def _read(self, text: str) -> None:
        date = understand(text)
        refused = explain(text) if date is None and text.strip() else None
        words = self.tr("{date} ({form})").format(date=describe(date), form=date.form) if date else ""
        self._reading.setText(words)
        self._reading.setVisible(refused is None)
        self.show_trouble(self._why(refused) if refused else "")
        self._offer(refused)

    def _why(self, refused: Refused) -> str:
        match refused.why:
            case Refusal.NO_SUCH_DAY:
                return self.tr("There is no such day. It is kept as you wrote it.")
            case Refusal.AMBIGUOUS if len(refused.readings) > 1:
                return self.tr("That may be two days; it is kept as you wrote it until you choose:")
            case Refusal.AMBIGUOUS:
                return self.tr("Days in numbers are read only as 2024-09-03. Is this meant?")
            case Refusal.SHORT_YEAR:
                return self.tr("Which year? It is kept as you wrote it until you choose, or write all four digits:")
        return self.tr("Not understood as a date, and kept as you wrote it. Write it as 3 Sept 2024, Aug 2024 or 2024.")

    def _offer(self, refused: Refused | None) -> None:
        """Show what may be meant, to be chosen."""
        readings = refused.readings if refused else ()
        with rebuilt(self._offers):
            clear_layout(self._flow)
            for date in readings:
                button = QPushButton(describe(date), self._offers)
                button.setObjectName(f"reading_{date.form}")
                button.setProperty("link", True)
                button.clicked.connect(self._take)
                self._flow.addWidget(button)
                button.show()
        self._offers.setVisible(bool(readings) and not self.line.isReadOnly())

    def _take(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            text = button.text()
            self.line.setText(text)
            self.line.setModified(False)
            self.line.setFocus()
            self._report(text)

    def _report(self, text: str) -> None:
        super()._report(text)
        self._read(text)
