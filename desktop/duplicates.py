"""What a window does about records that were entered twice: leads to their page, and looks for them after a merge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, Signal

from db.merging.receipts import Brought, brought
from desktop.navigation import Destination

if TYPE_CHECKING:
    from db.duplicates.search import Spot
    from desktop.main_window import MainWindow
    from desktop.pages.duplicates.search import DuplicateSearch


@dataclass(frozen=True)
class Newcomers:
    """The likely duplicates of which one came with a merge. `origin` is the name of the file."""

    receipt: UUID
    origin: str
    spots: tuple[Spot, ...]


def newcomer_words(newcomers: Newcomers) -> str:
    """That there are likely duplicates among what a merge brought."""
    count = len(newcomers.spots)
    words = (
        _tr("1 likely duplicate came with “{file}”")
        if count == 1
        else _tr("{count} likely duplicates came with “{file}”")
    )
    return words.format(count=f"{count:,}", file=newcomers.origin)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)


class DuplicatesDesk(QObject):
    """Duplicates in one window."""

    came = Signal(object)
    """Newcomers, once they are found; nothing where there are none."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._receipt: UUID | None = None
        self._origin = ""
        self._search: DuplicateSearch | None = None

    def join_selected(self, records: object, kind: str) -> None:
        """Show records of a list side by side, to make them one."""
        if isinstance(records, list):
            self._page().join_selected(records, kind)

    def look(self, receipt: UUID) -> None:
        """Look in the background for duplicates of what a merge brought."""
        self._receipt = receipt
        self._window.live.read(brought, receipt, then=self._begin)

    def show(self, newcomers: object) -> None:
        """Show the page with only those that came with a merge."""
        if isinstance(newcomers, Newcomers):
            words = self.tr("what came with “{file}”").format(file=newcomers.origin)
            self._page().show_found(words, newcomers.spots)

    def _begin(self, found: Brought) -> None:
        from desktop.pages.duplicates.search import DuplicateSearch

        if self._search is None:
            self._search = DuplicateSearch(self._window.live, self._window.backroom, self)
            self._search.progressed.connect(self._tell)
            self._search.failed.connect(self._window.live.troubled)
        self._origin = found.origin
        if found.records:
            self._search.begin(found.records)

    def _tell(self) -> None:
        assert self._search is not None
        spots = tuple(spot for spot in self._search.spots if not spot.is_judged)
        if not self._search.is_running and spots and self._receipt is not None:
            self.came.emit(Newcomers(self._receipt, self._origin, spots))

    def _page(self) -> Any:
        self._window.go(Destination("duplicates"))
        return cast(Any, self._window.frame.currentWidget())
