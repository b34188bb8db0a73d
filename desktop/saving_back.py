"""A file that is open as a local copy goes back to its share or folder: after each quiet moment, and before the end."""

from __future__ import annotations

import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from db.backups import Why, back_up
from db.merging.union import MergeReceipt
from db.whereabouts import PlaceKind
from db.working_copy import SavedBack
from desktop.errors import expected
from desktop.folders import backup_folder
from desktop.jobs import Lane
from desktop.live import LiveCase, SaveState
from desktop.widgets.notice import NoticeBar

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_QUIET = 3_000
"""Milliseconds without an edit after which it is saved back."""
_SHARE = 5_000
"""Of each second that saving took, so many milliseconds are waited for quiet: a large file goes more seldom."""
_LOOK = 20_000
"""Milliseconds between two looks at what others wrote there, and between two attempts where one failed."""


class BackState(Enum):
    """Whether what was saved here is where the file lies."""

    THERE = auto()
    WAITING = auto()
    FAILED = auto()


class SavingBack(QObject):
    """Does nothing for a file that is open where it lies."""

    changed = Signal()
    """The state is another."""
    stayed = Signal()
    """It was asked whether to close all the same, and the answer is no."""
    told = Signal(str, object)
    """Something to tell in a toast, and what can be taken back of it: a merge's receipt, or None."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._live = window, window.live
        self._lane = Lane.of_threads("saving-back", 1, self)
        self._lane.troubled.connect(self._live.troubled)
        self._stop = threading.Event()
        away = self._live.away
        self.state = BackState.WAITING if away is not None and away.holds_work else BackState.THERE
        self.reason = ""
        """Why it could not be saved back, where it could not."""
        self._saved = self._live.written
        """The count of edits that had been written when it was last saved back."""
        self._closes = self._is_given_up = self._is_busy = False
        self._pause = QTimer(self, interval=_QUIET, singleShot=True)
        self._pause.timeout.connect(self.attempt)
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self.attempt)
        if self._live.away is not None:
            self._live.changed.connect(self._note)

    @property
    def where(self) -> str:
        """Where the file lies, with its preposition; empty where it is open there."""
        away = self._live.away
        if away is None:
            return ""
        match away.place.kind:
            case PlaceKind.SYNCHRONISED:
                return self.tr("in {service}").format(service=away.place.service)
            case PlaceKind.NETWORK:
                return self.tr("on the network share")
        return self.tr("in its folder")

    @property
    def is_gone(self) -> bool:
        """Whether the file is not there any more, but its folder is."""
        away = self._live.away
        return (
            self.state is BackState.FAILED
            and away is not None
            and away.copy.original.parent.is_dir()
            and not (away.copy.original.exists())
        )

    @property
    def is_closing(self) -> bool:
        """Whether the window closes as soon as all is there."""
        return self._closes

    def start(self) -> None:
        """Save back what was left from the last time, take in what others wrote, and go on so."""
        away = self._live.away
        if away is not None:
            if away.holds_work:
                words = self.tr("Work on this file was found that had not been saved {where}. It is here again.")
                self.told.emit(words.format(where=self.where), None)
            self._clock.start()
            self.attempt()

    def attempt(self) -> None:
        """Save it back now."""
        self._save(anyway=False)

    def save_anyway(self) -> None:
        """Save it back also where the file was deleted."""
        self._save(anyway=True)

    def may_close(self) -> bool:
        """Whether all is where the file lies, or will be the next time; otherwise the window closes once it is."""
        is_there = self.state is BackState.THERE and not self._is_busy and self._saved == self._live.written
        if not self.where or self._is_given_up or is_there:
            return True
        self._closes = True
        self.attempt()
        return False

    def close(self) -> None:
        """Leave off: what is not there stays in the local copy."""
        self._pause.stop()
        self._clock.stop()
        self._stop.set()
        self._lane.close()

    def _save(self, *, anyway: bool) -> None:
        if not self._is_busy:
            self._is_busy = True
            self._lane.run(_save, self._live, anyway, self._stop, then=self._take, failed=self._fail)

    def _note(self, changes: object) -> None:
        self._pause.start()
        if self.state is BackState.THERE:
            self._set(BackState.WAITING)

    def _take(self, found: tuple[SavedBack, int, float]) -> None:
        outcome, saved, seconds = found
        self._pause.setInterval(max(_QUIET, int(seconds * _SHARE)))
        if outcome is SavedBack.CHANGED_THERE:
            self._live.take_in_away(then=self._merged, failed=self._fail)
            return
        self._is_busy = False
        self._saved = saved
        if saved != self._live.written:
            self.attempt() if self._closes else self._pause.start()
            return
        self._set(BackState.THERE)
        if self._closes:
            self._close_window()

    def _merged(self, receipt: MergeReceipt) -> None:
        if receipt.edits:
            one, many = (
                self.tr("Taken in what others wrote {where}: 1 edit."),
                self.tr("Taken in what others wrote {where}: {n} edits."),
            )
            words = one if receipt.edits == 1 else many
            self.told.emit(words.format(n=f"{receipt.edits:,}", where=self.where), receipt.id)
        self._is_busy = False
        self.attempt()

    def _fail(self, error: BaseException) -> None:
        self._is_busy = False
        known = expected(error)
        if known is None:
            self._live.troubled.emit(error)
        self.reason = known.text if known else str(error)
        self._set(BackState.FAILED)
        if self._closes:
            self._closes = False
            self._ask()

    def _set(self, state: BackState) -> None:
        self.state = state
        if state is not BackState.FAILED:
            self.reason = ""
        self.changed.emit()

    def _close_window(self) -> None:
        self._closes = False
        self._window.closing.go_on_closing()

    def _ask(self) -> None:
        """It cannot be saved back now: whether to close all the same."""
        box = QMessageBox(self._window)
        box.setObjectName("notSavedBack")
        box.setWindowTitle(self.tr("Not saved {where}").format(where=self.where))
        box.setText(self.tr("The changes are not {where} yet").format(where=self.where))
        safe = self.tr("They are kept on this computer and saved there when the file is opened the next time.")
        box.setInformativeText(f"{self.reason} {safe}")
        leave = box.addButton(self.tr("Close"), QMessageBox.ButtonRole.AcceptRole)
        leave.clicked.connect(self._give_up)
        stay = box.addButton(self.tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        stay.clicked.connect(self.stayed)
        box.finished.connect(box.deleteLater)
        box.open()

    def _give_up(self) -> None:
        self._is_given_up = True
        self._window.closing.go_on_closing()


def _save(live: LiveCase, anyway: bool, stop: threading.Event) -> tuple[SavedBack, int, float]:
    """On the lane's thread. Also give the count of edits that are in it at least, and how many seconds it took."""
    written, start = live.written, time.monotonic()
    outcome = live.save_back(anyway=anyway, is_stopped=stop.is_set)
    seconds = time.monotonic() - start
    if outcome is SavedBack.CHANGED_THERE:
        back_up(live.path, Why.BEFORE_MERGE, backup_folder(), is_stopped=stop.is_set)
    return outcome, written, seconds


def saved_words(back: SavingBack, state: SaveState) -> str:
    """What the status bar says where a file is open as a local copy; empty where it is not, or saving goes on."""
    if not back.where or state is not SaveState.SAVED:
        return ""
    if back.state is BackState.THERE:
        return back.tr("All changes saved, {where} too").format(where=back.where)
    if back.state is BackState.WAITING:
        return back.tr("Saved on this computer, soon {where}").format(where=back.where)
    return back.tr("Saved on this computer, not {where}").format(where=back.where)


class AwayBar(NoticeBar):
    """Says why a file could not be saved back."""

    def __init__(self, back: SavingBack, parent: QWidget | None = None) -> None:
        super().__init__("awayWords", parent)
        self._back = back
        self._again = self.add_button("saveBack", self.tr("Try again"), "refresh-cw", self._try_again)
        self._anyway = self.add_button("saveBackAnyway", self.tr("Save it there again"), "save", back.save_anyway)
        back.changed.connect(self._show)

    def _show(self) -> None:
        is_gone = self._back.is_gone
        self._again.setVisible(not is_gone)
        self._anyway.setVisible(is_gone)
        words = self.tr("Not saved {where}: {reason} All changes are kept on this computer.")
        self.say(words.format(where=self._back.where, reason=self._back.reason) if self._back.reason else "")

    def _try_again(self) -> None:
        self._back.attempt()
