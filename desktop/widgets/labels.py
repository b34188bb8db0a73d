"""Labels for words from a case file: plain text always, elided where there is no room, whole in the tooltip."""

from html import escape

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop.theme import Size, colours, font


class Words(QLabel):
    """A label of plain words that wraps. `muted` is for what explains."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: Size = Size.BODY,
        strong: bool = False,
        muted: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(font(size, strong=strong))
        self.setProperty("muted", muted)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(text)


class ElidedLabel(QLabel):
    """A label of one line that ends in … where there is no room; the tooltip then has it whole."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        size: Size = Size.BODY,
        strong: bool = False,
        muted: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(size, strong=strong))
        self._muted = muted
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(24)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show other words, on one line."""
        super().setText(" ".join(text.split()))
        self.setAccessibleName(self.text())

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colours().muted if self._muted else self.palette().color(QPalette.ColorRole.WindowText))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | self.alignment(), shown)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip("" if self.is_whole() else f"<qt>{escape(self.text())}</qt>")
        return super().event(event)

    def is_whole(self) -> bool:
        """Whether there is room for all of it."""
        return self.fontMetrics().horizontalAdvance(self.text()) <= self.width()


class TitleLabel(ElidedLabel):
    """A title in up to three lines, of which the last ends in … where there is no room; the tooltip has it whole."""

    LINES = 3

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().lineSpacing())

    def heightForWidth(self, width: int) -> int:
        return min(self.LINES, len(self._lines(width))) * self.fontMetrics().lineSpacing()

    def setText(self, text: str) -> None:
        super().setText(text)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        starts = self._lines(self.width())[: self.LINES]
        for number, start in enumerate(starts):
            is_last = number == len(starts) - 1
            shown = self.text()[start : None if is_last else starts[number + 1]]
            if is_last:
                shown = self.fontMetrics().elidedText(shown, Qt.TextElideMode.ElideRight, self.width())
            top = number * self.fontMetrics().lineSpacing()
            box = QRect(0, top, self.width(), self.fontMetrics().lineSpacing())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | self.alignment(), shown.rstrip())

    def is_whole(self) -> bool:
        """Whether there is room for all of it."""
        return len(self._lines(self.width())) <= self.LINES

    def _lines(self, width: int) -> list[int]:
        """Where each line begins."""
        layout = QTextLayout(self.text(), self.font())
        starts = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 24))
            starts.append(line.textStart())
        layout.endLayout()
        return starts or [0]


class LinkButton(QPushButton):
    """Words that lead somewhere: a record by its title, elided where there is no room."""

    followed = Signal(object)
    """Where it was made to lead."""

    def __init__(self, text: str, target: object, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self.words = " ".join(text.split())
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(self.words.replace("&", "&&"))
        self.clicked.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, super().sizeHint().height())

    def sizeHint(self) -> QSize:
        full = QSize(self.fontMetrics().horizontalAdvance(self.words), 0)
        icon = self.iconSize().width() + 6 if not self.icon().isNull() else 0
        return QSize(full.width() + icon + 16, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        icon = self.iconSize().width() + 6 if not self.icon().isNull() else 0
        shown = self.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, self.width() - icon - 12)
        self.setText(shown.replace("&", "&&"))
        if shown != self.words and not self.toolTip():
            self.setToolTip(f"<qt>{escape(self.words)}</qt>")

    def _follow(self) -> None:
        self.followed.emit(self.target)
