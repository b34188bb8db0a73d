"""The first window: open a case file, make one, look at the sample, or go on with one of those opened lately."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.drops import case_files
from desktop.files import FileCommands
from desktop.menus import Command, ThemeMenu, add_commands
from desktop.recent import forget_file, recent_files
from desktop.theme import Size, Theme, dress
from desktop.widgets.buttons import press_by_return
from desktop.widgets.labels import ElidedLabel, Words
from desktop.widgets.layouts import clear_layout


class WelcomeWindow(QMainWindow):
    """What stands where no case file is open."""

    dressed = Signal(object)
    """A Theme was chosen."""

    def __init__(self, settings: QSettings, files: FileCommands) -> None:
        super().__init__()
        self._settings = settings
        self._files = files
        self.setAcceptDrops(True)
        self.setWindowTitle(self.tr("Depositary"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._progress = QProgressBar(self)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        self._words = Words("", self, muted=True)
        self._build()
        self._add_menus()
        self.show_recent()
        self.show_progress("")
        self.resize(900, 620)

    def show_recent(self) -> None:
        """Show the files that were opened lately."""
        clear_layout(self._recent)
        paths = recent_files(self._settings)
        for path in paths[:8]:
            row = RecentRow(path, self)
            row.chosen.connect(self._files.ask_for)
            row.forgotten.connect(self._forget)
            self._recent.addWidget(row)
        if not paths:
            self._recent.addWidget(
                Words(
                    self.tr("Files that you open are listed here. You can also drop one on this window."),
                    self,
                    muted=True,
                )
            )

    def show_progress(self, words: str) -> None:
        """Say what goes on; nothing, without words."""
        self._words.setText(words)
        self._progress.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_return(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if case_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for path in case_files(event):
            self._files.ask_for(path)

    def _build(self) -> None:
        centre = QWidget(self)
        centre.setObjectName("surface")
        centre.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(centre)
        column.setContentsMargins(64, 56, 64, 32)
        column.setSpacing(8)
        column.addWidget(Words(self.tr("Depositary"), centre, size=Size.TITLE, strong=True))
        column.addWidget(
            Words(self.tr("Who has agreed what with whom in defence, and how we know it."), centre, muted=True)
        )
        column.addSpacing(20)
        row = QHBoxLayout()
        row.setSpacing(10)
        for name, words, icon_name, slot in (
            ("welcomeNew", self.tr("New case file…"), "file-plus", self._files.ask_for_new),
            ("welcomeOpen", self.tr("Open…"), "folder-open", self._files.ask_which),
            ("welcomeSample", self.tr("Open the sample"), "flask-conical", self._files.ask_for_sample),
        ):
            button = QPushButton(words, centre)
            button.setObjectName(name)
            button.setProperty("primary", name == "welcomeNew")
            dress(button, icon_name)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(28)
        column.addWidget(Words(self.tr("Opened lately"), centre, strong=True))
        column.addLayout(self._recent)
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._progress)
        self.setCentralWidget(centre)

    def _add_menus(self) -> None:
        file = self.menuBar().addMenu(self.tr("&File"))
        add_commands(self, file, [
            Command("newCase", self.tr("New case file…"), self._files.ask_for_new, "Ctrl+N", "file-plus"),
            Command("openCase", self.tr("Open a case file…"), self._files.ask_which, "Ctrl+O", "folder-open"),
            Command("openSample", self.tr("Open the sample"), self._files.ask_for_sample, "", "flask-conical"),
            None,
            Command("quit", self.tr("Quit"), self.close, "Ctrl+Q", "log-out"),
        ])  # fmt: skip
        view = self.menuBar().addMenu(self.tr("&View"))
        view.addMenu(ThemeMenu(self._settings, self._choose_theme, view))

    def _choose_theme(self, theme: Theme) -> None:
        self.dressed.emit(theme)

    def _forget(self, path: Path) -> None:
        forget_file(self._settings, path)
        self.show_recent()


class RecentRow(QFrame):
    """A file that was opened lately, by name and folder."""

    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        there = path.exists()
        name = QPushButton(path.stem, self)
        name.setProperty("link", True)
        name.setAccessibleName(self.tr("Open {file}").format(file=path.name))
        name.setEnabled(there)
        name.clicked.connect(self._choose)
        folder = str(path.parent) if there else self.tr("{folder} · not there any more").format(folder=path.parent)
        forget = QToolButton(self)
        forget.setAccessibleName(self.tr("Take {file} out of this list").format(file=path.name))
        forget.setToolTip(self.tr("Take out of this list"))
        dress(forget, "x")
        forget.clicked.connect(self._forget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(12)
        row.addWidget(name)
        row.addWidget(ElidedLabel(folder, self, size=Size.CAPTION, muted=True), 1)
        row.addWidget(forget)

    def _choose(self) -> None:
        self.chosen.emit(self._path)

    def _forget(self) -> None:
        self.forgotten.emit(self._path)
