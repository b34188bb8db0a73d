"""What an edit of the log is about, as one record: asked when it is shown, so that old logs tell it as well."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.lineage import lineage_of
from db.log import driver_connection
from db.models import BY_TABLE, Author, CaseFile, Change, Claim, Logged
from db.queries.former import last_title
from db.queries.history import typed_value
from db.queries.titles import chunks, titles
from db.triggers import references, table_of

_MOST = 80
"""Changes of an edit that are looked at; a larger one is about many records."""
_DEPTH = 4
Touched = Mapping[uuid.UUID, str]
"""Tables by record."""


def subjects(session: Session, changesets: Collection[int]) -> dict[int, str]:
    """By the number of an edit, what the one record is called that it is about; nothing where there are several.

    A part stands for its owner, and a claim for the record that it tells something of.
    """
    touched = _touched(session, changesets)
    owners = _all_owners(session, {record: kind for rows in touched.values() for record, kind in rows.items()})
    about = {number: _about(rows, owners) for number, rows in touched.items()}
    wanted = {record for record in about.values() if record is not None}
    names = titles(session, wanted)
    gone = {record: last_title(session, record) for record in wanted - names.keys()}
    told = {number: names.get(record) or gone.get(record, "") for number, record in about.items() if record is not None}
    return {number: title for number, title in told.items() if title}


def wholes(session: Session, records: Touched) -> dict[uuid.UUID, uuid.UUID]:
    """What each record is a part of in the end: itself, where it is a part of nothing."""
    owners = _all_owners(session, records)
    return {record: _root(record, owners) for record in records}


def _all_owners(session: Session, records: Touched) -> dict[uuid.UUID, uuid.UUID | None]:
    owners: dict[uuid.UUID, uuid.UUID | None] = {}
    level = records
    for _ in range(_DEPTH):
        found = _owners(session, {record: kind for record, kind in level.items() if record not in owners})
        owners |= {record: owner for record, (owner, _) in found.items()}
        level = {owner: table for owner, table in found.values() if owner is not None and table}
    return owners


def _touched(session: Session, changesets: Collection[int]) -> dict[int, Touched]:
    """What each of the edits touched, those that are not too large."""
    told = (Change.changeset.in_(changesets), Change.op != "X")
    sizes = select(Change.changeset).where(*told).group_by(Change.changeset).having(func.count() <= _MOST)
    query = select(Change.changeset, Change.record, Change.kind, Change.op)
    query = query.where(Change.changeset.in_(sizes), Change.op != "X", Change.kind != Author.__tablename__)
    found: dict[int, dict[uuid.UUID, str]] = {}
    parts: dict[int, dict[uuid.UUID, str]] = {}
    for number, record, kind, op in session.execute(query):
        is_part = op == "D" and bool(_owning(BY_TABLE[kind]))
        (parts if is_part else found).setdefault(number, {})[record] = kind
    return {**parts, **found}  # a part that went with its whole says nothing more


@cache
def _owning(cls: type[Logged]) -> tuple[str, ...]:
    """The columns that say what a record is a part of."""
    return tuple(column.name for column in references(cls) if column.info["owner"])


def _about(rows: Touched, owners: dict[uuid.UUID, uuid.UUID | None]) -> uuid.UUID | None:
    claims = [record for record, kind in rows.items() if kind == Claim.__tablename__]
    roots = {_root(record, owners) for record in claims or rows}
    (root, *others) = roots
    is_file = rows.get(root) == CaseFile.__tablename__
    return None if others or is_file else root


def _root(record: uuid.UUID, owners: dict[uuid.UUID, uuid.UUID | None]) -> uuid.UUID:
    for _ in range(_DEPTH):
        owner = owners.get(record)
        if owner is None:
            return record
        record = owner
    return record


def _owners(session: Session, records: Touched) -> dict[uuid.UUID, tuple[uuid.UUID | None, str]]:
    """What each record is a part of, and in which table that is, where it is known; also of records that are gone."""
    found: dict[uuid.UUID, tuple[uuid.UUID | None, str]] = {}
    for kind in set(records.values()):
        cls = BY_TABLE[kind]
        ids = [record for record, table in records.items() if table == kind]
        found |= dict(_owned(session, cls, ids, _owning(cls))) if _owning(cls) else dict.fromkeys(ids, (None, ""))
    return found


def _owned(
    session: Session, cls: type[Logged], ids: list[uuid.UUID], columns: tuple[str, ...]
) -> Iterator[tuple[uuid.UUID, tuple[uuid.UUID | None, str]]]:
    table = table_of(cls)
    targets = [str(table.c[name].info["target"]) for name in columns]
    left = set(ids)
    for chunk in chunks(sorted(ids)):
        query = select(table.c.id, *(table.c[name] for name in columns)).where(table.c.id.in_(chunk))
        for record, *values in session.execute(query):
            left.discard(record)
            yield record, _first(values, targets)
    for record in left:
        stored = lineage_of(driver_connection(session.connection()), record.bytes).values(None)
        yield record, _first([typed_value(cls, name, stored.get(name)) for name in columns], targets)


def _first(values: list[object], targets: list[str]) -> tuple[uuid.UUID | None, str]:
    ends = ((value, target) for value, target in zip(values, targets, strict=True) if isinstance(value, uuid.UUID))
    owner, target = next(ends, (None, ""))
    return owner, target if target in BY_TABLE else ""
