"""100,000 agreements through the bulk road, beside raw executemany with the same triggers."""

import sqlite3
import time
import uuid
from pathlib import Path

import pytest

from db.engine import connect
from db.identity import link_id, new_id
from tests.benchmarks.large import ANALYST, add_agreements, make_file, titles

COUNT = 100_000


@pytest.mark.bench
def test_bulk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours_path, raw_path = tmp_path / "ours.casefile", tmp_path / "raw.casefile"
    states, _ = make_file(ours_path), make_file(raw_path)
    start = time.perf_counter()
    add_agreements(ours_path, COUNT, states)
    ours = time.perf_counter() - start
    floor = _floor(raw_path, states)
    with capsys.disabled():
        print(f"\nbulk: {COUNT:,} agreements in {ours:.1f} s, raw {floor:.1f} s, ratio {ours / floor:.2f}")


def _floor(path: Path, states: list[uuid.UUID]) -> float:
    ids = [new_id() for _ in range(COUNT)]
    agreements = [(key.bytes, title) for key, title in zip(ids, titles(COUNT), strict=True)]
    subjects = [(link_id("agreement_subject", key, "procurement").bytes, key.bytes) for key in ids]
    parties = [(link_id("party", key, state).bytes, key.bytes, state.bytes) for key in ids for state in states]
    connection = connect(path, writable=True)
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    _open_changeset(connection)
    connection.executemany(
        """INSERT INTO agreement(id, title, instrument_type, place_signed)
           VALUES(?, ?, 'memorandum of understanding', 'Tokyo')""",
        agreements,
    )
    connection.executemany(
        "INSERT INTO agreement_subject(id, agreement_id, subject) VALUES(?, ?, 'procurement')", subjects
    )
    connection.executemany("INSERT INTO party(id, agreement_id, organization_id) VALUES(?, ?, ?)", parties)
    connection.execute("UPDATE context SET mode = 'external', changeset = NULL, first = NULL")
    connection.execute("COMMIT")
    return time.perf_counter() - start


def _open_changeset(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO changeset(id, author, hlc, written, label) VALUES(?, ?, ?, 0, 'import')",
        (new_id().bytes, ANALYST.id.bytes, time.time_ns()),
    )
    connection.execute(
        """UPDATE context SET mode = 'log', changeset = (SELECT max(k) FROM changeset),
           first = (SELECT max(n) + 1 FROM change)"""
    )
