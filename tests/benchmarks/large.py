"""Large case files, made through the bulk road, that the benchmarks share."""

import os
import random
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from db.engine import open_engine, open_sessions
from db.log import Editor, edit
from db.models import BY_TABLE, Agreement, CaseFile, Citation, Entity, Organization, Person, Source, Tag
from db.operations.records import add_records
from db.schema import create_schema, schema_statements
from tests.benchmarks import register

FOLDER = "DEPOSITARY_LARGE_FILES"
"""The environment variable that names the folder in which large files are kept, so that each is made once."""
BATCH = 10_000

ANALYST = Editor(uuid.UUID(int=1), "Analyst")
COLLEAGUE = Editor(uuid.UUID(int=2), "Colleague")
_WORDS = [
    "agreement",
    "memorandum",
    "between",
    "government",
    "republic",
    "concerning",
    "transfer",
    "defence",
    "equipment",
    "technology",
    "joint",
    "research",
    "development",
    "production",
    "security",
    "information",
    "logistic",
    "support",
    "training",
    "exercise",
    "mutual",
    "exchange",
]


def titles(count: int, seed: int = 1) -> list[str]:
    """Titles of the length and variety that a register has."""
    chance = random.Random(seed)
    return [" ".join(chance.choices(_WORDS, k=chance.randint(6, 18))) for _ in range(count)]


@contextmanager
def open_file(path: Path) -> Iterator[Engine]:
    """An engine that is closed afterwards."""
    engine = open_engine(path, writable=True)
    try:
        yield engine
    finally:
        engine.dispose()


def make_file(path: Path) -> list[uuid.UUID]:
    """A case file with two states; gives their ids."""
    connection = sqlite3.connect(path, isolation_level=None)
    create_schema(connection)
    connection.close()
    states = [{"name": "Japan", "iso_code": "JPN"}, {"name": "Norway", "iso_code": "NOR"}]
    with open_file(path) as engine, edit(open_sessions(engine), ANALYST, "states") as session:
        return add_records(session, Organization, states)


def rows(count: int, states: list[uuid.UUID], seed: int = 1) -> list[dict[str, object]]:
    """Agreements as an importer gives them: title, type, place, subject and two parties."""
    return [
        {
            "title": title,
            "instrument_type": "memorandum of understanding",
            "place_signed": "Tokyo",
            "subjects": ["procurement"],
            "parties": states,
        }
        for title in titles(count, seed)
    ]


def add_agreements(path: Path, count: int, states: list[uuid.UUID], editor: Editor = ANALYST, seed: int = 1) -> None:
    """Insert agreements through the bulk road."""
    with open_file(path) as engine, edit(open_sessions(engine), editor, "import") as session:
        add_records(session, Agreement, rows(count, states, seed))


def large_file(count: int) -> Path:
    """A register of that many agreements, made once per schema and kept. Copy it before writing to it."""
    folder = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "depositary-large")
    folder.mkdir(parents=True, exist_ok=True)
    schema = uuid.uuid5(uuid.NAMESPACE_OID, "".join(schema_statements())).hex[:8]
    path = folder / f"register-{count}-{schema}.casefile"
    if not path.exists():
        draft = path.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        make_register(draft, count)
        draft.replace(path)
    return path


def make_register(path: Path, count: int) -> None:
    """Write a register: the few records that others point at by the usual road, agreements as rows with their log."""
    connection = sqlite3.connect(path, isolation_level=None)
    create_schema(connection)
    connection.close()
    with open_file(path) as engine, edit(open_sessions(engine), ANALYST, "Start") as session:
        few = max(count // 50, 20)
        add_records(session, CaseFile, [{"title": "Register of defence agreements", "default_marking": "AMBER"}])
        names = [
            {"name": state["en"], "iso_code": code, "classification": "state"}
            for code, state in register.state_names().items()
        ]
        states = add_records(session, Organization, names)
        tags = add_records(session, Tag, [{"name": name} for name in ("naval", "for Thursday", "needs second source")])
        people = add_records(session, Person, list(register.officials(few)))
        sources = add_records(session, Source, list(register.sources(few)))
        citations = add_records(session, Citation, [{"source": key, "locator": "1"} for key in sources])
    made = register.Register(
        dict(zip(register.state_names(), (key.bytes for key in states), strict=True)),
        officials=[key.bytes for key in people],
        citations=[key.bytes for key in citations],
        tags=[key.bytes for key in tags],
    )
    _write_rows(path, made, count)


def _write_rows(path: Path, made: register.Register, count: int) -> None:
    """Without triggers and indexes, which come back at the end with everything that they would have kept."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("foreign_keys = OFF", "journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        connection.execute(f"PRAGMA {pragma}")
    later = connection.execute(
        """SELECT type, name, sql FROM sqlite_schema
           WHERE type IN ('trigger', 'index') AND sql IS NOT NULL ORDER BY rowid"""
    ).fetchall()
    connection.execute("BEGIN")
    for kind, name, _ in later:
        connection.execute(f"DROP {kind} {name}")
    for start in range(0, count, BATCH):
        _write_batch(connection, made.agreements(min(BATCH, count - start)), start)
    for _, _, sql in later:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


def _write_batch(connection: sqlite3.Connection, rows: register.Rows, start: int) -> None:
    """One edit: its rows, their entries in `record`, and a creation of each in the log."""
    (clock,) = connection.execute("SELECT max(hlc) + 65536000 FROM changeset").fetchone()
    number = connection.execute(
        "INSERT INTO changeset(id, author, hlc, written, label) VALUES(?, ?, ?, ?, ?)",
        (uuid.uuid4().bytes, ANALYST.id.bytes, clock, clock >> 16, f"Import of rows {start:,} and on"),
    ).lastrowid
    (first,) = connection.execute("SELECT coalesce(max(n), 0) + 1 FROM change").fetchone()
    told = first
    for table, members in rows.items():
        columns = register.COLUMNS[table]
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table}({', '.join(columns)}) VALUES({marks})", members)
        if issubclass(BY_TABLE[table], Entity):
            connection.executemany("INSERT INTO record(id, kind) VALUES(?, ?)", ((row[0], table) for row in members))
        connection.executemany(
            "INSERT INTO change(n, changeset, ord, op, kind, record) VALUES(?, ?, ?, 'I', ?, ?)",
            ((n, number, n - first, table, row[0]) for n, row in enumerate(members, told)),
        )
        told += len(members)
