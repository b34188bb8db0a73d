"""A backup of a large file: beside a plain copy of its bytes, and what somebody notices who edits meanwhile."""

import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.backups import Why, back_up
from db.copying import sync_file
from db.engine import connect
from db.log import edit
from db.models import Organization
from db.opening import OpenCase, close_case, open_case
from db.operations.records import add_record
from db.trust import Trust
from desktop.workspace import Workspace
from tests.benchmarks.large import ANALYST

MEGABYTES = 300
MOST_BESIDE_COPY = 6.0
"""A backup beside a copy of the bytes that is as surely on the disk."""
MOST_BESIDE_ALL = 0.5
"""The longest wait of an edit, beside the whole time of a backup: it never waits for one."""


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large.casefile"
    Workspace.create(path, Trust(tmp_path / "trust"), ANALYST, {"title": "Large"}).close()
    with closing(connect(path, writable=True)) as connection:
        connection.execute("BEGIN")
        for _ in range(MEGABYTES):
            data = os.urandom(1 << 20)
            connection.execute("INSERT INTO content(sha256, data) VALUES(?, ?)", (hashlib.sha256(data).digest(), data))
        connection.execute("COMMIT")
    return path


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_beside_a_copy(large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def copy() -> None:
        shutil.copyfile(large, tmp_path / "copy")
        sync_file(tmp_path / "copy")

    plain = seconds(copy)
    ours = seconds(lambda: back_up(large, Why.BY_HAND, tmp_path / "backups"))
    with capsys.disabled():
        print(f"\nbackup of {MEGABYTES} MB: {ours:.2f} s, copy {plain:.2f} s, {ours / plain:.1f}×")
    assert ours <= MOST_BESIDE_COPY * plain


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_an_edit_does_not_wait_for_it(large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = open_case(large, Trust(tmp_path / "trust"), writable=True)
    waits: list[float] = []
    stop = threading.Event()

    def type_on() -> None:
        while not stop.wait(1.0):
            waits.append(seconds(lambda: _edit(case)))

    typist = threading.Thread(target=type_on)
    typist.start()
    whole = seconds(lambda: [back_up(large, Why.BY_HAND, tmp_path / f"{number}") for number in range(3)]) / 3
    stop.set()
    typist.join()
    close_case(case)
    with capsys.disabled():
        print(
            f"\nbackup of {MEGABYTES} MB: {whole:.2f} s; {len(waits)} edits waited {max(waits) * 1000:.0f} ms at most"
        )
    assert max(waits) <= MOST_BESIDE_ALL * whole


def _edit(case: OpenCase) -> None:
    with edit(case.sessions, ANALYST, "Edit") as session:
        add_record(session, Organization, {"name": "x"})
