"""What lies over the pages of a preview: what leads to records, and words that were looked for."""

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QPainter

from desktop.places import Place
from desktop.printing.words import Hit
from desktop.theme.colours import LIGHT

if TYPE_CHECKING:
    from exports.pdf import Placed

_AROUND = 1.5
"""Points of type by which a mark is larger than its word."""


class Overlay(QObject):
    """Measures in points of type from a page's upper left corner, as everything that is known of a page."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._places: dict[int, list[Placed]] = {}
        self._titles: dict[UUID, str] = {}
        self._hits: tuple[Hit, ...] = ()
        self._current = -1

    def show_places(self, places: "tuple[Placed, ...]") -> None:
        """Know what leads where."""
        self._places = {}
        for placed in places:
            self._places.setdefault(placed.page - 1, []).append(placed)

    def show_titles(self, titles: Mapping[UUID, str]) -> None:
        """Know what records are called."""
        self._titles = dict(titles)

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Mark words that were found."""
        self._hits, self._current = hits, -1

    def choose_hit(self, hit: int) -> Hit | None:
        """Mark one of them more than the others."""
        self._current = hit
        return self._hits[hit] if 0 <= hit < len(self._hits) else None

    def place_at(self, page: int, x: float, y: float) -> Place | None:
        """Where a point of a page leads: the smallest of what lies there."""
        found = [placed for placed in self._places.get(page, ()) if _holds(placed.box, x, y)]
        if not found:
            return None
        link = min(found, key=lambda placed: placed.box[2] * placed.box[3]).link
        return Place(link.record, link.field)

    def title_at(self, page: int, x: float, y: float) -> str:
        """What that is called, as a tooltip; nothing where nothing leads anywhere."""
        place = self.place_at(page, x, y)
        if place is None:
            return ""
        words = self.tr("Show the record: {title}").format(title=self._titles.get(place.record, "…"))
        return f"<qt>{escape(words)}</qt>"

    def paint(self, painter: QPainter, page: int, paper: QRectF, scale: float) -> None:
        """Mark what was found on a page; paper is white in every theme, and so are its marks."""
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for number, hit in enumerate(self._hits):
            if hit.page == page:
                tint = QColor("#ffb74d" if number == self._current else LIGHT.highlight)
                for left, top, width, height in hit.boxes:
                    box = QRectF(left - _AROUND, top - _AROUND, width + 2 * _AROUND, height + 2 * _AROUND)
                    painter.fillRect(_scaled(box, paper, scale), tint)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def _holds(box: tuple[float, float, float, float], x: float, y: float) -> bool:
    left, top, width, height = box
    return left <= x <= left + width and top <= y <= top + height


def _scaled(box: QRectF, paper: QRectF, scale: float) -> QRectF:
    left, top = paper.left() + box.left() * scale, paper.top() + box.top() * scale
    return QRectF(left, top, box.width() * scale, box.height() * scale)
