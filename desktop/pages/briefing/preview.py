"""The preview: pages of paper on a calm ground, which ask for their pictures by signal and show what they have."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QToolTip, QWidget

from desktop.pages.briefing.layout import MARGIN, PageBox, most_visible, page_at, stack, strips_in_sight, strips_of
from desktop.pages.briefing.overlay import Overlay
from desktop.pages.briefing.zoom import ACTUAL, Fit, Zoom, larger, smaller
from desktop.printing.pages import Picture, Strip
from desktop.theme import colours

_PAGE = (595.0, 842.0)
_KEPT_PAGES = 2
_DIMMED = 0.4
_SHADOW = (28, 14, 8, 5, 3)
"""Alpha of the shadow's rings, from the paper outwards."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture of one state of the sheet. `pixels` is what the image is made of, and has to stay."""

    sheet: int
    image: QImage
    pixels: bytes


class SheetPreview(QAbstractScrollArea):
    """Pages one below the other. Old pictures stay until new ones have come, so that nothing ever flashes white."""

    strips_wanted = Signal(object)
    """Strips that are in sight and not drawn yet, the most missed first."""
    page_changed = Signal(int)
    """The page of which most is in sight, from 0."""
    zoom_changed = Signal(object, float)
    """Zoom, and how large that is: 1 is the size of the paper."""

    followed = Signal(object)
    """The Place of what was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overlay = Overlay(self)
        self.viewport().setMouseTracking(True)
        self.setObjectName("sheetPreview")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setMinimumSize(240, 200)
        self._pages: tuple[tuple[float, float], ...] = ()
        self._boxes: tuple[PageBox, ...] = ()
        self._sheet = 0
        self._shown: dict[Strip, _Shown] = {}
        self._zoom = Zoom()
        self._scale = ACTUAL
        self._page = 0
        self._is_dimmed = False
        self._name()

    @property
    def zoom(self) -> Zoom:
        """What the size follows."""
        return self._zoom

    @property
    def page(self) -> int:
        """The page of which most is in sight, from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def is_dimmed(self) -> bool:
        """Whether the pages are those of earlier options."""
        return self._is_dimmed

    @property
    def is_drawn(self) -> bool:
        """Whether everything in sight is there, and sharp."""
        return bool(self._pages) and not self._missing(around=False)

    def show_sheet(self, pages: tuple[tuple[float, float], ...]) -> None:
        """Show a sheet of pages of these sizes, in points; their pictures are asked for."""
        self._sheet += 1
        self._pages = pages
        self._is_dimmed = False
        self._lay_out()

    def show_picture(self, picture: Picture) -> None:
        """Put a picture in its place."""
        strip = picture.strip
        image = QImage(picture.pixels, strip.width, strip.rows, strip.width * 4, QImage.Format.Format_RGB32)
        self._shown.pop(strip, None)  # the newest is painted last
        self._shown[strip] = _Shown(self._sheet, image, picture.pixels)
        self._forget_old()
        self.viewport().update()

    def dim(self, dimmed: bool) -> None:
        """Say by their paleness that the pages are not those that were asked for."""
        self._is_dimmed = dimmed
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        self._shown.clear()
        self.show_sheet(())

    def set_zoom(self, zoom: Zoom, around: QPoint | None = None) -> None:
        """Change the size; what stands at a point of the view stays there."""
        self._zoom = zoom
        self._lay_out(around or self.viewport().rect().center())
        self.zoom_changed.emit(zoom, self._scale / ACTUAL)

    def zoom_in(self) -> None:
        """One step larger."""
        self.set_zoom(larger(self._scale / ACTUAL))

    def zoom_out(self) -> None:
        """One step smaller."""
        self.set_zoom(smaller(self._scale / ACTUAL))

    def fit_width(self) -> None:
        """As wide as there is room."""
        self.set_zoom(Zoom(Fit.WIDTH))

    def fit_page(self) -> None:
        """Whole pages."""
        self.set_zoom(Zoom(Fit.PAGE))

    def go_to_page(self, page: int) -> None:
        """Bring a page's head to the top of the view."""
        if self._boxes:
            box = self._boxes[min(max(page, 0), len(self._boxes) - 1)]
            self.verticalScrollBar().setValue(box.top - MARGIN // 2)

    def show_hit(self, hit: int) -> None:
        """Mark a place that was found, and bring it into sight."""
        found = self.overlay.choose_hit(hit)
        if found is not None and found.page < len(self._boxes) and found.boxes:
            box, (left, top, width, height) = self._boxes[found.page], found.boxes[0]
            y, x = box.top + top * self._scale, box.left + left * self._scale
            self._reveal(self.verticalScrollBar(), y, height * self._scale, self.viewport().height())
            self._reveal(self.horizontalScrollBar(), x, width * self._scale, self.viewport().width())
        self.viewport().update()

    def _reveal(self, bar: QScrollBar, start: float, length: float, room: int) -> None:
        if not bar.value() + MARGIN <= start <= bar.value() + room - length - MARGIN:
            bar.setValue(round(start - room / 3))

    def next_page(self) -> None:
        """The page after the one in sight."""
        self.go_to_page(self._page + 1)

    def previous_page(self) -> None:
        """The page before the one in sight."""
        self.go_to_page(self._page - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._look()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._look()
        elif isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self.overlay.title_at(*self._point_on_paper(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.overlay.place_at(*self._point_on_paper(event.position().toPoint()))
        if place is not None:
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.overlay.place_at(*self._point_on_paper(event.position().toPoint()))
        if place is not None and event.button() is Qt.MouseButton.LeftButton and not self._is_dimmed:
            self.followed.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif event.angleDelta().y():
            step = larger if event.angleDelta().y() > 0 else smaller
            self.set_zoom(step(self._scale / ACTUAL), event.position().toPoint())
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_PageDown if self._zoom.fit is Fit.PAGE:
                self.next_page()
            case Qt.Key.Key_PageUp if self._zoom.fit is Fit.PAGE:
                self.previous_page()
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep())
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(colours().window))
        for page, box in enumerate(self._boxes):
            place = self._place(box)
            if place.intersects(QRectF(self.viewport().rect())):
                self._paint_page(painter, page, place)

    def _paint_page(self, painter: QPainter, page: int, place: QRectF) -> None:
        painter.setOpacity(1.0)
        _paint_shadow(painter, place)
        painter.fillRect(place, Qt.GlobalColor.white)
        painter.setOpacity(_DIMMED if self._is_dimmed else 1.0)
        painter.setClipRect(place)
        for strip, shown in self._shown.items():
            if strip.page == page:
                share = place.height() / strip.height
                at = QRectF(place.left(), place.top() + strip.top * share, place.width(), strip.rows * share)
                painter.drawImage(at, shown.image)
        painter.setOpacity(1.0)
        self.overlay.paint(painter, page, place, self._scale)
        painter.setClipping(False)

    def _place(self, box: PageBox) -> QRectF:
        """A page's place in the view, on whole device pixels, so that its picture need not be scaled."""
        ratio = self.devicePixelRatioF()
        left, top = box.left - self.horizontalScrollBar().value(), box.top - self.verticalScrollBar().value()
        return QRectF(*(round(side * ratio) / ratio for side in (left, top, box.width, box.height)))

    def _lay_out(self, around: QPoint | None = None) -> None:
        """Find the pages' places; what is at a point of the view, or at its upper edge, stays there."""
        point = around or QPoint(self.viewport().width() // 2, 0)
        page, across, down = self._point_on_paper(point)
        room = self.viewport().size()
        widest = max(self._pages, default=_PAGE)
        self._scale = self._zoom.scale(widest, (room.width() - 2 * MARGIN, room.height() - 2 * MARGIN))
        self._boxes = stack(self._pages, self._scale, room.width())
        self._set_ranges()
        if page < len(self._boxes):
            box = self._boxes[page]
            self.horizontalScrollBar().setValue(round(box.left + across * self._scale) - point.x())
            self.verticalScrollBar().setValue(round(box.top + down * self._scale) - point.y())
        self.viewport().update()
        self._look()

    def _point_on_paper(self, point: QPoint) -> tuple[int, float, float]:
        """The page at a point of the view, and the point on it in points of type."""
        at = point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        page = page_at(self._boxes, at.y())
        box = self._boxes[page] if self._boxes else PageBox(MARGIN, MARGIN, 0, 0)
        return page, (at.x() - box.left) / self._scale, (at.y() - box.top) / self._scale

    def _set_ranges(self) -> None:
        room = self.viewport().size()
        across = max((box.left + box.width + MARGIN for box in self._boxes), default=0)
        down = self._boxes[-1].bottom + MARGIN if self._boxes else 0
        for bar, whole, seen in (
            (self.horizontalScrollBar(), across, room.width()),
            (self.verticalScrollBar(), down, room.height()),
        ):
            bar.setRange(0, max(0, whole - seen))
            bar.setPageStep(max(1, seen - 2 * MARGIN))
            bar.setSingleStep(40)

    def _look(self) -> None:
        """See which page is in sight, and ask for what is missing."""
        page = most_visible(self._boxes, self.verticalScrollBar().value(), self.viewport().height())
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
        self._name()
        missing = self._missing(around=True)
        if missing:
            self.strips_wanted.emit(missing)

    def _missing(self, *, around: bool) -> tuple[Strip, ...]:
        """The strips without a picture of this sheet: in sight, or also just around."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        near = strips_in_sight(self._boxes, bar.value(), height, self.devicePixelRatioF(), around=around)
        return tuple(strip for strip in near if not self._is_new(strip))

    def _is_new(self, strip: Strip) -> bool:
        return strip in self._shown and self._shown[strip].sheet == self._sheet

    def _forget_old(self) -> None:
        """Drop what new pictures have covered, and what is far away."""
        ratio = self.devicePixelRatioF()
        wanted = {page: strips_of(page, box, ratio) for page, box in enumerate(self._boxes)}
        complete = {page for page, strips in wanted.items() if all(map(self._is_new, strips))}
        for strip in list(self._shown):
            is_covered = strip.page in complete and strip not in wanted[strip.page]
            if is_covered or strip.page not in wanted or abs(strip.page - self._page) > _KEPT_PAGES:
                del self._shown[strip]

    def _name(self) -> None:
        told = self.tr("Preview, page {page} of {pages}").format(page=self._page + 1, pages=len(self._pages))
        name = told if self._pages else self.tr("Preview, no sheet")
        if name != self.accessibleName():
            self.setAccessibleName(name)


def _paint_shadow(painter: QPainter, place: QRectF) -> None:
    for ring, alpha in enumerate(_SHADOW, 1):
        painter.fillRect(place.adjusted(-ring, -ring + 1, ring, ring + 1), QColor(0, 0, 0, alpha))
