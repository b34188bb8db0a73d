"""Posts as bars on a time axis. What is only shown "at least" ends in dots; what began or ended then, in a stroke."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.queries.tenures import Tenure
from desktop.places import Place
from desktop.records.official.spans import Axis, Edge, Span, axis_of, span_of
from desktop.records.words import tenure_words
from desktop.theme import Size, colours, font

LANE, BAR, _AXIS, _GUTTER, _RIGHT = 18, 8, 22, 26, 12
_MARK_ROOM = 56
"""How far apart the marked years stand at least, in pixels."""
_WHISKERS = {Edge.AT_LEAST: 12.0, Edge.OPEN: 26.0}
_NARROWEST_BAR = 5.0


class PostTimeline(QWidget):
    """One lane per post, numbered as in the list beside it. Arrow keys go from post to post; Enter or a click opens."""

    opened = Signal(object)
    """A Place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tenures: tuple[Tenure, ...] = ()
        self._spans: list[Span | None] = []
        self._current = -1
        self._hovered = -1
        self.setObjectName("postTimeline")
        self.setAccessibleName(self.tr("Posts on a time axis"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> Tenure | None:
        """The post that the keyboard is at."""
        return self._tenures[self._current] if 0 <= self._current < len(self._tenures) else None

    def show_tenures(self, tenures: Sequence[Tenure]) -> None:
        """Show these posts, in this order."""
        self._tenures = tuple(tenures)
        self._spans = [span_of(tenure) for tenure in tenures]
        self._go_to(min(self._current, len(self._tenures) - 1))
        self.setVisible(any(self._spans))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, len(self._tenures) * LANE + _AXIS)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        spans = [span for span in self._spans if span]
        if not spans:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(Size.CAPTION))
        axis = axis_of(spans, max(2, int(self._length() // _MARK_ROOM)))
        self._paint_current(painter)
        self._paint_axis(painter, axis)
        for lane, span in enumerate(self._spans):
            self._paint_number(painter, lane)
            if span:
                _paint_span(
                    painter,
                    span,
                    self._x(axis, span.first),
                    self._x(axis, span.last),
                    self._sure(axis, span),
                    _middle(lane),
                )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: self._current + 1,
            Qt.Key.Key_Up: self._current - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._tenures) - 1,
        }
        if event.key() in steps:
            self._go_to(min(max(steps[Qt.Key(event.key())], 0), len(self._tenures) - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go_to(max(self._current, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._lane(event.position().y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        lane = self._lane(event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and lane >= 0:
            self._go_to(lane)
            self._open(lane)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            lane = self._lane(event.pos().y())
            self.setToolTip(self._words(lane) if lane >= 0 else "")
        return super().event(event)

    def _go_to(self, lane: int) -> None:
        self._current = lane
        self.setAccessibleDescription(self._words(lane) if lane >= 0 else "")
        self.update()

    def _hover(self, lane: int) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor if lane >= 0 else Qt.CursorShape.ArrowCursor)
        if lane != self._hovered:
            self._hovered = lane
            self.update()

    def _open(self, lane: int) -> None:
        if 0 <= lane < len(self._tenures):
            self.opened.emit(Place(self._tenures[lane].id))

    def _lane(self, y: float) -> int:
        lane = int(y // LANE)
        return lane if 0 <= lane < len(self._tenures) else -1

    def _words(self, lane: int) -> str:
        tenure = self._tenures[lane]
        return f"{lane + 1}. {tenure.title}: {tenure_words(tenure)}"

    def _length(self) -> float:
        return float(max(self.width() - _GUTTER - _RIGHT, 1))

    def _x(self, axis: Axis, year: float) -> float:
        return _GUTTER + axis.place(year) * self._length()

    def _sure(self, axis: Axis, span: Span) -> tuple[float, float] | None:
        if span.sure_first is None or span.sure_last is None:
            return None
        return self._x(axis, span.sure_first), self._x(axis, span.sure_last)

    def _paint_current(self, painter: QPainter) -> None:
        look = colours()
        painter.setPen(Qt.PenStyle.NoPen)
        for lane, ground in ((self._hovered, look.hover), (self._current if self.hasFocus() else -1, look.selected)):
            if lane >= 0:
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(QRectF(0, lane * LANE, self.width(), LANE), 4, 4)

    def _paint_axis(self, painter: QPainter, axis: Axis) -> None:
        look = colours()
        bottom = len(self._tenures) * LANE + 2.5
        painter.setPen(QPen(QColor(look.border), 1))
        painter.drawLine(QPointF(_GUTTER, bottom), QPointF(self.width() - _RIGHT, bottom))
        for year in axis.marks:
            x = self._x(axis, year)
            painter.setPen(QPen(QColor(look.line), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
            painter.setPen(QColor(look.muted))
            box = QRectF(x - 30, bottom + 2, 60, _AXIS - 5)
            box.moveLeft(min(max(box.left(), 0), self.width() - 60))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(year))

    def _paint_number(self, painter: QPainter, lane: int) -> None:
        painter.setPen(QColor(colours().muted))
        box = QRectF(0, lane * LANE, _GUTTER - 8, LANE)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(lane + 1))


def _middle(lane: int) -> float:
    return lane * LANE + LANE / 2


def _paint_span(
    painter: QPainter, span: Span, left: float, right: float, sure: tuple[float, float] | None, y: float
) -> None:
    """A bar, pale where the dates leave it open, with its ends; an acting one is hollow."""
    ink = QColor(colours().accent)
    if right - left < _NARROWEST_BAR:
        left, right = (left + right - _NARROWEST_BAR) / 2, (left + right + _NARROWEST_BAR) / 2
        sure = sure and (left, right)
    pale = QColor(ink)
    pale.setAlpha(80)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pale)
    painter.drawRect(QRectF(left, y - BAR / 2, right - left, BAR))
    if sure and not span.acting:
        painter.setBrush(ink)
        painter.drawRect(QRectF(sure[0], y - BAR / 2, max(sure[1] - sure[0], _NARROWEST_BAR), BAR))
    if span.acting:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.2))
        painter.drawRect(QRectF(left, y - BAR / 2, right - left, BAR))
    _paint_edge(painter, ink, span.start, left, y, -1)
    _paint_edge(painter, ink, span.end, right, y, +1)


def _paint_edge(painter: QPainter, ink: QColor, edge: Edge, x: float, y: float, outwards: int) -> None:
    if edge is Edge.SHARP:
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(x, y - BAR), QPointF(x, y + BAR))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for distance in range(4, int(_WHISKERS[edge]) + 1, 4):
        painter.drawEllipse(QPointF(x + outwards * distance, y), 1.1, 1.1)
