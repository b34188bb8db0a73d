"""Drawings as vector figures, each one element with its alternative text and its bounding box."""

from __future__ import annotations

from exports.briefing.document import Link
from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path, Shape, Tone
from exports.pdf.flow import Block, Leaf
from exports.pdf.fonts import BOLD, REGULAR
from exports.pdf.ornaments import circle
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import (
    ACCENT,
    DISPUTED,
    HAIRLINE,
    INK,
    LAND,
    MUTED,
    PAPER,
    SECOND,
    SINGLE,
    Colour,
    TextStyle,
)
from exports.pdf.tags import Element, Node, beside
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas

_INKS: dict[Tone, Colour] = {
    Tone.INK: INK,
    Tone.QUIET: MUTED,
    Tone.HAIRLINE: HAIRLINE,
    Tone.ACCENT: ACCENT,
    Tone.SECOND: SECOND,
    Tone.DISPUTED: DISPUTED,
    Tone.SINGLE: SINGLE,
    Tone.LAND: LAND,
    Tone.PAPER: PAPER,
}
_DASHES = "[2 1.6] 0 d"
_BASELINE = 0.74  # of the leading, as in a paragraph
_PAINTS = {(True, True): "B", (True, False): "f", (False, True): "S", (False, False): ""}  # filled, stroked
_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


class DrawingBlock(Leaf):
    """A drawing on paper, made smaller where it is wider than its place or taller than a page can be."""

    def __init__(self, drawing: Drawing, where: str, tallest: float, *, keeps_next: bool = False) -> None:
        self.keeps_next = keeps_next
        self._drawing = drawing
        self._tallest = tallest
        self._node = Node("Figure", alternative=drawing.alternative)
        self._words = {
            index: _words(shape, where) for index, shape in enumerate(drawing.shapes) if isinstance(shape, Label)
        }

    def height(self, width: float) -> float:
        """The drawing's own, in scale."""
        return self._drawing.height * self._scale(width)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """A figure is not divided."""
        return (self, None) if self.height(width) <= height + 0.01 else (None, self)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw all shapes as the content of one Figure."""
        scale = self._scale(width)
        right, bottom = x + self._drawing.width * scale, top - self._drawing.height * scale
        box = f"{x:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
        self._node.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode()
        canvas.open(self._node.under(parent))
        canvas.code.append(f"q {scale:.4g} 0 0 {scale:.4g} {x:.2f} {top:.2f} cm 1 j")
        with canvas.untagged():
            for index, shape in enumerate(self._drawing.shapes):
                self._draw_shape(canvas, index, shape)
        canvas.code.append("Q")
        canvas.close()
        self._place_labels(canvas, x, top, scale)

    def _scale(self, width: float) -> float:
        return min(1.0, width / self._drawing.width, self._tallest / self._drawing.height)

    def _draw_shape(self, canvas: PdfCanvas, index: int, shape: Shape) -> None:
        if isinstance(shape, Label):
            words = self._words[index]
            if words is not None:
                left = shape.x - _SHARES[shape.anchor] * _width(words)
                words.draw(canvas, left, -shape.y + _BASELINE * words.leading, _width(words) + 1, beside())
        elif shape_code := _code(canvas, shape):
            canvas.code.append(shape_code)

    def _place_labels(self, canvas: PdfCanvas, x: float, top: float, scale: float) -> None:
        for index, words in self._words.items():
            label = self._drawing.shapes[index]
            if words is not None and isinstance(label, Label) and label.record:
                left = label.x - _SHARES[label.anchor] * _width(words)
                box = (
                    x + left * scale,
                    top - (label.y - label.size) * scale,
                    _width(words) * scale,
                    label.size * scale,
                )
                canvas.place(Link(label.record), box)


def _words(label: Label, where: str) -> Paragraph | None:
    style = TextStyle(BOLD if label.strong else REGULAR, label.size, label.size * 1.2, _INKS[label.tone])
    return Paragraph([Span(label.text, style, label.language, whole=True)], where=where) if label.text else None


def _width(words: Paragraph) -> float:
    return words.lines(1e6)[0].width


def _code(canvas: PdfCanvas, shape: Path | Disc) -> str:
    """The operators of a path or a circle; y grows downwards in the drawing and upwards on the page."""
    stroke = shape.stroke if shape.width else None
    if isinstance(shape, Disc):
        path = circle(shape.x, -shape.y, shape.radius)
        dashes, closed = "", True
    else:
        path = " ".join(f"{x:.2f} {-y:.2f} {'l' if place else 'm'}" for place, (x, y) in enumerate(shape.points))
        dashes, closed = (_DASHES if shape.dashed else ""), shape.closed
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}.get(
        (shape.fill is not None, stroke is not None)
    )
    if not paint or not path:
        return ""
    state = ["q", dashes]
    if shape.fill is not None:
        state.append(canvas.fill(_INKS[shape.fill]))
    if stroke is not None:
        state.append(f"{canvas.stroke(_INKS[stroke])} {shape.width:g} w")
    return " ".join([*(part for part in state if part), path, *(["h"] if closed else []), paint, "Q"])


def measured(text: str, size: float, strong: bool) -> float:
    """The width of a text in points, for whoever makes a drawing (`exports.briefing.drawing.Measure`)."""
    style = TextStyle(BOLD if strong else REGULAR, size, size)
    return _width(Paragraph([Span(text, style, whole=True)])) if text else 0.0
