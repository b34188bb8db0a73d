"""What stands on every page besides the story: marking, case and sheet by their titles, revision, page of pages."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass

from exports.briefing.sheet import Marking
from exports.pdf.flow import rule
from exports.pdf.marking import MarkingBand
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import RUNNING, RUNNING_STRONG, Grid, TextStyle
from exports.pdf.tags import beside
from exports.pdf.text import Span, normalise, one_line
from exports.pdf.writer import PdfCanvas

_PAGES = "{pages}"
_FORM = "Pages"
_RULE_GAP = 6.0
_TITLE_LINES = 3
_LEFT_SHARE = 0.46  # of the measure, for the running words; the marking has the rest


@dataclass(frozen=True, slots=True)
class RunningWords:
    """The words of head and foot. `page` is a template with {page} and {pages}."""

    case_title: str
    subtitle: str
    revision: str
    page: str


class Furniture:
    """Head and foot of every page, drawn as artifacts. A form fills in the number of pages at the end."""

    def __init__(self, canvas: PdfCanvas, grid: Grid, marking: Marking, words: RunningWords) -> None:
        self._canvas = canvas
        self._grid = grid
        self._words = words
        self._left = grid.measure * _LEFT_SHARE
        self._band = MarkingBand(marking, grid.measure - self._left)
        self._title = shortened(words.case_title, RUNNING_STRONG, self._left, _TITLE_LINES)
        self._name: Paragraph | None = None
        self._subtitle = shortened(words.subtitle, RUNNING, self._left, 1)
        self._revision = shortened(words.revision, RUNNING, self._left, 1)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x, top, width and height of what a page can hold."""
        grid = self._grid
        top = grid.height - grid.header - self._head_height - 2 * _RULE_GAP - 4
        bottom = grid.footer + self._foot_height + 2 * _RULE_GAP
        return grid.margin, top, grid.measure, top - bottom

    def name(self, title: str, language: str = "") -> None:
        """Say at the head of the next pages what they are about, so that a loose one is known for what it is."""
        is_told = not title.strip() or one_line(title) == one_line(self._words.case_title)
        self._name = None if is_told else shortened(title, RUNNING, self._grid.measure, 1, language)

    def draw(self) -> None:
        """Draw head and foot on the page at hand."""
        self._draw_head()
        self._draw_foot()

    def finish(self, pages: int) -> None:
        """Say how many pages there are."""
        _, _, after = self._words.page.partition(_PAGES)
        total = Paragraph([Span(f"{pages}{normalise(after)}", RUNNING_STRONG)])
        width = total.lines(self._left)[0].width
        with self._canvas.recording() as code, self._canvas.untagged():
            total.draw(self._canvas, 0, 0, self._left, beside())
        self._canvas.define_form(_FORM, code, f"0 {-RUNNING_STRONG.leading:g} {width + 1:.2f} 0")

    @property
    def _head_height(self) -> float:
        return self._above_name + RUNNING.leading

    @property
    def _above_name(self) -> float:
        """The height of what stands beside the marking; the sheet's name has the whole line below."""
        return max(self._title.height(self._left) + self._subtitle.height(self._left), self._band.height)

    @property
    def _foot_height(self) -> float:
        return max(2 * RUNNING.leading, self._band.height)

    def _draw_head(self) -> None:
        canvas, grid = self._canvas, self._grid
        top = grid.height - grid.header
        root = beside()
        with canvas.artifact("Header"), canvas.untagged():
            self._title.draw(canvas, grid.margin, top, self._left, root)
            below = top - self._title.height(self._left)
            self._subtitle.draw(canvas, grid.margin, below, self._left, root)
            if self._name:
                self._name.draw(canvas, grid.margin, top - self._above_name, grid.measure, root)
            self._band.draw(canvas, grid.width - grid.margin, top, root)
        rule(canvas, grid.margin, top - self._head_height - _RULE_GAP, grid.measure)

    def _draw_foot(self) -> None:
        canvas, grid = self._canvas, self._grid
        top = grid.footer + self._foot_height
        rule(canvas, grid.margin, top + _RULE_GAP, grid.measure)
        with canvas.artifact("Footer"), canvas.untagged():
            self._draw_page_number(top)
            self._revision.draw(canvas, grid.margin, top - RUNNING.leading, self._left, beside())
            self._band.draw(canvas, grid.width - grid.margin, top, beside())

    def _draw_page_number(self, top: float) -> None:
        canvas, grid = self._canvas, self._grid
        before, has_pages, _ = self._words.page.partition(_PAGES)
        words = normalise(before.format(page=canvas.page))
        number = Paragraph([Span(words.rstrip(" "), RUNNING_STRONG)])
        number.draw(canvas, grid.margin, top, self._left, beside())
        if has_pages:
            space = RUNNING_STRONG.typeface.main.space_width * RUNNING_STRONG.size / 1000
            x = grid.margin + number.lines(self._left)[0].width + space * words.endswith(" ")
            canvas.code.append(f"q 1 0 0 1 {x:.2f} {top:.2f} cm")
            canvas.form(_FORM)
            canvas.code.append("Q")


def shortened(text: str, style: TextStyle, width: float, lines: int, language: str = "") -> Paragraph:
    """A paragraph of so many lines at most; what does not fit is cut, and an ellipsis says so."""
    text = one_line(text)

    def cut(size: int) -> Paragraph:
        told = text if size == len(text) else f"{text[:size].rstrip()}…"
        return Paragraph([Span(told, style, language)], where="running head")

    if len(cut(len(text)).lines(width)) <= lines:
        return cut(len(text))
    return cut(bisect(range(1, len(text)), lines, key=lambda size: len(cut(size).lines(width))))
