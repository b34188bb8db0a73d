"""One open case file in a test's folder, with the shortest words for what a test does to it."""

import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from db.engine import open_engine, open_sessions
from db.log import Editor, driver_connection, edit
from db.merging.decisions import Decision
from db.merging.union import MergeReceipt, merge
from db.models import LOGGED, Agreement, Entity, Organization, Person
from db.operations.records import add_record, delete_record, set_field
from db.queries.history import EntryRow, entries
from db.queries.records import RecordRow, record
from db.revert import revert
from db.schema import create_schema
from db.triggers import stored_fields
from tests.db.replicas import judge

P = ParamSpec("P")
T = TypeVar("T")

ANALYST = Editor(uuid.UUID(int=1), "Analyst")
COLLEAGUE = Editor(uuid.UUID(int=2), "Colleague")


@dataclass
class Case:
    """A case file that is open for writing. Each verb is one edit."""

    path: Path
    editor: Editor = ANALYST
    engine: Engine = field(init=False)
    sessions: sessionmaker[Session] = field(init=False)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.engine = open_engine(self.path, writable=True)
        self.sessions = open_sessions(self.engine)

    def close(self) -> None:
        self.engine.dispose()

    def reopen(self) -> None:
        self.close()
        self.open()

    @contextmanager
    def edit(self, label: str = "Edit", *, now: int | None = None) -> Iterator[Session]:
        with edit(self.sessions, self.editor, label, now=now) as session:
            yield session

    def add(self, cls: type[Entity], /, **values: object) -> uuid.UUID:
        with self.edit(f"Add {cls.__tablename__}") as session:
            return add_record(session, cls, values)

    def put(self, key: uuid.UUID, name: str, value: object) -> None:
        with self.edit(f"Set {name}") as session:
            set_field(session, key, name, value)

    def delete(self, key: uuid.UUID) -> int:
        with self.edit("Delete") as session:
            return delete_record(session, key)

    def undo(self, entry: uuid.UUID, *, over_later: bool = False) -> str:
        return revert(self.sessions, self.editor, entry, over_later=over_later)

    def undo_last(self) -> str:
        return self.undo(self.entries()[0].id)

    def merge(self, other: "Case", decisions: Sequence[Decision] = ()) -> MergeReceipt:
        copy = self.path.with_suffix(".incoming")
        shutil.copy(other.path, copy)
        return merge(self.engine, copy, self.editor, origin=other.path.name, decisions=decisions)

    def fork(self, editor: Editor = COLLEAGUE) -> "Case":
        """A copy of the file for somebody else."""
        path = self.path.with_name(f"{editor.name}.casefile")
        shutil.copy(self.path, path)
        return Case(path, editor)

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with self.sessions() as session:
            return query(session, *args, **kwargs)

    def record(self, key: uuid.UUID) -> RecordRow:
        return self.read(record, key)

    def value(self, key: uuid.UUID, name: str) -> object:
        return self.record(key)[name].value

    def entries(self) -> list[EntryRow]:
        return self.read(entries)

    def labels(self) -> list[str]:
        return [entry.label for entry in self.entries()]

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The driver's connection outside of any transaction, as another program would have it."""
        with self.engine.connect() as link:
            connection = driver_connection(link)
            connection.rollback()
            yield connection

    def sql(self, statement: str, *parameters: object) -> list[Any]:
        with self.raw() as connection:
            return connection.execute(statement, parameters).fetchall()

    def rows(self) -> dict[str, set[tuple[object, ...]]]:
        """Everything that the records say, without row numbers and without the log."""
        with self.raw() as connection:
            return rows_of(connection)

    def judge(self) -> None:
        """The file agrees with its log and with itself."""
        with self.raw() as connection:
            judge(connection)


def rows_of(connection: sqlite3.Connection) -> dict[str, set[tuple[object, ...]]]:
    """Every logged row and the table of records, by name."""
    kinds = {cls.__tablename__: ["id", *stored_fields(cls)] for cls in LOGGED if cls.__tablename__ != "author"}
    state: dict[str, set[tuple[object, ...]]] = {
        kind: set(connection.execute(f"SELECT {', '.join(fields)} FROM {kind}")) for kind, fields in kinds.items()
    }
    state["record"] = set(connection.execute("SELECT id, kind, marking FROM record WHERE kind <> 'author'"))
    return state


def make_empty(path: Path) -> Path:
    """A file with the schema and nothing else."""
    connection = sqlite3.connect(path, isolation_level=None)
    create_schema(connection)
    connection.close()
    return path


@dataclass(frozen=True)
class Sample:
    """The ids of a few records that most tests need."""

    japan: uuid.UUID
    norway: uuid.UUID
    minister: uuid.UUID
    agreement: uuid.UUID


def add_sample(case: Case) -> Sample:
    """Two states, a person and an agreement between the states."""
    japan = case.add(Organization, name="Japan", iso_code="JPN", classification="state")
    norway = case.add(Organization, name="Norway", iso_code="NOR", classification="state")
    minister = case.add(Person, name="Bjørn Arild Gram")
    agreement = case.add(Agreement, title="Memorandum", parties=[japan, norway], subjects=["procurement"])
    return Sample(japan, norway, minister, agreement)
