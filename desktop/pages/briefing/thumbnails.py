"""All pages, small, in a narrow strip beside the preview."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.printing.pages import Picture, Strip
from desktop.theme import Size, colours, font

_WIDTH = 84
_EDGE = 12
_NUMBER = 20
_IMAGE = Qt.ItemDataRole.UserRole


class Thumbnails(QListWidget):
    """Asks for the pictures that are in sight, and says which page was chosen."""

    wanted = Signal(object)
    """Strips, each a whole page."""
    page_chosen = Signal(int)
    """From 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefingThumbnails")
        self.setAccessibleName(self.tr("Pages"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(_WIDTH + 2 * _EDGE + 14)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_PageDelegate(self))
        self._pages: tuple[tuple[float, float], ...] = ()
        self._drawn: set[int] = set()
        self.currentRowChanged.connect(self._choose)
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_sheet(self, pages: tuple[tuple[float, float], ...]) -> None:
        """Show pages of these sizes; pictures of earlier ones stay until there are new ones."""
        self.blockSignals(True)
        while self.count() > len(pages):
            self.takeItem(self.count() - 1)
        for number in range(self.count(), len(pages)):
            item = QListWidgetItem(str(number + 1), self)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self.tr("Page {page}").format(page=number + 1))
        for number, (width, height) in enumerate(pages):
            size = QSize(_WIDTH + 2 * _EDGE, round(_WIDTH * height / width) + _NUMBER + _EDGE)
            self.item(number).setSizeHint(size)
        self._pages = pages
        self._drawn.clear()
        self.blockSignals(False)
        self._look()

    def show_page(self, page: int) -> None:
        """Mark the page that is in sight in the preview."""
        if page != self.currentRow() and 0 <= page < self.count():
            self.blockSignals(True)
            self.setCurrentRow(page)
            self.blockSignals(False)
            self.scrollToItem(self.item(page))

    def show_picture(self, picture: Picture) -> None:
        """Put a page's picture in its place."""
        strip = picture.strip
        if strip.page < self.count():
            image = QImage(picture.pixels, strip.width, strip.rows, strip.width * 4, QImage.Format.Format_RGB32)
            self._drawn.add(strip.page)
            self.item(strip.page).setData(_IMAGE, image.copy())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.page_chosen.emit(row)

    def _look(self) -> None:
        """Ask for what is in sight and not drawn yet."""
        if not self.isVisible():
            return
        seen = self.viewport().rect()
        missing = []
        for number, (width, height) in enumerate(self._pages):
            if number not in self._drawn and self.visualItemRect(self.item(number)).intersects(seen):
                across = round(_WIDTH * self.devicePixelRatioF())
                down = round(across * height / width)
                missing.append(Strip(number, across, down, 0, down))
        if missing:
            self.wanted.emit(tuple(missing))


class _PageDelegate(QStyledItemDelegate):
    """A page of paper with its number below; a frame around the one in sight."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, box = colours(), option.rect
        paper = QRect(box.left() + _EDGE, box.top() + _EDGE, _WIDTH, box.height() - _NUMBER - _EDGE)
        painter.save()
        painter.fillRect(paper, Qt.GlobalColor.white)
        image = index.data(_IMAGE)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, image)
        is_here = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(look.accent if is_here else look.border))
        for ring in range(2 if is_here else 1):
            painter.drawRect(paper.adjusted(-1 - ring, -1 - ring, ring, ring))
        painter.setFont(font(Size.CAPTION, strong=is_here))
        painter.setPen(QColor(look.text if is_here else look.muted))
        below = QRect(box.left(), paper.bottom(), _WIDTH + 2 * _EDGE, _NUMBER)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, index.data())
        painter.restore()
