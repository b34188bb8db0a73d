"""Tables of any length: rows are made as pages come to them, each cell shaped and measured once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from exports.briefing import document
from exports.briefing.document import Cell, Column, Item, Role, Row, RowKind, Run
from exports.pdf.flow import Block, Columns, Gap, Lazy, Stack, Table
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import header_cell
from exports.pdf.statements import Statements, place
from exports.pdf.styles import CELL_GUTTER, GROUP_GAP, HEADING_QUIET, MICRO_QUIET, ROW_GAP, SMALL_QUIET, SMALL_ROW
from exports.pdf.tags import Node
from exports.pdf.text import Span

_ROWS_AT_ONCE = 24
_MANY_COLUMNS, _NARROW_GUTTER = 6, 6.0
_EMPHASISED = {Role.BODY: Role.STRONG}
_WHOLE_ROW = 200.0
"""Points; a row that is no taller stays on one page."""
_LONG_ROW, _LINE = 600, 30
"""Characters from which a row may be taller than that, and what a line of a cell counts for."""
_LONG_NAME = 60


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row, whether it stays with the next one, and what its group is called on further pages."""

    row: Row
    keeps_next: bool
    group: Block | None


class TableSetter:
    """Sets one table in a width."""

    def __init__(self, table: document.Table, width: float, statements: Statements, where: str) -> None:
        self._columns = table.columns
        self._rows = table.rows
        self._statements = statements
        self._where = where
        self._width = width
        self._gutter = CELL_GUTTER if len(table.columns) < _MANY_COLUMNS else _NARROW_GUTTER
        room = width - self._gutter * (len(table.columns) - 1)
        whole = sum(column.share for column in table.columns)
        self._known: dict[tuple[Column, tuple[Run, ...]], Paragraph] = {}
        self._widths = [room * column.share / whole for column in table.columns]

    def blocks(self) -> list[Block]:
        """The table; what rivals say stands below its row across all columns, since one is too narrow for reasons."""
        body = [Lazy(lambda rows=rows: self._stack(rows), after=ROW_GAP) for rows in _chunks(self._placed())]  # type: ignore[misc]
        return [Table(self._header(), body)]

    def _placed(self) -> Iterator[_Placed]:
        """The rows, each with whether it stays with the next one and which group it stands under."""
        group: Block | None = None
        for row, following in zip_longest(self._rows, self._rows[1:]):
            keeps = following is not None and (row.kind is RowKind.GROUP or following.kind is RowKind.TOTAL)
            is_in_group = row.kind is RowKind.BODY
            yield _Placed(row, keeps, group if is_in_group else None)
            group = self._name_again(row.cells[0]) if row.kind is RowKind.GROUP else group if is_in_group else None

    def _name_again(self, cell: Cell) -> Block | None:
        """What stands above the rows of a group on a further page."""
        text = cell.lines[0].text if cell.lines else ""
        return Columns([self._continued(text)], [self._width], 0, padding=ROW_GAP, after=ROW_GAP) if text else None

    def _continued(self, text: str) -> Paragraph:
        """A name on a further page, cut where it is long: the page must have room for more than it."""
        words = self._statements.parts.labels.continued
        name = text if len(text) <= _LONG_NAME else f"{text[:_LONG_NAME].rstrip()}…"
        return Paragraph([Span(name, HEADING_QUIET), Span(f" {words}", SMALL_QUIET)], where=self._where)

    def _header(self) -> Columns:
        heads = [
            Paragraph(
                [Span(column.heading, MICRO_QUIET)],
                header_cell("Column"),
                where=self._where,
                flush_right=column.is_number,
            )
            for column in self._columns
        ]
        return Columns(heads, self._widths, self._gutter, Node("TR"), keeps_next=True)

    def _stack(self, rows: Sequence[_Placed]) -> Block:
        return Stack([block for placed in rows for block in self._rows_of(placed)])

    def _rows_of(self, placed: _Placed) -> list[Block]:
        """A row, and where it is argued one more with what other sources say about it."""
        row, keeps_next, group = placed.row, placed.keeps_next, placed.group
        argued = [line for cell in row.cells for line in cell.lines if _is_argued(line)]
        if not argued:
            return [self._row(row, group, keeps_next=keeps_next)]
        rivals = self._statements.all_rivals
        told = [block for line in argued for block in rivals(line, place(self._where, line.runs))]
        cell = Stack(told, Node("TD", attributes=f"<</O/Table/ColSpan {len(self._columns)}>>".encode()))
        below = Columns([cell], [self._width], 0, Node("TR"), after=ROW_GAP, keeps_next=keeps_next, together=SMALL_ROW)
        return [self._row(row, group, keeps_next=True), below]

    def _row(self, row: Row, group: Block | None, *, keeps_next: bool) -> Block:
        is_group, is_whole = row.kind is RowKind.GROUP, len(row.cells) == 1
        told = [_strong(cell) for cell in row.cells] if row.kind is RowKind.TOTAL and not is_whole else row.cells
        cells = [self._group(row.cells[0])] if is_whole else list(map(self._cell, told, self._columns, _nodes()))
        return Columns(
            cells,
            [self._width] if is_whole else self._widths,
            self._gutter,
            Node("TR"),
            before=GROUP_GAP if is_group else 0.0,
            after=ROW_GAP,
            keeps_next=keeps_next,
            padding=ROW_GAP,
            ruled=True,
            together=_WHOLE_ROW,
            link=row.link,
            again=self._again(row),
            under=group,
        )

    def _again(self, row: Row) -> Block | None:
        """What a row that may run over to another page is called there."""
        size = sum(len(line.text) for cell in row.cells for line in cell.lines)
        lines = row.cells[0].lines if row.kind is RowKind.BODY else ()
        if size + _LINE * sum(len(cell.lines) for cell in row.cells) < _LONG_ROW or not (lines and lines[0].text):
            return None
        return self._continued(lines[0].text)

    def _group(self, cell: Cell) -> Block:
        return Stack(self._told(_strong(cell)), header_cell("Row", len(self._columns)))

    def _cell(self, cell: Cell, column: Column, node: Node) -> Block:
        """A cell with a single line is that line."""
        if len(cell.lines) == 1 and _is_bare(cell.lines[0]):
            return self._single(cell.lines[0], column, node)
        return Stack(self._told(cell, flush_right=column.is_number), node)

    def _single(self, line: Item, column: Column, node: Node) -> Block:
        """A line that cites nothing may stand in many rows; it is shaped and measured once."""
        is_bare = line.support is None and not line.notes and not line.link
        known = self._known.get((column, line.runs)) if is_bare else None
        if known:
            return known.again(node)
        spans = self._statements.spans(line)
        made = Paragraph(spans, node, where=place(self._where, line.runs), flush_right=column.is_number, link=line.link)
        if is_bare:
            self._known[column, line.runs] = made
        return made

    def _told(self, cell: Cell, *, flush_right: bool = False) -> list[Block]:
        told = self._statements.told
        where = self._where
        blocks = [
            block for line in cell.lines for block in told(line, place(where, line.runs), flush_right=flush_right)
        ]
        return blocks or [Gap()]


def _nodes() -> Iterator[Node]:
    """The tags of a row's cells: the first names the row."""
    yield header_cell("Row")
    while True:
        yield Node("TD")


def _chunks(rows: Iterable[_Placed]) -> Iterator[list[_Placed]]:
    """Rows, some at a time; no chunk ends where rows stay together."""
    chunk: list[_Placed] = []
    for placed in rows:
        chunk.append(placed)
        if len(chunk) >= _ROWS_AT_ONCE and not placed.keeps_next:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _strong(cell: Cell) -> Cell:
    """The cell with its plain words in bold, as groups and totals have them."""
    return Cell(
        tuple(
            replace(line, runs=tuple(replace(run, role=_EMPHASISED.get(run.role, run.role)) for run in line.runs))
            for line in cell.lines
        )
    )


def _is_argued(line: Item) -> bool:
    """Whether there is more to say about the line than a mark."""
    supports = (line.support, *(fact.support for fact in line.facts))
    return any(support and (support.rivals or support.reason) for support in supports)


def _is_bare(line: Item) -> bool:
    return not (line.label or line.details or line.particulars or line.facts)
