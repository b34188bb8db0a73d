"""A local copy of a file elsewhere: saved back in one step, never over what somebody else wrote there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

import db
from db.copying import copy_moment
from db.engine import connect
from db.errors import FileInUse, FileNotWritten, FileRefused
from db.lock import FileLock
from db.log import revision
from db.merging.union import merge
from db.models import Organization
from db.opening import check_case, close_case, open_case
from db.operations.records import add_record
from db.queries.records import list_records
from db.whereabouts import PlaceKind, Whereabouts
from db.working_copy import SavedBack, WorkingCopy, go_away
from tests.db.casefiles import EDITOR, Desk

HOME = Path(db.__file__ or "").parent.parent


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def original(desk: Desk) -> Path:
    """The file on the share; nobody has touched it for a while."""
    share = desk.folder / "share"
    share.mkdir()
    path = desk.create("share/Case.casefile")
    os.utime(path, (1_000_000_000,) * 2)
    return path


@pytest.fixture
def copy(desk: Desk, original: Path) -> WorkingCopy:
    made = WorkingCopy(original, desk.folder / "copies")
    made.fetch(desk.trust)
    return made


def add(desk: Desk, path: Path, name: str) -> None:
    desk.write(path, lambda session: add_record(session, Organization, {"name": name}))


def names(desk: Desk, path: Path) -> set[str]:
    rows = desk.read(path, lambda session: [row.title for row in list_records(session, Organization)])
    return {name for name in rows if name.startswith("State ")}


def knows(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


def merge_into(desk: Desk, copy: WorkingCopy) -> None:
    case = open_case(copy.path, desk.trust, writable=True)
    try:
        copy.take_in(lambda theirs: merge(case.engine, theirs, EDITOR), desk.trust)
    finally:
        close_case(case)


def test_what_is_edited_goes_back_and_the_copy_can_go(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    assert copy.is_saved_back
    assert copy.save_back(desk.trust) is SavedBack.NOTHING_NEW
    add(desk, copy.path, "State A")
    assert not copy.is_saved_back
    assert names(desk, original) == set()
    original.chmod(0o640)
    assert copy.save_back(desk.trust) is SavedBack.SAVED
    assert names(desk, original) == {"State A"}
    assert original.stat().st_mode & 0o777 == 0o640
    assert check_case(original) == ()
    assert os.listdir(original.parent) == [original.name]
    assert copy.is_saved_back
    copy.discard()
    assert not copy.holds_work
    assert not WorkingCopy(original, desk.folder / "copies").holds_work


def test_what_others_wrote_is_merged_and_never_overwritten(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    add(desk, original, "State B")
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE
    assert names(desk, original) == {"State B"}
    merge_into(desk, copy)
    assert copy.save_back(desk.trust) is SavedBack.SAVED
    assert names(desk, original) == names(desk, copy.path) == {"State A", "State B"}


def test_what_others_wrote_is_taken_in_also_without_an_edit_here(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, original, "State B")
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE
    merge_into(desk, copy)
    assert copy.save_back(desk.trust) is SavedBack.NOTHING_NEW
    assert knows(original) == knows(copy.path)


def test_a_write_of_the_same_size_in_the_same_moment_is_seen(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    assert copy.save_back(desk.trust) is SavedBack.SAVED
    before = original.stat()
    data = bytearray(original.read_bytes())
    data[-1] ^= 1
    original.write_bytes(data)
    os.utime(original, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE


def test_a_service_that_only_touches_the_file_changes_nothing(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    shutil.copy(original, original.with_name("again"))
    original.with_name("again").replace(original)
    add(desk, copy.path, "State A")
    assert copy.save_back(desk.trust) is SavedBack.SAVED


def test_a_write_while_it_is_saved_is_not_overwritten(
    desk: Desk, original: Path, copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, copy.path, "State A")

    def meanwhile(path: Path, draft: Path, is_stopped: Callable[[], bool]) -> None:
        copy_moment(path, draft, is_stopped)
        add(desk, original, "State B")

    monkeypatch.setattr("db.working_copy.copy_moment", meanwhile)
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE
    assert names(desk, original) == {"State B"}
    assert os.listdir(original.parent) == [original.name]


def test_after_a_crash_the_work_is_found(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    original.with_name(f".~{copy.folder.name}-1.tmp").write_text("half")
    found = WorkingCopy(original, desk.folder / "copies")
    assert found.holds_work
    assert not found.is_saved_back
    assert found.save_back(desk.trust) is SavedBack.SAVED
    assert names(desk, original) == {"State A"}
    assert os.listdir(original.parent) == [original.name]


@pytest.mark.parametrize("state", ["", "{}", '{"original": 1, "stat": 3}', "[]"])
def test_work_without_a_note_of_it_is_merged(desk: Desk, original: Path, copy: WorkingCopy, state: str) -> None:
    add(desk, copy.path, "State A")
    (copy.folder / "state.json").write_text(state)
    found = WorkingCopy(original, desk.folder / "copies")
    assert found.holds_work
    assert found.save_back(desk.trust) is SavedBack.CHANGED_THERE
    merge_into(desk, found)
    assert found.save_back(desk.trust) is SavedBack.SAVED
    assert names(desk, original) == {"State A"}


def test_a_crash_after_the_file_was_replaced_costs_nothing(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    state = (copy.folder / "state.json").read_text()
    copy.save_back(desk.trust)
    (copy.folder / "state.json").write_text(state)
    found = WorkingCopy(original, desk.folder / "copies")
    assert found.save_back(desk.trust) is SavedBack.CHANGED_THERE
    merge_into(desk, found)
    assert found.save_back(desk.trust) is SavedBack.NOTHING_NEW


def test_what_is_gone_is_said_and_not_made_again_unasked(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    original.unlink()
    with pytest.raises(FileNotWritten, match=r"^Case\.casefile is not in .*share any more\.$"):
        copy.save_back(desk.trust)
    assert copy.save_back(desk.trust, anyway=True) is SavedBack.SAVED
    assert names(desk, original) == {"State A"}
    shutil.rmtree(original.parent)
    with pytest.raises(FileNotWritten, match=r"share cannot be reached\.$"):
        copy.save_back(desk.trust, anyway=True)
    assert copy.holds_work


def test_a_file_that_is_deleted_while_it_is_saved_is_not_made_again(
    desk: Desk, original: Path, copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WorkingCopy, "is_saved_back", property(lambda copy: original.unlink(missing_ok=True)))
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE
    with pytest.raises(FileNotWritten, match="is not in"):
        copy.save_back(desk.trust)
    assert not original.exists()


def test_a_full_share_leaves_the_file(
    desk: Desk, original: Path, copy: WorkingCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, copy.path, "State A")
    before = original.read_bytes()

    def full(draft: Path, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.working_copy.put_in_place", full)
    with pytest.raises(FileNotWritten, match=r"could not be saved: No space left on device\.$"):
        copy.save_back(desk.trust)
    assert original.read_bytes() == before
    assert not copy.is_saved_back
    assert os.listdir(original.parent) == [original.name]


def test_another_case_in_its_place_is_refused(desk: Desk, original: Path, copy: WorkingCopy) -> None:
    add(desk, copy.path, "State A")
    other = desk.create("Other.casefile")
    other.replace(original)
    assert copy.save_back(desk.trust) is SavedBack.CHANGED_THERE
    before = original.read_bytes()
    with pytest.raises(FileRefused, match="is another case now"):
        copy.take_in(lambda theirs: None, desk.trust)
    assert original.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.parametrize("kills", [8, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_while_saving_back(desk: Desk, original: Path, kills: int) -> None:
    """Kill -9 at random moments: the file is whole, of one of the edits, and the last edit is in the copy."""
    folder = desk.folder / "copies"
    command = [sys.executable, "-m", "tests.db.saving_back", original, folder, desk.folder / "trust", kills]
    run = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, cwd=HOME)
    assert run.stderr == ""
    acknowledged = [int(line) for line in run.stdout.split()]
    copy = WorkingCopy(original, folder)
    trust = desk.trust
    trust.note_open(copy.path)
    close_case(open_case(copy.path, trust, writable=True))  # what the last kill left is rolled back
    there, here = _said(original), _said(copy.path)
    assert check_case(original) == ()
    assert here >= max(acknowledged), "no acknowledged edit is lost"
    assert there in {*acknowledged, here}
    copy.take_in(lambda theirs: None, trust)
    copy.save_back(trust)
    assert _said(original) == here
    assert os.listdir(original.parent) == [original.name]


def _said(path: Path) -> int:
    with closing(connect(path)) as connection:
        return int(connection.execute("SELECT description FROM case_file").fetchone()[0])


class TestGoingAway:
    def test_on_a_share_others_are_told_who_edits(self, desk: Desk, original: Path) -> None:
        away = go_away(original, Whereabouts(PlaceKind.NETWORK, "SMB"), desk.folder / "copies", desk.trust, name="Ann")
        assert FileLock(original).is_held_elsewhere()
        assert FileLock(original).holder().startswith("Ann on ")
        with pytest.raises(FileInUse):
            go_away(original, Whereabouts(PlaceKind.NETWORK), desk.folder / "others", desk.trust)
        assert (away.copy.holds_work, away.holds_work) == (True, False)
        away.leave()
        assert os.listdir(original.parent) == [original.name]
        assert not away.copy.holds_work

    def test_in_a_synchronised_folder_nothing_is_put_beside_it(self, desk: Desk, original: Path) -> None:
        place = Whereabouts(PlaceKind.SYNCHRONISED, "Dropbox")
        away = go_away(original, place, desk.folder / "copies", desk.trust)
        assert os.listdir(original.parent) == [original.name]
        add(desk, away.copy.path, "State A")
        away.leave()
        assert away.copy.holds_work, "what was not saved back stays"
        assert go_away(original, place, desk.folder / "copies", desk.trust).holds_work

    def test_of_a_file_that_is_refused_leaves_no_lock(self, desk: Desk, original: Path) -> None:
        original.write_bytes(b"no case file")
        with pytest.raises(FileRefused):
            go_away(original, Whereabouts(PlaceKind.NETWORK), desk.folder / "copies", desk.trust)
        assert os.listdir(original.parent) == [original.name]
