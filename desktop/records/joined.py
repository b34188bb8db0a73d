"""Above a record's form: which record stands for it, or which others it stands for."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from db.queries.changes import Changes
from db.queries.joined import JoinedWith, joined_with
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.places import Place
from desktop.theme import Size
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import LinkButton, Words
from desktop.widgets.layouts import clear_layout

_MOST = 6


class JoinedBar(QFrame):
    """Hidden where a record was joined with no other."""

    opened = Signal(object)
    """The Place of one of them."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(self.tr("What the record was joined with"))
        self._live = live
        self._record: UUID | None = None
        self._ticket: Ticket | None = None
        self.shown: JoinedWith | None = None
        self._links = QWidget(self)
        self._flow = FlowLayout(self._links)
        self._words = Words("", self, size=Size.CAPTION, muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._links)
        column.addWidget(self._words)
        live.changed.connect(self._notice)
        self.hide()

    def show_record(self, record: UUID) -> None:
        """Show what a record was joined with."""
        if record != self._record:
            self._record = record
            self.hide()
        self._read()

    def _notice(self, changes: Changes) -> None:
        if self._record is not None and changes.touches(self._record):
            self._read()

    def _read(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._live.read(joined_with, self._record, then=self._show, failed=self._hide)

    def _hide(self, _: BaseException) -> None:
        """The record is gone: whoever shows it says so."""
        self.hide()

    def _show(self, found: JoinedWith) -> None:
        links = [found.stands] if found.stands else list(found.others)
        self.setVisible(bool(links))
        if found == self.shown:
            return
        self.shown = found
        is_other = found.stands is not None
        self._words.setText(
            self.tr("That one stands for both: lists show it, and all that was said of this one is found there.")
            if is_other
            else self.tr("They were entered twice. Each keeps its own values; all that was said of them is found here.")
        )
        clear_layout(self._flow)
        label = Words(self.tr("Joined with") if is_other else self.tr("Stands for"), self._links, strong=True)
        label.setWordWrap(False)
        self._flow.addWidget(label)
        label.show()
        for record, title in links[:_MOST]:
            link = LinkButton(title or "—", Place(record), self._links)
            link.setObjectName("joinedRecord")
            link.followed.connect(self.opened)
            self._flow.addWidget(link)
            link.show()
        self._links.updateGeometry()
