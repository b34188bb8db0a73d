"""Above a record's form: what two people set apart from each other, and the choice between the values."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from db.operations.rivals import choose_rival
from db.queries.changes import Changes
from db.queries.rivals import OpenRivals, RivalValue, open_rivals
from desktop.forms.captions import field_label
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.merging.words import author_words
from desktop.theme import Size, dress
from desktop.undoing import NEWEST
from desktop.widgets.labels import Words

_LONGEST = 300


class RivalsBar(QFrame):
    """Nothing is blocked by a conflict: it is told here until somebody chooses, or types another value below."""

    told = Signal(str, object)
    """What was just done, and what of it can be undone."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rivals")
        self.setAccessibleName(self.tr("Conflicts of this record"))
        self._live = live
        self._record: UUID | None = None
        self._ticket: Ticket | None = None
        self.shown: tuple[OpenRivals, ...] = ()
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(8)
        live.changed.connect(self._notice)
        self.hide()

    def show_record(self, record: UUID) -> None:
        """Show the conflicts of a record."""
        if record != self._record:
            self._record = record
            self._show(())
        self._read()

    def _notice(self, changes: Changes) -> None:
        if self._record is not None and changes.touches(self._record):
            self._read()

    def _read(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._live.read(open_rivals, self._record, then=self._show)

    def _show(self, found: tuple[OpenRivals, ...]) -> None:
        if found == self.shown and (self._inside is not None or not found):
            return
        self.shown = found
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self.setVisible(bool(found))
        if found:
            self._inside = QWidget(self)
            column = QVBoxLayout(self._inside)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            for each in found:
                column.addWidget(self._card(each))
            self._column.addWidget(self._inside)

    def _card(self, found: OpenRivals) -> QFrame:
        card = QFrame(self._inside)
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        name = field_label(found.name)
        if found.record != self._record:
            name = self.tr("{field} of “{title}”").format(field=name, title=found.title)
        column.addWidget(Words(self.tr("{field}: set apart from each other").format(field=name), card, strong=True))
        for value in found.values:
            column.addLayout(self._line(card, found, value))
        return card

    def _line(self, card: QFrame, found: OpenRivals, value: RivalValue) -> QHBoxLayout:
        words = Words(value.text[:_LONGEST] or self.tr("empty"), card, muted=not value.text, selectable=True)
        by = author_words(value.who, value.when)
        shown = self.tr("{by} · shown now").format(by=by) if value.is_shown else by
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(words)
        texts.addWidget(Words(shown, card, size=Size.CAPTION, muted=True))
        button = QPushButton(self.tr("Choose"), card)
        button.setObjectName(f"choose-{found.name}")
        button.setAccessibleName(self.tr("Choose “{value}”").format(value=value.text or self.tr("empty")))
        button.setProperty("rival", (found.record.hex, found.name, value.change))
        button.setEnabled(self._live.is_writable)
        dress(button, "check")
        button.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            record, name, change = button.property("rival")
            label = self.tr("Settle {field}").format(field=field_label(name).lower())
            self._live.write(label, choose_rival, UUID(hex=record), name, change, then=self._say)

    def _say(self, _: object) -> None:
        self.told.emit(self.tr("The conflict is settled"), NEWEST)
