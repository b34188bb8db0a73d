"""The sound case file of which the hostile ones are made, and the tools to make them with."""

import hashlib
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from sqlalchemy.orm import Session

from db.identity import new_id
from db.importers.records import load_records
from db.log import Editor, edit
from db.models import Agreement, Attachment, Content, Note, Person
from db.opening import Founding, close_case, create_case, open_case
from db.operations.contents import add_content
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import list_records
from db.trust import Trust
from desktop.workspace import Workspace

HER = Editor(uuid.UUID(int=7), "Colleague")
HIM = Editor(uuid.UUID(int=8), "Other colleague")
DOCUMENT: dict[str, object] = {
    "case_file": {"default_marking": "AMBER"},
    "organizations": [
        {"key": "JPN", "name": "Japan", "iso_code": "JPN", "classification": "state"},
        {"key": "NOR", "name": "Norway", "iso_code": "NOR", "classification": "state"},
        {"key": "mod", "name": "Ministry of Defence", "parent": "JPN"},
        {"key": "bureau", "name": "Bureau", "parent": "mod"},
    ],
    "posts": [{"key": "minister", "label": "Minister", "organization": "mod"}],
    "officials": [
        {"key": "kihara", "name": "Minoru Kihara", "birth_date": "1969-08-12"},
        {"key": "gram", "name": "Bjørn Arild Gram"},
    ],
    "memberships": [{"key": "m", "person": "kihara", "post": "minister", "start_date": "2023-09-13"}],
    "sources": [
        {"key": "readout", "title": "Readout", "issued": "2024-09-03", "url": "https://example.org/readout"},
        {"key": "paper", "title": "Newspaper report", "reliability": "C"},
    ],
    "citations": [
        {"key": "c1", "source": "readout", "locator": "1", "quotation": "木原 稔 signed"},
        {"key": "c2", "source": "paper", "relays": "readout"},
    ],
    "agreements": [
        {"key": "mou", "title": "Memorandum", "instrument_type": "memorandum of understanding",
         "parties": ["JPN", "NOR"], "subjects": ["procurement"], "renewal_years": 5},
        {"key": "second", "title": "Second memorandum", "parties": ["JPN", "NOR"]},
    ],
}  # fmt: skip


class Ending(StrEnum):
    """How a file must end, whatever is asked of it."""

    REFUSED = "refused"
    SOUND = "sound"
    EITHER = "either"


Make = Callable[[Path, Path], Path | None]
"""From a sound case file and a folder of its own to the hostile file: `folder/hostile.casefile`, or where it says."""


@dataclass(frozen=True, slots=True)
class Crafted:
    """One hostile file: its name, how it is made, and how it must end."""

    name: str
    make: Make
    ending: Ending


CORPUS: dict[str, Crafted] = {}


def hostile(ending: Ending) -> Callable[[Make], Make]:
    """Take a function into the corpus under its own name."""

    def enter(make: Make) -> Make:
        name = make.__name__.strip("_").replace("_", "-")
        assert name not in CORPUS, name
        CORPUS[name] = Crafted(name, make, ending)
        return make

    return enter


refused = hostile(Ending.REFUSED)
sound = hostile(Ending.SOUND)
either = hostile(Ending.EITHER)


def make_case(path: Path) -> Path:
    """A case file with something of everything: edits of two people, a conflict, a deletion, an attachment."""
    trust = Trust(path.parent / f"{path.stem}-trust")
    founding = Founding("Found", partial(load_records, document=DOCUMENT))
    create_case(path, trust, HER, {"title": "Case"}, founding=founding)
    for label, operation in (("Edit", _edit), ("Attach", _attach), ("Delete", _delete)):
        case = open_case(path, trust, writable=True)
        with edit(case.sessions, HER, label) as session:
            operation(session)
        close_case(case)
    _disagree(path, trust)
    return path


def _disagree(path: Path, trust: Trust) -> None:
    """Two people set one field apart from each other, and one takes in what the other did."""
    other = copied(path, path.parent, f"{path.stem}-other.casefile")
    for each, editor in ((path, HER), (other, HIM)):
        with Workspace.open(each, trust, editor, writable=True) as workspace:
            second = workspace.read(list_records, Agreement)[1]
            workspace.write("Set title", set_field, second.id, "title", f"As {editor.name} says")
    with Workspace.open(path, trust, HER, writable=True) as workspace:
        workspace.merge(other)
    other.unlink()


def _edit(session: Session) -> None:
    first = list_records(session, Agreement)[0]
    set_field(session, first.id, "title", "Memorandum on equipment")
    set_field(session, first.id, "summary", "x" * 9000)
    add_record(session, Note, {"text": "Look at this", "concerns": [first.id]})


def _attach(session: Session) -> None:
    kept = add_content(session, b"%PDF-1.4 nothing", "a.pdf")
    values = {"filename": "a.pdf", "media_type": kept.media_type, "size": kept.size, "sha256": kept.sha256}
    add_record(session, Attachment, {"record": list_records(session, Agreement)[0].id, **values})


def _delete(session: Session) -> None:
    gone = add_record(session, Person, {"name": "Gone"})
    session.flush()
    delete_record(session, gone)


def copied(case: Path, folder: Path, name: str = "hostile.casefile") -> Path:
    """A copy of the sound file, to be spoilt."""
    path = folder / name
    path.write_bytes(case.read_bytes())
    return path


@contextmanager
def spoilt(case: Path, folder: Path, *, logged: bool = False, schema: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection to a copy, with nothing to keep it from lying: no keys, and no log unless it is wanted."""
    path = copied(case, folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA writable_schema = {int(schema)}")
        connection.execute("BEGIN")
        silent = not logged and not schema
        if silent:
            connection.execute("UPDATE context SET mode = 'merge'")
        yield connection
        if silent:
            connection.execute("UPDATE context SET mode = 'external' WHERE mode = 'merge'")
        connection.execute("COMMIT")


def lie(*statements: str, logged: bool = False, schema: bool = False) -> Make:
    """A file about which these statements were told."""

    def make(case: Path, folder: Path) -> None:
        with spoilt(case, folder, logged=logged, schema=schema) as connection:
            for statement in statements:
                connection.execute(statement)

    return make


def enter(ending: Ending, **makes: Make) -> None:
    """Take files into the corpus that are said in one expression."""
    for name, make in makes.items():
        assert name.replace("_", "-") not in CORPUS, name
        CORPUS[name.replace("_", "-")] = Crafted(name.replace("_", "-"), make, ending)


def ids_of(connection: sqlite3.Connection, table: str) -> list[bytes]:
    """The ids of a table's rows, in their order."""
    return [key for (key,) in connection.execute(f"SELECT id FROM {table} ORDER BY pk")]


def create(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, object]]) -> list[bytes]:
    """Rows as our own program writes them, with their log: nothing of this can be told from an honest file."""
    (changeset,) = connection.execute("SELECT max(k) FROM changeset").fetchone()
    (n,) = connection.execute("SELECT max(n) FROM change").fetchone()
    (ordinal,) = connection.execute("SELECT max(ord) FROM change WHERE changeset = ?", (changeset,)).fetchone()
    ids: list[bytes] = []
    for number, row in enumerate(rows, 1):
        key = row.get("id") or new_id().bytes
        assert isinstance(key, bytes)
        values = {**row, "id": key}
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT INTO {table}({', '.join(values)}) VALUES({marks})", tuple(values.values()))
        connection.execute(
            "INSERT INTO change(n, changeset, ord, op, kind, record) VALUES(?, ?, ?, 'I', ?, ?)",
            (n + number, changeset, ordinal + number, table, key),
        )
        ids.append(key)
    return ids


def keep(connection: sqlite3.Connection, data: bytes) -> bytes:
    """Bytes under their own name."""
    digest = hashlib.sha256(data).digest()
    connection.execute(f"INSERT OR IGNORE INTO {Content.__tablename__}(sha256, data) VALUES(?, ?)", (digest, data))
    return digest
