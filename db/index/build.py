"""Making the side index and keeping it up, in steps that are each one short read of the case file and one transaction.

Between any two steps everything may stop, or another process may go on: where the work stands is written in the index.
"""

import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from db.index.documents import KINDS, Document, documents_between, documents_of, is_owner, parts_of
from db.index.location import IndexLost, IndexNotWritten, discard, faults_told, open_index
from db.log import driver_connection
from db.opening import read_again
from db.queries.titles import CHUNK

STEP = 1_000
"""Rows that one step reads at most: some milliseconds."""
_DONE = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the index is: records read of all there are. It can be searched once `is_ready`.

    `is_current`: it has seen the file's last change.
    """

    done: int = 0
    total: int = 0
    is_ready: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Where the work stands. `kind` is the table that is being read, behind its row `after`; empty when all are read.

    `n` is the last change seen and `changeset` the id of its edit: together they say that the index is of this file.
    """

    changeset: bytes | None
    n: int
    kind: str
    after: int
    done: int
    total: int

    @property
    def progress(self) -> Progress:
        """The same for people, before it is known whether there are newer changes."""
        return Progress(min(self.done, self.total), self.total, is_ready=self.kind == _DONE)


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step found: the documents to write, and the records that have none any more."""

    state: State
    documents: tuple[Document, ...] = ()
    touched: frozenset[bytes] = frozenset()


def advance(session: Session, path: Path, seconds: float = 0.0) -> Progress:
    """One step towards an index that has seen every change of the file, or as many as fit into some time.

    It begins anew where it must. Ends the session's transaction after each step, so that nobody waits for it.
    Raises IndexNotWritten.
    """
    try:
        return _advance(session, path, seconds)
    except IndexLost:
        discard(path)
    try:
        return _advance(session, path, seconds)
    except IndexLost as error:
        raise IndexNotWritten(
            f"The search index cannot be made anew: {error} The case file was not touched."
        ) from error


def advance_beside(case: Path, path: Path, seconds: float) -> Progress:
    """The same for a file that this program has open, in another process of it. Raises IndexNotWritten."""
    with read_again(case) as session:
        return advance(session, path, seconds)


def _advance(session: Session, path: Path, seconds: float) -> Progress:
    end = time.monotonic() + seconds
    with open_index(path, writable=True) as index:
        progress = _step(session, index)
        while not progress.is_current and time.monotonic() < end:
            progress = _step(session, index)
    return progress


def _step(session: Session, index: sqlite3.Connection) -> Progress:
    with faults_told():
        known = read_state(index)
    connection = driver_connection(session.connection())
    try:
        newest = _newest(connection)
        if known is not None and not is_of(connection, known):
            raise IndexLost("It is of another copy of the file.")
        found = _next(connection, known, newest)
    finally:
        session.rollback()
    if found is None:
        assert known is not None
        return replace(known.progress, is_current=True)
    with faults_told():
        _write(index, known, found)
    current = found.state.kind == _DONE and found.state.n >= newest
    return replace(found.state.progress, is_current=current)


def read_state(index: sqlite3.Connection) -> State | None:
    """Where the work stands; None where it has not begun."""
    row = index.execute("SELECT changeset, n, kind, after, done, total FROM state").fetchone()
    return State(*row) if row else None


def is_of(connection: sqlite3.Connection, state: State) -> bool:
    """Whether an index in this state was made of this very file: the last change that it saw is there."""
    return state.changeset == _changeset(connection, state.n)


def _changeset(connection: sqlite3.Connection, n: int) -> bytes | None:
    query = "SELECT s.id FROM change c JOIN changeset s ON s.k = c.changeset WHERE c.n = ?"
    found = connection.execute(query, (n,)).fetchone()
    return found[0] if found else None


def _newest(connection: sqlite3.Connection) -> int:
    newest: int = connection.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()[0]
    return newest


def _next(connection: sqlite3.Connection, state: State | None, newest: int) -> _Step | None:
    if state is None:
        total = connection.execute("SELECT count(*) FROM record").fetchone()[0]
        return _Step(State(_changeset(connection, newest), newest, KINDS[0], 0, 0, total))
    if state.kind != _DONE:
        return _read_kinds(connection, state)
    return _read_log(connection, state) if state.n < newest else None


def _read_kinds(connection: sqlite3.Connection, state: State) -> _Step:
    """The next records: of the kind that is being read and, where few are left, of those after it."""
    documents: list[Document] = []
    room = STEP
    while room and state.kind != _DONE:
        query = f"SELECT pk FROM {state.kind} WHERE pk > ? ORDER BY pk LIMIT ?"
        rows = connection.execute(query, (state.after, room)).fetchall()
        if rows:
            documents += documents_between(connection, state.kind, state.after, rows[-1][0])
            state = replace(state, after=rows[-1][0], done=state.done + len(rows))
        if len(rows) < room:
            state = replace(state, kind=_FOLLOWING[state.kind], after=0)
        room -= len(rows)
    return _Step(state, tuple(documents))


_FOLLOWING = dict(zip(KINDS, (*KINDS[1:], _DONE), strict=True))


def _read_log(connection: sqlite3.Connection, state: State) -> _Step:
    """What the next changes of the log touched, as it is now."""
    changes = connection.execute(
        "SELECT n, kind, record, field, op FROM change WHERE n > ? ORDER BY n LIMIT ?", (state.n, STEP)
    ).fetchall()
    last = changes[-1][0]
    touched = {record: kind for _, kind, record, _, _ in changes}
    for _, kind, record, field, op in changes:
        if op == "U" and is_owner(kind, field):
            touched.update(parts_of(connection, record, kind))
    if connection.execute("SELECT 1 FROM receipt WHERE last > ? AND last <= ? LIMIT 1", (state.n, last)).fetchone():
        # a merge may bring back or take away whatever was once deleted, and need not say so in the log
        touched.update(connection.execute("SELECT DISTINCT record, kind FROM change WHERE op = 'D'"))
    documents = _documents_of_all(connection, touched.items())
    ahead = replace(state, n=last, changeset=_changeset(connection, last))
    return _Step(ahead, tuple(documents), frozenset(touched))


def _documents_of_all(connection: sqlite3.Connection, records: Iterable[tuple[bytes, str]]) -> list[Document]:
    by_kind: dict[str, set[bytes]] = {}
    for record, kind in records:
        by_kind.setdefault(kind, set()).add(record)
    return [found for kind in KINDS if kind in by_kind for found in documents_of(connection, kind, by_kind[kind])]


def _write(index: sqlite3.Connection, known: State | None, step: _Step) -> None:
    """Write what a step found, unless another process has meanwhile gone on from the same place."""
    index.execute("BEGIN IMMEDIATE")
    try:
        if read_state(index) == known:
            _take_away(index, step)
            _put(index, step.documents)
            index.execute("DELETE FROM state")
            state = step.state
            index.execute(
                "INSERT INTO state(one, changeset, n, kind, after, done, total) VALUES(1, ?, ?, ?, ?, ?, ?)",
                (state.changeset, state.n, state.kind, state.after, state.done, state.total),
            )
        index.execute("COMMIT")
    except BaseException:
        index.rollback()
        raise


def _take_away(index: sqlite3.Connection, step: _Step) -> None:
    """Remove what the index holds of the touched records, and of any in whose places new ones come."""
    doomed = set(_present(index, "id", step.touched | {document.id for document in step.documents}))
    doomed.update(_present(index, "pk", {document.pk for document in step.documents}))
    for pk in doomed:
        _remove(index, pk)


def _present(index: sqlite3.Connection, column: str, values: Collection[bytes | int]) -> Iterator[int]:
    items = list(values)
    for start in range(0, len(items), CHUNK):
        part = items[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        yield from (pk for (pk,) in index.execute(f"SELECT pk FROM document WHERE {column} IN ({marks})", part))


def _remove(index: sqlite3.Connection, pk: int) -> None:
    """Remove one document. An FTS5 table that keeps no text must be told what it is to forget."""
    index.execute(
        """INSERT INTO word_index(word_index, rowid, title, body)
           SELECT 'delete', pk, title, body FROM document WHERE pk = ?""",
        (pk,),
    )
    index.execute(
        "INSERT INTO script_index(script_index, rowid, text) SELECT 'delete', pk, text FROM script WHERE pk = ?", (pk,)
    )
    index.execute("DELETE FROM document WHERE pk = ?", (pk,))
    index.execute("DELETE FROM script WHERE pk = ?", (pk,))


def _put(index: sqlite3.Connection, documents: Collection[Document]) -> None:
    index.executemany(
        "INSERT INTO document(pk, id, kind, root, root_kind, title, body) VALUES(?, ?, ?, ?, ?, ?, ?)",
        ((d.pk, d.id, d.kind, d.root, d.root_kind, d.title, d.body) for d in documents),
    )
    index.executemany(
        "INSERT INTO word_index(rowid, title, body) VALUES(?, ?, ?)", ((d.pk, d.title, d.body) for d in documents)
    )
    foreign = [(d.pk, d.script) for d in documents if d.script]
    index.executemany("INSERT INTO script(pk, text) VALUES(?, ?)", foreign)
    index.executemany("INSERT INTO script_index(rowid, text) VALUES(?, ?)", foreign)
