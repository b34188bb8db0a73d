"""Conflict copies beside the open file: found, looked into, and offered for merging."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from db.conflict_copies import News, conflict_copies, news_in
from db.errors import CaseFileError
from desktop.jobs import Lane
from desktop.live import LiveCase
from desktop.settings import trust
from desktop.widgets.notice import NoticeBar

_LOOK = 60_000
Seen = tuple[Path, int, int]
"""A copy that was looked into, as it was then: path, bytes, nanoseconds."""


class ConflictCopies(QObject):
    """Looks beside the file now and then, on a thread of its own."""

    found = Signal(object)
    """News of a copy that knows more than the file; None where there is none."""

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._lane = Lane.of_threads("conflict-copies", 1, self)
        self._lane.troubled.connect(live.troubled)
        self._seen: frozenset[Seen] = frozenset()
        self._put_off: set[Path] = set()
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        """Begin."""
        if self._live.is_writable:
            self._live.changed.connect(self._look_again)
            self._clock.start()
            self.look()

    def look(self) -> None:
        """Look now, unless somebody looks already."""
        if self._lane.is_idle:
            self._lane.run(_look, self._live.home, self._live.path, self._seen, then=self._take)

    def put_off(self, path: Path) -> None:
        """Offer a copy no more while this window is open."""
        self._put_off.add(path)
        self.found.emit(None)

    def close(self) -> None:
        """Look no more."""
        self._clock.stop()
        self._lane.close()

    def _look_again(self, changes: object) -> None:
        """After a merge, what was offered may be known."""
        if self._seen and getattr(changes, "entry", None) is None:
            self._seen = frozenset()
            self.look()

    def _take(self, looked: tuple[frozenset[Seen], tuple[News, ...]]) -> None:
        seen, news = looked
        if seen != self._seen:
            self._seen = seen
            self.found.emit(next((each for each in news if each.path not in self._put_off), None))


def _look(home: Path, path: Path, seen: frozenset[Seen]) -> tuple[frozenset[Seen], tuple[News, ...]]:
    """On the lane's thread: look into the copies, if they are others than before."""
    copies = frozenset(_as_it_is(copy) for copy in conflict_copies(home))
    if copies == seen:
        return seen, ()
    return copies, tuple(filter(None, (_news(copy, path) for copy, _, _ in sorted(copies))))


def _as_it_is(copy: Path) -> Seen:
    try:
        found = copy.stat()
    except OSError:
        return copy, -1, -1
    return copy, found.st_size, found.st_mtime_ns


def _news(copy: Path, path: Path) -> News | None:
    """What a copy knows more; one that is no case file, or is being written still, is no news."""
    try:
        return news_in(copy, path, trust())
    except CaseFileError:
        return None


class ConflictBar(NoticeBar):
    """Offers a conflict copy for merging."""

    merge_wanted = Signal(object)
    """A Path."""

    def __init__(self, copies: ConflictCopies, parent: QWidget | None = None) -> None:
        super().__init__("conflictWords", parent)
        self._copies = copies
        self._path: Path | None = None
        self.add_button("mergeConflictCopy", self.tr("Look and merge…"), "git-merge", self._ask)
        self.add_button("putOffConflictCopy", self.tr("Not now"), "x", self._put_off)
        copies.found.connect(self.show_news)

    def show_news(self, news: News | None) -> None:
        """Say what a copy knows; nothing where there is none."""
        self._path = news.path if news else None
        self.say(self._told(news) if news else "")

    def _told(self, news: News) -> str:
        one = self.tr("A conflict copy lies beside this file: {name}, with 1 edit that is not here{who}.")
        many = self.tr("A conflict copy lies beside this file: {name}, with {n} edits that are not here{who}.")
        who = self.tr(", by {authors}").format(authors=", ".join(news.authors)) if news.authors else ""
        return (one if news.edits == 1 else many).format(name=news.path.name, n=f"{news.edits:,}", who=who)

    def _ask(self) -> None:
        if self._path is not None:
            self.merge_wanted.emit(self._path)

    def _put_off(self) -> None:
        if self._path is not None:
            self._copies.put_off(self._path)
