"""Values of one field that two people set apart from each other, and that nobody has chosen between yet."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.fields import FieldValue
from db.lineage import DISPLAY_ORDER
from db.log import driver_connection
from db.models import BY_TABLE, Entity
from db.queries.authorship import author_of
from db.queries.history import living_parts, typed_value
from db.queries.records import display
from db.queries.titles import titles


@dataclass(frozen=True, slots=True)
class RivalValue:
    """One of the values, who set it and when. `change` names it in this file; `who` is empty for another program."""

    change: int
    text: str
    who: str
    when: datetime
    is_shown: bool


@dataclass(frozen=True, slots=True)
class OpenRivals:
    """A field of a record, or of a part of it, with its current values; the one that is shown comes first."""

    record: uuid.UUID
    kind: str
    """Plural."""
    title: str
    name: str
    values: tuple[RivalValue, ...]


def open_rivals(session: Session, record: uuid.UUID) -> tuple[OpenRivals, ...]:
    """All open conflicts of a record and of what belongs to it."""
    if not has_rivals(session):
        return ()
    return rivals_of(session, {record, *living_parts(session, record)})


def has_rivals(session: Session) -> bool:
    """Whether the file has any conflict that is still open."""
    return driver_connection(session.connection()).execute("SELECT 1 FROM head LIMIT 1").fetchone() is not None


def rivals_of(session: Session, records: Collection[uuid.UUID]) -> tuple[OpenRivals, ...]:
    """The open conflicts of these records alone. What both set to the same value is none."""
    found: dict[tuple[uuid.UUID, str, str], list[tuple[int, FieldValue, str, datetime]]] = {}
    connection = driver_connection(session.connection())
    for record in sorted(records):
        for n, kind, column, value in connection.execute(
            f"""SELECT u.n, u.kind, u.field, u.value
                FROM head h JOIN change u ON u.n = h.n JOIN changeset s ON s.k = u.changeset
                WHERE h.record = ? ORDER BY u.field, {DISPLAY_ORDER}""",
            (record.bytes,),
        ).fetchall():
            told = (n, typed_value(BY_TABLE[kind], column, value), *author_of(connection, record.bytes, n))
            found.setdefault((record, kind, column), []).append(told)
    differing = {key: rows for key, rows in found.items() if any(row[1] != rows[0][1] for row in rows)}
    named = {row[1] for rows in differing.values() for row in rows if isinstance(row[1], uuid.UUID)}
    names = titles(session, named | {record for record, _, _ in differing})
    return tuple(
        OpenRivals(record, _plural(kind), names.get(record, ""), column.removesuffix("_id"), tuple(
            RivalValue(n, display(value, names), who, when, is_shown=place == 0)
            for place, (n, value, who, when) in enumerate(rows)
        ))
        for (record, kind, column), rows in differing.items()
    )  # fmt: skip


def _plural(kind: str) -> str:
    cls = BY_TABLE[kind]
    return cls.PLURAL if issubclass(cls, Entity) else kind
