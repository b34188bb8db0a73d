"""The backups of the open file: when each was made, why, and what restoring it would change."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from db.backups import UNREADABLE, Backup
from desktop.backroom import Backroom
from desktop.backups.lists import ROW, BackupModel, LineModel, make_list
from desktop.backups.preview import Preview, preview
from desktop.backups.words import summary_words
from desktop.errors import expected
from desktop.jobs import Ticket
from desktop.theme import Size, dress, make_primary
from desktop.widgets.labels import Words


class BackupsDialog(QDialog):
    """A list, and beside it what would change. It reports what is wanted, and does nothing itself."""

    restore_wanted = Signal(object)
    """A Backup, in the place of the file."""
    copy_wanted = Signal(object)
    """A Backup, as a file of its own."""
    backup_wanted = Signal()
    """One more, now."""

    def __init__(self, path: Path, backroom: Backroom, *, is_writable: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._path, self._backroom, self._is_writable = path, backroom, is_writable
        self._asked: Ticket | None = None
        self._previews: dict[Backup, Preview] = {}
        self.setObjectName("backups")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Backups"))
        self.backups = BackupModel(path, self)
        self.lines = LineModel(self)
        self.list = make_list(self.backups, "backupList", self.tr("Backups"), self)
        self.changes = make_list(self.lines, "backupChanges", self.tr("What would change"), self)
        self.list.selectionModel().currentChanged.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(
            Words(self.tr("Backups of {file}").format(file=path.name), self, size=Size.HEADING, strong=True)
        )
        column.addWidget(Words(self._about(), self, muted=True))
        column.addWidget(self._make_panes(), 1)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        column.addWidget(self._trouble)
        column.addLayout(self._make_buttons())
        self.resize(880, 580)
        self._choose()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        index = self.list.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def show_backups(self, rows: Sequence[Backup]) -> None:
        """Show these; the newest is chosen."""
        self.backups.show_rows(rows)
        self.list.setCurrentIndex(self.backups.index(0))
        self.list.setFocus()
        self._choose()

    def show_trouble(self, words: str) -> None:
        """Say what did not work."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def _about(self) -> str:
        return self.tr(
            "Made each hour while the file is edited, and before a merge, an import or a restore. They are on this "
            "computer only, and old ones are cleared away."
        )

    def _make_panes(self) -> QSplitter:
        self._heading = Words(self.tr("What restoring it would change"), self, strong=True)
        self._summary = Words("", self)
        self._summary.setObjectName("backupSummary")
        self._more = Words("", self, muted=True, size=Size.CAPTION)
        right = QWidget(self)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(16, 4, 0, 0)
        inside.setSpacing(8)
        for widget, stretch in ((self._heading, 0), (self._summary, 0), (self.changes, 1), (self._more, 0)):
            inside.addWidget(widget, stretch)
        panes = QSplitter(Qt.Orientation.Horizontal, self)
        panes.setChildrenCollapsible(False)
        panes.addWidget(self.list)
        panes.addWidget(right)
        panes.setSizes([300, 530])
        return panes

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._make = self._button("backUpNow", self.tr("Back up now"), self.backup_wanted.emit, "plus")
        self._folder = self._button("showBackup", self.tr("Show in folder"), self._show_folder, "folder-open")
        self._copy = self._button("copyBackup", self.tr("Open a copy…"), self._ask_copy, "copy")
        self._restore = self._button("restoreBackup", self.tr("Restore"), self._ask_restore)
        make_primary(self._restore)
        close = self._button("closeBackups", self.tr("Close"), self.reject)
        row.addWidget(self._make)
        row.addWidget(self._folder)
        row.addStretch(1)
        for button in (close, self._copy, self._restore):
            row.addWidget(button)
        return row

    def _button(self, name: str, words: str, slot: object, icon_name: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        if icon_name:
            dress(button, icon_name)
        return button

    def _choose(self, *_: QModelIndex) -> None:
        if self._asked is not None:
            self._asked.cancel()
        chosen = self.chosen
        is_readable = chosen is not None and chosen.revision != UNREADABLE
        self._folder.setEnabled(chosen is not None)
        self._copy.setEnabled(is_readable)
        self._restore.setEnabled(is_readable and self._is_writable)
        self.lines.show_rows(())
        self._more.clear()
        if chosen is None:
            self._summary.setText(self.tr("There is no backup yet. The first is made soon after the file is opened."))
        elif not is_readable:
            self._summary.setText(
                self.tr("This file could not be read when it was replaced. It was kept byte by byte.")
            )
        elif chosen in self._previews:
            self._show(self._previews[chosen])
        else:
            self._summary.setText(self.tr("Comparing it with the file…"))
            self._asked = self._backroom.run(preview, self._path, chosen, then=self._take, failed=self._refuse)

    def _take(self, found: Preview) -> None:
        assert self.chosen is not None
        self._previews[self.chosen] = found
        self._show(found)

    def _show(self, found: Preview) -> None:
        self._summary.setText(summary_words(found))
        self.lines.show_rows(found.lines)
        more = self.tr("and {n} more").format(n=f"{found.untold:,}")
        self._more.setText(more if found.untold else "")
        self._restore.setEnabled(self._is_writable and not found.is_same)

    def _refuse(self, error: BaseException) -> None:
        known = expected(error)
        self._summary.setText(known.text if known else self.tr("It could not be compared."))
        self._restore.setEnabled(False)

    def _show_folder(self) -> None:
        if self.chosen is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.chosen.path.parent)))

    def _ask_copy(self) -> None:
        if self.chosen is not None:
            self.copy_wanted.emit(self.chosen)

    def _ask_restore(self) -> None:
        if self.chosen is not None:
            self.restore_wanted.emit(self.chosen)
