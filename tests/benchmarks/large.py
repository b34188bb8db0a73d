"""Large case files, made through the bulk road, that the benchmarks share."""

import random
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from db.engine import open_engine, open_sessions
from db.log import Editor, edit
from db.models import Agreement, Organization
from db.operations.records import add_records
from db.schema import create_schema

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
