"""A file in a synchronised folder: worked on as a local copy, saved back, merged with what others wrote meanwhile."""

import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.backups import backups_of
from db.log import Editor
from db.models import Agreement, Organization
from db.opening import check_case
from db.operations.records import add_record
from db.queries.records import list_records
from db.trust import Trust
from desktop.app import Application
from desktop.folders import backup_folder, copy_folder
from desktop.settings import trust
from desktop.workspace import Workspace
from tests.journeys.hands import Hands, Role

TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"
BETTER = "A much better title"
SAVED = "All changes saved, in Syncthing too"
BO = Editor(uuid.UUID(int=2), "Bo Colleague")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the faults are made as Unix has them")


@pytest.fixture
def shared(
    finished_sample: Path, application: Application, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The sample in a folder that Syncthing keeps, open with a record."""
    monkeypatch.setattr("desktop.saving_back._QUIET", 600)
    folder = tmp_path / "synchronised"
    (folder / ".stfolder").mkdir(parents=True)
    path = Path(shutil.copy(finished_sample, folder / "case.casefile"))
    open_record(application, hands, path)
    yield path
    for window in hands.all_windows():
        window.saving_back._is_given_up = True


def open_record(application: Application, hands: Hands, path: Path, title: str = TITLE) -> None:
    application.open_case(path)
    hands.wait_record_list("Agreements")
    hands.click_item(title[:30])
    hands.wait_record(title)
    hands.wait_for(SAVED)


def edited_elsewhere(path: Path, folder: Path) -> None:
    """A colleague adds a state on another computer."""
    with Workspace.open(path, Trust(folder / "other computer"), BO, writable=True) as workspace:
        workspace.write("Add", add_record, Organization, {"name": "Iceland"})


def titles(path: Path) -> set[str]:
    """What others would find there."""
    with Workspace.open(path, trust()) as workspace:
        return {row.title for cls in (Agreement, Organization) for row in workspace.read(list_records, cls)}


def copies() -> list[Path]:
    return list(copy_folder().iterdir())


def test_what_is_edited_goes_back_by_itself_and_nothing_stays(shared: Path, hands: Hands) -> None:
    assert hands.window.live.path != shared
    assert hands.window.live.home == shared
    hands.fill("Title", BETTER)
    hands.wait_for("Saved on this computer, soon in Syncthing")
    hands.wait_for(SAVED)
    assert BETTER in titles(shared)
    assert check_case(shared) == ()
    hands.press("Ctrl+W")
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
    assert copies() == []
    assert sorted(path.name for path in shared.parent.iterdir()) == [".stfolder", "case.casefile"]


def test_what_was_typed_last_goes_back_before_the_window_closes(shared: Path, hands: Hands) -> None:
    hands.focus("Title", Role.EditableText)
    hands.press("Ctrl+A")
    hands.type(BETTER)
    hands.press("Ctrl+Q")
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
    assert BETTER in titles(shared)
    assert copies() == []


def test_what_a_colleague_wrote_meanwhile_is_merged(shared: Path, hands: Hands, tmp_path: Path) -> None:
    edited_elsewhere(shared, tmp_path)
    hands.fill("Title", BETTER)
    hands.wait_for("Taken in what others wrote in Syncthing: 1 edit.")
    hands.wait_for(SAVED)
    assert {BETTER, "Iceland"} <= titles(shared)


def test_a_folder_out_of_reach_keeps_the_work_until_the_next_time(
    shared: Path, application: Application, hands: Hands
) -> None:
    away = shared.parent.rename(shared.parent.with_name("out of reach"))
    hands.fill("Title", BETTER)
    reason = f"{shared.parent} cannot be reached."
    hands.wait_for(f"Not saved in Syncthing: {reason} All changes are kept on this computer.")
    hands.wait_for("Saved on this computer, not in Syncthing")
    hands.press("Ctrl+W")
    hands.wait_for("The changes are not in Syncthing yet")
    hands.click("Stay", Role.Button)
    assert hands.window.isVisible()
    hands.press("Ctrl+W")
    hands.wait_for("The changes are not in Syncthing yet")
    hands.click("Close", Role.Button)
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
    away.rename(shared.parent)
    assert BETTER not in titles(shared)
    application.open_case(shared)
    hands.wait_record_list("Agreements")
    hands.wait_for("Work on this file was found that had not been saved in Syncthing. It is here again.")
    hands.wait_for(SAVED)
    assert BETTER in titles(shared)


def test_a_file_that_was_deleted_there_is_saved_again_when_wanted(shared: Path, hands: Hands) -> None:
    shared.unlink()
    hands.fill("Title", BETTER)
    hands.wait_for(
        f"Not saved in Syncthing: case.casefile is not in {shared.parent} any more. "
        "All changes are kept on this computer."
    )
    assert not shared.exists()
    hands.click("Save it there again", Role.Button)
    hands.wait_for(SAVED)
    assert BETTER in titles(shared)


def test_a_backup_of_it_is_restored_where_it_lies(shared: Path, hands: Hands) -> None:
    hands.wait(lambda: bool(backups_of(hands.window.live.path, backup_folder())), "the first backup")
    hands.fill("Title", BETTER)
    hands.wait_for("Saved on this computer, soon in Syncthing")
    hands.menu("File", "Backups…")
    hands.wait_for("1 edit made since would be taken away. 1 field would be as before.")
    hands.click("restoreBackup")
    hands.wait_for("Restored the backup. The file as it was is a backup, too.")
    assert TITLE in titles(shared)
    assert hands.window.live.home == shared


def test_a_conflict_copy_is_offered_for_merging(shared: Path, hands: Hands, tmp_path: Path) -> None:
    copy = shared.with_name("case.sync-conflict-20261123-141500-ABCDEFG.casefile")
    shutil.copy(shared, copy)
    hands.window.conflict_copies.look()
    hands.wait(lambda: hands.window.conflict_copies._lane.is_idle, "the look")
    assert not hands.sees("mergeConflictCopy"), "it knows nothing more"
    edited_elsewhere(copy, tmp_path)
    hands.window.conflict_copies.look()
    hands.wait_for(f"A conflict copy lies beside this file: {copy.name}, with 1 edit that is not here, by {BO.name}.")
    hands.click("Look and merge…", Role.Button)
    hands.wait(lambda: hands.window.destination.page == "merging", "the page for merging")
