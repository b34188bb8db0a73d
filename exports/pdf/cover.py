"""The first page of a dossier: its title, what every page says besides, and the contents with their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from exports.briefing.document import Briefing
from exports.pdf.flow import Block, Bookmark, Columns, Gap, Leaf, Stack
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.styles import (
    CELL_GUTTER,
    CONTENTS,
    COVER_TITLE,
    EYEBROW,
    HEADING,
    OTHER_TITLE,
    ROW_GAP,
    SECTION_GAP,
    SMALL_QUIET,
    TITLE,
    TextStyle,
)
from exports.pdf.tags import Element, Node, beside
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas

_ABOVE = 0.14  # of the page: what the title leaves free
_LONG_TITLE = 90  # characters
_NUMBER_WIDTH = 30.0
_PAGE_FORM = "Page-of-"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a title, the anchor that it leads to, and the heading that it stands under, if any."""

    title: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """Sets title and contents."""

    briefing: Briefing
    parts: Parts

    def story(self, entries: Sequence[Entry]) -> Stack:
        """The cover, and the contents below it."""
        return Stack([*self._head(), *self._contents(entries)], Node("Part"))

    def _head(self) -> list[Block]:
        front, labels, cover = self.briefing.front, self.parts.labels, self.briefing.cover
        assert cover is not None
        where = labels.dossier
        style = COVER_TITLE if len(cover.text) <= _LONG_TITLE else TITLE
        case_title = front.case_title if front.case_title != cover.text else ""
        originator = labels.compiled_by.format(originator=front.originator) if front.originator else ""
        return [
            Gap(self.parts.grid.height * _ABOVE),
            Bookmark(labels.dossier, "cover"),
            Paragraph([Span(labels.dossier, EYEBROW)], where=where, after=4.0),
            Paragraph(
                self.parts.evidence.value(cover.text, style, cover.support, cover.language),
                Node("H1"),
                where=where,
                after=SECTION_GAP,
            ),
            *self.parts.evidence.rivals(cover.support, where),
            *lines(
                [(case_title, OTHER_TITLE, ""), (front.date, OTHER_TITLE, ""), (originator, OTHER_TITLE, "")],
                where,
            ),
            *lines([(text, SMALL_QUIET, "") for text in self.briefing.remarks], where, SECTION_GAP),
        ]

    def _contents(self, entries: Sequence[Entry]) -> list[Block]:
        title, measure = self.parts.labels.contents, self.parts.grid.measure
        heading = Paragraph([Span(title, HEADING)], Node("H2"), where=title)
        above = Columns(
            [heading],
            [measure],
            0,
            before=4 * SECTION_GAP,
            after=SECTION_GAP / 2,
            padding=SECTION_GAP / 2,
            ruled=True,
            keeps_next=True,
        )
        groups = [self._group(group, list(told)) for group, told in groupby(entries, key=lambda entry: entry.group)]
        return [above, Stack(groups, Node("TOC"))]

    def _group(self, group: str, entries: Sequence[Entry]) -> Block:
        """Entries of one kind, below its name and closer to each other than those that stand for themselves."""
        if not group:
            return Stack([self._entry(entry) for entry in entries])
        where = self.parts.labels.contents
        name = Paragraph([Span(group, HEADING)], Node("Caption"), where=where, keeps_next=True)
        told = [self._entry(entry, 0.0) for entry in entries]
        return Stack([name, *told], Node("TOC"), before=SECTION_GAP, after=SECTION_GAP)

    def _entry(self, entry: Entry, gap: float = ROW_GAP) -> Block:
        labels, measure = self.parts.labels, self.parts.grid.measure
        target, words = f"#{entry.name}", labels.contents_link.format(title=entry.title)
        spans = [Span(entry.title, CONTENTS, tag="Reference", target=target, words=words)]
        title = Paragraph(spans, where=labels.contents)
        widths = (measure - _NUMBER_WIDTH - CELL_GUTTER, _NUMBER_WIDTH)
        cells: list[Block] = [title, PageNumber(entry.name, CONTENTS)]
        return Columns(cells, widths, CELL_GUTTER, Node("TOCI"), after=gap, padding=gap or 1.0, ruled=bool(gap))


class PageNumber(Leaf):
    """The page of an anchor, flush right; a form that is filled in when all pages are made."""

    def __init__(self, name: str, style: TextStyle) -> None:
        self._name = name
        self._style = style
        self._node = Node("P")

    def height(self, width: float) -> float:
        """One line."""
        return self._style.leading

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """It is one line."""
        return (self, None) if height >= self._style.leading - 0.01 else (None, self)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw the form that will show the number."""
        canvas.open(self._node.under(parent))
        canvas.code.append(f"q 1 0 0 1 {x:.2f} {top:.2f} cm")
        canvas.form(_PAGE_FORM + self._name)
        canvas.code.append("Q")
        canvas.close()


def fill_in_pages(canvas: PdfCanvas) -> None:
    """Say on which page each entry of the contents stands, when all pages are made."""
    for form in canvas.undefined_forms():
        if form.startswith(_PAGE_FORM):
            page = canvas.anchor_pages[form.removeprefix(_PAGE_FORM)]
            number = Paragraph([Span(str(page), CONTENTS)], flush_right=True)
            with canvas.recording() as code, canvas.untagged():
                number.draw(canvas, 0, 0, _NUMBER_WIDTH, beside())
            canvas.define_form(form, code, f"0 {-CONTENTS.leading:g} {_NUMBER_WIDTH:g} 0")
