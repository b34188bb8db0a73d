"""The status bar: whether all changes are saved, who may edit, and what goes on in the background."""

from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from desktop.live import LiveCase, SaveState


class StatusBar(QStatusBar):
    """Tells the truth about saving: the words change when the file does."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.setSizeGripEnabled(False)
        self._saved = QLabel(self)
        self._saved.setObjectName("saveState")
        self._mode = QLabel(self)
        self._mode.setObjectName("mode")
        self._selection = QLabel(self)
        self._progress_words = QLabel(self)
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(120)
        self._progress.hide()
        for label in (self._saved, self._mode, self._selection):
            label.setContentsMargins(8, 2, 8, 2)
            self.addWidget(label)
        self.addPermanentWidget(self._progress_words)
        self.addPermanentWidget(self._progress)
        self._mode.setText(self._mode_words())
        live.saving.connect(self.show_state)
        self.show_state(live.save_state)

    @property
    def words(self) -> str:
        """What it says about saving."""
        return self._saved.text()

    def show_state(self, state: SaveState) -> None:
        """Say whether what was typed is on disk."""
        words = {
            SaveState.SAVED: self.tr("All changes saved"),
            SaveState.SAVING: self.tr("Saving…"),
            SaveState.FAILED: self.tr("The last change was not saved"),
        }
        self._saved.setText(words[state] if self._live.is_writable else self.tr("Nothing can be changed here"))

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
        if self._live.is_writable:
            return self.tr("read and write")
        return self.tr("read only: {reason}").format(reason=self._live.holder or self.tr("opened for reading"))
