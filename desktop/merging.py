"""What a window does with a colleague's file: asks what is meant, shows the page, and tells of the merge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox

from db.opening import SUFFIX
from desktop.navigation import Destination

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_MERGING = Destination("merging")


class MergingDesk(QObject):
    """Merging and comparing in one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dropped: Path | None = None

    def choose_to_merge(self) -> None:
        """Let the user choose a file to merge into this one."""
        self._choose(self.tr("Merge a colleague’s file"), self._take_in_named)

    def choose_to_compare(self) -> None:
        """Let the user choose a file to compare this one with."""
        self._choose(self.tr("Compare with"), self._compare_named)

    def take_in(self, path: Path) -> None:
        """Show what merging a file would bring."""
        self._page().take_in(path.absolute())

    def compare_with(self, path: Path) -> None:
        """Show how a file differs from this one."""
        self._page().compare_with(path.absolute())

    def compare_since(self, entry: object, label: str) -> None:
        """Show what this file has learnt since an edit."""
        if isinstance(entry, UUID):
            self._page().compare_since(entry, label)

    def drop(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the window: one of them may be meant to be merged, several are opened."""
        others = [path for path in paths if path.absolute() != self._window.live.path.absolute()]
        if len(others) != 1:
            for path in others:
                self._window.files.ask_for(path)
            return
        self._dropped = others[0]
        self._ask(others[0])

    def show_receipt(self, receipt: object) -> None:
        """Show what a merge brought and what was decided."""
        if isinstance(receipt, UUID):
            from desktop.dialogs.receipt import ReceiptDialog

            dialog = ReceiptDialog(self._window.live, receipt, self._window)
            dialog.told.connect(self._window.tell)
            dialog.duplicates_wanted.connect(self._window.duplicates.show)
            self._window.duplicates.came.connect(dialog.show_newcomers)
            self._window.duplicates.look(receipt)
            dialog.open()

    def _ask(self, path: Path) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("mergeOrOpen")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(self.tr("What shall be done with “{file}”?").format(file=path.name))
        box.setInformativeText(
            self.tr("Before a merge you see what the file would bring; nothing changes until you press Merge.")
        )
        choices = [
            ("mergeDropped", self.tr("Merge into this case"), QMessageBox.ButtonRole.AcceptRole),
            ("compareDropped", self.tr("Compare"), QMessageBox.ButtonRole.ActionRole),
            ("openDropped", self.tr("Open it"), QMessageBox.ButtonRole.ActionRole),
        ]
        for name, words, role in choices:
            button = box.addButton(words, role)
            button.setObjectName(name)
            button.setEnabled(name != "mergeDropped" or self._window.live.is_writable)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.buttonClicked.connect(self._answer)
        box.open()

    def _answer(self, button: QAbstractButton) -> None:
        path, self._dropped = self._dropped, None
        if path is None:
            return
        match button.objectName():
            case "mergeDropped":
                self.take_in(path)
            case "compareDropped":
                self.compare_with(path)
            case "openDropped":
                self._window.files.ask_for(path)

    def _choose(self, title: str, then: Any) -> None:
        dialog = QFileDialog(self._window, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Case files (*{suffix})").format(suffix=SUFFIX), self.tr("All files (*)")])
        dialog.fileSelected.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_in_named(self, name: str) -> None:
        self.take_in(Path(name))

    def _compare_named(self, name: str) -> None:
        self.compare_with(Path(name))

    def _page(self) -> Any:
        self._window.go(_MERGING)
        return cast(Any, self._window.frame.currentWidget())
