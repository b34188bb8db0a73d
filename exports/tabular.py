"""Lists as text that spreadsheets read: CSV (RFC 4180) and tab-separated lines for the clipboard.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV injection): a case file may
hold what somebody else wrote.
"""

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy.orm import Session

from db.models import Entity
from db.queries.lists import ListRow, Sort, rows, snapshot

_PAGE = 128
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """What to write: the records that a filter lets through in an order, or just some, and which columns."""

    cls: type[Entity]
    columns: Mapping[str, str]
    """Headings by column."""
    text: str = ""
    sort: Sort = Sort()  # noqa: RUF009 - frozen
    pks: tuple[int, ...] | None = None
    """Only these, in this order."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of how many are written. The file is there once `done` equals `total` and the stream ends."""

    done: int
    total: int


def write_csv(session: Session, table: Table, path: Path, *, with_mark: bool = True) -> Iterator[Progress]:
    """Write a CSV file, row by row; nothing stands at the path before it is whole. Dates are EDTF (ISO 8601-2).

    `with_mark` begins the file with U+FEFF, by which Excel knows UTF-8. Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig" if with_mark else "utf-8", newline="") as file:
            yield from _write(session, table, file)
        Path(name).replace(path)
    finally:
        with suppress(FileNotFoundError):
            Path(name).unlink()


def _write(session: Session, table: Table, file: TextIO) -> Iterator[Progress]:
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(table.columns.values())
    pks = _order(session, table)
    for start in range(0, len(pks), _PAGE):
        page = pks[start : start + _PAGE]
        for row in rows(session, table.cls, page, tuple(table.columns), exact=True):
            if row is not None:
                writer.writerow(harmless(cell) for cell in cells(row, table.columns))
        yield Progress(start + len(page), len(pks))
    if not pks:
        yield Progress(0, 0)


def _order(session: Session, table: Table) -> Sequence[int]:
    if table.pks is not None:
        return table.pks
    return [pk for piece in snapshot(session, table.cls, table.text, table.sort) for pk in piece.pks]


def cells(row: ListRow, columns: Iterable[str]) -> list[str]:
    """The words of a row's columns."""
    return [row.title if name == "title" else row.cells.get(name, "") for name in columns]


def tab_separated(session: Session, table: Table) -> str:
    """Rows for the clipboard, as spreadsheets and mail take them; breaks within a cell become spaces."""
    assert table.pks is not None
    lines = io.StringIO()
    for start in range(0, len(table.pks), _PAGE):
        for row in rows(session, table.cls, table.pks[start : start + _PAGE], tuple(table.columns)):
            if row is not None:
                lines.write("\t".join(harmless(" ".join(cell.split())) for cell in cells(row, table.columns)) + "\n")
    return lines.getvalue()


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell
