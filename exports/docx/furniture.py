"""Head and foot of every page: case, sheet, revision, page of pages, and the marking at top and bottom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exports.briefing.document import Briefing
from exports.briefing.sheet import Marking
from exports.docx import styles
from exports.docx.markup import DECLARATION, NAMESPACES, field, w
from exports.docx.styles import Palette
from exports.docx.tables import cell, grid_widths, row, table
from exports.docx.text import Inline, Made, Span, Writing
from exports.pdf.marking import TLP_COLOURS
from exports.pdf.styles import BLACK
from exports.pdf.text import one_line

_LEFT_SHARE = 0.5
_PADDING = "\u00a0"  # a space at the end of a line would not be shaded
_PLACES = re.compile(r"(\{pages?\})")
_LONGEST_NAME = 110
"""Characters of a sheet's title that stand at the head of its pages: one line."""
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


class Furniture:
    """Writes head and foot for a width, in twentieths of a point."""

    def __init__(self, briefing: Briefing, marking: Marking, writing: Writing, palette: Palette, width: int) -> None:
        self._briefing = briefing
        self._marking = marking
        self._writing = writing
        self._palette = palette
        self._widths = grid_widths((_LEFT_SHARE, 1 - _LEFT_SHARE), width)

    def header(self, *, is_named: bool = True) -> str:
        """word/header1.xml; `is_named`: it says what its pages are about, as those of a cover need not."""
        front = self._briefing.front
        lines: list[list[Inline]] = [[Span(front.case_title, styles.STRONG)], [Span(self._subtitle(), styles.QUIET)]]
        name = self._name() if is_named else []
        return self._part("hdr", lines, styles.HEADER, [self._writing.paragraph(name, styles.HEADER)] if name else [])

    def footer(self) -> str:
        """word/footer1.xml."""
        return self._part("ftr", [self._page(), [Span(self._briefing.revision, styles.QUIET)]], styles.FOOTER)

    def _name(self) -> list[Inline]:
        """The title of the sheet; where there are several, a field that says the one that a page belongs to."""
        chapters = self._briefing.chapters
        if len(chapters) > 1 or self._briefing.cover is not None:
            return [Made(field("STYLEREF 1", "", w("rPr", w("rStyle", val=styles.QUIET))), "")]
        title = one_line(chapters[0].title.text) if chapters else ""
        told = title if len(title) <= _LONGEST_NAME else f"{title[:_LONGEST_NAME].rstrip()}…"
        return [Span(told, styles.QUIET, chapters[0].title.language)] if told else []

    def _part(self, name: str, lines: list[list[Inline]], style: str, below: Sequence[str] = ()) -> str:
        left = [self._writing.paragraph(line, style) for line in lines]
        cells = [cell(self._widths[0], left), cell(self._widths[1], self._band(style))]
        made = table(self._widths, [row(cells)], style=styles.LAYOUT)
        gap = w("p", w("pPr", w("pStyle", val=styles.GAP)))
        return f"{DECLARATION}<w:{name} {NAMESPACES}>{made}{''.join(below)}{gap}</w:{name}>"

    def _band(self, style: str) -> list[str]:
        """The label in its colour on black, as TLP 2.0 asks for, and the national marking line."""
        colour = self._palette.code(TLP_COLOURS[self._marking.tlp])
        look = w(
            "rPr",
            w("b"),
            w("bCs"),
            w("color", val=colour),
            w("sz", val=24),
            w("szCs", val=24),
            w("shd", val="clear", color="auto", fill=self._palette.code(BLACK)),
        )
        words = self._marking.tlp.label
        label = Made(w("r", look, w("t", f"{_PADDING}{words}{_PADDING}")), words)
        made = [self._writing.paragraph([label], style, flush_right=True)]
        if self._marking.line:
            line = Span(self._marking.line, styles.STRONG)
            made.append(self._writing.paragraph([line], style, flush_right=True))
        return made

    def _page(self) -> list[Inline]:
        """The page number and how many there are, as fields, in whatever order the language has them."""
        made: list[Inline] = []
        look = w("rPr", w("rStyle", val=styles.STRONG))
        for part in _PLACES.split(self._briefing.labels.page):
            if part in _FIELDS:
                made.append(Made(field(_FIELDS[part], w("r", look, w("t", "1")), look), "1"))
            elif part:
                made.append(Span(part, styles.STRONG))
        return made

    def _subtitle(self) -> str:
        """What kind of sheet it is, its date, and who compiled it."""
        briefing, labels = self._briefing, self._briefing.labels
        front = briefing.front
        originator = labels.compiled_by.format(originator=front.originator) if front.originator else ""
        is_sheet = briefing.chapters and briefing.cover is None
        eyebrow = briefing.chapters[0].eyebrow if is_sheet else labels.dossier
        return " · ".join(part for part in (eyebrow, front.date, originator) if part)
