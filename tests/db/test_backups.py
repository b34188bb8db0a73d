"""Backups: made while the file is edited, whole or not there, named for people, cleared away by a plain rule."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import db
import db.backups
import db.copying
from db.backups import Backup, Keeping, Why, back_up, back_up_if_due, backups_of, beyond, read_name
from db.copying import CopyStopped, copy_moment
from db.engine import connect
from db.errors import FileNotWritten
from db.inspection import survey
from db.log import edit, revision
from db.models import Organization
from db.opening import close_case, open_case
from db.operations.records import add_record, add_records
from tests.db.casefiles import EDITOR, Desk

HOME = Path(db.__file__ or "").parent.parent
NOW = datetime(2026, 11, 23, 14, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
IN_CI, IN_SOAK = 20, 100


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def path(desk: Desk) -> Path:
    return desk.create("Nordic agreements.casefile")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def change(desk: Desk, path: Path, name: str = "Norway") -> None:
    desk.write(path, lambda session: add_record(session, Organization, {"name": name}))


def knows(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


class TestOneBackup:
    def test_is_the_file_under_a_name_that_tells(self, path: Path, folder: Path) -> None:
        made = back_up(path, Why.BEFORE_MERGE, folder, now=NOW)
        assert made.path.name == f"2026-11-23 14.05.12Z before merge {knows(path)}.casefile"
        assert made.path.parent.name.startswith("Nordic agreements (")
        assert (made.at, made.why, made.size, made.revision) == (
            NOW,
            Why.BEFORE_MERGE,
            path.stat().st_size,
            knows(path),
        )
        assert read_name(made.path) == made
        assert survey(made.path, made.path.name) == ()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
    def test_is_the_users_alone(self, path: Path, folder: Path) -> None:
        made = back_up(path, Why.HOURLY, folder)
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700

    def test_can_be_of_any_name(self, desk: Desk, folder: Path) -> None:
        long = desk.create("協定" * 30 + ".casefile")
        odd = desk.folder / os.fsdecode(b"\xff odd.casefile")
        shutil.copy(long, odd)
        for path in (long, odd):
            made = back_up(path, Why.HOURLY, folder)
            assert len(os.fsencode(made.path.parent.name)) < 200
            assert made in backups_of(path, folder)

    def test_of_an_unchanged_file_is_the_newest_one(self, desk: Desk, path: Path, folder: Path) -> None:
        first = back_up(path, Why.HOURLY, folder, now=NOW)
        assert back_up(path, Why.DAILY, folder, now=NOW + HOUR) == first
        kept = back_up(path, Why.BEFORE_MERGE, folder, now=NOW + HOUR)
        assert (kept.why, kept.revision) == (Why.BEFORE_MERGE, first.revision), "kept for the reason that keeps longer"
        assert backups_of(path, folder) == (kept,)
        assert back_up(path, Why.BEFORE_IMPORT, folder, now=NOW + HOUR) == kept
        change(desk, path)
        assert back_up(path, Why.HOURLY, folder, now=NOW + HOUR) != kept
        assert len(backups_of(path, folder)) == 2

    def test_of_the_same_second_replaces_none(self, desk: Desk, path: Path, folder: Path) -> None:
        made = back_up(path, Why.HOURLY, folder, now=NOW)
        change(desk, path)
        back_up(path, Why.HOURLY, folder, now=NOW)
        shutil.copy(made.path, made.path.with_name(made.path.name.replace(".casefile", " 2.casefile")))
        assert len(backups_of(path, folder)) == 3

    def test_that_cannot_be_made_is_said(self, path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(db.backups, "_ROOM", 1 << 60)
        with pytest.raises(FileNotWritten, match=r"^No backup of Nordic agreements\.casefile was made: there is too"):
            back_up(path, Why.HOURLY, folder)
        monkeypatch.undo()
        folder.rename(folder.with_name("elsewhere"))
        folder.write_text("no folder")
        with pytest.raises(FileNotWritten, match="was made: Not a directory"):
            back_up(path, Why.HOURLY, folder)

    def test_of_a_damaged_file_is_refused_and_leaves_nothing(self, path: Path, folder: Path) -> None:
        with path.open("r+b") as file:
            file.seek(0)
            file.write(b"no database at all")
        with pytest.raises(FileNotWritten, match="it cannot be read"):
            back_up(path, Why.HOURLY, folder)
        assert not [file for file in folder.rglob("*") if file.is_file()]


class TestFinding:
    def test_is_by_case_wherever_the_file_went(self, desk: Desk, path: Path, folder: Path) -> None:
        made = back_up(path, Why.HOURLY, folder, now=NOW)
        other = desk.create("Other.casefile")
        assert backups_of(other, folder) == ()
        moved = path.rename(path.with_name("Renamed.casefile"))
        change(desk, moved)
        later = back_up(moved, Why.HOURLY, folder, now=NOW + HOUR)
        assert backups_of(moved, folder) == (later, made)

    def test_is_by_name_where_the_file_is_lost(self, path: Path, folder: Path) -> None:
        made = back_up(path, Why.HOURLY, folder)
        path.unlink()
        assert backups_of(path, folder) == (made,)
        assert backups_of(path.with_name("Nordic.casefile"), folder) == ()

    def test_passes_over_what_is_no_backup(self, path: Path, folder: Path) -> None:
        made = back_up(path, Why.HOURLY, folder)
        for name in ("notes.txt", ".draft-1.tmp", "2026-11-23 14.05.12Z weekly 000000000000.casefile"):
            (made.path.parent / name).write_text("x")
        assert backups_of(path, folder) == (made,)


class TestTheClock:
    def test_makes_the_days_first_then_one_an_hour(self, desk: Desk, path: Path, folder: Path) -> None:
        made = []
        for minutes in (0, 30, 61, 90, 125, 24 * 60):
            change(desk, path, f"State {minutes}")
            made.append(back_up_if_due(path, folder, now=NOW + timedelta(minutes=minutes)))
        whys = [backup.why if backup else None for backup in made]
        assert whys == [Why.DAILY, None, Why.HOURLY, None, Why.HOURLY, Why.DAILY]

    def test_leaves_an_unchanged_file_alone(self, path: Path, folder: Path) -> None:
        first = back_up_if_due(path, folder, now=NOW)
        assert back_up_if_due(path, folder, now=NOW + 40 * HOUR) == first
        assert len(backups_of(path, folder)) == 1


def row(hours: float, why: Why, size: int = 1) -> Backup:
    return Backup(Path(f"{hours} {why}"), NOW - hours * HOUR, why, size, "0" * 12)


class TestClearingAway:
    def test_keeps_the_newest_of_each_kind(self) -> None:
        rows = [row(hours, Why.DAILY if hours % 24 == 0 else Why.HOURLY) for hours in range(24 * 40)]
        old = beyond(rows, Keeping(hourly=24, daily=30), NOW)
        kept = [each for each in rows if each not in old]
        assert [each.at for each in kept if each.why is Why.HOURLY] == [
            NOW - hours * HOUR for hours in range(1, 26) if hours != 24
        ]
        assert [each.at for each in kept if each.why is Why.DAILY] == [NOW - days * 24 * HOUR for days in range(30)]

    def test_keeps_the_others_for_some_days_and_the_newest_always(self) -> None:
        rows = [row(24 * days, why) for days in (89, 91) for why in (Why.BEFORE_MERGE, Why.BY_HAND)]
        assert beyond(rows, Keeping(days=90), NOW) == tuple(rows[2:])
        assert beyond(rows[2:], Keeping(days=90), NOW) == (rows[3],)

    def test_keeps_within_its_room(self) -> None:
        rows = [row(hours, Why.HOURLY, size=40) for hours in range(5)]
        assert beyond(rows, Keeping(most_bytes=100), NOW) == tuple(rows[2:])
        assert beyond(rows, Keeping(most_bytes=10), NOW) == tuple(rows[1:])

    def test_is_done_with_each_backup(self, desk: Desk, path: Path, folder: Path) -> None:
        for hour in range(4):
            change(desk, path, f"State {hour}")
            back_up(path, Why.HOURLY, folder, now=NOW + hour * HOUR, keeping=Keeping(hourly=2))
        assert [backup.at for backup in backups_of(path, folder)] == [NOW + 3 * HOUR, NOW + 2 * HOUR]

    def test_takes_away_drafts_that_a_crash_left(self, desk: Desk, path: Path, folder: Path) -> None:
        shelf = back_up(path, Why.HOURLY, folder).path.parent
        old, new = shelf / ".draft-old.tmp", shelf / ".draft-new.tmp"
        for draft in (old, new):
            draft.write_bytes(b"half")
        os.utime(old, (time.time() - 7200,) * 2)
        change(desk, path)
        back_up(path, Why.HOURLY, folder)
        assert (old.exists(), new.exists()) == (False, True)


@pytest.fixture
def large(desk: Desk) -> Path:
    """A case file of some megabytes."""
    path = desk.create("Large.casefile")
    rows: list[dict[str, object]] = [{"name": f"State {number}", "notes": "x" * 4000} for number in range(700)]
    desk.write(path, lambda session: add_records(session, Organization, rows))
    assert path.stat().st_size > 2 << 20
    return path


class TestWhileSomebodyWrites:
    def test_a_backup_is_one_moment_of_the_file(self, desk: Desk, large: Path, folder: Path) -> None:
        case = open_case(large, desk.trust, writable=True)
        known = {knows(large)}
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                with edit(case.sessions, EDITOR, "Edit") as session:
                    add_record(session, Organization, {"name": str(len(known))})
                known.add(knows(large))

        writer = threading.Thread(target=write)
        writer.start()
        try:
            made = [back_up(large, Why.HOURLY, folder, now=NOW + number * HOUR) for number in range(2)]
        finally:
            stop.set()
            writer.join()
            close_case(case)
        assert len(known) > 2
        for backup in made:
            assert backup.revision in known
            assert survey(backup.path, backup.path.name) == ()

    def test_a_copy_that_begins_anew_too_often_keeps_the_lock(
        self, desk: Desk, large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Here the file is written after every piece: in pieces, the copy would never end."""
        case = open_case(large, desk.trust, writable=True)
        look, pieces = db.copying._Progress.__call__, []

        def write(self: db.copying._Progress, status: int, left: int, total: int) -> None:
            look(self, status, left, total)
            pieces.append(left)
            assert len(pieces) < 100
            if left:
                with edit(case.sessions, EDITOR, "Edit") as session:
                    add_record(session, Organization, {"name": str(left)})

        monkeypatch.setattr(db.copying._Progress, "__call__", write)
        copy_moment(large, tmp_path / "copy")
        close_case(case)
        assert knows(tmp_path / "copy") == knows(large)

    def test_a_file_that_stays_locked_is_told(self, large: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        back_up(large, Why.HOURLY, folder, now=NOW)  # so that the revision is asked for, too
        monkeypatch.setattr(db.copying, "_PATIENCE", 0.1)
        monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.05)
        with closing(connect(large, writable=True)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                copy_moment(large, folder / "draft")
            with pytest.raises(FileNotWritten, match=r"No backup of Large\.casefile was made: it cannot be read"):
                back_up(large, Why.HOURLY, folder)

    def test_it_can_be_called_off(self, large: Path, folder: Path) -> None:
        with pytest.raises(CopyStopped):
            back_up(large, Why.HOURLY, folder, is_stopped=lambda: True)
        assert not [file for file in folder.rglob("*") if file.is_file()]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.parametrize("kills", [IN_CI, pytest.param(IN_SOAK, marks=pytest.mark.soak)])
def test_a_killed_backup_leaves_only_whole_ones(large: Path, folder: Path, kills: int) -> None:
    """Kill -9 at random moments of processes that do nothing but back up."""
    command = [sys.executable, "-m", "tests.db.backing_up", str(large), str(folder), str(kills)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HOME)
    assert run.stderr == ""
    acknowledged = {Path(line) for line in run.stdout.splitlines()}
    found = backups_of(large, folder)
    drafts = list(folder.rglob(".draft-*"))
    assert acknowledged <= {backup.path for backup in found}
    assert drafts, "some were killed in the middle of one"
    for backup in found:
        with closing(sqlite3.connect(backup.path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert revision(connection) == backup.revision
