"""One edit through an operation, beside raw sqlite3 that writes the same row and its log by hand."""

import sqlite3
import time
import uuid
from pathlib import Path

import pytest

from db.engine import connect, open_sessions
from db.log import edit
from db.models import Agreement
from db.operations.records import add_record, set_field
from tests.benchmarks.large import ANALYST, make_file, open_file

EDITS = 300


@pytest.mark.bench
def test_edit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bench.casefile"
    make_file(path)
    with open_file(path) as engine, edit(open_sessions(engine), ANALYST, "add") as session:
        agreement = add_record(session, Agreement, {"title": "first"})
    ours, floor = _ours(path, agreement), _floor(path, agreement)
    with capsys.disabled():
        print(f"\nedit: operation {ours * 1e3:.2f} ms, raw sqlite3 {floor * 1e3:.2f} ms, ratio {ours / floor:.2f}")


def _ours(path: Path, agreement: uuid.UUID) -> float:
    with open_file(path) as engine:
        sessions = open_sessions(engine)
        start = time.perf_counter()
        for number in range(EDITS):
            with edit(sessions, ANALYST, "Set title") as session:
                set_field(session, agreement, "title", f"title {number}")
        return (time.perf_counter() - start) / EDITS


def _floor(path: Path, agreement: uuid.UUID) -> float:
    """The same file without triggers: changeset, row and log row, committed with the same pragmas."""
    connection = connect(path, writable=True)
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    start = time.perf_counter()
    for number in range(EDITS):
        _write(connection, agreement, number)
    return (time.perf_counter() - start) / EDITS


def _write(connection: sqlite3.Connection, agreement: uuid.UUID, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    changeset = connection.execute(
        "INSERT INTO changeset(id, author, hlc, written, label) VALUES(?, ?, ?, 0, 'Set title')",
        (uuid.uuid4().bytes, ANALYST.id.bytes, time.time_ns()),
    ).lastrowid
    title = f"raw {number}"
    connection.execute("UPDATE agreement SET title = ? WHERE id = ?", (title, agreement.bytes))
    connection.execute(
        """INSERT INTO change(changeset, ord, op, kind, record, field, value)
           VALUES(?, 0, 'U', 'agreement', ?, 'title', ?)""",
        (changeset, agreement.bytes, title),
    )
    connection.execute("COMMIT")
