"""The middle of the window: one page at a time, each made when it is first visited and kept from then on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import UUID

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.live import LiveCase
from desktop.navigation import Destination

if TYPE_CHECKING:
    from db.index.build import Progress
    from desktop.backroom import Backroom
    from desktop.reviewing import Review
    from desktop.search_index import SearchIndex

WIDE = {"briefing", "merging", "duplicates"}
"""Pages that need the whole window: no record stands beside them."""


class Page(Protocol):
    """What the frame knows of a page."""

    opened: SignalInstance


class Services(Protocol):
    """What works behind the pages, made when it is first asked for."""

    @property
    def backroom(self) -> Backroom:
        """Heavy work in a process of its own."""

    @property
    def index(self) -> SearchIndex:
        """The search index."""


class PageFrame(QStackedWidget):
    """Shows the page of a destination."""

    opened = Signal(object)
    """A Place."""
    wanted = Signal(str, object)
    """A new record: the plural of its kind, and the values that it begins with."""
    selected = Signal(str)
    """How many records are selected, in words."""
    counted = Signal(str, int)
    """How much there is on a page that is no list."""
    told = Signal(str, object)
    """What was just done, and the entry that can be undone."""
    briefing_wanted = Signal(object)
    """A briefing of this Subject."""

    join_wanted = Signal(object, str)
    """Records of a list are to be joined: their ids, and what their kind is called."""
    file_wanted = Signal()
    """A colleague's file to merge."""
    receipt_wanted = Signal(object)
    """The receipt of a merge, by its id."""
    since_wanted = Signal(object, str)
    """What changed since an entry: its id, and what it is called."""

    def __init__(self, live: LiveCase, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._services = services
        self._pages: dict[tuple[str, str], QWidget] = {}

    @cached_property
    def review(self) -> Review:
        """The review of the file."""
        from desktop.reviewing import Review

        review = Review(self._live, self._services.backroom, self)
        review.changed.connect(self._count_findings)
        return review

    def show_page(self, destination: Destination) -> QWidget:
        """Show a page, made now if nobody was there before."""
        key = (destination.page, destination.kind)
        if key not in self._pages:
            page = self._make(destination)
            self._pages[key] = page
            self.addWidget(page)
            cast(Page, page).opened.connect(self.opened)
        page = self._pages[key]
        self.setCurrentWidget(page)
        return page

    def _make(self, destination: Destination) -> QWidget:
        match destination.page:
            case "list":
                return self._list(destination.kind)
            case "review":
                from desktop.pages.review import ReviewPage

                review = ReviewPage(self._live, self.review, self)
                review.told.connect(self.told)
                return review
            case "duplicates":
                from desktop.pages.duplicates import DuplicatesPage

                duplicates = DuplicatesPage(self._live, self._services.backroom, self)
                duplicates.told.connect(self.told)
                duplicates.counted.connect(self.counted)
                return duplicates
            case "history":
                from desktop.pages.history import HistoryPage

                history = HistoryPage(self._live, self)
                history.told.connect(self.told)
                history.receipt_wanted.connect(self.receipt_wanted)
                history.since_wanted.connect(self.since_wanted)
                return history
            case "merging":
                from desktop.pages.merging import MergingPage

                merging = MergingPage(self._live, self)
                merging.told.connect(self.told)
                merging.file_wanted.connect(self.file_wanted)
                merging.merged.connect(self.receipt_wanted)
                return merging
            case "briefing":
                from desktop.pages.briefing import BriefingPage

                return BriefingPage(self._live, self)
        from desktop.pages.search import SearchPage

        return SearchPage(self._live, self._services.index, self)

    def _list(self, kind: str) -> QWidget:
        from desktop.pages.records import ListPage

        page = ListPage(self._live, kind, self)
        page.wanted.connect(self.wanted)
        page.selected.connect(self.selected)
        page.told.connect(self.told)
        page.deeds.briefing_wanted.connect(self.briefing_wanted)
        page.deeds.join_wanted.connect(self.join_wanted)
        return page

    def begin_review(self, progress: Progress) -> None:
        """The search comes first; then the file is reviewed, to tell how much there is to look at."""
        if progress.is_current:
            self.review.begin()

    def _count_findings(self) -> None:
        self.counted.emit("review", len(self.review.reviewed.open))

    def show_filter(self, text: str) -> None:
        """Filter the list that is in front."""
        cast(Any, self.currentWidget()).show_filter(text)

    def show_record(self, record: UUID) -> None:
        """Mark the record that is open, where the page in front lists it."""
        show = getattr(self.currentWidget(), "show_record", None)
        if show is not None:
            show(record)

    def search_for(self, text: str) -> None:
        """Put a text into the search page, which is in front."""
        cast(Any, self.currentWidget()).search_for(text)

    def show_subject(self, subject: object) -> None:
        """Show a briefing on the briefing page, which is in front."""
        cast(Any, self.currentWidget()).show_subject(subject)

    def close_pages(self) -> None:
        """Let pages that work in the background end that."""
        for page in self._pages.values():
            page.close()
