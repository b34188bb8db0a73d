"""What a person calls a record, and what kind of record an id names."""

import re
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.captions import caption
from db.dates import Edtf, describe
from db.errors import RecordNotFound
from db.models import BY_TABLE, Claim, Entity, Record
from db.triggers import table_of

CHUNK = 500
_DEPTH = 3
_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_IDS = re.compile(f"{_ID}(; {_ID})*")
_LONGEST = 120


def class_of(session: Session, record: uuid.UUID) -> type[Entity]:
    """The mapped class of a record. Raises RecordNotFound."""
    kind = session.scalar(select(Record.kind).where(Record.id == record))
    if kind is None:
        raise RecordNotFound(f"There is no record {record} in this file.")
    return entity(kind)


def entity(kind: str) -> type[Entity]:
    """The mapped class of a kind that is known to be a record's."""
    cls = BY_TABLE[kind]
    assert issubclass(cls, Entity)
    return cls


def kinds_of(session: Session, records: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The kinds (tables) of those of the records that are in the file."""
    found: dict[uuid.UUID, str] = {}
    for chunk in chunks(sorted(records)):
        rows = session.execute(select(Record.id, Record.kind).where(Record.id.in_(chunk)))
        found.update((record, kind) for record, kind in rows)
    return found


def chunks(items: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    """Slices short enough for one statement."""
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))


def titles(session: Session, records: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What a person calls each record: its title columns, with those it points at told by their own titles."""
    return _titles(session, records, _DEPTH)


def _titles(session: Session, records: Collection[uuid.UUID], depth: int) -> dict[uuid.UUID, str]:
    by_kind: dict[str, list[uuid.UUID]] = {}
    for record, kind in kinds_of(session, records).items():
        by_kind.setdefault(kind, []).append(record)
    parts: dict[uuid.UUID, Sequence[object]] = {}
    for kind, ids in by_kind.items():
        table = table_of(entity(kind))
        columns = [table.c[name] for name in entity(kind).TITLE]
        for chunk in chunks(ids):
            for record, *values in session.execute(select(table.c.id, *columns).where(table.c.id.in_(chunk))):
                told = zip(entity(kind).TITLE, values, strict=True)
                parts[record] = [item for name, value in told for item in _items(kind, name, value)]
    inner = _inner(session, parts.values(), depth)
    return {record: _join(values, inner) for record, values in parts.items()}


def _items(kind: str, name: str, value: object) -> Sequence[object]:
    """A claim names a field, and gives references as ids in its text: those are told by their titles too."""
    if name == Claim.property.key and isinstance(value, str):
        return [caption(value)]
    return list(ids_in(value)) or [value] if kind == Claim.__tablename__ else [value]


def ids_in(value: object) -> Sequence[uuid.UUID]:
    """The records that a field's value names: as a reference, as members of a set, or as a claim has them in words."""
    match value:
        case uuid.UUID():
            return [value]
        case frozenset():
            return [item for item in value if isinstance(item, uuid.UUID)]
        case str() if _IDS.fullmatch(value):
            return [uuid.UUID(item) for item in value.split("; ")]
    return []


def _inner(session: Session, parts: Iterable[Sequence[object]], depth: int) -> dict[uuid.UUID, str]:
    targets = {value for values in parts for value in values if isinstance(value, uuid.UUID)}
    return _titles(session, targets, depth - 1) if targets and depth else {}


def _join(values: Sequence[object], inner: dict[uuid.UUID, str]) -> str:
    words = [word for value in values if value is not None and (word := _word(value, inner))]
    told = (word for word, after in zip(words, [*words[1:], ""], strict=False) if not after.startswith(f"{word}, "))
    return shorten(", ".join(told))  # an acceptance has its field once, which its claim names too


def _word(value: object, inner: dict[uuid.UUID, str]) -> str:
    if isinstance(value, uuid.UUID):
        return inner.get(value, "")
    return describe(value) if isinstance(value, Edtf) else str(value)


def shorten(text: str) -> str:
    """One line of at most 120 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
