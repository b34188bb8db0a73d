"""Files and text that are dropped on the record pane."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.drops import case_files, dropped_files
from desktop.theme import Size
from desktop.widgets.labels import Words


class RecordDrops(QObject):
    """Watches a widget for drops, and says while something hangs over it what would happen.

    Case files are left to the window, which opens them.
    """

    files_dropped = Signal(object)
    """Paths."""
    text_dropped = Signal(str)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self._invitation = ""
        self._overlay = _Overlay(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def invite(self, words: str) -> None:
        """Take drops, and say this of files; with no words, take none."""
        self._invitation = words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QDragEnterEvent() | QDragMoveEvent():
                return self._hover(event)
            case QDropEvent():
                return self._drop(event)
        if event.type() is QEvent.Type.DragLeave:
            self._overlay.hide()
        return False

    def _hover(self, event: QDragMoveEvent) -> bool:
        files = dropped_files(event)
        if not self._invitation or case_files(event) or not (files or _text_of(event)):
            event.ignore()
            return True
        self._overlay.show_words(self._invitation if files else self.tr("Drop to keep it as a note"))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._overlay.hide()
        files = dropped_files(event)
        if not self._invitation or case_files(event):
            event.ignore()
            return True
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if files:
            self.files_dropped.emit(_plain(files))
        else:
            self.text_dropped.emit(_text_of(event))
        return True


def _plain(files: list[Path]) -> list[Path]:
    """Each once, in the order in which they were dragged."""
    return list(dict.fromkeys(files))


def _text_of(event: QDropEvent) -> str:
    """Dropped text; of a page its address, with its title before it where the browser tells that."""
    data = event.mimeData()
    addresses = [url.toString() for url in data.urls() if not url.isLocalFile()]
    text = data.text().strip()
    if addresses and addresses[0] not in text:
        return "\n".join([*filter(None, [text]), *addresses])
    return text


class _Overlay(QFrame):
    """Covers the target with an invitation."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        self._target = target
        self.setObjectName("dropHere")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = Words("", self, size=Size.HEADING, strong=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._words)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show them over the lower part of the target, so that the record's name stays readable."""
        self._words.setText(words)
        place = self._target.rect()
        self.setGeometry(place.adjusted(24, min(120, place.height() // 3), -24, -24))
        self.raise_()
        self.show()
