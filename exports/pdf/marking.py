"""The handling marking at the top and bottom of every page (FIRST, TLP 2.0)."""

from __future__ import annotations

from dataclasses import replace

from db.models.vocabulary import Tlp
from exports.briefing.sheet import Marking
from exports.pdf.errors import MissingMarking
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import BLACK, MARKING, MARKING_LINE, Colour
from exports.pdf.tags import Element
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas

# TLP 2.0 names these colours, to be set on black.
TLP_COLOURS = {
    Tlp.CLEAR: Colour("#FFFFFF", "#FFFFFF"),
    Tlp.GREEN: Colour("#33FF00", "#FFFFFF"),
    Tlp.AMBER: Colour("#FFC000", "#FFFFFF"),
    Tlp.AMBER_STRICT: Colour("#FFC000", "#FFFFFF"),
    Tlp.RED: Colour("#FF2B2B", "#FFFFFF"),
}
_PADDING = 6.0
_GAP = 8.0


def require_marking(marking: Marking | None) -> Marking:
    """The marking, which every sheet must have. Raises MissingMarking."""
    if marking is None:
        raise MissingMarking
    return marking


def marking_text(marking: Marking) -> str:
    """The marking in one line, for the file's metadata."""
    return f"{marking.tlp.label} {marking.line}".strip()


class MarkingBand:
    """The TLP label in its box at the right, the national marking line beside it, within a width."""

    def __init__(self, marking: Marking, width: float) -> None:
        style = replace(MARKING, colour=TLP_COLOURS[marking.tlp])
        self._label = Paragraph([Span(marking.tlp.label, style)])
        self._box = self._label.lines(width)[0].width + 2 * _PADDING
        self._line_width = width - self._box - _GAP
        spans = [Span(marking.line, MARKING_LINE)]
        self._line = Paragraph(spans, where="marking", flush_right=True) if marking.line else None

    @property
    def height(self) -> float:
        """The box, or the marking line where that is taller."""
        line = self._line.height(self._line_width) if self._line else 0.0
        return max(MARKING.leading, line)

    def draw(self, canvas: PdfCanvas, right: float, top: float, parent: Element) -> None:
        """Draw it so that it ends at `right`; the caller opens the artifact it belongs to."""
        left = right - self._box
        box_top = top - (self.height - MARKING.leading) / 2
        bottom = box_top - MARKING.leading
        canvas.code.append(f"{canvas.fill(BLACK)} {left:.2f} {bottom:.2f} {self._box:.2f} {MARKING.leading:.2f} re f")
        self._label.draw(canvas, left + _PADDING, box_top, self._box, parent)
        if self._line:
            line_top = top - (self.height - self._line.height(self._line_width)) / 2
            self._line.draw(canvas, left - _GAP - self._line_width, line_top, self._line_width, parent)
