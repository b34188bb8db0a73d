"""How each block of a briefing is set in the column that is read, or across the whole measure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from exports.briefing import document
from exports.briefing.document import FactTable, Figure, Item, ItemList, Ladders, Portrait, SourceStatement, Table
from exports.briefing.sheet import GradeCount, Ladder, SourceSummary
from exports.pdf.figure import DrawingBlock
from exports.pdf.flow import Block, Columns, Stack
from exports.pdf.ladder import ladder_block
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.portrait import PortraitBlock
from exports.pdf.statements import Statements
from exports.pdf.styles import BLOCK_GAP, BODY, LABEL, SMALL, SMALL_QUIET
from exports.pdf.tables import TableSetter
from exports.pdf.text import Span

_SMALL_LABEL = 54.0  # points
_TALLEST_FIGURE = 0.72  # of the page


class Setter:
    """Makes the flow's blocks from the document's."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._labels = parts.labels
        self._evidence = parts.evidence
        self._statements = Statements(parts)

    def is_full(self, block: document.Block) -> bool:
        """Whether a block goes across the rail as well."""
        if isinstance(block, Figure):
            return block.drawing.width > self._parts.grid.column + 1
        return isinstance(block, Table) and block.full

    @singledispatchmethod
    def set(self, block: document.Block, where: str) -> list[Block]:
        """The flow's blocks for one of the document's; `where` names the section, for errors."""
        raise NotImplementedError(block)

    @set.register
    def _item(self, item: Item, where: str) -> list[Block]:
        block = self._statements.block(item, where)
        block.keeps_next = block.keeps_next or item.heads
        return [block]

    @set.register
    def _item_list(self, block: ItemList, where: str) -> list[Block]:
        return [self._parts.items([self._statements.block(item, where) for item in block.items])]

    @set.register
    def _fact_table(self, block: FactTable, where: str) -> list[Block]:
        return [self._parts.facts(block.facts, where, block.links)]

    @set.register
    def _ladders(self, block: Ladders, where: str) -> list[Block]:
        return [self._ladder(ladder, where) for ladder in block.ladders]

    @set.register
    def _table(self, table: Table, where: str) -> list[Block]:
        grid = self._parts.grid
        width = grid.measure if table.full else grid.column
        return TableSetter(table, width, self._statements, where).blocks()

    @set.register
    def _figure(self, figure: Figure, where: str) -> list[Block]:
        tallest = self._parts.grid.height * _TALLEST_FIGURE
        drawing = DrawingBlock(figure.drawing, where, tallest, keeps_next=bool(figure.caption))
        caption = lines([(figure.caption, SMALL_QUIET, "")], where, BLOCK_GAP)
        return [Stack([drawing, *caption], before=BLOCK_GAP, after=BLOCK_GAP)]

    @set.register
    def _portrait(self, portrait: Portrait, where: str) -> list[Block]:
        return [PortraitBlock(portrait, where, before=BLOCK_GAP)]

    @set.register
    def _source_statement(self, block: SourceStatement, where: str) -> list[Block]:
        return self._source_summary(block.summary, where)

    def _ladder(self, ladder: Ladder, where: str) -> Block:
        made = ladder_block(ladder, self._parts.grid.column, self._evidence, self._labels)
        if not ladder.name:
            return made
        return Stack([Paragraph([Span(ladder.name, LABEL)], where=where, keeps_next=True), made], before=BLOCK_GAP)

    def _source_summary(self, summary: SourceSummary, where: str) -> list[Block]:
        labels = self._labels
        count = labels.source_count.format(sources=summary.sources, origins=summary.origins)
        grades = ", ".join(self._grade(grade) for grade in summary.grades)
        blocks: list[Block] = [Paragraph([Span(count, BODY)], where=where)]
        blocks += lines([(summary.statement, BODY, "")], where, BLOCK_GAP / 2)
        pairs = [(labels.grades, [grades] if grades else [])]
        pairs += [(labels.strengths, list(summary.strengths)), (labels.gaps, list(summary.gaps))]
        blocks += [self._beside(label, _small(texts, where), where) for label, texts in pairs if texts]
        for label, told in (
            (labels.key, self._evidence.key(where)),
            (labels.explained, _small(summary.explained, where)),
        ):
            blocks += [self._beside(label, told, where)] if told else []
        return blocks

    def _grade(self, grade: GradeCount) -> str:
        letters = " ".join((grade.reliability, grade.credibility)).strip() or self._labels.not_graded
        return self._labels.grade_count.format(count=grade.count, grade=letters)

    def _beside(self, label: str, blocks: Sequence[Block], where: str) -> Block:
        name = Paragraph([Span(label, SMALL_QUIET)], where=where)
        room = self._parts.grid.column - _SMALL_LABEL
        return Columns([name, Stack(blocks)], (_SMALL_LABEL, room), 0, before=BLOCK_GAP / 2)


def _small(texts: Sequence[str], where: str) -> list[Block]:
    return lines([(text, SMALL, "") for text in texts], where)
