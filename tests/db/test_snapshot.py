"""A long read sees one moment and keeps no writer waiting."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from db.errors import FileNotWritten
from db.snapshot import read_without_lock

TWICE = text("SELECT n FROM t")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "some.db") as connection:
        connection.executescript("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (0)")
    connection.close()
    return tmp_path / "some.db"


def write(path: Path) -> None:
    """Another program's edit, which waits for nobody."""
    connection = sqlite3.connect(path, timeout=0)
    with connection:
        connection.execute("UPDATE t SET n = n + 1")
    connection.close()


def read_while_written(session: Session, path: Path, tries: list[tuple[int, int]], writes: int) -> tuple[int, int]:
    first = session.execute(TWICE).scalar_one()
    if len(tries) < writes:
        write(path)
    tries.append((first, session.execute(TWICE).scalar_one()))
    return tries[-1]


def test_an_undisturbed_read_is_made_once(path: Path) -> None:
    tries: list[tuple[int, int]] = []
    assert read_without_lock(path, read_while_written, path, tries, 0) == (0, 0)
    assert len(tries) == 1


def test_a_write_in_the_middle_is_let_through_and_the_read_repeated(path: Path) -> None:
    tries: list[tuple[int, int]] = []
    assert read_without_lock(path, read_while_written, path, tries, 1) == (1, 1)
    assert tries == [(0, 1), (1, 1)]


def test_the_last_attempt_holds_the_lock(path: Path) -> None:
    tries: list[tuple[int, int]] = []
    with pytest.raises(FileNotWritten) as raised:
        read_without_lock(path, read_while_written, path, tries, 3)
    assert isinstance(raised.value.__cause__, sqlite3.OperationalError)  # the writer's, who did not wait
    assert tries == [(0, 1), (1, 2)]
