"""The close look at a file that came from elsewhere. Run as `python -m db.inspection FILE` in a process of its own.

Whatever the file holds, the answer is one list: a hostile file can crash, hang or fill the worker, and nothing else.
"""

import json
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from db.audit import disagreements
from db.engine import connect
from db.errors import FileRefused
from db.header import check_header
from db.models import BY_TABLE
from db.schema import expected_schema, schema_of

_HOME = Path(__file__).parent.parent
"""Where the worker starts, so that it finds this package and not a `db` of the folder that the user works in."""
_OTHER_SCHEMA = "does not have the tables and rules of a case file"
_MEMORY = 4 << 30
_PATIENCE = 30.0
"""Seconds that any file may take; a large one gets a second more per two megabytes."""


class Check(StrEnum):
    """What a file is asked, in this order; a file that fails one of the first two is asked no more."""

    SCHEMA = "schema"
    INTEGRITY = "integrity"
    REFERENCES = "references"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a file. `kind` and `record` are empty where the file as a whole is meant."""

    check: Check
    kind: str
    record: uuid.UUID | None
    text: str


def inspect(copy: Path, name: str, *, deadline: float | None = None) -> None:
    """Have a private copy inspected by a worker. Raises FileRefused with the worker's words, or ours if it is lost."""
    found = survey(copy, name, most=1, deadline=deadline)
    if found:
        raise FileRefused(f"{name} {_sentence(found[0])} It was not touched.")


def survey(copy: Path, name: str, *, most: int = 1000, deadline: float | None = None) -> tuple[Finding, ...]:
    """All that a worker finds wrong with a private copy, as far as `most`.

    Raises FileRefused where the worker is lost: it crashed, ran out of memory or took longer than `deadline` seconds.
    """
    seconds = deadline or _PATIENCE + copy.stat().st_size / (2 << 20)
    command = [sys.executable, "-m", "db.inspection", str(copy.absolute()), str(int(seconds) + 1), str(most)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=seconds, check=False, cwd=_HOME)
        if answer.returncode == 0:
            return tuple(_read(json.loads(answer.stdout)))
    except subprocess.TimeoutExpired:
        raise FileRefused(
            f"{name} took longer than {seconds:.0f} seconds to check, and was given up. It was not touched."
        ) from None
    except (ValueError, TypeError, KeyError):
        pass
    raise FileRefused(f"{name} is damaged so badly that it cannot be checked. It was not touched.")


def _read(answer: Sequence[Mapping[str, str]]) -> Iterator[Finding]:
    for found in answer:
        record = uuid.UUID(found["record"]) if found["record"] else None
        yield Finding(Check(found["check"]), found["kind"], record, found["text"])


def _sentence(finding: Finding) -> str:
    about = f" {finding.record}" if finding.record else ""
    if finding.check is Check.LOG:
        return f"contradicts itself: {finding.kind}{about} {finding.text}."
    if finding.check is Check.REFERENCES:
        return f"is damaged: {finding.kind}{about} {finding.text}."
    return f"{finding.text}."


def examine(path: Path) -> Iterator[Finding]:
    """What is wrong with a private copy: schema, integrity, content. Raises whatever a hostile file provokes."""
    check_header(path)
    connection = connect(path, immutable=True)
    try:
        yield from _findings(connection)
    finally:
        connection.close()


def _findings(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        check_schema(connection)
    except FileRefused:
        yield Finding(Check.SCHEMA, "", None, _OTHER_SCHEMA)
        return
    damage = [text for (text,) in connection.execute("PRAGMA integrity_check")]
    if damage != ["ok"]:
        yield from (Finding(Check.INTEGRITY, "", None, f"is damaged: {text}") for text in damage)
        return
    for table, row, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield Finding(Check.REFERENCES, table, _id(connection, table, row), "points at a record that is not there")
    for found in disagreements(connection):
        yield Finding(Check.LOG, found.kind, found.record, found.text)


def _id(connection: sqlite3.Connection, table: str, row: int | None) -> uuid.UUID | None:
    """The id of a row of a table that has one."""
    if table not in BY_TABLE or row is None:
        return None
    (key,) = connection.execute(f"SELECT id FROM {table} WHERE rowid = ?", (row,)).fetchone()
    return uuid.UUID(bytes=key)


def check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables, indexes and triggers are not exactly those of its version."""
    if schema_of(connection) != expected_schema():
        raise FileRefused(f"It {_OTHER_SCHEMA}.")


def _limit(seconds: int) -> None:
    """Bound this process where the platform can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, seconds: str, most: str) -> None:
    """Examine, and answer with a JSON array of findings."""
    _limit(int(seconds))
    found: list[Finding] = []
    try:
        found.extend(islice(examine(Path(path)), int(most)))
    except Exception:  # A hostile file raises anything: sqlite3.Error, UnicodeDecodeError, TypeError, MemoryError.
        found.append(Finding(Check.INTEGRITY, "", None, "is damaged"))
    print(json.dumps([asdict(finding) for finding in found], default=str))


if __name__ == "__main__":
    main(*sys.argv[1:4])
