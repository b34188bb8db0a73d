"""A file of an older version in the window: looked at, read, brought up to date, called off."""

import time
from pathlib import Path
from shutil import copyfile

import pytest

from db.backups import Why, backups_of
from db.errors import FileRefused
from db.header import check_header
from db.opening import check_case
from db.schema import VERSION
from db.trust import digest_of
from desktop.app import Application
from desktop.dialogs.introduction import IntroductionDialog
from desktop.dialogs.upgrading import UpgradingDialog
from desktop.folders import backup_folder
from desktop.settings import trust
from desktop.widgets.labels import Words
from tests.db.migrations.ancestor import age, lay_road
from tests.journeys.hands import Hands


@pytest.fixture
def older(finished_sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One's own file of before this version."""
    path = Path(copyfile(finished_sample, tmp_path / "older.casefile"))
    lay_road(monkeypatch)
    age(path)
    trust().remember(digest_of(path))
    return path


def test_it_is_read_first_and_then_brought_up_to_date(
    application: Application, strangers: None, older: Path, hands: Hands
) -> None:
    before = older.read_bytes()
    application.open_case(older)
    hands.wait_for("Open read-only")
    dialog = application.welcome.findChild(IntroductionDialog)
    assert dialog is not None
    assert dialog.windowTitle() == "A file of an older version"
    assert any("a new file takes its place in one step" in words.text() for words in dialog.findChildren(Words))
    hands.click("Open read-only")
    hands.wait(lambda: len(application.windows) == 1, "the window")
    (window,) = application.windows
    assert (window.live.is_writable, window.live.home) == (False, older)
    copy = window.live.path
    assert copy.exists()
    window.close()
    hands.wait(lambda: not application.windows)
    assert not copy.exists()
    assert older.read_bytes() == before

    application.open_case(older)
    hands.wait_for("Bring up to date and open")
    hands.click("Bring up to date and open")
    hands.wait(lambda: len(application.windows) == 1, "the window")
    (window,) = application.windows
    assert window.live.is_writable
    assert hands.sees("The file is up to date. As it was, it is a backup: File, Backups…")
    assert not window.findChildren(UpgradingDialog)
    assert check_header(older) == VERSION
    assert [kept.why for kept in backups_of(older, backup_folder())] == [Why.BEFORE_MIGRATION]
    window.close()
    assert check_case(older) == ()


def test_it_can_be_called_off(
    application: Application, strangers: None, older: Path, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = older.read_bytes()
    application.open_case(older)
    hands.wait_for("Bring up to date and open")
    monkeypatch.setattr("db.migrations.worker.COMMAND", ("-c", "import time; time.sleep(600)"))
    start = time.monotonic()
    hands.click("Bring up to date and open")
    hands.wait_for("Bringing a file up to date")
    hands.click("Cancel")
    hands.wait(lambda: not application.welcome.findChildren(UpgradingDialog), "the end of it")
    assert time.monotonic() - start < 60
    assert not application.windows
    assert older.read_bytes() == before
    with pytest.raises(FileRefused):
        check_header(older)
