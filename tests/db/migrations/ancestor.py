"""A version 0 that never was: without the table `reason`, and with `person.born` where there is `person.birth_date`.

Run as `python -m tests.db.migrations.ancestor OLD NEW SECONDS`, it is the worker that knows the step from there.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import db.migrations
from db.migrations.step import Row, Step
from db.migrations.worker import main
from db.schema import further_statements, table_statements

MISSING, NAME, OLD_NAME = "reason", "birth_date", "born"
NAMING = {"change": "field", "head": "field", "withheld": "field", "claim": "property"}
"""Columns that hold names of columns."""
COMMAND = ("-m", "tests.db.migrations.ancestor")


def _aged(statements: tuple[str, ...]) -> list[str]:
    without = [each for each in statements if not each.startswith(f"CREATE TABLE {MISSING} ")]
    return [each.replace(NAME, OLD_NAME).replace("user_version = 1", "user_version = 0") for each in without]


def move(table: str, row: Row) -> Iterator[tuple[str, Row]]:
    """What a row of version 0 is in version 1."""
    if table == "person":
        row[NAME] = row.pop(OLD_NAME)
    elif row[NAMING[table]] == OLD_NAME:
        row[NAMING[table]] = NAME
    yield table, row


STEP = Step(
    version=0,
    schema=";\n".join([*_aged(table_statements()), *_aged(further_statements())]),
    tables=frozenset({"person", *NAMING}),
    move=move,
)


def age(path: Path) -> bytes:
    """Make a file of the present version one of version 0, as the program of then had written it. Give its bytes."""
    older = path.with_suffix(".older")
    with closing(sqlite3.connect(older, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS present", (str(path),))
        connection.execute("BEGIN")
        for statement in _aged(table_statements()):
            connection.execute(statement)
        tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table'"
        for (table,) in connection.execute(tables).fetchall():
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM present.{table}")
            if table in NAMING:
                column = NAMING[table]
                connection.execute(f"UPDATE main.{table} SET {column} = ? WHERE {column} = ?", (OLD_NAME, NAME))
        for statement in _aged(further_statements()):
            connection.execute(statement)
        connection.execute("COMMIT")
    older.replace(path)
    return path.read_bytes()


def lay_road(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this program and its workers know the step."""
    monkeypatch.setattr("db.migrations.STEPS", (STEP,))
    monkeypatch.setattr("db.migrations.worker.COMMAND", COMMAND)


if __name__ == "__main__":
    db.migrations.STEPS = (STEP,)
    main(*sys.argv[1:4])
