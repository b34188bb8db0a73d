"""Inspecting a file of 300 MB that somebody else wrote, beside what SQLite alone needs to check its pages and keys."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from db.inspection import survey
from tests.benchmarks.large import large_file

COUNT = 116_000
MOST = 2.2
"""How many times as long as PRAGMA integrity_check and foreign_key_check it may take, the start of its process and the
comparison of every row with the log included. It takes twice their work, with as many threads as there are processors:
on two that are free it is as fast as they are alone."""


def _floor(path: Path) -> float:
    start = time.perf_counter()
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return time.perf_counter() - start


@pytest.mark.bench
def test_inspection(capsys: pytest.CaptureFixture[str]) -> None:
    path = large_file(COUNT)
    rounds: list[tuple[float, float]] = []
    for _ in range(3):
        floor = _floor(path)
        start = time.perf_counter()
        assert survey(path, path.name) == ()
        rounds.append((time.perf_counter() - start, floor))
    taken, floor = min(rounds, key=lambda pair: pair[0] / pair[1])
    with capsys.disabled():
        print(
            f"\ninspection of {path.stat().st_size / 1e6:.0f} MB: {taken:.2f} s, "
            f"SQLite alone {floor:.2f} s, ratio {taken / floor:.2f}"
        )
    assert taken / floor < MOST
