"""A paragraph: spans set in lines, drawn with their tags, links, anchors and ornaments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from exports.briefing.document import Link
from exports.pdf.bidi import turns, visual_order
from exports.pdf.errors import MissingGlyph
from exports.pdf.flow import Block
from exports.pdf.fonts import Face
from exports.pdf.guessing import reading_parts
from exports.pdf.objects import text_string
from exports.pdf.ornaments import draw_ornament, draw_rule
from exports.pdf.shaping import GlyphRun
from exports.pdf.subset import EmbeddedFont
from exports.pdf.tags import Element, Node
from exports.pdf.text import Line, Span, Token, break_lines, is_right_to_left, tokenise
from exports.pdf.writer import PdfCanvas

_BASELINE = 0.74  # of the leading, from the line's upper edge
_DESCENT, _ASCENT = 0.25, 0.85  # of the type size: the box of a link
_FEWEST_LINES = 2  # of a paragraph at the end or the beginning of a page
_FIXED = -2.0  # the width of a part, which keeps the lines it was given
_ASIDE = 1.5  # of the type size: how far a space that parts directions stands above the line
_OUTLINE = 0.028  # of the type size: around letters that have no bold face of their own
_SMALLEST_OUTLINED = 8.5  # points; a screen's thinnest line would fill smaller ones
_EXCERPT = 60  # characters of the text that an error shows


class Paragraph:
    """Spans in lines, ragged on the right, or on the left where all of it runs from right to left over several lines.

    `where` names the place in the sheet, for errors.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        node: Node | None = None,
        *,
        where: str = "",
        before: float = 0.0,
        after: float = 0.0,
        keeps_next: bool = False,
        flush_right: bool = False,
        link: Link | None = None,
    ) -> None:
        self.spans = spans
        self.link = link
        self.node = node or Node("P")
        self.before = before
        self.after = after
        self.keeps_next = keeps_next
        self.leading = max(span.style.leading for span in spans)
        self.flush_right = flush_right
        self._lines: Sequence[Line] = ()
        self._width = -1.0
        self._turns = any(turns(span.text) for span in spans)
        try:
            self._tokens = tokenise(spans)
        except MissingGlyph as error:
            text = next((span.text for span in spans if error.character in span.text), "")
            raise error.at(f"{where}: “{_excerpt(text, error.character)}”") from None

    def lines(self, width: float) -> Sequence[Line]:
        """The lines at a width; a part of a divided paragraph keeps those it was given."""
        if self._width not in (width, _FIXED):
            self._lines = break_lines(self._tokens, self.spans, width)
            self._width = width
        return self._lines

    def height(self, width: float) -> float:
        """As many leadings as there are lines."""
        return len(self.lines(width)) * self.leading

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Divide between lines, and leave at least two on either side."""
        lines = self.lines(width)
        count = int((height + 0.01) // self.leading)
        if count >= len(lines):
            return self, None
        count = min(count, len(lines) - _FEWEST_LINES)
        if count < _FEWEST_LINES:
            return None, self
        first, rest = self._part(lines[:count]), self._part(lines[count:])
        first.after = rest.before = 0.0
        return first, rest

    def targets(self) -> Iterator[str]:
        """Where the links lead that stand in it, or in this part of it."""
        if not any(span.target for span in self.spans):
            return
        shown = {token.span for line in self._lines for token in line.tokens} if self._width == _FIXED else None
        for index, span in enumerate(self.spans):
            if span.target and (shown is None or index in shown):
                yield span.target

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Set the lines, then the links and ornaments over and beside them."""
        element = self.node.under(parent)
        if self.link:
            canvas.place(self.link, (x, top, width, self.height(width)))
        painter = _Painter(canvas, element, self.spans, turns=self._turns)
        flush_right = self.flush_right or self._is_turned(width)
        for number, line in enumerate(self.lines(width)):
            start = x + width - line.width if flush_right else x
            painter.line(line, start, top - (number + _BASELINE) * self.leading)
        painter.finish()

    def _is_turned(self, width: float) -> bool:
        """Whether it runs from right to left over several lines."""
        if not self._turns or not any(token.level % 2 for token in self._tokens):
            return False
        return sum(token.width for token in self._tokens) > width and is_right_to_left(self.spans)

    def again(self, node: Node) -> Paragraph:
        """The same words once more, as another element; what was shaped and measured is shared."""
        other = Paragraph.__new__(Paragraph)
        other.__dict__.update(self.__dict__)
        other.node = node
        return other

    def _part(self, lines: Sequence[Line]) -> Paragraph:
        part = Paragraph.__new__(Paragraph)
        part.__dict__.update(self.__dict__)
        part._lines, part._width = lines, _FIXED
        return part


def _excerpt(text: str, character: str) -> str:
    """Some of the text around a character."""
    start = max(0, text.find(character) - _EXCERPT // 2)
    return text[start : start + _EXCERPT]


def _actual_text(text: str) -> str:
    """The operator that begins content which says a text (ISO 32000-1, 14.9.4)."""
    return f"/Span<</ActualText{text_string(text).decode()}>>BDC"


class _Painter:
    """Writes one paragraph's text object and remembers what has to be drawn around it."""

    def __init__(self, canvas: PdfCanvas, element: Element, spans: Sequence[Span], *, turns: bool) -> None:
        self._turns = turns
        self._canvas = canvas
        self._element = element
        self._spans = spans
        self._elements: dict[int, Element] = {}
        self._open: Element | None = None
        self._state: tuple[str, float, str, float, bool] = ("", 0.0, "", 0.0, False)
        self._told = (0, "", -1)  # the last ActualText: where it begins, what it says, where the code ended after it
        self._links: list[tuple[Element, tuple[float, float, float, float], Span]] = []
        self._ornaments: list[tuple[float, float, Span]] = []
        self._rules: list[tuple[float, float, float, Span]] = []
        canvas.code.append("BT")

    def line(self, line: Line, x: float, y: float) -> None:
        """Set one line from x on, on the baseline y."""
        if self._turns and any(token.level for token in line.tokens):
            self._turning_line(line, x, y)
            return
        self._canvas.code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        self._stretch(line.tokens, x, y)

    def _turning_line(self, line: Line, x: float, y: float) -> None:
        """Set a line whose parts run both ways.

        What is read together is written together, and the parts in the order they are read. Readers guess that order
        from places and letters, and PDFium only within a line; so a space well above the line ends one for them.
        """
        order = visual_order([token.level for token in line.tokens])
        starts = [0.0] * len(order)
        for place in order:
            starts[place] = x
            x += line.tokens[place].width
        seen = {place: rank for rank, place in enumerate(order)}
        for part in reading_parts(line.tokens):
            ordered = sorted(part.places, key=lambda place: seen[place])
            first = line.tokens[ordered[0]].span
            self._enter(self._element_of(first, self._spans[first]))
            self._aside(self._spans[first], starts[ordered[0]], y)
            if part.told:
                self._canvas.code.append(_actual_text(part.told))
            self._canvas.code.append(f"1 0 0 1 {starts[ordered[0]]:.2f} {y:.2f} Tm")
            self._stretch([line.tokens[place] for place in ordered], starts[ordered[0]], y)
            if part.told:
                self._canvas.code.append("EMC")
        self._aside(self._spans[line.tokens[-1].span], x, y)

    def _aside(self, span: Span, x: float, y: float) -> None:
        """Two spaces above the line; a single one has no extent, and is passed over."""
        shown: list[str] = []
        self._canvas.code.append(f"1 0 0 1 {x:.2f} {y + _ASIDE * span.style.size:.2f} Tm")
        shown.append(self._space(span, shown) * 2)
        self._flush(shown)

    def _stretch(self, tokens: Sequence[Token], x: float, y: float) -> None:
        """Set tokens that stand beside each other, from left to right, from x on."""
        for index, group in groupby(tokens, key=lambda token: token.span):
            span, tokens = self._spans[index], list(group)
            end = x + sum(token.width for token in tokens)
            self._enter(self._element_of(index, span))
            self._set(span, tokens)
            self._remember(self._elements.get(index), span, (x, end), y)
            if span.style.rule:
                self._rules.append((x, end, y, span))
            if tokens[0].lead:
                self._ornaments.append((x, y, span))
            x = end

    def finish(self) -> None:
        """Close what is open; then make links and draw ornaments."""
        if self._open:
            self._canvas.close()
        code = self._canvas.code
        code.append(f"{'0 Tr ' if self._state[4] else ''}{'0 Ts ' if self._state[3] else ''}ET")
        for element, box, span in self._links:
            self._canvas.link(element, box, span.target, span.words or span.text)
        for x, y, span in self._ornaments:
            draw_ornament(self._canvas, span, x, y)
        for start, end, y, span in self._rules:
            draw_rule(self._canvas, span, (start, end), y)

    def _element_of(self, index: int, span: Span) -> Element:
        """The paragraph's element, or the one that a span has for itself."""
        language = span.language if span.language != self._canvas.language else ""
        if self._canvas.silent or not (span.target or span.tag or language):
            return self._element
        if index not in self._elements:
            tag = span.tag or ("Link" if span.target else "Span")
            outer = Element(tag, self._element, language)
            self._elements[index] = Element("Link", outer) if span.target and tag != "Link" else outer
        return self._elements[index]

    def _enter(self, element: Element) -> None:
        if element is self._open:
            return
        if self._open:
            self._canvas.close()
        self._canvas.open(element)
        self._open = element

    def _remember(self, element: Element | None, span: Span, extent: tuple[float, float], y: float) -> None:
        (start, end), size, base = extent, span.style.size, y + span.rise
        if span.anchor:
            self._canvas.anchor(span.anchor, start, base + 2 * size)
        if span.target and element:
            self._links.append((element, (start, base - size * _DESCENT, end, base + size * _ASCENT), span))

    def _set(self, span: Span, tokens: list[Token]) -> None:
        """Show one span's tokens, joined as far as they share a face."""
        shown: list[str] = []
        face = main = span.style.typeface.main
        space = f"<{main.space_glyph:04X}>"
        font: EmbeddedFont | None = None  # the one that is set
        for token in tokens:
            if token.word is None:
                if token.text != " ":
                    continue
                if face is main and shown and font and font.face is main:
                    shown.append(space)
                else:
                    if token.level % 2 or not self._lengthen(span, shown):
                        shown.append(self._space(span, shown, face))
                    font = None  # either of them may have set another
                continue
            if token.lead:
                self._face(token.word.runs[0], span, shown)
                shown.append(f"{-token.lead:g}")
            for run in token.word.runs:
                if font is None or run.face is not font.face:
                    font = self._canvas.font(run.face)
                    self._use(font, span, shown)
                run = font.use(run)
                if run.plain is not None:
                    shown.append(run.plain)
                else:
                    self._show_pieces(run, span, shown)
                if not token.level % 2 and run.face.space_glyph:
                    face = run.face
        self._flush(shown)

    def _space(self, span: Span, shown: list[str], face: Face | None = None) -> str:
        """A word space, as wide as the main face's, in the face of what stands before it: they are read together."""
        main = span.style.typeface.main
        face = face or main
        self._use(self._canvas.font(face), span, shown)
        surplus = face.space_width - main.space_width
        return f"<{face.space_glyph:04X}>{surplus:.4g}" if surplus else f"<{face.space_glyph:04X}>"

    def _lengthen(self, span: Span, shown: list[str]) -> bool:
        """Put a space into the ActualText that was just written; readers pass over one that stands alone after it."""
        start, text, end = self._told
        code = self._canvas.code
        if shown or end != len(code):
            return False
        code.pop()
        code[start] = _actual_text(f"{text} ")
        shown.append(self._space(span, shown))
        self._flush(shown)
        code.append("EMC")
        return True

    def _face(self, run: GlyphRun, span: Span, shown: list[str]) -> GlyphRun:
        font = self._canvas.font(run.face)
        self._use(font, span, shown)
        return font.use(run)

    def _use(self, font: EmbeddedFont, span: Span, shown: list[str]) -> None:
        """Set font, colour, rise and outline where they differ from what is set."""
        style = span.style
        ink = self._canvas.fill(style.colour)
        thick = style.size >= _SMALLEST_OUTLINED and font.face in style.typeface.thickened
        state = (font.resource, style.size, ink, span.rise, thick)
        if state == self._state:
            return
        self._flush(shown)
        resource, size, colour, rise, is_thick = self._state
        code = self._canvas.code
        if (font.resource, style.size) != (resource, size):
            code.append(f"/{font.resource} {style.size:g} Tf")
        if ink != colour:
            code.append(ink)
        if span.rise != rise:
            code.append(f"{span.rise:.2f} Ts")
        if thick:
            code.append(f"{self._canvas.stroke(style.colour)} {style.size * _OUTLINE:.2f} w 2 Tr")
        elif is_thick:
            code.append("0 Tr")
        self._state = state

    def _flush(self, shown: list[str]) -> None:
        if shown:
            self._canvas.code.append(f"[{''.join(shown).replace('><', '')}]TJ")
            shown.clear()

    def _show_pieces(self, run: GlyphRun, span: Span, shown: list[str]) -> None:
        """Show glyphs off the line, or glyphs that cannot tell their text, with ActualText around them."""
        code = self._canvas.code
        for piece in run.pieces:
            if not piece.actual_text and len(piece.moves) == 1 and not piece.moves[0][0]:
                shown.append(piece.moves[0][1])
                continue
            self._flush(shown)
            start = len(code)
            if piece.actual_text:
                code.append(_actual_text(piece.actual_text))
            for rise, operands in piece.moves:
                code.append(f"{span.rise + rise * span.style.size / 1000:.2f} Ts [{operands}]TJ")
            code.append(f"{span.rise:.2f} Ts")
            if piece.actual_text:
                code.append("EMC")
                self._told = (start, piece.actual_text, len(code))
