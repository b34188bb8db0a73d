"""Backups of one window's file: made by the clock while it is edited, shown when asked for, restored when wanted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from db.backups import Backup, Why, back_up, back_up_if_due, backups_of
from db.opening import SUFFIX
from db.restoring import Restored, restore_copy
from desktop.errors import expected
from desktop.folders import backup_folder
from desktop.jobs import Lane
from desktop.settings import trust

if TYPE_CHECKING:
    from desktop.backups.dialog import BackupsDialog
    from desktop.main_window import MainWindow

_LOOK = 60_000
"""Milliseconds between two looks at whether a backup is due; it is one an hour after the last."""


class BackupDesk(QObject):
    """Makes backups on a thread of its own, so that neither the window nor an edit waits for one."""

    told = Signal(str, object)
    """Something to tell in a toast, and what can be taken back of it: a Backup, or None."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._live = window, window.live
        self._lane = Lane.of_threads("backup", 1, self)
        self._lane.troubled.connect(self._live.troubled)
        self._stop = threading.Event()
        self._dialog: BackupsDialog | None = None
        self._copied: Backup | None = None
        self._wanted: Backup | None = None
        self._has_edits, self._was_told = True, False
        self._clock = QTimer(self, interval=_LOOK)
        self._clock.timeout.connect(self.look)
        self._live.changed.connect(self._note)
        window.closed.connect(self._restore_now)
        window.saving_back.stayed.connect(self._stay)

    def start(self) -> None:
        """Begin: the first backup is of the file as it was opened, if none is like it."""
        if self._live.is_writable:
            self._clock.start()
            self.look()

    def look(self) -> None:
        """Back the file up if it was edited and an hour has passed."""
        if self._has_edits and self._lane.is_idle:
            self._has_edits = False
            self._run(_back_up_in_place, then=self._note_made)

    def close(self) -> None:
        """Break off what is being made; a backup is whole or not there."""
        self._clock.stop()
        self._stop.set()
        self._lane.close()

    def show(self) -> None:
        """Show the backups."""
        from desktop.backups.dialog import BackupsDialog

        live = self._live
        self._dialog = BackupsDialog(
            live.path, self._window.backroom, is_writable=live.is_writable, parent=self._window
        )
        self._dialog.backup_wanted.connect(self._back_up_now)
        self._dialog.restore_wanted.connect(self.restore)
        self._dialog.copy_wanted.connect(self._choose_copy)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()
        self._list()

    def restore(self, backup: object) -> None:
        """Close the file, and open it as it is in a backup."""
        assert isinstance(backup, Backup)
        if self._dialog is not None:
            self._dialog.accept()
        self._wanted = backup
        if not self._window.close() and not self._window.saving_back.is_closing:
            self._wanted = None

    def _stay(self) -> None:
        self._wanted = None

    def _restore_now(self, window: object) -> None:
        """The file is closed, perhaps only after it was saved back to where it lies."""
        if self._wanted is not None:
            self._window.files.ask_to_restore(self._live.home, self._wanted)

    def tell_restored(self, done: Restored) -> None:
        """Say that the file is as in a backup, and how it was until then."""
        self.told.emit(self.tr("Restored the backup. The file as it was is a backup, too."), done.kept)

    def tell_upgraded(self) -> None:
        """Say that the file is one of this version now, and where it is as it was."""
        self.told.emit(self.tr("The file is up to date. As it was, it is a backup: File, Backups…"), None)

    def take_back(self, token: object) -> None:
        """Restore what a toast told of."""
        if isinstance(token, Backup):
            self.restore(token)

    def _run(self, work: object, *args: object, then: object) -> None:
        self._lane.run(_working, work, self._live.path, args, self._stop, then=then, failed=self._refuse)  # type: ignore[arg-type]

    def _note(self, changes: object) -> None:
        self._has_edits = True

    def _note_made(self, made: Backup | None) -> None:
        self._was_told = False
        self._has_edits = self._has_edits or made is None  # it is not an hour yet

    def _back_up_now(self) -> None:
        self._run(back_up, Why.BY_HAND, then=self._list)

    def _list(self, _: object = None) -> None:
        self._lane.run(backups_of, self._live.path, backup_folder(), then=self._show_list, failed=self._refuse)

    def _show_list(self, rows: Sequence[Backup]) -> None:
        if self._dialog is not None:
            self._dialog.show_trouble("")
            self._dialog.show_backups(rows)

    def _refuse(self, error: BaseException) -> None:
        """Say once that no backup can be made; it is tried again all the time."""
        self._has_edits = True
        known = expected(error)
        if known is None:
            self._live.troubled.emit(error)
        elif self._dialog is not None:
            self._dialog.show_trouble(known.text)
        elif not self._was_told:
            self._was_told = True
            self.told.emit(known.text, None)

    def _choose_copy(self, backup: Backup) -> None:
        self._copied = backup
        dialog = QFileDialog(self._dialog, self.tr("Where shall the copy go?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # no file is replaced, and that is said
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.setNameFilters([self.tr("Case files (*{suffix})").format(suffix=SUFFIX)])
        path = self._live.home
        name = self.tr("{name} (as of {when})").format(name=path.stem, when=f"{backup.at.astimezone():%Y-%m-%d %H.%M}")
        dialog.selectFile(str(path.with_name(name + SUFFIX)))
        dialog.fileSelected.connect(self.save_copy)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def save_copy(self, name: str) -> None:
        """Make a file of the backup that was chosen, and open it."""
        assert self._copied is not None
        self._lane.run(_copy, self._copied, Path(name), then=self._open_copy, failed=self._refuse)

    def _open_copy(self, path: Path) -> None:
        if self._dialog is not None:
            self._dialog.accept()
        self._window.files.ask_for(path)

    def _forget_dialog(self) -> None:
        self._dialog = None


def _working(work: object, path: Path, args: tuple[object, ...], stop: threading.Event) -> object:
    """On the lane's thread."""
    assert callable(work)
    return work(path, *args, backup_folder(), is_stopped=stop.is_set)


def _back_up_in_place(path: Path, folder: Path, *, is_stopped: Callable[[], bool]) -> Backup | None:
    """A file that has gone is told of elsewhere."""
    return back_up_if_due(path, folder, is_stopped=is_stopped) if path.exists() else None


def _copy(backup: Backup, path: Path) -> Path:
    return restore_copy(backup, path, trust())
