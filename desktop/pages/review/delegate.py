"""How a finding is drawn: the record with the kind at its right, where in it, and the sentence."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTextLayout

from db.models.vocabulary import FindingKind
from db.review.findings import Finding
from desktop.findings import heading_of
from desktop.pages.review.model import FINDING, SPOT
from desktop.pages.review.words import place_words
from desktop.theme import Size, Tint, colours, font
from desktop.widgets.pill import draw_pill, pill_width
from desktop.widgets.rows import ModelIndex, RowDelegate, write_line

ROW = 104
_LINE = 20
_GRAVE = {
    FindingKind.CONFLICT,
    FindingKind.DISPUTED,
    FindingKind.POST_NOT_HELD,
    FindingKind.OUT_OF_ORDER,
    FindingKind.OVERLAPPING,
}
_LIGHT = {FindingKind.NOT_JUDGED, FindingKind.UNGRADED, FindingKind.SINGLE_ORIGIN}


def tint_of(kind: FindingKind) -> Tint:
    """How grave a kind looks: what contradicts, what is missing, what is weak."""
    look = colours()
    return look.bad if kind in _GRAVE else look.plain if kind in _LIGHT else look.fair


class FindingDelegate(RowDelegate):
    """Record, place, and a sentence of two lines; of a dismissed finding the reason goes with the sentence."""

    HEIGHT = ROW
    INSET = (16, 10)

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        heading = heading_of(index.data(SPOT).kind)
        draw_pill(painter, QRectF(box.left(), box.top(), box.width(), _LINE), heading, tint_of(index.data(SPOT).kind))
        finding = index.data(FINDING)
        if finding is not None:
            self._draw(painter, box, finding, pill_width(heading) + 12)

    def _draw(self, painter: QPainter, box: QRectF, finding: Finding, taken: float) -> None:
        look = colours()
        title = finding.owner_title or finding.title
        write_line(
            painter, QRectF(box.left(), box.top(), box.width() - taken, _LINE), title, font(strong=True), look.text
        )
        below = QRectF(box.left(), box.top() + _LINE + 1, box.width(), _LINE)
        write_line(painter, below, place_words(finding), font(Size.CAPTION), look.muted)
        words = f"{finding.sentence}  —  {finding.reason}" if finding.dismissal else finding.sentence
        sentence = QRectF(box.left(), below.bottom() + 2, box.width(), 2 * _LINE)
        _two_lines(painter, sentence, words, look.text)


def _two_lines(painter: QPainter, place: QRectF, text: str, ink: str) -> None:
    """Plain words in two lines, the second elided where there is no room."""
    layout = QTextLayout(" ".join(text.split()), font())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(place.width())
    end = 2 * first.textLength()
    layout.endLayout()
    units = layout.text().encode("utf-16-le", "surrogatepass")  # Qt counts in these
    upper = QRectF(place.left(), place.top(), place.width(), _LINE)
    for line, part in ((upper, units[:end]), (upper.translated(0, _LINE), units[end:])):
        write_line(painter, line, part.decode("utf-16-le", "replace"), font(), ink)
