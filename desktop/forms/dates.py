"""The editor of a date: it takes what people type and shows at once how that is understood."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.dates import Edtf, describe, understand
from db.fields import Field
from db.queries.records import FieldRow
from desktop.forms.editors import TextEditor
from desktop.widgets.labels import Words


class DateEditor(TextEditor):
    """A date as typed (3 Sept 2024, c. 2016, 2024-08~), with how it was understood, or that it was not."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._reading = Words("", self, muted=True)
        self._reading.setObjectName("reading")
        self._column.insertWidget(1, self._reading)
        self._reading.hide()
        self.line.setPlaceholderText(self.tr("e.g. 3 Sept 2024, Aug 2024, c. 2016"))
        self.line.textEdited.connect(self._read)

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        text = row.value.text if isinstance(row.value, Edtf) else ""
        self.line.show_text(text)
        self._read(self.line.text())

    def _read(self, text: str) -> None:
        date = understand(text)
        if not text.strip():
            words, trouble = "", ""
        elif date is None:
            words, trouble = "", self.tr("Not understood as a date. It is kept as you wrote it, and never guessed.")
        else:
            words = self.tr("{date} · EDTF {form}").format(date=describe(date), form=date.form)
            trouble = ""
        self._reading.setText(words)
        self._reading.setVisible(bool(words))
        self.show_trouble(trouble)

    def _report(self, text: str) -> None:
        super()._report(text)
        self._read(text)
