"""Deleted records that live because a living one points at them, by whatever many steps: nothing else tells of it.

The second rule of which records live, see docs/architecture.md, "Merging".
"""

import sqlite3
from collections.abc import Iterator, Mapping

from db.lineage import Lineage, Value, lineage_of, row_of
from db.models import BY_TABLE, LOGGED
from db.triggers import references

Rows = Mapping[bytes, Mapping[str, Value] | None]


def kept_by_reference(
    connection: sqlite3.Connection, lineages: Mapping[bytes, Lineage], rows: Rows, alive: set[bytes]
) -> set[bytes]:
    """Those of some deleted records, the `alive` ones aside, that a living one points at, maybe through others."""
    candidates = lineages.keys() - alive
    pending = [target for target in _targets_of_rows(connection, candidates) if target in candidates]
    pending += [target for record in alive for target in _targets(lineages[record], rows[record])]
    kept: set[bytes] = set()
    while pending:
        record = pending.pop()
        if record in candidates and record not in kept:
            kept.add(record)
            pending.extend(_targets(lineages[record], rows[record]))
    return kept


def only_kept(connection: sqlite3.Connection) -> dict[bytes, str]:
    """The records, with their kinds, that live for no other reason."""
    doomed = connection.execute("SELECT DISTINCT record, kind FROM change WHERE op = 'D'").fetchall()
    return {
        record: kind
        for record, kind in doomed
        if row_of(connection, kind, record) is not None and not lineage_of(connection, record).is_alive()
    }


def release(connection: sqlite3.Connection, kept: Mapping[bytes, str]) -> set[bytes]:
    """Take away those of them that nothing points at any more; give the others."""
    lineages = {record: lineage_of(connection, record) for record in kept}
    rows = {record: row_of(connection, kind, record) for record, kind in kept.items()}
    staying = kept_by_reference(connection, lineages, rows, set())
    for record in kept.keys() - staying:
        connection.execute(f"DELETE FROM {kept[record]} WHERE id = ?", (record,))
    return staying


def _targets(lineage: Lineage, row: Mapping[str, Value] | None) -> list[bytes]:
    values = lineage.values(row)
    found = [values[column.name] for column in references(BY_TABLE[lineage.kind])]
    return [target for target in found if isinstance(target, bytes)]


def _targets_of_rows(connection: sqlite3.Connection, candidates: set[bytes]) -> Iterator[bytes]:
    """Which candidates the rows of records point at that are no candidates themselves."""
    connection.execute("DROP TABLE IF EXISTS temp.candidate")
    connection.execute("CREATE TEMP TABLE candidate(record BLOB PRIMARY KEY) WITHOUT ROWID")
    connection.executemany("INSERT INTO candidate VALUES(?)", ((record,) for record in candidates))
    for cls in LOGGED if candidates else ():
        for column in references(cls):
            yield from (
                target
                for (target,) in connection.execute(
                    f"""SELECT t.{column.name} FROM candidate c CROSS JOIN main.{cls.__tablename__} t
                        ON t.{column.name} = c.record WHERE t.id NOT IN (SELECT record FROM candidate)"""
                )
            )
