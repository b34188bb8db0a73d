"""Files whose tables and rules are not ours, or not quite: none of what they hold may ever be asked."""

# ruff: noqa: E501 - a statement of SQL stands on one line

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.hostile.case import Ending, Make, copied, enter, lie, refused, sound, spoilt

CANARY = "executed-by-a-hostile-file"
"""No file of this name may ever appear."""
_ADD = "INSERT INTO sqlite_schema(type, name, tbl_name, rootpage, sql) VALUES"
_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS i FROM n"

enter(
    Ending.REFUSED,
    view=lie("CREATE VIEW extra AS SELECT 1 AS one"),
    view_that_never_ends=lie(f"CREATE VIEW extra AS {_ENDLESS}"),
    view_of_itself=lie(f"{_ADD}('view', 'extra', 'extra', 0, 'CREATE VIEW extra AS SELECT * FROM extra')", schema=True),
    view_in_place_of_a_table=lie(
        "ALTER TABLE withheld RENAME TO hidden", "CREATE VIEW withheld AS SELECT * FROM hidden"
    ),
    view_that_loads_code=lie(f"CREATE VIEW extra AS SELECT load_extension('./{CANARY}') AS x"),
    view_of_two_hundred_levels=lie(
        *(f"CREATE VIEW v{i} AS SELECT * FROM {f'v{i - 1} a, v{i - 1} b' if i else 'agreement'}" for i in range(60))
    ),
    trigger=lie("CREATE TRIGGER extra AFTER INSERT ON agreement BEGIN DELETE FROM person; END"),
    trigger_that_deletes_on_open=lie(
        "CREATE TRIGGER extra AFTER UPDATE ON context BEGIN DELETE FROM agreement; DELETE FROM change; END",
        logged=True,
    ),
    trigger_that_calls_out=lie(
        f"CREATE TRIGGER extra AFTER INSERT ON note BEGIN SELECT writefile('{CANARY}', 'x'), edit('x', 'touch {CANARY}'); END"
    ),
    trigger_that_never_ends=lie(
        f"CREATE TRIGGER extra AFTER UPDATE ON context BEGIN INSERT INTO withheld SELECT zeroblob(16), i FROM ({_ENDLESS}); END",
        logged=True,
    ),
    trigger_missing=lie("DROP TRIGGER log_agreement_update"),
    trigger_emptied=lie(
        "DROP TRIGGER log_agreement_update",
        "CREATE TRIGGER log_agreement_update AFTER UPDATE ON agreement BEGIN SELECT 1; END",
    ),
    trigger_changed_in_one_place=lie(
        "UPDATE sqlite_schema SET sql = replace(sql, '<> ''merge''', '<> ''log''') WHERE name = 'log_agreement_update'",
        schema=True,
    ),
    trigger_in_other_spacing=lie(
        "UPDATE sqlite_schema SET sql = replace(sql, char(10), ' ') WHERE name = 'log_agreement_update'", schema=True
    ),
    trigger_of_another_table=lie(
        "UPDATE sqlite_schema SET tbl_name = 'person' WHERE name = 'log_agreement_update'", schema=True
    ),
    virtual_table=lie("CREATE VIRTUAL TABLE extra USING fts5(words)"),
    virtual_table_of_a_file=lie(
        f"{_ADD}('table', 'extra', 'extra', 0, 'CREATE VIRTUAL TABLE extra USING csv(filename=''/etc/passwd'')')",
        schema=True,
    ),
    virtual_table_in_place_of_a_table=lie(
        "UPDATE sqlite_schema SET rootpage = 0, sql = 'CREATE VIRTUAL TABLE agreement USING fts5(title)'"
        " WHERE name = 'agreement' AND type = 'table'",
        schema=True,
    ),
    virtual_table_rtree=lie("CREATE VIRTUAL TABLE extra USING rtree(id, a, b)"),
    generated_column=lie("ALTER TABLE agreement ADD COLUMN extra TEXT AS (hex(zeroblob(1000000000)))"),
    generated_column_in_place_of_one=lie(
        "UPDATE sqlite_schema SET sql = replace(sql, 'place_signed TEXT', 'place_signed TEXT AS (hex(zeroblob(1000000)))')"
        " WHERE name = 'agreement' AND type = 'table'",
        schema=True,
    ),
    check_with_a_function=lie(
        "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (length(id) = 16)',"
        " 'CHECK (length(id) = 16 AND length(zeroblob(1000000000)) > 0)') WHERE name = 'agreement' AND type = 'table'",
        schema=True,
    ),
    default_with_a_function=lie("CREATE TABLE extra(a DEFAULT (load_extension('x')))"),
    index_on_a_function=lie("CREATE INDEX extra ON agreement(abs(length(title)))"),
    index_on_half_a_table=lie("CREATE INDEX extra ON agreement(title) WHERE length(title) > 3"),
    index_missing=lie("DROP INDEX change_record"),
    index_that_is_unique_no_more=lie("DROP INDEX change_name", "CREATE INDEX change_name ON change(changeset, ord)"),
    table_extra=lie("CREATE TABLE extra(a)"),
    table_that_counts=lie("CREATE TABLE extra(a INTEGER PRIMARY KEY AUTOINCREMENT)"),
    table_missing=lie("DROP TABLE dismissal"),
    table_with_another_column=lie("ALTER TABLE agreement ADD COLUMN extra TEXT"),
    table_without_a_column=lie(
        "UPDATE sqlite_schema SET sql = replace(sql, char(9) || 'place_signed TEXT, ' || char(10), '')"
        " WHERE name = 'agreement' AND type = 'table'",
        schema=True,
    ),
    table_without_strictness=lie(
        "UPDATE sqlite_schema SET sql = substr(sql, 1, length(sql) - 6) WHERE name = 'note' AND sql LIKE '%STRICT'",
        schema=True,
    ),
    table_twice=lie(
        f"{_ADD}('table', 'note', 'note', 3, (SELECT sql FROM sqlite_schema WHERE name = 'note'))", schema=True
    ),
    two_tables_on_one_page=lie(
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'organization'"
        " AND type = 'table') WHERE name = 'person' AND type = 'table'",
        schema=True,
    ),
    table_on_the_first_page=lie(
        "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'person' AND type = 'table'", schema=True
    ),
    table_on_no_page=lie(
        "UPDATE sqlite_schema SET rootpage = 99999999 WHERE name = 'person' AND type = 'table'", schema=True
    ),
    table_on_a_page_below_zero=lie(
        "UPDATE sqlite_schema SET rootpage = -5 WHERE name = 'person' AND type = 'table'", schema=True
    ),
    schema_without_names=lie(f"{_ADD}(NULL, NULL, NULL, NULL, NULL)", schema=True),
    schema_of_nonsense=lie(f"{_ADD}('table', 'extra', 'extra', 2, 'CREATE NONSENSE')", schema=True),
    schema_with_a_blob_for_sql=lie(f"{_ADD}('table', 'extra', 'extra', 2, x'ff00')", schema=True),
    schema_with_a_program_in_it=lie(
        f"{_ADD}('table', 'extra', 'extra', 2, 'CREATE TABLE extra(a); ATTACH ''{CANARY}'' AS b')", schema=True
    ),
    schema_of_bad_utf_8=lie(
        f"{_ADD}('view', CAST(x'ff' AS TEXT), 'extra', 0, CAST(x'435245415445205649455720ff' AS TEXT))", schema=True
    ),
    statistics_with_another_column=lie(
        "ANALYZE",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat,x)' WHERE name = 'sqlite_stat1'",
        schema=True,
    ),
)


@refused
def fifty_thousand_tables(case: Path, folder: Path) -> None:
    with spoilt(case, folder, schema=True) as connection:
        rows = ((f"t{i}", f"t{i}", f"CREATE VIEW t{i} AS SELECT {i}") for i in range(50_000))
        connection.executemany(f"{_ADD}('view', ?, ?, 0, ?)", rows)


@refused
def schema_of_fifty_megabytes(case: Path, folder: Path) -> None:
    with spoilt(case, folder, schema=True) as connection:
        words = "CREATE VIEW extra AS SELECT '" + "x" * 50_000_000 + "'"
        connection.execute(f"{_ADD}('view', 'extra', 'extra', 0, ?)", (words,))


@refused
def schema_nested_a_hundred_thousand_deep(case: Path, folder: Path) -> None:
    with spoilt(case, folder, schema=True) as connection:
        words = f"CREATE VIEW extra AS SELECT {'(' * 100_000}1{')' * 100_000}"
        connection.execute(f"{_ADD}('view', 'extra', 'extra', 0, ?)", (words,))


@sound
def statistics(case: Path, folder: Path) -> None:
    """ANALYZE by another program is no fault."""
    with closing(sqlite3.connect(copied(case, folder), isolation_level=None)) as connection:
        connection.execute("ANALYZE")


def _statistics(*statements: str) -> Make:
    return lie("ANALYZE", *statements)


enter(
    Ending.REFUSED,
    statistics_of_an_unknown_table=_statistics("INSERT INTO sqlite_stat1 VALUES('nothing', 'nothing', '1 1')"),
    statistics_that_are_no_numbers=_statistics("UPDATE sqlite_stat1 SET stat = '99999999999999999999 -1 sz=x <b>'"),
    statistics_of_another_type=_statistics("UPDATE sqlite_stat1 SET stat = zeroblob(1000000)"),
    statistics_of_bad_utf_8=_statistics("UPDATE sqlite_stat1 SET stat = CAST(x'31ff' AS TEXT)"),
    statistics_a_million_long=_statistics("UPDATE sqlite_stat1 SET stat = replace(hex(zeroblob(500000)), '00', '1 ')"),
)


def _vacuumed(*pragmas: str) -> Make:
    def make(case: Path, folder: Path) -> None:
        with closing(sqlite3.connect(copied(case, folder), isolation_level=None)) as connection:
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("VACUUM")

    return make


enter(
    Ending.SOUND,
    vacuumed=_vacuumed(),
    auto_vacuum_full=_vacuumed("auto_vacuum = FULL"),
    auto_vacuum_incremental=_vacuumed("auto_vacuum = INCREMENTAL"),
    pages_of_512_bytes=_vacuumed("page_size = 512"),
    pages_of_65536_bytes=_vacuumed("page_size = 65536"),
    free_pages=lie(
        "INSERT INTO note(id, text, visibility) SELECT randomblob(16), hex(zeroblob(300000)), 'internal'",
        "DELETE FROM record WHERE id IN (SELECT id FROM note WHERE length(text) > 500000)",
        "DELETE FROM note WHERE length(text) > 500000",
    ),
)


@refused
def texts_in_utf_16(case: Path, folder: Path) -> None:
    path = folder / "hostile.casefile"
    with closing(sqlite3.connect(path, isolation_level=None)) as target, closing(sqlite3.connect(case)) as source:
        target.execute("PRAGMA encoding = 'UTF-16le'")
        target.execute("PRAGMA application_id = 0x44707379")
        target.execute("PRAGMA user_version = 1")
        target.execute("BEGIN")
        for (statement,) in source.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"):
            target.execute(statement)
        target.execute("COMMIT")
