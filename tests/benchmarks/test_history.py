"""Pages of a history of 100,000 edits, beside a look at the whole history in the same run."""

import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.engine import connect, open_sessions
from db.log import close_changeset, edit, open_changeset
from db.models import Agreement
from db.operations.records import add_records
from db.queries.history import entries
from db.queries.history_pages import Wanted, entry_page
from tests.benchmarks.large import ANALYST, COLLEAGUE, make_file, open_file

EDITS, RECORDS = 100_000, 1_000


@pytest.mark.bench
def test_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bench.casefile"
    records = _make(path)
    queries: dict[str, Callable[[Session], object]] = {
        "first page": entry_page,
        "deep page": lambda session: entry_page(session, after=(EDITS // 10, 0)),
        "one author": lambda session: entry_page(session, Wanted(author=COLLEAGUE.id)),
        "words that match nothing": lambda session: entry_page(session, Wanted(words="nothing like it")),
        "one record": lambda session: entry_page(session, Wanted(record=records[0])),
    }
    with open_file(path) as engine:
        whole = _seconds(engine, entries)
        taken = {name: _seconds(engine, query) for name, query in queries.items()}
    with capsys.disabled():
        print(f"\nhistory of {EDITS:,} edits: the whole {whole * 1e3:.0f} ms")
        for name, seconds in taken.items():
            print(f"  {name}: {seconds * 1e3:.1f} ms, 1/{whole / seconds:.0f} of the whole")
    assert taken["first page"] * 10 < whole
    assert taken["deep page"] * 10 < whole


def _make(path: Path) -> list[uuid.UUID]:
    make_file(path)
    with open_file(path) as engine, edit(open_sessions(engine), ANALYST, "Import") as session:
        records = add_records(session, Agreement, [{"title": f"Agreement {n}"} for n in range(RECORDS)])
    connection = connect(path, writable=True)
    connection.execute("BEGIN IMMEDIATE")
    for number in range(EDITS):
        editor = COLLEAGUE if number % 3 else ANALYST
        changeset = open_changeset(connection, editor, f"Set title of agreement {number}")
        row = (f"Title {number}", records[number % RECORDS].bytes)
        connection.execute("UPDATE agreement SET title = ? WHERE id = ?", row)
        close_changeset(connection, changeset, editor)
    connection.execute("COMMIT")
    connection.close()
    return records


def _seconds(engine: Engine, query: Callable[[Session], object]) -> float:
    sessions = open_sessions(engine)
    times = []
    for _ in range(3):
        with sessions() as session:
            start = time.perf_counter()
            query(session)
            times.append(time.perf_counter() - start)
    return min(times)
