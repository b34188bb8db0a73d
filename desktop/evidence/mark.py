"""The mark beside a field: how well its value is known, by shape and number, quiet until something is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from db.evidence import FieldStanding
from db.models.vocabulary import Standing
from db.standings import KnownFact, weakest
from desktop.evidence.words import fact_words, standing_words
from desktop.places import Place
from desktop.theme import Size, Tint, colours, font, pixmap

_HEIGHT, _ICON, _PADDING, _GAP = 20, 14, 4, 3
MARK_ROOM = 44
"""How wide a column of marks is, in pixels: enough for a number of three digits."""


class Shape(StrEnum):
    """What a mark looks like, by its Lucide icon: each standing has a shape of its own."""

    SUPPORTED = "circle-check"
    SINGLE = "circle-dot"
    COMPATIBLE = "circle-help"
    DISPUTED = "triangle-alert"
    UNCITED = "circle-dashed"


def shape_of(found: FieldStanding) -> Shape | None:
    """The shape of a standing; none where nothing is known and nothing can be said."""
    if found.standing in (Standing.SUPPORTED, Standing.SINGLE) and not found.exact:
        return Shape.COMPATIBLE
    return {
        Standing.SUPPORTED: Shape.SUPPORTED,
        Standing.SINGLE: Shape.SINGLE,
        Standing.DISPUTED: Shape.DISPUTED,
        Standing.UNCITED: Shape.UNCITED,
    }.get(found.standing)


def number_of(found: FieldStanding) -> str:
    """The number beside the shape: independent origins; where the value is disputed, how many of them say otherwise."""
    if found.standing is Standing.DISPUTED:
        return str(found.disputing)
    return str(found.origins) if found.origins else ""


def tint_of(shape: Shape) -> Tint:
    """Ink of a shape, and the ground behind it: only a dispute has one of its own."""
    look = colours()
    return {
        Shape.SUPPORTED: Tint("", look.good.ink),
        Shape.SINGLE: Tint("", look.muted),
        Shape.COMPATIBLE: Tint("", look.muted),
        Shape.DISPUTED: look.fair,
        Shape.UNCITED: Tint("", look.faint),
    }[shape]


class EvidenceMark(QAbstractButton):
    """A small button that shows how well a field is known. It is not there while nothing is known."""

    asked = Signal(str)
    """Somebody wants to know why: the field's name."""

    def __init__(self, field: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._label = label
        self._shape: Shape | None = None
        self.setObjectName(f"mark_{field}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._ask)
        self.hide()

    def show_standing(self, found: FieldStanding | None, told: str = "") -> None:
        """Show how well the field is known, in a sentence unless it is `told`; None: neither a value nor a claim."""
        self._shape = None if found is None else shape_of(found)
        self.setVisible(self._shape is not None)
        if found is None or self._shape is None:
            return
        self.setText(number_of(found))
        words = told or standing_words(found)
        self.setToolTip(words)
        self.setAccessibleName(self.tr("Evidence for {field}: {standing}").format(field=self._label, standing=words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a digit also without one, so that the shapes of marks stand under each other."""
        return QSize(2 * _PADDING + _ICON + _GAP + self._digits(len(self.text()) or 1), _HEIGHT)

    def _digits(self, count: int) -> int:
        return count * QFontMetrics(self._font()).horizontalAdvance("0")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shape is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = tint_of(self._shape)
        self._paint_ground(painter, tint)
        picture = pixmap(self._shape.value, tint.ink, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(_PADDING, (self.height() - _ICON) // 2), picture)
        painter.setFont(self._font())
        painter.setPen(QColor(tint.ink))
        left = _PADDING + _ICON + _GAP
        painter.drawText(self.rect().adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def _paint_ground(self, painter: QPainter, tint: Tint) -> None:
        ground = colours().hover if self.underMouse() and self.isEnabled() else tint.ground
        painter.setPen(QColor(colours().accent) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        empty = 0 if self.text() else _GAP + self._digits(1)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5 - empty, -0.5)
        painter.drawRoundedRect(box, _HEIGHT / 2, _HEIGHT / 2)

    def _font(self) -> QFont:
        return font(Size.CAPTION, strong=self._shape is Shape.DISPUTED)

    def _ask(self) -> None:
        self.asked.emit(self.field)


@dataclass(frozen=True, slots=True)
class Told:
    """Facts of a record that a line tells: all of them, unless some are named."""

    record: UUID
    names: frozenset[str] = frozenset()

    def among(self, known: Mapping[UUID, Iterable[KnownFact]]) -> Iterator[KnownFact]:
        """Those of them of which anything is known or lacking."""
        return (fact for fact in known.get(self.record, ()) if not self.names or fact.field in self.names)


class LineMark(EvidenceMark):
    """The mark at the right end of a line that tells facts of other records: as good as the weakest of them."""

    fact_asked = Signal(object)
    """Somebody wants to know why: the Place of the weakest fact."""
    turned = Signal()
    """It shows something else, and may be wider or narrower."""

    def __init__(self, told: Iterable[Told], label: str, parent: QWidget) -> None:
        self.told = tuple(told)
        super().__init__("", label, parent)
        self.setObjectName("mark_" + "_".join(str(each.record) for each in self.told[:1]))
        self._fact: KnownFact | None = None

    def tell_of(self, told: Iterable[Told]) -> None:
        """Stand at a line that tells other facts; nothing is shown until something is known of them."""
        told = tuple(told)
        if told != self.told:
            self.told = told
            self.show_facts({})

    def show_facts(self, known: Mapping[UUID, Iterable[KnownFact]]) -> None:
        """Show how well the facts of the line are known, the weakest by its shape, all of them in words."""
        facts = [fact for told in self.told for fact in told.among(known)]
        self._fact = weakest(facts)
        self.show_standing(self._fact.standing if self._fact else None, fact_words(facts))
        self.turned.emit()

    def _ask(self) -> None:
        if self._fact is not None:
            self.fact_asked.emit(Place(self._fact.record, self._fact.field))
