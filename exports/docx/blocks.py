"""How each block of a briefing is written. Blocks are paragraphs and tables, as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatchmethod
from itertools import chain, zip_longest

from exports.briefing import document
from exports.briefing.document import (
    Cell,
    Column,
    FactTable,
    Figure,
    Item,
    ItemList,
    Ladders,
    Portrait,
    RowKind,
    SourceStatement,
    Table,
)
from exports.briefing.labels import Labels
from exports.briefing.sheet import GradeCount
from exports.docx import styles
from exports.docx.evidence import Evidence
from exports.docx.ladders import LadderWriter
from exports.docx.markup import is_table, w
from exports.docx.pictures import Pictures
from exports.docx.statements import Statements
from exports.docx.tables import cell, grid_widths, row, table
from exports.docx.text import Made, Span, Writing

_LABEL_SHARE = 0.24  # of the width, for the labels of facts
_LONG_CELL = 1_500  # characters; a longer cell may be parted between pages


class BlockWriter:
    """Writes the document's blocks in a width, in twentieths of a point."""

    def __init__(self, labels: Labels, writing: Writing, evidence: Evidence, pictures: Pictures, width: int) -> None:
        self._labels = labels
        self._writing = writing
        self._evidence = evidence
        self._pictures = pictures
        self._width = width
        self._statements = Statements(writing, evidence)
        self._ladders = LadderWriter(writing, evidence, labels, width)

    @singledispatchmethod
    def write(self, block: document.Block, where: str) -> list[str]:
        """Paragraphs and tables; `where` names the section, for errors and screen readers."""
        raise NotImplementedError(block)

    @write.register
    def _item(self, item: Item, where: str) -> list[str]:
        return self._list([item], where)

    @write.register
    def _item_list(self, block: ItemList, where: str) -> list[str]:
        return self._list(block.items, where)

    @write.register
    def _fact_table(self, block: FactTable, where: str) -> list[str]:
        rows = []
        for fact in block.facts:
            value = self._writing.paragraph(self._evidence.value(fact.text, fact.support, fact.language), styles.CELL)
            rows.append((fact.label, [value, *self._evidence.rivals(fact.support)]))
        return self._labelled(rows, where)

    @write.register
    def _ladders_block(self, block: Ladders, where: str) -> list[str]:
        return [made for ladder in block.ladders for made in self._ladders.blocks(ladder)]

    @write.register
    def _table(self, block: Table, where: str) -> list[str]:
        widths = grid_widths([column.share for column in block.columns], self._width)
        heads = [self._head(column, width) for column, width in zip(block.columns, widths, strict=True)]
        rows: list[str] = []
        for each, following in zip_longest(block.rows, block.rows[1:]):
            made = self._rows(each, block.columns, widths)
            stays = each.kind is RowKind.GROUP or (following is not None and following.kind is RowKind.TOTAL)
            rows += map(_kept, made) if stays else made
        return [table(widths, [row(heads, is_header=True), *rows], title=where)]

    @write.register
    def _figure(self, figure: Figure, where: str) -> list[str]:
        picture = Made(self._pictures.figure(figure.drawing, where), "")
        made = [self._writing.paragraph([picture], styles.BODY, keeps_next=bool(figure.caption))]
        return made + ([self._writing.paragraph([Span(figure.caption)], styles.CAPTION)] if figure.caption else [])

    @write.register
    def _portrait(self, portrait: Portrait, where: str) -> list[str]:
        return [self._writing.paragraph([Made(self._pictures.portrait(portrait, where), "")], styles.BODY)]

    @write.register
    def _source_statement(self, block: SourceStatement, where: str) -> list[str]:
        summary, labels, write = block.summary, self._labels, self._writing.paragraph
        count = labels.source_count.format(sources=summary.sources, origins=summary.origins)
        texts = [text for text in (count, summary.statement) if text]
        grades = ", ".join(self._grade(grade) for grade in summary.grades)
        told = (
            (labels.grades, (grades,) if grades else ()),
            (labels.strengths, summary.strengths),
            (labels.gaps, summary.gaps),
        )
        rows = [(label, [write([Span(line)], styles.CELL) for line in lines]) for label, lines in told if lines]
        rows += [(labels.key, key)] if (key := self._evidence.key()) else []
        if summary.explained:
            rows.append((labels.explained, [write([Span(line)], styles.CELL) for line in summary.explained]))
        return [*(write([Span(text)], styles.BODY) for text in texts), *self._labelled(rows, where)]

    def _grade(self, grade: GradeCount) -> str:
        letters = " ".join((grade.reliability, grade.credibility)).strip() or self._labels.not_graded
        return self._labels.grade_count.format(count=grade.count, grade=letters)

    def _list(self, items: Sequence[Item], where: str) -> list[str]:
        """Items below each other; beside their labels, where any has one."""
        if any(item.label for item in items):
            return self._labelled(
                [(item.label, self._statements.paragraphs(item, styles.CELL)) for item in items], where
            )
        return [paragraph for item in items for paragraph in self._statements.paragraphs(item)]

    def _labelled(self, rows: Sequence[tuple[str, Sequence[str]]], where: str) -> list[str]:
        """A table of two columns, whose first one names the rows."""
        if not rows:
            return []
        widths = grid_widths((_LABEL_SHARE, 1 - _LABEL_SHARE), self._width)
        made = [
            row(
                [
                    cell(widths[0], [self._writing.paragraph([Span(label)], styles.LABEL_CELL)]),
                    cell(widths[1], paragraphs),
                ],
                is_whole=sum(map(len, paragraphs)) < _LONG_CELL * 4,
            )
            for label, paragraphs in rows
        ]
        return [table(widths, made, style=styles.FACTS, title=where, heads_rows=True)]

    def _head(self, column: Column, width: int) -> str:
        spans = [Span(column.heading)]
        return cell(width, [self._writing.paragraph(spans, styles.CELL_HEAD, flush_right=column.is_number)])

    def _rows(self, given: document.Row, columns: Sequence[Column], widths: Sequence[int]) -> list[str]:
        """A row, and below it, across all columns, what other sources say about it."""
        made = self._row(given, columns, widths)
        lines = chain.from_iterable(cell.lines for cell in given.cells)
        rivals = [paragraph for line in lines for paragraph in self._statements.rivals(line)]
        if not rivals:
            return [made]
        return [_kept(made), row([cell(sum(widths), rivals, columns=len(widths))])]

    def _row(self, given: document.Row, columns: Sequence[Column], widths: Sequence[int]) -> str:
        if len(given.cells) == 1 and len(widths) > 1:
            lines = self._lines(given.cells[0], is_strong=True)
            return row([cell(sum(widths), lines, columns=len(widths))])
        is_total = given.kind is RowKind.TOTAL
        cells = [
            cell(width, self._lines(each, flush_right=column.is_number, is_strong=is_total))
            for each, column, width in zip(given.cells, columns, widths, strict=True)
        ]
        size = max((len(item.text) for each in given.cells for item in each.lines), default=0)
        return row(cells, is_whole=size < _LONG_CELL)

    def _lines(self, given: Cell, *, flush_right: bool = False, is_strong: bool = False) -> list[str]:
        made: list[str] = []
        for item in given.lines:
            if item.label:
                made.append(self._writing.paragraph([Span(item.label)], styles.LABEL_CELL))
            made += self._statements.told(item, styles.CELL, flush_right=flush_right, is_strong=is_strong)
        return made


def _kept(made: str) -> str:
    """A row that stays on one page with the next one, as Word does where its paragraphs do."""
    for name in (styles.CELL, styles.LABEL_CELL):
        style = w("pStyle", val=name)
        made = made.replace(style, style + w("keepNext"))
    return made


def separated(blocks: Sequence[str]) -> list[str]:
    """Blocks with room after each table: Word would make one table of two that touch."""
    gap = w("p", w("pPr", w("pStyle", val=styles.GAP)))
    return [part for block in blocks for part in ((block, gap) if is_table(block) else (block,))]
