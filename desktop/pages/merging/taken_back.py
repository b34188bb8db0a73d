"""What a colleague undid, and what of this file that would take back: told over everything, with a way to keep it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.merging.decisions import Choice
from db.merging.preview import TakenBack
from desktop.pages.merging.words import more_undone_words, taken_back_words
from desktop.widgets.labels import Words
from desktop.widgets.layouts import clear_layout
from desktop.widgets.notice import NoticeBar

_MOST = 3
"""Undone edits that are told one by one, those that would take the most."""


class TakenBackView(QWidget):
    """A line for each edit that was undone; `chosen` gives the TakenBack and the Choice, or None."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[QPushButton, TakenBack] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_rows(self, rows: Sequence[TakenBack]) -> None:
        """Tell of these; of none, nothing is shown."""
        clear_layout(self._column)
        self._rows = {}
        ranked = sorted(rows, key=lambda row: -row.fields - sum(row.deleted.values()))
        for row in ranked[:_MOST]:
            self._add(row)
        if len(ranked) > _MOST:
            self._column.addWidget(Words(more_undone_words(len(ranked) - _MOST), self, muted=True))
        self.setVisible(bool(rows))

    def show_choices(self, choices: Mapping[UUID, Choice]) -> None:
        """Check what is to be kept."""
        for button, row in self._rows.items():
            button.setChecked(choices.get(row.edit) is Choice.MINE)

    def _add(self, row: TakenBack) -> None:
        line = NoticeBar("takenBack", self)
        words = taken_back_words(row)
        button = line.add_button("keepTakenBack", self.tr("Keep all of it"), "undo-2", self._choose)
        button.setCheckable(True)
        button.setProperty("chip", True)
        button.setAccessibleName(self.tr("Keep all of it: {words}").format(words=words))
        self._rows[button] = row
        self._column.addWidget(line)
        line.say(words)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.chosen.emit(self._rows[button], Choice.MINE if button.isChecked() else None)
