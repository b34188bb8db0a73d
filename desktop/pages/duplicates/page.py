"""The page of likely duplicates: pairs at the left, the records side by side at the right, and what to say of them."""

from collections.abc import Collection, Iterable
from uuid import UUID

import shiboken6
from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.duplicates.finder import Pair
from db.duplicates.kinds import KINDS
from db.duplicates.search import Spot
from db.duplicates.sides import Sides, side_by_side
from db.operations.distinctions import offer_again, tell_apart
from db.operations.joining import Joined, Unfinished, all_unfinished, finish_joining, join
from db.queries.headings import counts_of
from desktop.backroom import Backroom
from desktop.errors import expected, unexpected
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.duplicates.found import Found, Scope, counted
from desktop.pages.duplicates.head import DuplicatesHead
from desktop.pages.duplicates.model import SPOT, PairModel
from desktop.pages.duplicates.room import ComparingRoom
from desktop.pages.duplicates.search import DuplicateSearch
from desktop.pages.duplicates.words import looked_at_words
from desktop.undoing import NEWEST

_PAUSE = 400
"""Milliseconds after an edit before the file is searched again; in a large file, longer."""
_LONGEST_PAUSE = 30_000
_SLOW = 2.0
"""Seconds of a search from which on it is told that the file is searched again."""
_MOST_SORTED = 5_000
"""Pairs that are shown while the search goes on; more of them are sorted once, at its end."""
_SEARCHED = tuple(cls.__tablename__ for cls in KINDS)


class DuplicatesPage(QWidget):
    """What may have been entered twice. It joins nothing before somebody says so."""

    opened = Signal(object)
    """The Place of a record."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone."""
    counted = Signal(str, int)
    """How many likely duplicates there are, for the navigation."""
    _moved = Signal(object)

    def __init__(self, live: LiveCase, backroom: Backroom, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.search = DuplicateSearch(live, backroom, self)
        self.found = Found()
        self._known: frozenset[Spot] = frozenset()
        """What was found before the first search came to its end."""
        self.scope: Scope | None = None
        self._selected: tuple[UUID, ...] = ()
        """Records of a list that somebody wants to join, whether they look alike or not."""
        self._compared: tuple[UUID, ...] = ()
        self._is_complete = self._is_stale = self._is_slow = False
        self._reading: Ticket | None = None
        self._pause = QTimer(self, singleShot=True)
        self.model = PairModel(live, self)
        self.head = DuplicatesHead(self)
        self.room = ComparingRoom(self.model, self)
        self._build()
        self._connect()

    # -- what others ask for

    @property
    def is_idle(self) -> bool:
        """Whether everything is shown that was asked for."""
        is_busy = self.search.is_running or self._pause.isActive() or self.room.bar.is_joining
        return self._is_complete and not is_busy and self._reading is None

    def join_selected(self, records: Iterable[UUID], kind: str) -> None:
        """Show records of a list side by side, to join them."""
        self._selected = tuple(records)
        words = self.tr("{count} selected {kind}").format(count=len(self._selected), kind=kind)
        self._narrow(Scope(words, frozenset(record.bytes for record in self._selected)))
        self._compare(self._selected)

    def show_found(self, words: str, spots: Collection[Spot]) -> None:
        """Show only some pairs that were found already."""
        self._selected = ()
        if not self._is_complete:
            self._known = frozenset(spots)
            self.found = Found(self._known)
        self._narrow(Scope(words, frozenset(end for spot in spots for end in spot[1:3])))

    # -- building

    def _build(self) -> None:
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Duplicates"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.room, 1)
        self.setFocusProxy(self.room.view)

    def _connect(self) -> None:
        self.search.progressed.connect(self._show_progress)
        self.search.failed.connect(self._show_failure)
        self._pause.timeout.connect(self._search)
        self._live.changed.connect(self._follow)
        self._moved.connect(self.room.bar.show_moved)
        self.model.outdated.connect(self._drop)
        self.head.changed.connect(self._show_found)
        self.head.scope_left.connect(self._leave_scope)
        self.head.all_wanted.connect(self._compare_selected)
        self.head.stop_wanted.connect(self._stop)
        self.head.finish_wanted.connect(self._finish_joining)
        self.room.view.selectionModel().currentChanged.connect(self._show_current)
        self.room.sides.opened.connect(self.opened)
        self.room.search_wanted.connect(self._search)
        self.room.join_wanted.connect(self.join)
        self.room.apart_wanted.connect(self._ask_why)
        self.room.bar.reason.given.connect(self._tell_apart)
        self.room.bar.reason.left.connect(self.room.view.setFocus)

    # -- the search

    def showEvent(self, event: QShowEvent) -> None:
        """The first visit begins the search; a later one begins it again where the file was edited meanwhile."""
        super().showEvent(event)
        self.room.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._is_stale or not (self._is_complete or self.search.is_running):
            self._search()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._pause.stop()

    def _follow(self) -> None:
        """An edit: what is compared is read again at once, and the file searched again after a pause."""
        self._is_stale = True
        if self._compared:
            self._compare(self._compared)
        if self.isVisible():
            self._pause.start(min(_LONGEST_PAUSE, max(_PAUSE, int(3_000 * self.search.seconds))))

    def _search(self) -> None:
        self._is_stale, self._is_slow = False, self.search.seconds > _SLOW
        self.search.begin()
        self._live.read(all_unfinished, then=self._show_unfinished)
        self._show_progress()

    def _stop(self) -> None:
        self.search.stop()
        self._is_stale = True
        self.head.show_progress(None)
        self._show_found()

    def _show_progress(self) -> None:
        search = self.search
        is_told = not self._is_complete or self._is_slow
        self.head.show_progress(search.share if search.is_running and is_told else None)
        if not search.is_running:
            self._is_complete = True
        if not search.is_running or (not self._is_complete and len(search.spots) < _MOST_SORTED):
            self.found = Found(search.spots if self._is_complete else self._known.union(search.spots))
            self._show_found()

    def _show_failure(self, error: BaseException) -> None:
        self._is_stale = True
        self.head.show_progress(None)
        self.room.show_trouble((expected(error) or unexpected(error)).text)

    def _show_unfinished(self, left: list[Unfinished]) -> None:
        self.head.show_unfinished(left, can_finish=self._live.is_writable)

    # -- what is shown

    def _narrow(self, scope: Scope | None) -> None:
        self.scope = scope
        self.head.show_scope(scope.words if scope else "", several=len(self._selected) > 2)
        self.head.forget_kinds()
        self._show_found()

    def _leave_scope(self) -> None:
        self._selected = ()
        self._narrow(None)

    def _show_found(self) -> None:
        """Show the pairs that are wanted, with the same one chosen as before or the one that follows it."""
        judged = self.head.shows_apart
        wanted = self.found.of(judged=judged, scope=self.scope)
        self.head.show_counts(counted(wanted), apart=self.found.count(judged=True))
        kinds = self.head.kinds
        shown = [spot for spot in wanted if spot.kind in kinds] if kinds else wanted
        self.room.show_spots(shown)
        self.counted.emit("duplicates", self.found.count(judged=False))
        if shown or (self._compared in (self._selected, ()) and self._selected):
            self.room.show_pairs()
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        self._compare(())
        if self.head.shows_apart:
            self.room.show_nothing_apart()
        elif self.search.is_running and not self._is_complete:
            self.room.show_searching()
        elif not self._is_complete:
            self.room.show_stopped()
        elif self.scope is not None:
            self.room.show_none_among(self.scope.words)
        else:
            self._live.read(counts_of, _SEARCHED, then=self._show_none)

    def _show_none(self, counts: dict[str, int]) -> None:
        if not self.model.rowCount() and not self._compared:
            self.room.show_none(looked_at_words(counts))

    def _show_current(self, index: QModelIndex) -> None:
        spot = index.data(SPOT)
        if spot is not None:
            self._compare((UUID(bytes=spot.first), UUID(bytes=spot.second)))
        elif self._selected:
            self._compare(self._selected)

    def _compare_selected(self) -> None:
        self.room.view.setCurrentIndex(QModelIndex())
        self._compare(self._selected)

    def _compare(self, records: tuple[UUID, ...]) -> None:
        """Read records side by side; only the last question counts."""
        if records != self._compared:
            self.room.bar.reason.leave()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._compared = records
        if not records:
            self.room.sides.clear()
        else:
            self._reading = self._live.read(side_by_side, records, then=self._show_sides, failed=self._show_gone)
        self._allow()

    def _show_sides(self, sides: Sides) -> None:
        self._reading = None
        self.room.sides.show_sides(sides)
        self.room.show_pairs()
        self._allow()

    def _show_gone(self, error: BaseException) -> None:
        """They are one already, or one of them was deleted."""
        self._reading = None
        told = expected(error)
        if told is None:
            self._live.troubled.emit(error)
        self.room.sides.clear()
        self.room.show_advice(told.text if told else "")
        self._allow()

    def _allow(self) -> None:
        sides = self.room.sides.shown if self._reading is None else None
        self.room.allow(self._live.is_writable and sides is not None, sides)

    def _drop(self, gone: set[Spot]) -> None:
        self.found.drop(gone)
        self._show_found()

    # -- deeds

    def join(self) -> None:
        """Make one record of those that are side by side, as was chosen."""
        sides = self.room.sides.shown
        if sides is None or not self.room.bar.join_button.isEnabled():
            return
        self.room.bar.show_moved(0)
        titles = self.tr("” and “").join(side.title for side in sides.sides[:2])
        label = self.tr("Join “{titles}”").format(titles=titles)
        ids = [side.id for side in sides.sides]
        take = self.room.sides.take()
        self._live.write(label, join, ids, take, self._note_moved, then=self._finish_join, failed=self._fail)

    def _note_moved(self, count: int) -> None:
        """On the writer's thread."""
        if shiboken6.isValid(self):
            self._moved.emit(count)

    def _finish_join(self, joined: Joined) -> None:
        self.room.bar.show_moved(None)
        self.found.join(joined.canonical.bytes, {other.bytes for other in joined.others})
        self._selected = ()
        self._compare(())
        self._show_found()
        self.told.emit(self.tr("Joined as one record"), NEWEST)

    def _ask_why(self) -> None:
        """Ask why two are not the same; of those that were told apart, offer them again."""
        pair = self._pair()
        if pair is None:
            return
        if pair.distinction is not None:
            label = self.tr("Offer “{first}” and “{second}” again")
            label = label.format(first=pair.titles[0], second=pair.titles[1])
            self._live.write(label, offer_again, pair.distinction, then=self._finish_offering, failed=self._fail)
        else:
            self.room.bar.reason.ask_why(self.tr("Why are these two not the same?"))

    def _tell_apart(self, reason: str) -> None:
        pair = self._pair()
        if pair is not None:
            label = self.tr("Tell “{first}” and “{second}” apart")
            label = label.format(first=pair.titles[0], second=pair.titles[1])
            ends = (pair.first, pair.second)
            self.found.judge((ends[0].bytes, ends[1].bytes), judged=True)
            self._live.write(label, tell_apart, *ends, reason, then=self._finish_telling, failed=self._fail)
            self.room.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pair(self) -> Pair | None:
        return self.room.sides.shown.pair if self.room.sides.shown is not None else None

    def _finish_telling(self, _: object) -> None:
        self._show_found()
        self.told.emit(self.tr("Remembered: they are not the same"), NEWEST)

    def _finish_offering(self, _: object) -> None:
        self._follow()
        self.told.emit(self.tr("Offered again"), NEWEST)

    def _finish_joining(self) -> None:
        label = self.tr("Finish joining")
        self.room.bar.show_moved(0)
        self._live.write(label, finish_joining, self._note_moved, then=self._tell_finished, failed=self._fail)

    def _tell_finished(self, count: int) -> None:
        self.room.bar.show_moved(None)
        words = self.tr("Finished joining 1 record") if count == 1 else self.tr("Finished joining {count} records")
        self.told.emit(words.format(count=f"{count:,}"), NEWEST)

    def _fail(self, error: BaseException) -> None:
        self.room.bar.show_moved(None)
        self._live.troubled.emit(error)
        self._follow()
