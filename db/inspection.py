"""The close look at a file that came from elsewhere. Run as `python -m db.inspection FILE` in a process of its own.

Whatever the file holds, the answer is one list: a hostile file can crash, hang or fill the worker, and nothing else.
"""

import gc
import json
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from threading import local

from sqlalchemy import ForeignKey, Table

from db.audit import AUDITS, SHAPES, Audit
from db.audit.disagreement import any_of
from db.engine import connect
from db.errors import FileRefused
from db.header import check_header
from db.models import BY_TABLE, Base
from db.schema import expected_schema, schema_of

HOME = Path(__file__).parent.parent
"""Where a worker starts, so that it finds this package and not a `db` of the folder that the user works in."""
_START = "import gc, sys; gc.disable(); from db.inspection import main; main(*sys.argv[1:])"
"""As `python -m db.inspection`, but Python looks for no garbage while it loads, of which there is none."""
_OTHER_SCHEMA = "does not have the tables and rules of a case file"
_MEMORY = 4 << 30
_THREADS = min(os.cpu_count() or 1, 8)
_MOST = 1000
"""Findings of one question; nobody reads more."""
_CACHE = 64 << 20
"""Bytes of pages that each thread keeps: rows are looked up in the order of others, all over the file."""
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


def survey(copy: Path, name: str, *, most: int = _MOST, deadline: float | None = None) -> tuple[Finding, ...]:
    """All that a worker finds wrong with a private copy, as far as `most`.

    Raises FileRefused where the worker is lost: it crashed, ran out of memory or took longer than `deadline` seconds.
    """
    seconds = deadline or patience(copy)
    command = [sys.executable, "-c", _START, str(copy.absolute()), str(int(seconds) + 1), str(most)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=seconds, check=False, cwd=HOME)
        if answer.returncode == 0:
            return tuple(_read(json.loads(answer.stdout)))
    except subprocess.TimeoutExpired:
        raise FileRefused(
            f"{name} took longer than {seconds:.0f} seconds to check, and was given up. It was not touched."
        ) from None
    except (ValueError, TypeError, KeyError):
        pass
    raise FileRefused(f"{name} is damaged so badly that it cannot be checked. It was not touched.")


def patience(copy: Path) -> float:
    """Seconds that the work on a file may take."""
    return _PATIENCE + copy.stat().st_size / (2 << 20)


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
    with closing(connect(path, immutable=True)) as connection:
        try:
            check_schema(connection)
        except FileRefused:
            yield Finding(Check.SCHEMA, "", None, _OTHER_SCHEMA)
            return
        rows = _count_rows(connection)
    with _Bench(path) as bench:
        yield from _findings(bench, rows)


def _count_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """About how many rows each of our tables has; those without a number are small."""
    return {
        table.name: connection.execute(f"SELECT max(rowid) FROM {table.name}").fetchone()[0] or 0
        if table.dialect_options["sqlite"]["with_rowid"]
        else 0
        for table in Base.metadata.sorted_tables
    }


@dataclass(frozen=True, slots=True)
class _Question:
    rows: int
    """How many it goes through; those that take the longest are asked first."""
    ask: Callable[[sqlite3.Connection], Iterator[Finding]]


def _findings(bench: "_Bench", rows: Mapping[str, int]) -> Iterator[Finding]:
    """Each stage is asked side by side, and only of a file that passed the one before it.

    PRAGMA integrity_check of the whole file is what a quick check of the whole file and an integrity check of each
    table find together.
    """
    integrity = [_Question(rows[table], partial(_damage, f"integrity_check({table})")) for table in rows]
    damage = list(
        dict.fromkeys(bench.ask([*integrity, _Question(sum(rows.values()), partial(_damage, "quick_check"))]))
    )
    yield from damage
    if damage:
        return
    references = [_Question(rows[table.name], partial(_dangling, table)) for table in Base.metadata.sorted_tables]
    shapes = bench.ask([*_questions(SHAPES, rows), *references])
    yield from sorted(shapes, key=lambda found: found.check is Check.LOG)
    if not any(found.check is Check.LOG for found in shapes):
        yield from bench.ask(_questions(AUDITS, rows))


def _questions(audits: Sequence[Audit], rows: Mapping[str, int]) -> list[_Question]:
    """Those that Python answers are one question, asked first."""
    in_sql = [audit for audit in audits if not audit.is_python]
    in_python = [audit for audit in audits if audit.is_python]
    return [
        *(_Question(rows.get(audit.table, 0), partial(_in_words, [audit])) for audit in in_sql),
        _Question(sum(rows.values()), partial(_in_words, in_python)),
    ]


def _damage(pragma: str, connection: sqlite3.Connection) -> Iterator[Finding]:
    """What SQLite finds wrong with pages, trees, rows and indexes."""
    for (text,) in connection.execute(f"PRAGMA {pragma}"):
        for line in text.splitlines():
            if line != "ok" and not line.startswith("***"):  # a heading
                yield Finding(Check.INTEGRITY, "", None, f"is damaged: {line}")


def _dangling(table: Table, connection: sqlite3.Connection) -> Iterator[Finding]:
    """What points at nothing.

    SQLite's own check looks up what each row points at; here each value is looked up once, in the order of an index.
    Where one is missing, SQLite says which rows these are.
    """
    if not any(_points_at_nothing(connection, key) for key in table.foreign_keys):
        return
    for _, row, *_ in connection.execute(f"PRAGMA foreign_key_check({table.name})").fetchall():
        found = _id(connection, table.name, row)
        yield Finding(Check.REFERENCES, table.name, found, "points at a record that is not there")


def _points_at_nothing(connection: sqlite3.Connection, key: ForeignKey) -> bool:
    values = f"SELECT DISTINCT {key.parent.name} AS value FROM {key.parent.table.name}"
    target = f"SELECT 1 FROM {key.column.table.name} WHERE {key.column.name} = value"
    return any_of(connection, f"SELECT 1 FROM ({values}) WHERE value IS NOT NULL AND NOT EXISTS ({target})")


def _in_words(audits: Sequence[Audit], connection: sqlite3.Connection) -> Iterator[Finding]:
    for audit in audits:
        for found in audit.ask(connection):
            yield Finding(Check.LOG, found.kind, found.record, found.text)


class _Bench:
    """Asks several questions to a file at once: SQLite leaves Python's lock while it works."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._own = local()
        self._opened: list[sqlite3.Connection] = []
        self._threads = ThreadPoolExecutor(_THREADS)

    def ask(self, questions: Sequence[_Question]) -> list[Finding]:
        """The answers in the order of the questions. Raises what the first one raised that failed."""
        longest_first = sorted(range(len(questions)), key=lambda place: -questions[place].rows)
        answers = {place: self._threads.submit(self._answer, questions[place]) for place in longest_first}
        return [found for place in range(len(questions)) for found in answers[place].result()]

    def __enter__(self) -> "_Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(cancel_futures=True)
        for connection in self._opened:
            connection.close()

    def _answer(self, question: _Question) -> list[Finding]:
        if not hasattr(self._own, "connection"):
            self._own.connection = connect(self._path, immutable=True)
            self._own.connection.execute(f"PRAGMA cache_size = -{_CACHE >> 10}")
            self._opened.append(self._own.connection)
        return list(islice(question.ask(self._own.connection), _MOST))


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


def confine(seconds: int) -> None:
    """Bound the time and memory of this process, where the platform can, and let it work without a break.

    What Python looks for garbage in are millions of rows; a process that ends in seconds leaves none that matters.
    """
    gc.disable()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds * _THREADS, seconds * _THREADS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, seconds: str, most: str) -> None:
    """Examine, and answer with a JSON array of findings."""
    confine(int(seconds))
    found: list[Finding] = []
    try:
        found.extend(islice(examine(Path(path)), int(most)))
    except Exception:  # A hostile file raises anything: sqlite3.Error, UnicodeDecodeError, TypeError, MemoryError.
        found.append(Finding(Check.INTEGRITY, "", None, "is damaged"))
    print(json.dumps([asdict(finding) for finding in found], default=str))


if __name__ == "__main__":
    main(*sys.argv[1:4])
