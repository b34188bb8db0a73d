"""The status bar: whether all changes are saved, who may edit, and what goes on in the background."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from desktop.live import LiveCase, SaveState
from desktop.saving_back import SavingBack, saved_words

_HEIGHT = 36
"""Pixels: room for a toast, so that nothing moves when one comes."""


class StatusBar(QStatusBar):
    """Tells the truth about saving: the words change when the file does."""

    unsaved_asked = Signal()
    """What is not saved is wanted."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._back: SavingBack | None = None
        self.setSizeGripEnabled(False)
        self.setFixedHeight(_HEIGHT)
        self._saved = QLabel(self)
        self._saved.setObjectName("saveState")
        self._unsaved = QPushButton(self)
        self._unsaved.setObjectName("unsavedButton")
        self._unsaved.setProperty("link", True)
        self._unsaved.setProperty("trouble", True)
        self._unsaved.clicked.connect(self.unsaved_asked)
        self._mode = QLabel(self)
        self._mode.setObjectName("mode")
        self._selection = QLabel(self)
        self._selection.setObjectName("selection")
        self._progress_words = QLabel(self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.hide()
        for label in (self._saved, self._mode, self._selection):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(8, 2, 8, 2)
        for widget in (self._saved, self._unsaved, self._mode, self._selection):
            self.addWidget(widget)
        self.addPermanentWidget(self._progress_words)
        self.addPermanentWidget(self._progress)
        live.saving.connect(self.show_state)
        live.released.connect(self._show_release)
        live.watch.changed.connect(self._show_presence)
        self.show_state(live.save_state)

    @property
    def words(self) -> str:
        """What it says about saving."""
        return self._unsaved.text() if self._unsaved.isVisibleTo(self) else self._saved.text()

    def show_state(self, state: SaveState) -> None:
        """Say whether what was typed is on disk."""
        waiting = len(self._live.unsaved)
        one, many = self.tr("1 change is not saved…"), self.tr("{count} changes are not saved…")
        words = self.tr("Saving…") if state is SaveState.SAVING else self.tr("All changes saved")
        if self._back is not None:
            words = saved_words(self._back, state) or words
        if not self._live.watch.presence.is_in_place:
            words = self.tr("The file is not in its place")
        self._saved.setText(words if self._live.is_writable else self.tr("Nothing can be changed here"))
        self._unsaved.setText(one if waiting == 1 else many.format(count=waiting))
        self._saved.setVisible(state is not SaveState.FAILED)
        self._unsaved.setVisible(state is SaveState.FAILED)
        self._mode.setText(self._mode_words())

    def follow(self, back: SavingBack) -> None:
        """Tell also whether a file that is open as a local copy was saved back."""
        self._back = back
        back.changed.connect(self._show_again)
        self._show_again()

    def _show_again(self) -> None:
        self.show_state(self._live.save_state)

    def _show_presence(self, presence: object) -> None:
        self.show_state(self._live.save_state)

    def _show_release(self) -> None:
        self._mode.setText(self.tr("read only: nobody edits it now"))

    def show_selection(self, words: str) -> None:
        """Say how many records are selected."""
        self._selection.setText(words)

    def show_progress(self, words: str, done: int = 0, of: int = 0) -> None:
        """Say what goes on in the background, and how far it is; nothing, without words."""
        self._progress_words.setText(words)
        self._progress.setVisible(bool(words))
        self._progress.setRange(0, of)
        self._progress.setValue(done)

    def _mode_words(self) -> str:
        if not self._live.is_writable:
            return self.tr("read only: {reason}").format(reason=self._live.holder or self.tr("opened for reading"))
        is_safe = self._live.watch.presence.is_in_place and not self._live.unsaved
        return self.tr("cannot be written now") if not is_safe else self.tr("read and write")
