"""Backups by hand and by the clock: a bad edit, a look at what restoring changes, restored, and taken back."""

from pathlib import Path

import pytest

from db.backups import Backup, Why, backups_of
from db.models import Agreement
from db.opening import read_again
from db.queries.records import list_records
from desktop.backups.dialog import BackupsDialog
from desktop.folders import backup_folder
from desktop.widgets.rows import RowView
from tests.desktop.finding import open_dialogs
from tests.journeys.hands import Hands, Role

TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"


@pytest.fixture
def backups(sample: Path, hands: Hands) -> RowView:
    """The list of backups after a bad edit; the first was made when the file was opened."""
    hands.wait(lambda: bool(made(sample)), "the first backup")
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)
    hands.fill("Title", "A mistake")
    hands.wait_saved()
    hands.menu("File", "Backups…")
    hands.wait_for("1 edit made since would be taken away. 1 field would be as before.")
    return hands.widget(RowView, "backupList")


def made(path: Path) -> tuple[Backup, ...]:
    return backups_of(path, backup_folder())


def titles(path: Path) -> list[str]:
    with read_again(path) as session:
        return [row.title for row in list_records(session, Agreement)]


def test_a_mistake_is_looked_at_restored_and_taken_back(sample: Path, hands: Hands, backups: RowView) -> None:
    (first,) = made(sample)
    assert first.why is Why.DAILY
    hands.click_item("A mistake, Agreement, Title: A mistake → " + TITLE)
    hands.click("restoreBackup")
    hands.wait_for("Restored the backup. The file as it was is a backup, too.")
    assert TITLE in titles(sample)
    assert [backup.why for backup in made(sample)] == [Why.BEFORE_RESTORE, Why.DAILY]
    hands.wait_saved()
    hands.click("Undo", Role.Button)
    hands.wait(lambda: "A mistake" in titles(sample), "the file as it was")
    hands.wait_for("Restored the backup. The file as it was is a backup, too.")


def test_one_is_made_by_hand_and_is_the_same_as_the_file(sample: Path, hands: Hands, backups: RowView) -> None:
    hands.click("Back up now", Role.Button)
    hands.wait_for("The file is just as this backup. Nothing would change.")
    assert [backup.why for backup in made(sample)] == [Why.BY_HAND, Why.DAILY]
    assert not next(seen for seen in hands.seen() if seen.widget.objectName() == "restoreBackup").enabled


def test_a_copy_is_opened_beside_the_file(sample: Path, hands: Hands, backups: RowView, tmp_path: Path) -> None:
    hands.click("Open a copy…", Role.Button)
    hands.name_file(sample)
    hands.wait_for(f"There is a file {sample} already. It was not touched.")
    hands.click("Open a copy…", Role.Button)
    hands.name_file(tmp_path / "then.casefile")
    hands.wait(lambda: len(hands.all_windows()) == 2, "a second window")
    assert TITLE in titles(tmp_path / "then.casefile")
    assert "A mistake" in titles(sample)


def test_a_backup_that_is_damaged_is_told(sample: Path, hands: Hands, backups: RowView) -> None:
    (backup,) = made(sample)
    hands.click("Close", Role.Button)
    hands.wait(lambda: not open_dialogs(BackupsDialog), "the end of the dialog")
    backup.path.write_bytes(b"no case file at all")
    hands.menu("File", "Backups…")
    hands.wait_for(f"{backup.path.name} is not a Depositary case file. It was not touched.")
    window = hands.window
    window.backups.restore(backup)
    hands.wait_for("The backup was not restored")
    hands.click("Close", Role.Button)
    assert "A mistake" in titles(sample)
