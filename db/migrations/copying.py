"""A fresh file at the present schema with the rows of an older one."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from db.engine import connect
from db.errors import FileRefused
from db.migrations import steps_from
from db.migrations.step import Row, Step
from db.schema import further_statements, schema_of, table_statements

Moved = tuple[str, Row]
"""A row, and the table that it belongs to."""


def migrate(old_file: Path, new_file: Path) -> None:
    """Make a fresh file of an older one, which is only read; call it for a private copy that nobody else writes.

    Raises FileRefused where the schema is not its version's, and whatever a hostile file provokes. What is made is
    whole only where this returns, and may still be wrong in all ways that an inspection finds.
    """
    with (
        closing(connect(old_file, immutable=True)) as old,
        closing(sqlite3.connect(new_file, isolation_level=None)) as new,
    ):
        steps = steps_from(*old.execute("PRAGMA user_version").fetchone())
        if not steps or schema_of(old) != steps[0].expected_schema():
            raise FileRefused("does not have the tables and rules of a case file")
        new.execute("PRAGMA journal_mode = OFF")  # nobody but us knows it yet: after a crash it is thrown away
        new.execute("PRAGMA synchronous = OFF")
        new.execute("BEGIN")
        _run(new, table_statements())
        for table in _tables(old):
            _copy(old, new, table, steps)
        _run(new, further_statements())  # now, so that no trigger tells of the copy, and indexes are made at once
        new.execute("COMMIT")


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement)


def _tables(old: sqlite3.Connection) -> list[str]:
    """All tables but SQLite's own; the schema was compared, so that their names are known."""
    return [name for kind, name, *_ in schema_of(old) if kind == "table" and not name.startswith("sqlite_")]


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, steps: Sequence[Step]) -> None:
    rows = old.execute(f"SELECT * FROM {table}")
    names = [name for name, *_ in rows.description]
    if not any(table in step.tables for step in steps):
        new.executemany(_insertion(table, names), rows)
        return
    for values in rows:
        for target, row in _moved(table, dict(zip(names, values, strict=True)), steps):
            new.execute(_insertion(target, list(row)), list(row.values()))


def _moved(table: str, row: Row, steps: Sequence[Step]) -> Iterator[Moved]:
    """What a row becomes at the end of the road: each step takes what the one before it gave."""
    if not steps:
        yield table, row
        return
    step, *further = steps
    for target, changed in step.move(table, row) if table in step.tables else ((table, row),):
        yield from _moved(target, changed, further)


def _insertion(table: str, names: Sequence[str]) -> str:
    return f"INSERT INTO {table}({', '.join(names)}) VALUES({', '.join('?' * len(names))})"
