"""How each block of a briefing is set: what stands in the rail, in the column and below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod

from exports.briefing import document
from exports.briefing.document import FactTable, Item, ItemList, Ladders, Role, Run, SourceStatement
from exports.briefing.sheet import GradeCount, Ladder, SourceSummary
from exports.pdf.flow import Block, Columns, Gap, Stack
from exports.pdf.ladder import ladder_block
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.styles import (
    BLOCK_GAP,
    BODY,
    EMPHASIS,
    HEADLINE,
    LABEL,
    LEAD,
    QUIET,
    SMALL,
    SMALL_QUIET,
    STRONG,
    TextStyle,
)
from exports.pdf.text import Span

_SMALL_LABEL = 54.0  # points
_STYLES: dict[Role, TextStyle] = {
    Role.BODY: BODY,
    Role.STRONG: STRONG,
    Role.QUIET: QUIET,
    Role.EMPHASIS: EMPHASIS,
    Role.LEAD: LEAD,
    Role.HEADLINE: HEADLINE,
    Role.SMALL: SMALL,
}


class Setter:
    """Makes the flow's blocks from the document's, in reading order, so that citations are met as they are read."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._labels = parts.labels
        self._evidence = parts.evidence

    @singledispatchmethod
    def set(self, block: document.Block, where: str) -> list[Block]:
        """The flow's blocks for one of the document's; `where` names the section, for errors."""
        raise NotImplementedError(block)

    @set.register
    def _item(self, item: Item, where: str) -> list[Block]:
        return [self._statement(item, where)]

    @set.register
    def _item_list(self, block: ItemList, where: str) -> list[Block]:
        return [self._parts.items([self._statement(item, where) for item in block.items])]

    @set.register
    def _fact_table(self, block: FactTable, where: str) -> list[Block]:
        return [self._parts.facts(block.facts, where, block.links)]

    @set.register
    def _ladders(self, block: Ladders, where: str) -> list[Block]:
        return [self._ladder(ladder, where) for ladder in block.ladders]

    @set.register
    def _table(self, table: document.Table, where: str) -> list[Block]:
        headings = [column.heading for column in table.columns]
        rows = [[self._cell(cell, where) for cell in row.cells] for row in table.rows]
        made = self._parts.table(
            headings, [column.share for column in table.columns], rows, [row.link for row in table.rows]
        )
        rivals = [
            paragraph
            for row in table.rows
            for cell in row.cells
            for line in cell.lines
            if line.support
            for paragraph in self._evidence.rivals(line.support, _place(where, line.runs))
        ]
        return [made, Stack([*rivals], before=BLOCK_GAP)] if rivals else [made]

    @set.register
    def _source_statement(self, block: SourceStatement, where: str) -> list[Block]:
        return self._source_summary(block.summary, where)

    def _statement(self, item: Item, where: str) -> Block:
        place = _place(where, item.runs)
        blocks = self._told(item, place)
        if item.facts:
            blocks.append(self._parts.facts(item.facts, place))
        if item.support:
            blocks += self._evidence.rivals(item.support, place)
        made = Stack(blocks, before=BLOCK_GAP, after=BLOCK_GAP, link=item.link)
        return self._parts.labelled(item.label, made, where)

    def _told(self, item: Item, where: str) -> list[Block]:
        """A statement with its details, without what rivals say."""
        blocks: list[Block] = [Paragraph(self._spans(item), where=where)]
        if details := [(label, text) for label, text in item.details if text]:
            blocks.append(self._parts.details(details, where))
        return blocks + [
            Paragraph([Span(f"{label}: " if label else "", SMALL_QUIET), Span(text, SMALL)], where=where)
            for label, text in item.particulars
            if text
        ]

    def _spans(self, item: Item) -> list[Span]:
        spans = [_span(run) for run in item.runs]
        if item.support:
            return self._evidence.valued(spans, item.support)
        return [*spans, *self._evidence.references(item.notes, spans[-1].style)] if item.notes else spans

    def _cell(self, cell: document.Cell, where: str) -> Block:
        return Stack([block for line in cell.lines for block in self._told(line, _place(where, line.runs))] or [Gap()])

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
        key = self._evidence.key(where)
        return [*blocks, self._beside(labels.key, key, where)] if key else blocks

    def _grade(self, grade: GradeCount) -> str:
        letters = " ".join((grade.reliability, grade.credibility)).strip() or self._labels.not_graded
        return self._labels.grade_count.format(count=grade.count, grade=letters)

    def _beside(self, label: str, blocks: Sequence[Block], where: str) -> Block:
        name = Paragraph([Span(label, SMALL_QUIET)], where=where)
        room = self._parts.grid.column - _SMALL_LABEL
        return Columns([name, Stack(blocks)], (_SMALL_LABEL, room), 0, before=BLOCK_GAP / 2)


def _span(run: Run) -> Span:
    return Span(run.text, _STYLES[run.role], run.language, tag="Quote" if run.quote else "", whole=run.whole)


def _place(where: str, runs: Sequence[Run]) -> str:
    """What an error calls the place: the section and whom or what it is about."""
    return f"{where}: {runs[0].text}" if runs else where


def _small(texts: Sequence[str], where: str) -> list[Block]:
    return lines([(text, SMALL, "") for text in texts], where)
