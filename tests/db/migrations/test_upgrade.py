"""An older file brought up to date in its place: with a backup, in one step, or not at all."""

import errno
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import db
from db.backups import Why, backups_of
from db.copying import CopyStopped
from db.engine import connect
from db.errors import FileInUse, FileNotWritten, FileRefused
from db.header import check_header
from db.lock import FileLock
from db.migrations.copying import migrate
from db.migrations.upgrade import upgrade
from db.migrations.worker import Watch
from db.models import Person
from db.opening import check_case
from db.operations.records import add_record
from db.restoring import restore
from db.schema import VERSION
from db.trust import digest_of
from tests.db.casefiles import Desk
from tests.db.migrations.conftest import Aged

HOME = Path(db.__file__ or "").parent.parent
IN_CI, IN_SOAK = 20, 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def known(aged: Aged, desk: Desk, tmp_path: Path) -> Aged:
    """A file that was looked at before: what becomes of it is inspected already, which takes a second."""
    migrate(aged.path, tmp_path / "new")
    desk.trust.remember(digest_of(tmp_path / "new"), only_inspected=True)
    return aged


def check_as_it_was(aged: Aged) -> None:
    """The file has its bytes, and nothing lies beside it."""
    assert aged.path.read_bytes() == aged.content
    assert [file.name for file in aged.path.parent.iterdir()] == [aged.path.name]


def test_it_takes_the_place_of_the_older_one_after_a_backup(aged: Aged, desk: Desk, folder: Path) -> None:
    aged.path.chmod(0o640)
    told: list[float] = []
    kept = upgrade(aged.path, folder, desk.trust, watch=Watch(told.append))
    assert (kept.why, backups_of(aged.path, folder)) == (Why.BEFORE_MIGRATION, (kept,))
    assert check_header(kept.path, older=True) == 0
    assert check_header(aged.path) == VERSION
    assert stat.S_IMODE(aged.path.stat().st_mode) == 0o640
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
    assert [file.name for file in aged.path.parent.iterdir()] == [aged.path.name]
    desk.write(aged.path, lambda session: add_record(session, Person, {"name": "New", "birth_date": "1990"}))
    assert check_case(aged.path) == ()

    restore(aged.path, kept, folder, desk.trust)
    assert check_header(aged.path) == VERSION, "a backup of an older version comes back up to date"
    assert desk.read(aged.path, lambda session: session.query(Person).count()) == 1


def test_what_is_in_the_way_is_told_and_nothing_is_done(aged: Aged, desk: Desk, folder: Path) -> None:
    other = FileLock(aged.path, "Kari")
    other.acquire()
    with pytest.raises(FileInUse, match=r"It is open for editing: Kari"):
        upgrade(aged.path, folder, desk.trust)
    other.release()
    with pytest.raises(CopyStopped):
        upgrade(aged.path, folder, desk.trust, watch=Watch(is_stopped=lambda: True))
    check_as_it_was(aged)
    assert not folder.exists()


def test_a_protected_file_is_refused(aged: Aged, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.opening.os.access", lambda path, mode: False)
    with pytest.raises(FileRefused, match=r"is protected from being written\. The file can still be read"):
        upgrade(aged.path, folder, desk.trust)
    check_as_it_was(aged)


def test_a_full_disk_leaves_the_older_file(
    known: Aged, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:5000])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("db.migrations.upgrade.shutil.copyfile", fill)
    told = r"^Case\.casefile was not brought up to date: No space left on device\. It is as it was\.$"
    with pytest.raises(FileNotWritten, match=told):
        upgrade(known.path, folder, desk.trust)
    monkeypatch.undo()
    check_as_it_was(known)


def test_what_is_written_meanwhile_is_not_lost(
    known: Aged, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a program that knows nothing of our lock."""
    copy = shutil.copyfile

    def write_between(source: Path, target: Path) -> None:
        copy(source, target)
        with closing(sqlite3.connect(known.path)) as connection:
            connection.execute("UPDATE person SET name = 'Edited'")
            connection.commit()

    monkeypatch.setattr("db.migrations.upgrade.shutil.copyfile", write_between)
    with pytest.raises(FileRefused, match="was written by somebody else meanwhile"):
        upgrade(known.path, folder, desk.trust)
    with closing(connect(known.path)) as connection:
        assert connection.execute("SELECT name, born FROM person").fetchone()[0] == "Edited"


def test_a_file_that_we_crashed_with_is_recovered_first(known: Aged, desk: Desk, folder: Path) -> None:
    """A journal that only this installation can have left."""
    journal = known.path.with_name(known.path.name + "-journal")
    journal.write_bytes(b"")
    with pytest.raises(FileRefused, match="a journal lies beside it"):
        upgrade(known.path, folder, desk.trust)
    desk.trust.note_open(known.path)
    upgrade(known.path, folder, desk.trust)
    assert check_header(known.path) == VERSION
    assert not journal.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a right there")
def test_a_link_stays_a_link(known: Aged, desk: Desk, folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.casefile"
    link.symlink_to(known.path)
    upgrade(link, folder, desk.trust)
    assert link.is_symlink()
    assert check_header(known.path) == VERSION


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.parametrize("kills", [IN_CI, pytest.param(IN_SOAK, marks=pytest.mark.soak)])
def test_killed_at_any_moment_there_is_the_older_or_the_present_file(aged: Aged, tmp_path: Path, kills: int) -> None:
    command = [sys.executable, "-m", "tests.db.migrations.upgrading", str(aged.path), str(tmp_path), str(kills)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOME)
    assert run.stderr == ""
    found = run.stdout.splitlines()
    assert len(found) == kills
    assert set(found) <= {"older ", "present ", "present told"}
    assert "older " in found, "some were killed in the middle"
    assert [file.name for file in aged.path.parent.iterdir()] == [aged.path.name], "what they left was cleared away"
    for backup in backups_of(aged.path, tmp_path / "backups"):
        with closing(sqlite3.connect(backup.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
