"""The parts that every sheet is built from: rows of facts, lists, labels beside statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from exports.briefing.document import Link
from exports.briefing.labels import Labels
from exports.briefing.sheet import Fact
from exports.pdf.evidence import Evidence
from exports.pdf.flow import Block, Columns, Stack
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import BLOCK_GAP, BODY, CELL_GUTTER, LABEL, ROW_GAP, SMALL_QUIET, SMALL_ROW, Grid, TextStyle
from exports.pdf.tags import Node
from exports.pdf.text import Span

_LABEL_SHARE = 0.25  # of the column, for the labels of facts


@dataclass(frozen=True, slots=True)
class Parts:
    """Makes parts for one grid, in one language's words, with one briefing's evidence."""

    grid: Grid
    labels: Labels
    evidence: Evidence

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
        room = self.grid.column - width - CELL_GUTTER
        return Columns([name, block], (width, room), CELL_GUTTER, before=ROW_GAP, after=ROW_GAP, together=SMALL_ROW)

    def details(self, pairs: Sequence[tuple[str, str]], where: str) -> Paragraph:
        """Small facts in one line: "Manufacturer: Kongsberg · Operators: Japan Air Self-Defense Force"."""
        text = " · ".join(f"{label}{self.labels.colon}{value}" if label else value for label, value in pairs)
        return Paragraph([Span(text, SMALL_QUIET)], where=where)

    def items(self, blocks: Sequence[Block]) -> Block:
        """Blocks as the items of a list."""
        made = [
            Stack([Stack([block], Node("LBody"))], Node("LI"), before=BLOCK_GAP, after=BLOCK_GAP) for block in blocks
        ]
        return Stack(made, Node("L", attributes=b"<</O/List/ListNumbering/None>>"))

    def _fact(self, fact: Fact, where: str, link: Link | None) -> Block:
        place = f"{where}: {fact.label}"
        value: list[Block] = [Paragraph(self.evidence.value(fact.text, BODY, fact.support, fact.language), where=place)]
        value += self.evidence.rivals(fact.support, place)
        label = Paragraph([Span(fact.label, LABEL)], where=place)
        width = self.grid.column * _LABEL_SHARE
        return Columns(
            [Stack([label], header_cell("Row")), Stack(value, Node("TD"))],
            (width, self.grid.column - width - CELL_GUTTER),
            CELL_GUTTER,
            Node("TR"),
            before=ROW_GAP,
            after=ROW_GAP,
            together=SMALL_ROW,
            link=link,
        )


def header_cell(scope: str, columns: int = 1) -> Node:
    """The tag of a cell that heads its row or its column ("Row", "Column"), over one column or several."""
    span = f"/ColSpan {columns}" if columns > 1 else ""
    return Node("TH", attributes=f"<</O/Table/Scope/{scope}{span}>>".encode())


def lines(entries: Sequence[tuple[str, TextStyle, str]], where: str, before: float = 0.0) -> list[Block]:
    """A paragraph for each (text, style, language) that has text."""
    return [
        Paragraph([Span(text, style, language)], where=where, before=before)
        for text, style, language in entries
        if text
    ]
