"""The schema of a case file as SQL: how it is made, and how a file's own is compared with it."""

import sqlite3
from functools import cache

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.models import Base
from db.triggers import trigger_statements

APPLICATION_ID = int.from_bytes(b"Dpsy", "big")
VERSION = 1
_DIALECT = sqlite.dialect()
_STATISTICS = (
    ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
)
"""What ANALYZE makes, to the letter: nothing else may hide behind its names."""
_MOST = 10_000
"""Entries of a schema that are looked at: far more than ours has."""


@cache
def table_statements() -> tuple[str, ...]:
    """Every statement that makes the tables of a case file, in order."""
    return (
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {VERSION}",
        *(str(CreateTable(table).compile(dialect=_DIALECT)).strip() for table in Base.metadata.sorted_tables),
    )


@cache
def further_statements() -> tuple[str, ...]:
    """Every statement that makes what stands on the tables: indexes and triggers, in order."""
    return (
        *(
            str(CreateIndex(index).compile(dialect=_DIALECT)).strip()
            for table in Base.metadata.sorted_tables
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ),
        *trigger_statements(),
    )


@cache
def schema_statements() -> tuple[str, ...]:
    """Every statement that makes an empty case file, in order."""
    return *table_statements(), *further_statements(), "INSERT INTO context(one, mode) VALUES(1, 'external')"


def create_schema(connection: sqlite3.Connection) -> None:
    """Make an empty case file of an empty database, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in schema_statements():
        connection.execute(statement)
    connection.execute("COMMIT")


Entry = tuple[str, str, str, str | None]
"""Type, name, table and SQL of one thing in a schema."""


def schema_of(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """All that a file's schema holds, in order; statistics of ANALYZE aside."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT ?", (_MOST,))
    found = [(kind, name, table, sql) for kind, name, table, sql in rows]
    return tuple(sorted((entry for entry in found if entry not in _STATISTICS), key=str))


@cache
def expected_schema() -> tuple[Entry, ...]:
    """What `schema_of` gives for a file of this version."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create_schema(connection)
        return schema_of(connection)
    finally:
        connection.close()


if __name__ == "__main__":  # to write a version's schema down for good: `db.migrations`
    print(";\n\n".join(schema_statements()), end=";\n")
