"""Bringing back records that a merge took away, and taking away records that it brought."""

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.errors import RecordInUse
from db.lineage import Value, insert_row, lineage_of, row_of
from db.log import driver_connection
from db.models import BY_TABLE, LOGGED
from db.queries.subjects import wholes
from db.queries.titles import titles
from db.triggers import references

Kinds = Mapping[uuid.UUID, str]
"""Tables by record."""


def bring_back(session: Session, records: Kinds, base: int) -> None:
    """Write records as they were when change number `base` was the last known, with all that they point at.

    What was not known then, a part that the others added and took away again, is as it was last.
    """
    connection = driver_connection(session.connection())
    pending = {record.bytes: kind for record, kind in records.items()}
    while pending:
        record, kind = pending.popitem()
        if row_of(connection, kind, record) is None:
            whole, then = lineage_of(connection, record), lineage_of(connection, record, base)
            values = (then if then.nodes else whole).values(None, later=whole)
            insert_row(connection, kind, record, values)
            pending |= _missing_targets(connection, kind, values)


def lost_parts(connection: sqlite3.Connection, survivors: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What belonged to records that outlived a deletion, and went with them in the same edit: they are no less whole.

    What somebody deleted by an edit of its own stays deleted.
    """
    found: dict[bytes, str] = {}
    pending = [survivor.bytes for survivor in survivors]
    while pending:
        owner = pending.pop()
        for part, kind in connection.execute(_GONE_WITH, (owner,)).fetchall():
            if part not in found and _belongs(connection, kind, part, owner):
                found[part] = kind
                pending.append(part)
    return {uuid.UUID(bytes=part): kind for part, kind in found.items()}


_GONE_WITH = """SELECT d.record, d.kind FROM change o JOIN change d ON d.changeset = o.changeset AND d.op = 'D'
WHERE o.record = ?1 AND o.op = 'D' AND d.record <> ?1
GROUP BY d.record HAVING max(d.n) = (SELECT max(n) FROM change l WHERE l.record = d.record AND l.field IS NULL)"""
"""What was deleted in the edits that deleted a record, and has not come back or gone again since."""


def _belongs(connection: sqlite3.Connection, kind: str, part: bytes, owner: bytes) -> bool:
    """Whether a deleted record is a part of another one."""
    columns = [column.name for column in references(BY_TABLE[kind]) if column.info["owner"]]
    if not columns or row_of(connection, kind, part) is not None:
        return False
    values = lineage_of(connection, part).values(None)
    return any(values[column] == owner for column in columns)


def _missing_targets(connection: sqlite3.Connection, kind: str, values: Mapping[str, Value]) -> dict[bytes, str]:
    targets = {values[column.name] for column in references(BY_TABLE[kind])} - {None}
    found: dict[bytes, str] = {}
    for target in targets:
        if not connection.execute("SELECT 1 FROM record WHERE id = ?", (target,)).fetchone():
            (table,) = connection.execute("SELECT kind FROM change WHERE record = ? LIMIT 1", (target,)).fetchone()
            assert isinstance(target, bytes)
            found[target] = table
    return found


@dataclass(frozen=True, slots=True)
class Use:
    """That a row points at a record that is to go."""

    record: uuid.UUID
    user: uuid.UUID
    kind: str
    """The user's table."""
    column: str


def take_away(session: Session, records: Kinds) -> None:
    """Delete records with all that belongs to them. Raises RecordInUse where something that stays needs one."""
    if not records:
        return
    connection = driver_connection(session.connection())
    _refuse_if_used(session, uses_of(connection, records))
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM doomed").fetchall():
        connection.execute(f"DELETE FROM {kind} WHERE id IN (SELECT record FROM doomed WHERE kind = ?)", (kind,))


def uses_of(connection: sqlite3.Connection, records: Kinds) -> list[Use]:
    """What would still point at records that go with all that belongs to them; `temp.doomed` has all of these then."""
    connection.execute("DROP TABLE IF EXISTS temp.doomed")
    connection.execute("CREATE TEMP TABLE doomed(record BLOB PRIMARY KEY, kind TEXT, fresh INTEGER) WITHOUT ROWID")
    _doom(connection, ((record.bytes, kind) for record, kind in records.items()))
    _doom_parts(connection)
    return list(_uses(connection))


def _doom(connection: sqlite3.Connection, rows: Iterable[tuple[bytes, str]]) -> None:
    connection.executemany("INSERT OR IGNORE INTO doomed VALUES(?, ?, 1)", rows)


def _doom_parts(connection: sqlite3.Connection) -> None:
    while connection.execute("SELECT 1 FROM doomed WHERE fresh").fetchone():
        found: list[tuple[bytes, str]] = []
        for kind, column, owner in _references():
            if owner:
                rows = connection.execute(
                    f"SELECT t.id FROM doomed d CROSS JOIN {kind} t ON t.{column} = d.record WHERE d.fresh"
                )
                found += ((row, kind) for (row,) in rows)
        connection.execute("UPDATE doomed SET fresh = 0")
        _doom(connection, found)


def _uses(connection: sqlite3.Connection) -> Iterable[Use]:
    """What points at a doomed record and is none itself."""
    for kind, column, _ in _references():
        for record, user in connection.execute(
            f"""SELECT d.record, t.id FROM doomed d CROSS JOIN {kind} t ON t.{column} = d.record
                WHERE t.id NOT IN (SELECT record FROM doomed)"""
        ):
            yield Use(uuid.UUID(bytes=record), uuid.UUID(bytes=user), kind, column)


def _references() -> Iterable[tuple[str, str, bool]]:
    return ((cls.__tablename__, column.name, column.info["owner"]) for cls in LOGGED for column in references(cls))


def _refuse_if_used(session: Session, uses: Collection[Use]) -> None:
    if uses:
        found = titles(session, set(wholes(session, {use.user: use.kind for use in uses}).values()))
        gone = titles(session, {use.record for use in uses})
        users = "; ".join(sorted(found.values())[:3]) or "a member of a set"
        needed = "; ".join(sorted(gone.values())[:3])
        words = f"What was declined ({needed}) is needed by what stays: {users}. Nothing was merged."
        raise RecordInUse(words, found)
