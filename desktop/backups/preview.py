"""What restoring a backup would change, as rows: asked in the back room, shown in the window and on a terminal."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from db.backups import Backup
from db.compare import Comparison, OwnRecord, Side
from db.models import Author
from db.queries.case_file import EditRow
from db.restoring import compare_with
from desktop.settings import trust

_MOST = 500
"""Differing records that are told one by one; the counts are of all."""


class Effect(StrEnum):
    """What would become of a record, or of a field of it."""

    GOES = "goes"
    RETURNS = "returns"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Line:
    """One record, or one field of one, that would be another. `kind` is its plural; values are in words."""

    effect: Effect
    kind: str
    title: str
    field: str = ""
    now: str = ""
    then: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring would change: edits that would be taken away, and that would be there again; counts by kind."""

    lost: tuple[EditRow, ...]
    regained: tuple[EditRow, ...]
    going: dict[str, int]
    returning: dict[str, int]
    fields: int
    lines: tuple[Line, ...]

    @property
    def is_same(self) -> bool:
        """Whether the file is as the backup."""
        return not (self.lost or self.regained or self.lines)

    @property
    def untold(self) -> int:
        """How many differences have no line."""
        return sum(self.going.values()) + sum(self.returning.values()) + self.fields - len(self.lines)


def preview(path: Path, backup: Backup) -> Preview:
    """What would change. Raises FileRefused. Run it in the back room: see `compare_with`."""
    return told(compare_with(path, backup, trust()))


def told(found: Comparison) -> Preview:
    """A comparison of the file of now with a backup, as what restoring does."""
    return Preview(
        found.first.edits,
        found.second.edits,
        _counts(found.first),
        _counts(found.second),
        len(found.differences),
        tuple(islice(_lines(found), _MOST)),
    )


def _lines(found: Comparison) -> Iterator[Line]:
    for row in found.differences:
        yield Line(Effect.DIFFERS, row.kind, row.title, row.field, row.first, row.second)
    for effect, side in ((Effect.GOES, found.first), (Effect.RETURNS, found.second)):
        for record in _own(side):
            yield Line(effect, record.kind, record.title)


def _counts(side: Side) -> dict[str, int]:
    return dict(Counter(record.kind for record in _own(side)))


def _own(side: Side) -> Iterator[OwnRecord]:
    """What only one side holds, but for who edits: nobody entered that."""
    return (record for record in side.records if record.kind != Author.PLURAL)
