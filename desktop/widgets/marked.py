"""One line of text in which what was looked for is marked; delegates draw it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from db.index.snippets import Segment
from desktop.theme import colours


def draw_marked(painter: QPainter, place: QRectF, segments: Sequence[Segment], font: QFont, ink: str) -> float:
    """Draw segments from the left of a place, in its middle, elided where there is no room; give the width used."""
    text = plain_text(segments)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(list(_formats(segments, _units(shown))))
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    if line.isValid():
        painter.setPen(QColor(ink))
        layout.draw(painter, QPointF(place.left(), place.center().y() - line.height() / 2))
    return line.naturalTextWidth() if line.isValid() else 0.0


def plain_text(segments: Iterable[Segment]) -> str:
    """The segments as text on one line."""
    return "".join(segment.text for segment in segments).replace("\n", " ")


def _formats(segments: Iterable[Segment], end: int) -> Iterable[QTextLayout.FormatRange]:
    """Qt counts in UTF-16 units; what was cut off has no marks."""
    mark = QTextCharFormat()
    mark.setBackground(QColor(colours().highlight))
    mark.setForeground(QColor(colours().text))
    place = 0
    for segment in segments:
        length = _units(segment.text)
        if segment.is_hit and place < end:
            marked = QTextLayout.FormatRange()
            marked.start, marked.length, marked.format = place, min(length, end - place), mark
            yield marked
        place += length


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
