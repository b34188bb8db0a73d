"""Restoring: a backup takes the place of its file in one step, and what stood there is a backup first."""

import os
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backups import UNREADABLE, Backup, Why, back_up, backups_of
from db.engine import connect
from db.errors import FileInUse, FileNotWritten, FileRefused
from db.lock import FileLock
from db.log import revision
from db.models import Organization
from db.opening import close_case, open_case
from db.operations.records import add_record
from db.restoring import compare_with, restore, restore_copy
from db.trust import digest_of
from tests.db.casefiles import Desk

NOW = datetime(2026, 11, 23, 14, 5, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def path(desk: Desk) -> Path:
    """A file that was edited since its backup."""
    return desk.create("Case.casefile")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def backup(desk: Desk, path: Path, folder: Path) -> Backup:
    made = back_up(path, Why.HOURLY, folder, now=NOW)
    desk.write(path, lambda session: add_record(session, Organization, {"name": "Norway"}))
    desk.trust.remember(digest_of(made.path))  # as after its inspection, which takes a second
    return made


def knows(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


def names_beside(path: Path) -> list[str]:
    return sorted(each.name for each in path.parent.iterdir() if each.name not in ("trust", "backups"))


class TestInPlace:
    def test_the_file_is_as_it_was_and_that_can_be_taken_back(
        self, desk: Desk, path: Path, folder: Path, backup: Backup
    ) -> None:
        edited = knows(path)
        path.chmod(0o640)
        done = restore(path, backup, folder, desk.trust)
        assert knows(path) == backup.revision
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert done.kept
        assert (done.kept.why, done.kept.revision) == (Why.BEFORE_RESTORE, edited)
        assert backups_of(path, folder) == (done.kept, backup)
        close_case(open_case(path, desk.trust, writable=True))
        restore(path, done.kept, folder, desk.trust)
        assert knows(path) == edited
        assert names_beside(path) == ["Case.casefile"]

    def test_a_lost_file_comes_back(self, desk: Desk, path: Path, folder: Path, backup: Backup) -> None:
        path.unlink()
        assert restore(path, backup, folder, desk.trust).kept is None
        assert knows(path) == backup.revision

    @pytest.mark.parametrize("journal", [False, True])
    def test_a_damaged_file_is_kept_byte_by_byte(
        self, desk: Desk, path: Path, folder: Path, backup: Backup, journal: bool
    ) -> None:
        path.write_bytes(b"\x00" * 5000)
        if journal:
            path.with_name(path.name + "-journal").write_bytes(b"journal")
        kept = restore(path, backup, folder, desk.trust).kept
        assert kept
        assert kept.revision == UNREADABLE
        assert kept.path.read_bytes() == b"\x00" * 5000
        assert kept.path.with_name(kept.path.name + "-journal").exists() == journal
        assert knows(path) == backup.revision
        assert names_beside(path) == ["Case.casefile"], "a journal would be applied to the restored file"
        with pytest.raises(FileRefused):
            restore(path, kept, folder, desk.trust)
        assert knows(path) == backup.revision

    def test_a_file_that_somebody_has_open_is_left_alone(
        self, desk: Desk, path: Path, folder: Path, backup: Backup
    ) -> None:
        edited = knows(path)
        lock = FileLock(path)
        lock.acquire()
        with pytest.raises(FileInUse):
            restore(path, backup, folder, desk.trust)
        lock.release()
        assert (knows(path), backups_of(path, folder)) == (edited, (backup,))

    def test_a_backup_that_is_damaged_is_refused(self, desk: Desk, path: Path, folder: Path, backup: Backup) -> None:
        edited = knows(path)
        with backup.path.open("r+b") as file:
            file.seek(20_000)
            file.write(os.urandom(20_000))
        with pytest.raises(FileRefused):
            restore(path, backup, folder, desk.trust)
        assert knows(path) == edited

    def test_nothing_is_replaced_that_was_not_kept(
        self, desk: Desk, path: Path, folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edited = knows(path)
        monkeypatch.setattr("db.backups._ROOM", 1 << 60)
        with pytest.raises(FileNotWritten, match="too little room"):
            restore(path, backup, folder, desk.trust)
        assert knows(path) == edited
        assert not FileLock(path).is_held_elsewhere()

    def test_a_disk_that_is_full_leaves_the_file(
        self, desk: Desk, path: Path, folder: Path, backup: Backup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        edited = knows(path)

        def full(draft: Path, target: Path) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("db.restoring.put_in_place", full)
        with pytest.raises(FileRefused, match=r"Case\.casefile could not be restored: No space left on device"):
            restore(path, backup, folder, desk.trust)
        assert knows(path) == edited
        assert names_beside(path) == ["Case.casefile"]


class TestAsACopy:
    def test_is_another_file(self, desk: Desk, path: Path, backup: Backup) -> None:
        edited = knows(path)
        copy = restore_copy(backup, path.with_name("Then.casefile"), desk.trust)
        assert (knows(copy), knows(path)) == (backup.revision, edited)
        with pytest.raises(FileRefused, match="already"):
            restore_copy(backup, path, desk.trust)


class TestPreview:
    def test_tells_what_would_go(self, desk: Desk, path: Path, backup: Backup) -> None:
        found = compare_with(path, backup, desk.trust)
        assert [record.title for record in found.first.records] == ["Norway"]
        assert [edit.label for edit in found.first.edits] == ["Edit"]
        assert not found.second.edits

    def test_of_a_file_that_is_open_here_waits_for_nobody(self, desk: Desk, path: Path, backup: Backup) -> None:
        case = open_case(path, desk.trust, writable=True)
        with case.sessions.begin() as session:
            session.execute(Organization.__table__.update().values(name="Not yet committed"))  # type: ignore[attr-defined]
            found = compare_with(path, backup, desk.trust)
            session.rollback()
        close_case(case)
        assert [record.title for record in found.first.records] == ["Norway"]
