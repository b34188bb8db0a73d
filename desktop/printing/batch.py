"""Many briefings at once: what their files are called, and each of them made. Work of the worker process."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from db.queries import Session
from db.queries.agreements import agreement_status
from db.queries.titles import titles
from db.snapshot import read_without_lock
from desktop.printing.names import file_stem


@dataclass(frozen=True, slots=True)
class Sheet:
    """One agreement of a batch, and the file it is printed to."""

    record: UUID
    title: str
    output: Path
    is_there: bool
    """Whether something of that name is in the folder already."""


def plan(path: Path, records: Collection[UUID], folder: Path) -> tuple[Sheet, ...]:
    """The files of a batch, in the order of the records; what is gone is left out, and no name is given twice."""
    stems, named = read_without_lock(path, _names, records)
    seen: Counter[str] = Counter()
    sheets = []
    for record in records:
        if record in stems:
            stem = stems[record]
            seen[stem] += 1
            name = f"{stem}.pdf" if seen[stem] == 1 else f"{stem}-{seen[stem]}.pdf"
            output = folder / name
            sheets.append(Sheet(record, named.get(record, ""), output, output.exists()))
    return tuple(sheets)


def _names(session: Session, records: Collection[UUID]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    rows = agreement_status(session, list(records))
    return {record: file_stem(row) for record, row in rows.items()}, titles(session, records)
