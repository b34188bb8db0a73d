"""The line that filters a list: completion, history, and errors told under it with their place marked."""

from PySide6.QtCore import QEvent, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFrame,
    QVBoxLayout,
    QWidget,
)

from db.errors import FilterError
from db.models import Entity
from desktop.lists.terms import completions, token_before
from desktop.settings import preferences
from desktop.theme import colours, dress
from desktop.widgets.labels import Words

_KEPT = 20
_GAP = 4
_ERROR_PAUSE = 600
"""Milliseconds: a word that is only half written is no error yet."""


class FilterLine(QLineEdit):
    """A line of filter text with completion and, under a wrong place, a wavy line."""

    left = Signal()
    """Esc in an empty line, or Down: back to the list."""

    def __init__(self, cls: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cls = cls
        self._wrong = -1
        self._free = 0
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(12)
        popup = QListView(self)
        popup.setObjectName("suggestions")
        popup.setUniformItemSizes(True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setItemDelegate(QStyledItemDelegate(popup))  # QCompleter's own takes no style sheet
        self._completer.setPopup(popup)
        self._completer.activated.connect(self._complete)

    def show_wrong(self, position: int) -> None:
        """Mark the place of an error; -1 for none."""
        self._wrong = position
        self.update()

    def leave_free(self, height: int) -> None:
        """Let suggestions leave so many pixels under the line free, those that are open already too."""
        popup = self._completer.popup()
        if popup is not None and popup.isVisible() and popup.y() > self.mapToGlobal(self.rect().topLeft()).y():
            popup.move(popup.x(), popup.y() + height - self._free)
        self._free = height

    def suggest(self) -> None:
        """Offer what the word at the cursor can become."""
        token = token_before(self.text(), self.cursorPosition())
        self._offer(completions(self._cls, token) if token else [])

    def suggest_past(self) -> None:
        """Offer what was asked before."""
        self._offer(past_filters(self._cls))

    def _offer(self, words: list[str]) -> None:
        popup = self._completer.popup()  # QCompleter makes another one where it lost one
        assert popup is not None
        popup.setAccessibleName(self.tr("Suggestions"))
        if not words or not self.hasFocus():
            popup.hide()
            return
        self._words.setStringList(words)
        area = self.rect()
        area.setWidth(min(max(popup.sizeHintForColumn(0) + 32, 220), self.width()))
        area.setHeight(area.height() + self._free)
        self._completer.complete(area)

    def _complete(self, word: str) -> None:
        cursor = self.cursorPosition()
        token = token_before(self.text(), cursor)
        start = cursor - len(token) if self.text() else 0
        ending = "" if word.endswith(":") or not self.text() else " "
        self.setText(self.text()[:start] + word + ending + self.text()[cursor:].lstrip())
        self.setCursorPosition(start + len(word) + len(ending))
        self.textEdited.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit() if self.text() else self.suggest_past()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.suggest()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if event.type() is QEvent.Type.ShortcutOverride and is_escape and self.text():
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if 0 <= self._wrong <= len(self.text()):
            self._underline()

    def _underline(self) -> None:
        """A line under the text from the wrong place on, as far as it can be seen."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        cursor = self.cursorRect().center().x()
        metrics, text = self.fontMetrics(), self.text()
        to_cursor = metrics.horizontalAdvance(text[: self.cursorPosition()])
        start = cursor + metrics.horizontalAdvance(text[: self._wrong]) - to_cursor
        end = max(cursor + metrics.horizontalAdvance(text) - to_cursor, start + 8)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours().bad.ink), 2, Qt.PenStyle.DotLine))
        painter.drawLine(max(start, room.left()), self.height() - 7, min(end, room.right()), self.height() - 7)


class FilterBar(QWidget):
    """The filter of a list."""

    filtered = Signal(str)
    """The text, at every keystroke."""
    told_wrong = Signal(str)
    """What is wrong with the text, once it is told; empty when nothing is any more."""
    left = Signal()

    def __init__(self, cls: type[Entity], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cls = cls
        self._error: FilterError | None = None
        self.line = FilterLine(cls, self)
        self.line.setObjectName("filter")
        self.line.setPlaceholderText(self._example())
        self.line.setAccessibleName(self.tr("Filter"))
        self.line.setToolTip(self.tr("Filter by words and field:value (Ctrl+F)"))
        self.line.setClearButtonEnabled(True)
        self._funnel = QAction(self.line)
        dress(self._funnel, "filter")
        self._funnel.setToolTip(self.tr("Earlier filters"))
        self.line.addAction(self._funnel, QLineEdit.ActionPosition.LeadingPosition)
        self._trouble = Words("", self)
        self._trouble.setObjectName("filterTrouble")
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self.line)
        column.addWidget(self._trouble)
        self._patience = QTimer(self, singleShot=True, interval=_ERROR_PAUSE)
        self._patience.timeout.connect(self._tell)
        self.line.textEdited.connect(self._report)
        self.line.textChanged.connect(self._follow_clear)
        self.line.returnPressed.connect(self._keep)
        self.line.left.connect(self.left)
        self._funnel.triggered.connect(self.line.suggest_past)
        self._name_buttons()

    @property
    def text(self) -> str:
        """The filter."""
        return self.line.text()

    def show_text(self, text: str) -> None:
        """Put a filter into the line and use it."""
        self.line.setText(text)
        self._use(text)

    def add_typed(self, letters: str) -> None:
        """Take letters that were typed on the list."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.setText(self.line.text() + letters)
        self._report(self.line.text())

    def show_error(self, error: FilterError | None) -> None:
        """Tell what is wrong, once it has been wrong for a moment."""
        self._error = error
        if error is None:
            self._patience.stop()
            if self._trouble.isVisibleTo(self):
                self._tell()
        elif self._trouble.isVisible():
            self._tell()
        else:
            self._patience.start()

    def _tell(self) -> None:
        error = self._error
        self._trouble.setText(str(error) if error else "")
        self._trouble.setVisible(error is not None)
        self.line.show_wrong(error.position if error else -1)
        self.line.setProperty("trouble", error is not None)
        self.line.style().polish(self.line)
        self.line.leave_free(self._trouble.heightForWidth(self.line.width()) + _GAP if error else 0)
        self.told_wrong.emit(str(error) if error else "")

    def _report(self, text: str) -> None:
        self.line.suggest()
        self._use(text)

    def _follow_clear(self, text: str) -> None:
        """The clear button tells no edit."""
        if not text:
            self._use("")

    def _use(self, text: str) -> None:
        """What is wrong stays told until the list says that it no longer is."""
        self.filtered.emit(text)

    def _keep(self) -> None:
        keep_filter(self._cls, self.text)
        self._patience.stop()
        self._tell()
        if self._error is None:
            self.left.emit()

    def _example(self) -> str:
        examples = {
            "agreements": self.tr("Filter: words, party:NO status:signed"),
            "officials": self.tr("Filter: words, has:note"),
            "sources": self.tr("Filter: words, issued:2024 reliability:A"),
        }
        return examples.get(self._cls.PLURAL, self.tr("Filter: words, field:value"))

    def _name_buttons(self) -> None:
        """The line's own small buttons have no names that a screen reader could say."""
        names = {"_q_qlineeditclearaction": self.tr("Clear the filter")}
        for button in self.line.findChildren(QWidget):
            if button.inherits("QToolButton") and not button.accessibleName():
                clears = any(action.objectName() in names for action in button.actions())
                button.setAccessibleName(self.tr("Clear the filter") if clears else self.tr("Earlier filters"))


def past_filters(cls: type[Entity]) -> list[str]:
    """The filters that were kept for a kind, the last one first."""
    stored = preferences().value(f"lists/{cls.PLURAL}/filters", [])
    return [str(text) for text in (stored if isinstance(stored, list) else [stored])][:_KEPT]


def keep_filter(cls: type[Entity], text: str) -> None:
    """Remember a filter that was used."""
    words = text.strip()
    if words:
        known = [words, *(past for past in past_filters(cls) if past != words)]
        preferences().setValue(f"lists/{cls.PLURAL}/filters", known[:_KEPT])
