"""Closing a case file's window: never over words that are not saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from db.opening import SUFFIX
from db.presence import Standing
from desktop.errors import expected

if TYPE_CHECKING:
    from desktop.dialogs.unsaved import UnsavedDialog
    from desktop.main_window import MainWindow


class Closing(QObject):
    """Asks what is to become of edits that could not be written, before the window closes or when somebody asks."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._live = window, window.live
        self._dialog: UnsavedDialog | None = None
        self._leaves = self._quits = self._is_rescued = False

    def quit(self) -> None:
        """Close all windows, and with the last one the program."""
        self._quits = True
        QApplication.closeAllWindows()
        self._quits = self._quits and (self._dialog is not None or self._window.saving_back.is_closing)

    def may_close(self) -> bool:
        """Whether all is saved; otherwise it is asked what shall be done, and the window closes after the answer."""
        self._live.finish()
        if not self._is_in_danger:
            return True
        self._leaves = True
        self._ask()
        return False

    @property
    def _is_in_danger(self) -> bool:
        """Whether something would be lost with the window: edits, or a file that was deleted and lives in it only."""
        is_deleted = self._live.watch.presence.standing is Standing.DELETED
        return bool(self._live.unsaved) or (is_deleted and self._live.is_writable and not self._is_rescued)

    def show_unsaved(self) -> None:
        """Show what is not saved, and what can be done."""
        if self._live.unsaved:
            self._leaves = False
            self._ask()

    def _ask(self) -> None:
        if self._dialog is not None:
            self._dialog.raise_()
            return
        from desktop.dialogs.unsaved import UnsavedDialog

        self._dialog = UnsavedDialog(self._live.unsaved.all(), self._window)
        self._dialog.show_presence(self._live.watch.presence)
        self._dialog.again_wanted.connect(self._try_again)
        self._dialog.copy_wanted.connect(self.choose_copy)
        self._dialog.discarded.connect(self._discard)
        self._dialog.rejected.connect(self._stay)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _stay(self) -> None:
        self._leaves = self._quits = False

    def _forget_dialog(self) -> None:
        self._dialog = None

    def _discard(self) -> None:
        self._live.discard_unsaved()
        self._is_rescued = True
        self._dialog = None
        self._go_on()

    def _try_again(self) -> None:
        self._live.write_again(then=self._saved, failed=self._refuse)

    def _saved(self, nothing: object) -> None:
        self._end_dialog()
        self._go_on()

    def locate(self) -> None:
        """Ask where the file is now, and go on there."""
        dialog = self._file_dialog(self.tr("Where is the file now?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.go_to_named)
        dialog.open()

    @Slot(str)
    def go_to_named(self, name: str) -> None:
        """Go on in the file that was chosen."""
        self.go_to(Path(name))

    def go_to(self, path: Path) -> None:
        """Go on in the same case file at another place, with what is not saved."""
        self._leaves = False
        if self._live.is_writable:
            self._live.write_located(path, then=self._located, failed=self._refuse)
        else:
            self._located(path)

    def _located(self, path: Path) -> None:
        """This window first: it may be of another file at the same place."""
        self._is_rescued = True
        self._end_dialog()
        files = self._window.files
        if self._window.close():
            files.ask_for(path)

    def choose_copy(self) -> None:
        """Ask where a copy shall go."""
        path = self._live.home
        dialog = self._file_dialog(self.tr("Where shall the copy go?"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.selectFile(self.tr("{name} (copy)").format(name=path.stem) + SUFFIX)
        dialog.fileSelected.connect(self.save_copy)
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._dialog or self._window, title)
        dialog.setNameFilters([self.tr("Case files (*{suffix})").format(suffix=SUFFIX)])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(str)
    def save_copy(self, name: str) -> None:
        """Save a copy with what is not saved; then work goes on in it, unless the window was to close."""
        self._live.write_elsewhere(Path(name), then=self._copied, failed=self._refuse)

    def _copied(self, path: Path) -> None:
        self._is_rescued = True
        self._end_dialog()
        if not self._leaves:
            self._window.files.ask_for(path)
        self._leaves = True
        self._go_on()

    def _refuse(self, error: BaseException) -> None:
        known = expected(error)
        if known is None or self._dialog is None:
            self._live.troubled.emit(error)
        else:
            self._dialog.show_trouble(known.text)

    def _end_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def go_on_closing(self) -> None:
        """All that had to be done before the window closes is done."""
        self._leaves = True
        self._go_on()

    def _go_on(self) -> None:
        """Do now what was held up."""
        if self._quits:
            QApplication.closeAllWindows()
        elif self._leaves:
            self._window.close()
