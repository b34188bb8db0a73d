"""What one stretch of the log touched: which records a window must read again."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import BY_TABLE, Change, Changeset, Logged
from db.triggers import references, table_of

MOST = 500
"""Records that are told one by one; of more, a window reads everything again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was touched. `records` are the records and those that own them; None where they are too many to name."""

    kinds: frozenset[str]
    """Tables."""
    records: frozenset[uuid.UUID] | None
    label: str = ""
    entry: uuid.UUID | None = None

    def touches(self, record: uuid.UUID | None) -> bool:
        """Whether a record may look different now."""
        return self.records is None or record in self.records


def newest_change(session: Session) -> int:
    """The number of the last change that the file knows."""
    return session.scalar(select(func.max(Change.n))) or 0


def changes_since(session: Session, n: int) -> Changes:
    """What was touched after change number `n`, and the entry that did it, if it was one."""
    entry, label = _last_entry(session, n)
    kinds = frozenset(session.scalars(select(Change.kind).where(Change.n > n).distinct()))
    touched: dict[uuid.UUID, str] = {}
    for record, kind in session.execute(select(Change.record, Change.kind).where(Change.n > n).order_by(Change.n)):
        touched[record] = kind  # DISTINCT would have SQLite walk the index of all records
        if len(touched) > MOST:
            return Changes(kinds, None, label, entry)
    owners = {owner for record, kind in touched.items() for owner in _owners(session, BY_TABLE[kind], record, n)}
    return Changes(kinds, frozenset(touched) | owners, label, entry)


def _last_entry(session: Session, n: int) -> tuple[uuid.UUID | None, str]:
    query = select(Changeset.id, Changeset.label).join(Change, Change.changeset == Changeset.k).where(Change.n > n)
    entries = session.execute(query.distinct().limit(2)).all()
    return (entries[0].id, entries[0].label) if len(entries) == 1 else (None, "")


def _owners(session: Session, cls: type[Logged], record: uuid.UUID, n: int) -> Iterable[uuid.UUID]:
    """The records that a row is or was a part of; of their owners in turn, as a signatory's agreement."""
    columns = [column for column in references(cls) if column.info["owner"]]
    if not columns:
        return
    row = session.execute(select(*columns).where(table_of(cls).c.id == record)).first()
    told = select(Change.value).where(
        Change.n > n, Change.record == record, Change.op == "X", Change.field.in_([column.name for column in columns])
    )
    values = row or [uuid.UUID(bytes=value) for value in session.scalars(told) if value]
    for column, owner in zip(columns, values, strict=False):
        if owner is not None:
            yield owner
            target = column.info["target"]
            if target in BY_TABLE:
                yield from _owners(session, BY_TABLE[target], owner, n)
