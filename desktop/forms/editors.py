"""Editors of plain values: text, running text, terms, yes and no, whole numbers."""

from collections.abc import Mapping
from html import escape
from math import ceil
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from db.errors import InvalidValue
from db.fields import Field, FieldType, canonical, read_value
from db.operations.drafts import Drafted
from db.queries.records import FieldRow
from desktop.forms.captions import field_label, term_label
from desktop.forms.hints import invitation, oddity
from desktop.theme import Size
from desktop.widgets.labels import Words


class FieldEditor(QWidget):
    """Shows one field and reports each finished edit; it stores nothing."""

    edited = Signal(object)
    """The new value, as `db.operations.records.set_field` takes it."""
    opened = Signal(object)
    """A Place that somebody wants to see."""
    wanted = Signal(object)
    """A record that is not there yet: (plural of its kind, what was typed)."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.setObjectName(f"field_{field.name}")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()

    @property
    def control(self) -> QWidget:
        """What takes the focus."""
        raise NotImplementedError

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        """Show what the record holds; `names` are the titles of what it points at."""
        raise NotImplementedError

    def value(self) -> object:
        """What stands in the editor, as `set_field` takes it."""
        raise NotImplementedError

    def set_writable(self, writable: bool) -> None:
        """Allow or forbid editing."""
        raise NotImplementedError

    def drafts(self) -> tuple[Drafted, ...]:
        """Records that the value names and that are not in the file yet: they are written together with it."""
        return ()

    def show_trouble(self, text: str) -> None:
        """Say under the editor what is wrong; nothing, if the text is empty."""
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        self.control.setProperty("trouble", bool(text))
        self.control.style().polish(self.control)

    def _fill(self, *widgets: QWidget) -> None:
        for widget in (*widgets, self._trouble):
            self._column.addWidget(widget)
        self.setFocusProxy(self.control)
        self.control.setAccessibleName(field_label(self.field.name))

    def _report(self, text: str) -> None:
        """Report typed text, if the field can hold it."""
        try:
            read_value(self.field, text)
        except InvalidValue as error:
            self.show_trouble(str(error))
        else:
            self.show_trouble("")
            self.edited.emit(text)


def leaves_undo_to_window(event: QEvent, changed: bool) -> bool:
    """Whether a key asks to undo or redo while nothing was typed here: then the window's own undo is meant."""
    if event.type() is not QEvent.Type.ShortcutOverride or changed:
        return False
    assert isinstance(event, QKeyEvent)
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class Line(QLineEdit):
    """A line that gives Ctrl+Z to the window unless something was typed into it, and Esc takes back what was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = self._told = ""
        self.is_draft = False
        """Nothing is stored yet that Esc could bring back: it is for whoever holds the draft."""

    def show_text(self, text: str) -> None:
        """Show what is stored, unless somebody is typing."""
        if self.hasFocus() and self.isModified():
            return
        self._shown = text
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setModified(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.ignore()  # files and pages are for whatever is around the field
        else:
            super().dragEnterEvent(event)

    def _tell_whole(self) -> None:
        """Where there is no room for all of it, the tooltip has it whole."""
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width() - 16
        if not fits or self.toolTip() == self._told:
            self._told = "" if fits else f"<qt>{escape(self.text())}</qt>"
            self.setToolTip(self._told)

    def take_back(self) -> None:
        """Show again what is stored."""
        self.setText(self._shown)

    def event(self, event: QEvent) -> bool:
        if leaves_undo_to_window(event, self.isModified()):
            event.ignore()
            return False
        if event.type() is QEvent.Type.ToolTip:
            self._tell_whole()
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified() and not self.is_draft:
            self.take_back()
            return
        super().keyPressEvent(event)


class TextEditor(FieldEditor):
    """One line of text, or a whole number."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = Line(self)
        self.line.editingFinished.connect(self._finish)
        self.line.setPlaceholderText(invitation(field.name))
        self._fill(self.line)
        self._oddity = Words("", self, size=Size.CAPTION, muted=True)
        self._oddity.setObjectName("oddity")
        self._oddity.hide()
        self._column.addWidget(self._oddity)

    @property
    def control(self) -> QWidget:
        return self.line

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self.line.show_text(row.text)
        self.line.setToolTip("")
        self._say_oddity()

    def value(self) -> object:
        return self.line.text()

    def set_writable(self, writable: bool) -> None:
        self.line.setReadOnly(not writable)

    def _finish(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self._say_oddity()
            self._report(self.line.text())

    def _say_oddity(self) -> None:
        words = oddity(self.field.name, self.line.text())
        self._oddity.setText(words)
        self._oddity.setVisible(bool(words))


class RunningText(QPlainTextEdit):
    """Several lines that are as high as their text, up to a limit. Done when the focus leaves, or at Ctrl+Return."""

    finished = Signal()
    _MOST = 260
    _LINE = 24

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.least_height = 64
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show what is stored, unless somebody is typing."""
        if self.hasFocus() and self.document().isModified():
            return
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not any(url.isLocalFile() for url in source.urls()) and super().canInsertFromMimeData(source)

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def event(self, event: QEvent) -> bool:
        if leaves_undo_to_window(event, self.document().isModified()):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finish()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() == 0:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _finish(self) -> None:
        if self.document().isModified():
            self.document().setModified(False)
            self.finished.emit()

    def _fit(self) -> None:
        """Be as high as the text, and scroll only from the limit on.

        A bar that came and went by itself would make lines shorter and longer, so the text higher and lower, for ever.
        """
        wanted, bar = ceil(self._text_height()) + 20, Qt.ScrollBarPolicy
        scrolls = self.verticalScrollBarPolicy() == bar.ScrollBarAlwaysOn
        most = self._MOST - (self._LINE if scrolls else 0)
        self.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOn if wanted > most else bar.ScrollBarAlwaysOff)
        self.setFixedHeight(self._MOST if wanted > most else max(wanted, self.least_height))

    def _text_height(self) -> float:
        """How high the text is, as far as that matters: lines in some scripts are higher than in others."""
        height, block = 0.0, self.document().begin()
        while block.isValid() and height < self._MOST:
            height += self.blockBoundingRect(block).height()
            block = block.next()
        return height


class RunningTextEditor(FieldEditor):
    """Running text."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.text = RunningText(self)
        self.text.finished.connect(self._finish)
        self.text.setPlaceholderText(invitation(field.name))
        self._fill(self.text)

    @property
    def control(self) -> QWidget:
        return self.text

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self.text.show_text(row.text)

    def value(self) -> object:
        return self.text.toPlainText()

    def set_writable(self, writable: bool) -> None:
        self.text.setReadOnly(not writable)

    def _finish(self) -> None:
        self._report(self.text.toPlainText())


class Choice(QComboBox):
    """A combo box that leaves the wheel to the page unless it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEditor(FieldEditor):
    """One term of a vocabulary, or yes and no; empty where nothing is known."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = Choice(self)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        if not field.required:
            self.box.addItem("", "")
        for term in ("yes", "no") if field.holds is FieldType.FLAG else field.vocabulary or ():
            self.box.addItem(term_label(term), str(term))
        self.box.setCurrentIndex(-1 if field.required else 0)
        self.box.activated.connect(self._finish)
        self._fill(self.box)

    @property
    def control(self) -> QWidget:
        return self.box

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self.box.setCurrentIndex(self.box.findData(canonical(row.value) or ""))

    def value(self) -> object:
        return self.box.currentData() or ""

    def set_writable(self, writable: bool) -> None:
        self.box.setEnabled(writable)

    def _finish(self) -> None:
        self._report(str(self.value()))


class FixedEditor(FieldEditor):
    """What nobody edits: a hash, or what the record is about."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._label = Words("", self, selectable=True)
        self._label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fill(self._label)

    @property
    def control(self) -> QWidget:
        return self._label

    def show_value(self, row: FieldRow, names: Mapping[UUID, str]) -> None:
        self._label.setText(row.text)

    def value(self) -> object:
        return self._label.text()

    def set_writable(self, writable: bool) -> None:
        return
