"""What a merge brought and what was decided about it, read from the log: a receipt that stays in the file."""

import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import RecordNotFound
from db.fields import fields_of
from db.lineage import lineage_of, row_of
from db.log import driver_connection
from db.merging.outcome import Outcome, outcome
from db.merging.preview import Contributor, TakenBack
from db.models import BY_PLURAL, BY_TABLE, Author, Change, Changeset, Citation, Claim, Entity, Receipt, Source
from db.models.base import Duplicable
from db.queries.entry_changes import ChangeLine, ChangePage, Happening, entry_changes
from db.queries.history import moment, undone_entries

_MOST = 2_000
"""Decisions that a receipt tells one by one."""


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One merge. Kinds are plurals; `rivals` counts fields that both sides had set apart from each other."""

    id: uuid.UUID
    origin: str
    """Name of the file that was taken in."""
    revision: str
    """Its revision."""
    author: str
    """Who merged."""
    at: datetime
    contributors: tuple[Contributor, ...]
    added: dict[str, int]
    deleted: dict[str, int]
    fields: int
    """Values that were set in records that were known here."""
    rivals: int
    outcome: Outcome
    """What outlived a deletion, and what was left open."""
    taken_back: tuple[TakenBack, ...]
    """What somebody had undone, and what that took back here."""
    decision: uuid.UUID | None
    decided: tuple[ChangeLine, ...]
    """What was decided, with the reasons."""
    count: int
    """How much was decided: fields that were set, and records that came or went."""
    undone: bool

    @property
    def has_more(self) -> bool:
        """Whether more was decided than is told."""
        return self.count > len(self.decided)


def merge_receipt(session: Session, receipt: uuid.UUID) -> MergeRow:
    """All about one merge. Raises RecordNotFound."""
    row = session.scalar(select(Receipt).where(Receipt.id == receipt))
    if row is None:
        raise RecordNotFound(f"There is no merge {receipt} in this file.")
    span = {"first": row.first, "last": row.last}
    found = entry_changes(session, row.decision, limit=_MOST) if row.decision else ChangePage((), None)
    decided = _last_of_each(session, found.lines, row)
    rivals = _rivals(session, span)
    return MergeRow(
        id=row.id,
        origin=row.origin,
        revision=row.revision,
        author=session.scalar(select(Author.name).where(Author.id == row.author)) or "",
        at=moment(row.learnt),
        contributors=tuple(_contributors(session, span)),
        added=_counted(session, "I", span),
        deleted=_counted(session, "D", span),
        fields=_fields(session, span),
        rivals=len(rivals),
        outcome=outcome(session, span, _end(session, row), rivals),
        taken_back=tuple(_taken_back(session, span)),
        decision=row.decision,
        decided=decided,
        count=len(decided) if found.after is None or row.decision is None else _count(session, row.decision),
        undone=row.id in undone_entries(session),
    )


def _count(session: Session, decision: uuid.UUID) -> int:
    query = """SELECT count(*) FROM (SELECT DISTINCT x.record, x.field FROM change x
               JOIN changeset s ON s.k = x.changeset WHERE s.id = ? AND x.op <> 'X' AND x.kind <> ?)"""
    told = (decision.bytes, Author.__tablename__)
    return int(driver_connection(session.connection()).execute(query, told).fetchone()[0])


def _end(session: Session, row: Receipt) -> int:
    """The last change of a merge with what was decided about it."""
    query = select(func.max(Change.n)).join(Changeset, Changeset.k == Change.changeset)
    return max(row.last, session.scalar(query.where(Changeset.id == row.decision)) or 0)


def _last_of_each(session: Session, lines: Iterable[ChangeLine], row: Receipt) -> tuple[ChangeLine, ...]:
    """Each decision once: without what a field showed for a moment, so that the log has a change that settles it.

    Nor who decided, what a record held that went, and the sources and claims that were made to keep both values of
    a field, which are told with it.
    """
    made = _made(session, row)
    kept = set(made.values())
    lines = list(lines)
    gone = {line.record for line in lines if line.happening is Happening.DELETED}
    told: dict[tuple[uuid.UUID, str], ChangeLine] = {}
    for line in lines:
        if line.kind == Author.PLURAL or line.record in made or (line.field and line.record in gone):
            continue
        place = (line.record, line.field if _is_single(line) else f"{line.field} {len(told)}")
        before = told.pop(place, None)
        first = before.before if before else line.before
        values = (line.after, before.after if before else first, first)
        rivals = tuple(dict.fromkeys(values)) if (line.record, line.field) in kept else ()
        told[place] = replace(line, before=first, rivals=rivals)
    return tuple(told.values())


def _made(session: Session, row: Receipt) -> dict[uuid.UUID, tuple[uuid.UUID, str] | None]:
    """What was made to keep both values of a field; a claim with the record and field that it is about."""
    connection = driver_connection(session.connection())
    found = connection.execute(
        """SELECT c.record, c.kind FROM change c JOIN changeset s ON s.k = c.changeset
           WHERE s.id = ? AND c.op = 'I' AND c.kind IN (?, ?, ?)
           AND NOT EXISTS (SELECT 1 FROM change e WHERE e.record = c.record AND e.n < c.n)""",
        (row.decision and row.decision.bytes, *(cls.__tablename__ for cls in (Claim, Citation, Source))),
    ).fetchall()
    return {uuid.UUID(bytes=record): _place(connection, kind, record) for record, kind in found}


def _place(connection: sqlite3.Connection, kind: str, record: bytes) -> tuple[uuid.UUID, str] | None:
    if kind != Claim.__tablename__:
        return None
    values = lineage_of(connection, record).values(row_of(connection, kind, record))
    return uuid.UUID(bytes=bytes(values["subject_id"])), str(values["property"])  # type: ignore[arg-type]


def _is_single(line: ChangeLine) -> bool:
    """Whether a field holds one value; the members of a set are told one by one."""
    cls = BY_PLURAL.get(line.kind)
    return cls is not None and line.field in fields_of(cls) and bool(fields_of(cls)[line.field].column)


@dataclass(frozen=True, slots=True)
class Brought:
    """The records that a merge brought, by their 16 bytes, and the name of the file that they came with."""

    origin: str
    records: frozenset[bytes]


def brought(session: Session, receipt: uuid.UUID) -> Brought:
    """The records that a merge brought and that may be here already. Raises RecordNotFound."""
    row = session.scalar(select(Receipt).where(Receipt.id == receipt))
    if row is None:
        raise RecordNotFound(f"There is no merge {receipt} in this file.")
    kinds = [cls.__tablename__ for cls in BY_TABLE.values() if issubclass(cls, Duplicable)]
    found = driver_connection(session.connection()).execute(
        f"""SELECT record FROM change WHERE op = 'I' AND n BETWEEN ? AND ?
            AND kind IN ({", ".join("?" * len(kinds))})""",
        (row.first, row.last, *kinds),
    )
    return Brought(row.origin, frozenset(record for (record,) in found))


def _contributors(session: Session, span: Mapping[str, int]) -> list[Contributor]:
    rows = driver_connection(session.connection()).execute(
        f"""SELECT s.author, coalesce(a.name, ''), count(*), min(s.written), max(s.written)
            FROM {Changeset.__tablename__} s LEFT JOIN author a ON a.id = s.author
            WHERE s.k IN (SELECT changeset FROM change WHERE n BETWEEN :first AND :last)
            GROUP BY s.author ORDER BY count(*) DESC, a.name""",
        span,
    )
    return [
        Contributor(uuid.UUID(bytes=author) if author else None, name, edits, moment(since), moment(until))
        for author, name, edits, since, until in rows
    ]


def _counted(session: Session, op: str, span: Mapping[str, int]) -> dict[str, int]:
    rows = driver_connection(session.connection()).execute(
        """SELECT kind, count(DISTINCT record) FROM change WHERE op = :op AND n BETWEEN :first AND :last
           AND kind <> 'author' GROUP BY kind ORDER BY kind""",
        {"op": op, **span},
    )
    counted = {}
    for kind, count in rows:
        cls = BY_TABLE[kind]
        if issubclass(cls, Entity) and not cls.MEMBERS:
            counted[cls.PLURAL] = count
    return counted


_UNDOS = """SELECT s.k, s.id, coalesce(a.name, ''), s.label FROM changeset s LEFT JOIN author a ON a.id = s.author
WHERE s.undo_of IS NOT NULL AND s.k IN (SELECT changeset FROM change WHERE n BETWEEN :first AND :last) ORDER BY s.k"""
_LAST_DONE = """SELECT u.record, u.kind, u.field FROM change u WHERE u.changeset = :k AND u.op IN ('U', 'D')
AND EXISTS (SELECT 1 FROM change i WHERE i.record = u.record AND i.n < :first)
AND NOT EXISTS (SELECT 1 FROM change l WHERE l.record = u.record AND l.field IS u.field AND l.n > u.n AND l.n <= :last)
AND (u.op = 'D' OR NOT EXISTS (SELECT 1 FROM change l WHERE l.record = u.record AND l.changeset = :k
                               AND l.field IS NULL))"""
"""What an undo did last to records that were known here: deletions, and fields of those that stayed."""


def _taken_back(session: Session, span: Mapping[str, int]) -> Iterator[TakenBack]:
    connection = driver_connection(session.connection())
    for k, edit, who, label in connection.execute(_UNDOS, span).fetchall():
        deleted: Counter[str] = Counter()
        fields = 0
        for record, kind, field in connection.execute(_LAST_DONE, {"k": k, **span}).fetchall():
            cls = BY_TABLE[kind]
            if field:
                fields += _is_another(connection, record, field, span)
            elif issubclass(cls, Entity) and not cls.MEMBERS:
                deleted[cls.PLURAL] += not lineage_of(connection, record, span["last"]).is_alive()
        if +deleted or fields:
            yield TakenBack(uuid.UUID(bytes=edit), who, label, dict(+deleted), fields)


def _is_another(connection: sqlite3.Connection, record: bytes, field: str, span: Mapping[str, int]) -> bool:
    """Whether a field showed another value after a merge than before it."""
    whole = lineage_of(connection, record)
    before, after = (lineage_of(connection, record, known) for known in (span["first"] - 1, span["last"]))
    return before.values(None, later=whole)[field] != after.values(None, later=whole)[field]


def _fields(session: Session, span: Mapping[str, int]) -> int:
    query = """SELECT count(*) FROM (SELECT DISTINCT u.record, u.field FROM change u
               WHERE u.op = 'U' AND u.n BETWEEN :first AND :last
               AND EXISTS (SELECT 1 FROM change i WHERE i.record = u.record AND i.n < :first))"""
    return int(driver_connection(session.connection()).execute(query, span).fetchone()[0])


def _rivals(session: Session, span: Mapping[str, int]) -> list[tuple[bytes, str]]:
    """Fields that had a current value before, which none of what was brought knew."""
    unknown = """NOT EXISTS (SELECT 1 FROM change v WHERE v.record = m.record AND v.field = m.field AND v.op = 'U'
                             AND v.n <= :last AND v.parent = m.n)
                 AND NOT EXISTS (SELECT 1 FROM change_parent p JOIN change v ON v.n = p.n
                                 WHERE p.parent = m.n AND v.op = 'U' AND v.n <= :last)"""
    query = f"""SELECT DISTINCT u.record, u.field FROM change u
                JOIN change m ON m.record = u.record AND m.field = u.field AND m.op = 'U' AND m.n < :first
                WHERE u.op = 'U' AND u.n BETWEEN :first AND :last AND m.value IS NOT u.value AND {unknown}
                ORDER BY u.record, u.field"""
    return driver_connection(session.connection()).execute(query, span).fetchall()
