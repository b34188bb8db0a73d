"""What a fresh case file is, and that any other schema is told from it."""

import sqlite3

import pytest
from sqlalchemy import Column

from db.engine import connect
from db.models import ENTITIES, LOGGED, Base
from db.models.base import Key, Term
from db.schema import APPLICATION_ID, VERSION, create_schema, expected_schema, schema_of, schema_statements
from db.triggers import table_of
from tests.db.case import Case

TERMS = [
    (cls.__tablename__, column.name)
    for cls in LOGGED
    for column in table_of(cls).columns
    if isinstance(column.type, Term)
]


def test_the_file_names_its_program_and_version(case: Case) -> None:
    assert case.sql("PRAGMA application_id") == [(APPLICATION_ID,)]
    assert case.sql("PRAGMA user_version") == [(VERSION,)]
    assert APPLICATION_ID.to_bytes(4, "big") == b"Dpsy"


@pytest.mark.parametrize("table", sorted(Base.metadata.tables))
def test_every_table_is_strict(case: Case, table: str) -> None:
    listed = {name: strict for _, name, kind, _, _, strict in case.sql("PRAGMA table_list") if kind == "table"}
    assert listed[table] == 1


def test_a_column_takes_no_other_type(case: Case) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store"):
        case.sql("INSERT INTO agreement(id, title) VALUES(randomblob(16), x'00')")


@pytest.mark.parametrize("cls", LOGGED, ids=lambda cls: cls.__tablename__)
def test_every_record_and_link_has_a_row_number_and_an_id(cls: type[Base]) -> None:
    columns = cls.__table__.columns
    assert columns["pk"].primary_key
    assert columns["id"].unique
    assert not columns["id"].nullable


@pytest.mark.parametrize("length", [0, 15, 17])
def test_an_id_has_sixteen_bytes(case: Case, length: int) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="CHECK constraint failed"):
        case.sql("INSERT INTO agreement(id, title) VALUES(?, 'x')", b"\0" * length)


@pytest.mark.parametrize(("table", "column"), TERMS)
def test_the_file_itself_refuses_a_word_that_is_no_term(case: Case, table: str, column: str) -> None:
    columns = Base.metadata.tables[table].columns
    values = {item.name: any_value(item) for item in columns if not item.nullable and item.name != "pk"}
    values |= {column: "no term"}
    marks = ", ".join("?" * len(values))
    with pytest.raises(sqlite3.IntegrityError, match=f"CHECK constraint failed: {column} IN"):
        case.sql(f"INSERT INTO {table}({', '.join(values)}) VALUES({marks})", *values.values())


def any_value(column: Column[object]) -> object:
    """Something that the column takes."""
    if isinstance(column.type, Term):
        return next(iter(column.type.vocabulary)).value
    types: dict[type, object] = {str: "x", int: 1, bytes: b"\0" * 16}
    return b"\0" * 16 if isinstance(column.type, Key) else types[column.type.python_type]


def test_there_are_terms_to_refuse() -> None:
    assert ("agreement", "instrument_type") in TERMS
    assert {table for table, column in TERMS if column == "marking"} == {cls.__tablename__ for cls in ENTITIES}


def test_a_reference_to_nothing_is_refused_at_the_end_of_the_transaction(case: Case) -> None:
    with case.raw() as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO post(id, label, organization_id) VALUES(randomblob(16), 'x', randomblob(16))")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
            connection.execute("COMMIT")
        connection.rollback()
    assert case.sql("SELECT * FROM post") == []


def test_a_fresh_file_is_what_is_expected_and_sound(case: Case) -> None:
    with case.raw() as connection:
        assert schema_of(connection) == expected_schema()
    case.judge()


def test_making_it_twice_changes_nothing(case: Case) -> None:
    with case.raw() as connection:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            create_schema(connection)
        connection.rollback()
        assert schema_of(connection) == expected_schema()


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more(x)",
        "CREATE VIEW more AS SELECT * FROM agreement",
        "CREATE INDEX more ON agreement(title)",
        "CREATE TRIGGER more AFTER INSERT ON agreement BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE more USING fts5(x)",
        "ALTER TABLE agreement ADD COLUMN more TEXT",
        "ALTER TABLE agreement RENAME COLUMN summary TO more",
        "DROP TRIGGER log_agreement_update",
        "DROP INDEX change_record",
        "DROP TABLE withheld",
    ],
)
def test_any_change_of_the_schema_is_noticed(case: Case, change: str) -> None:
    with case.raw() as connection:
        connection.execute(change)
        assert schema_of(connection) != expected_schema()


def test_a_trigger_of_the_same_name_with_another_body_is_noticed(case: Case) -> None:
    with case.raw() as connection:
        connection.execute("DROP TRIGGER log_agreement_update")
        connection.execute("CREATE TRIGGER log_agreement_update AFTER UPDATE ON agreement BEGIN SELECT 1; END")
        assert schema_of(connection) != expected_schema()


def test_statistics_are_no_change(case: Case) -> None:
    with case.raw() as connection:
        connection.execute("ANALYZE")
        assert schema_of(connection) == expected_schema()


@pytest.mark.parametrize(
    ("kind", "name", "sql"),
    [
        ("trigger", "sqliteXstat1", "CREATE TRIGGER sqliteXstat1 AFTER INSERT ON tag BEGIN SELECT 1; END"),
        ("trigger", "sqlite_stat1", "CREATE TRIGGER sqlite_stat1 AFTER INSERT ON tag BEGIN SELECT 1; END"),
        ("view", "sqlite_stat4", "CREATE VIEW sqlite_stat4 AS SELECT 1"),
    ],
)
def test_nothing_hides_behind_the_names_of_statistics(case: Case, kind: str, name: str, sql: str) -> None:
    with case.raw() as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("INSERT INTO sqlite_schema VALUES(?, ?, 'tag', 0, ?)", (kind, name, sql))
        assert schema_of(connection) != expected_schema()


def test_no_trigger_needs_a_trusted_schema(case: Case) -> None:
    """JSON and full-text functions are refused under trusted_schema=OFF, which every connection of ours sets."""
    assert case.sql("PRAGMA trusted_schema") == [(0,)]
    triggers = [sql for sql in schema_statements() if sql.startswith("CREATE TRIGGER")]
    told = [sql for sql in triggers if "INSTEAD OF INSERT ON told" in sql]
    assert len(triggers) - len(told) == 4 * len(LOGGED) + 3 * len(ENTITIES)
    assert told
    assert not [sql for sql in triggers if "json" in sql.lower() or "fts" in sql.lower()]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("synchronous", 2),
        ("journal_mode", "delete"),
        ("mmap_size", 0),
    ],
)
def test_a_connection_is_set_up(case: Case, pragma: str, value: object) -> None:
    assert case.sql(f"PRAGMA {pragma}") == [(value,)]


def test_a_reader_cannot_write(case: Case) -> None:
    connection = connect(case.path)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM agreement")
    connection.close()
