"""The review of 100,000 agreements in pieces, and after an edit, beside raw sqlite3 reading the same rows."""

import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from db.engine import open_engine, open_sessions
from db.log import edit
from db.models import ENTITIES, LINKS
from db.operations.records import set_field
from db.review.findings import findings_at
from db.review.narrowing import narrowed
from db.review.survey import Mark, Reviewed, brought_up, review_piece
from tests.benchmarks.large import ANALYST, large_file

P = ParamSpec("P")
T = TypeVar("T")
COUNT = 100_000
_TURN = 0.3


def _floor(path: Path) -> float:
    """Read every row of every record and link once."""
    connection = sqlite3.connect(path)
    start = time.perf_counter()
    for cls in (*ENTITIES, *LINKS):
        for _ in connection.execute(f"SELECT * FROM {cls.__tablename__}"):
            pass
    taken = time.perf_counter() - start
    connection.close()
    return taken


def _reviewed(path: Path) -> tuple[Reviewed, int, list[float]]:
    """All pieces, one after the other, and how long each took."""
    mark: Mark | None = Mark()
    found, known, taken = Reviewed(), 0, []
    while mark is not None:
        start = time.perf_counter()
        piece = review_piece(path, mark, _TURN)
        taken.append(time.perf_counter() - start)
        found, mark, known = found.plus(piece.reviewed), piece.after, known or piece.known
    return found, known, taken


def _timed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, float]:
    start = time.perf_counter()
    return work(*args, **kwargs), time.perf_counter() - start


@pytest.mark.bench
def test_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(shutil.copy(large_file(COUNT), tmp_path / "large.casefile"))
    floor = _floor(path)
    found, known, pieces = _reviewed(path)
    engine = open_engine(path, writable=True)
    sessions = open_sessions(engine)
    with sessions() as session:
        spots = found.open.between(len(found.open) // 2, len(found.open) // 2 + 64)
        page, words = _timed(findings_at, session, spots)
        assert None not in page
        some, narrowing = _timed(narrowed, session, found.open, "maritime")
        assert 0 < len(some) < len(found.open)
    (agreement,) = (uuid.UUID(bytes=spot.record) for spot in some.between(0, 1))
    with edit(sessions, ANALYST, "Edit") as session:
        set_field(session, agreement, "marking", "RED")
    with sessions() as session:
        current, update = _timed(brought_up, session, found, known)
        assert current is not None
        assert current.known > known
    engine.dispose()
    total = sum(pieces)
    with capsys.disabled():
        print(f"\nreview: {COUNT:,} agreements, {len(found.open):,} findings in {total:.1f} s", end="")
        print(f", raw rows {floor:.2f} s, ratio {total / floor:.1f}; longest piece {max(pieces):.2f} s")
        print(f"  after an edit {update * 1000:.0f} ms; 64 in words {words * 1000:.0f} ms", end="")
        print(f"; filtered {narrowing * 1000:.0f} ms")
    assert total / floor < 20
    assert update < total / 20
