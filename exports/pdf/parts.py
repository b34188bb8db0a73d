"""The parts that every sheet is built from: sections, rows of facts, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from exports.briefing.document import Link
from exports.briefing.labels import Labels
from exports.briefing.sheet import Fact
from exports.pdf.evidence import Evidence
from exports.pdf.flow import Block, Columns, Recurring, Stack, Table
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import (
    BLOCK_GAP,
    BODY,
    HEADING,
    HEADING_QUIET,
    LABEL,
    MICRO_QUIET,
    ROW_GAP,
    SECTION_GAP,
    SMALL_QUIET,
    Grid,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Span, one_line

_LABEL_SHARE = 0.25  # of the column, for the labels of facts
_CELL_GUTTER = 10.0
_SMALL_ROW = 90.0  # points; rows no taller stay on one page


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes parts for one grid, in one language's words, with one sheet's evidence."""

    grid: Grid
    labels: Labels
    evidence: Evidence

    def section(self, title: str, blocks: Sequence[Block]) -> Block:
        """A heading in the rail, its blocks in the column, a rule above. The heading is also a bookmark."""
        heading = Paragraph(
            [Span(title, HEADING)], Node("H2"), where=title, outline=(one_line(title), f"section-{title}")
        )
        again = Paragraph([Span(title, HEADING_QUIET), Span(f" {self.labels.continued}", SMALL_QUIET)], where=title)
        return Columns(
            [Recurring(heading, again), Stack(blocks)],
            (self.grid.rail, self.grid.column),
            self.grid.gutter,
            Node("Sect"),
            before=SECTION_GAP,
            after=SECTION_GAP,
            padding=SECTION_GAP / 2,
            ruled=True,
        )

    def facts(self, facts: Sequence[Fact], where: str, links: Sequence[Link | None] = ()) -> Block:
        """Labels and values as a table whose rows have headers; `links` are the facts' own, or none."""
        rows = [self._fact(fact, where, link) for fact, link in zip_longest(facts, links)]
        return Stack(rows, Node("Table"), before=ROW_GAP, after=ROW_GAP)

    def labelled(self, label: str, block: Block, where: str) -> Block:
        """A block beside a label, in line with the facts."""
        if not label:
            return block
        width = self.grid.column * _LABEL_SHARE
        name = Paragraph([Span(label, LABEL)], where=where)
        room = self.grid.column - width - _CELL_GUTTER
        return Columns([name, block], (width, room), _CELL_GUTTER, before=ROW_GAP, after=ROW_GAP, together=_SMALL_ROW)

    def details(self, pairs: Sequence[tuple[str, str]], where: str) -> Paragraph:
        """Small facts in one line: "Manufacturer: Kongsberg · Operators: Japan Air Self-Defense Force"."""
        text = " · ".join(f"{label}: {value}" if label else value for label, value in pairs)
        return Paragraph([Span(text, SMALL_QUIET)], where=where)

    def items(self, blocks: Sequence[Block]) -> Block:
        """Blocks as the items of a list."""
        made = [
            Stack([Stack([block], Node("LBody"))], Node("LI"), before=BLOCK_GAP, after=BLOCK_GAP) for block in blocks
        ]
        return Stack(made, Node("L", attributes=b"<</O/List/ListNumbering/None>>"))

    def table(
        self,
        headings: Sequence[str],
        shares: Sequence[float],
        rows: Sequence[Sequence[Block]],
        links: Sequence[Link | None],
    ) -> Block:
        """A table with a header row; `shares` of the column for each of its columns add up to 1."""
        room = self.grid.column - _CELL_GUTTER * (len(shares) - 1)
        widths = [share * room for share in shares]
        heads = [self._cell([self._column_head(heading)], "Column") for heading in headings]
        header = Columns(heads, widths, _CELL_GUTTER, Node("TR"), keeps_next=True)
        body = [
            Columns(
                [self._cell([cell]) for cell in row],
                widths,
                _CELL_GUTTER,
                Node("TR"),
                ruled=True,
                padding=ROW_GAP,
                after=ROW_GAP,
                together=_SMALL_ROW,
                link=link,
            )
            for row, link in zip(rows, links, strict=True)
        ]
        return Table(header, body)

    def _fact(self, fact: Fact, where: str, link: Link | None) -> Block:
        place = f"{where}: {fact.label}"
        value: list[Block] = [Paragraph(self.evidence.value(fact.text, BODY, fact.support, fact.language), where=place)]
        value += self.evidence.rivals(fact.support, place)
        label = Paragraph([Span(fact.label, LABEL)], where=place)
        width = self.grid.column * _LABEL_SHARE
        return Columns(
            [self._cell([label], "Row"), self._cell(value)],
            (width, self.grid.column - width - _CELL_GUTTER),
            _CELL_GUTTER,
            Node("TR"),
            before=ROW_GAP,
            after=ROW_GAP,
            together=_SMALL_ROW,
            link=link,
        )

    def _column_head(self, text: str) -> Paragraph:
        return Paragraph([Span(text, MICRO_QUIET)], where=text)

    def _cell(self, blocks: Sequence[Block], scope: str = "") -> Block:
        attributes = f"<</O/Table/Scope/{scope}>>".encode() if scope else b""
        return Stack(blocks, Node("TH" if scope else "TD", attributes=attributes))


def lines(entries: Sequence[tuple[str, TextStyle, str]], where: str, before: float = 0.0) -> list[Block]:
    """A paragraph for each (text, style, language) that has text."""
    return [
        Paragraph([Span(text, style, language)], where=where, before=before)
        for text, style, language in entries
        if text
    ]
