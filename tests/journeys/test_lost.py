"""The file goes away while it is open: renamed, deleted, replaced, its stick pulled, its disk full. Nothing is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.models import Agreement
from db.opening import check_case, read_again
from db.presence import Standing
from db.queries.records import list_records
from desktop.app import Application
from desktop.live import SaveState
from tests.journeys.hands import Hands, Role

TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"
BETTER = "A much better title"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the faults are made as Linux has them")


@pytest.fixture
def stick(finished_sample: Path, application: Application, hands: Hands, tmp_path: Path) -> Iterator[Path]:
    """The sample on a stick, open with a record."""
    folder = tmp_path / "stick"
    folder.mkdir()
    path = Path(shutil.copy(finished_sample, folder))
    open_record(application, hands, path)
    yield path
    for window in hands.all_windows():
        window.live.discard_unsaved()
        window.closing._is_rescued = True


def open_record(application: Application, hands: Hands, path: Path) -> None:
    application.open_case(path)
    hands.wait_record_list("Agreements")
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)


def titles(path: Path) -> list[str]:
    with read_again(path) as session:
        return [row.title for row in list_records(session, Agreement)]


def edit(hands: Hands) -> None:
    """Edit what cannot be written: it is kept and said so, and nothing says that it is saved."""
    hands.fill("Title", BETTER)
    hands.wait_for("1 change is not saved…")
    assert not hands.sees("All changes saved")
    assert hands.text_of("Title") == BETTER


def wait_standing(hands: Hands, standing: Standing) -> None:
    hands.window.live.watch.look()
    hands.wait(lambda: hands.window.live.watch.presence.standing is standing, f"it to be {standing}")
    assert not hands.sees("All changes saved")


def wait_path(hands: Hands, path: Path) -> None:
    hands.wait(lambda: [window.live.path for window in hands.all_windows()] == [path], f"the window of {path}")


def test_renamed_it_is_gone_on_with_under_its_new_name(stick: Path, hands: Hands) -> None:
    new = stick.rename(stick.with_name("renamed.casefile"))
    edit(hands)
    hands.wait_for(
        f"{stick.name} was renamed to renamed.casefile while it was open. Nothing more is written to it here."
    )
    hands.click("Go on there", Role.Button)
    wait_path(hands, new)
    assert BETTER in titles(new)
    hands.wait_saved()


def test_renamed_and_back_it_is_written_by_itself(stick: Path, hands: Hands) -> None:
    folder = stick.parent.rename(stick.parent.with_name("elsewhere"))
    edit(hands)
    wait_standing(hands, Standing.MOVED)
    folder.rename(stick.parent)
    hands.wait_saved()
    assert BETTER in titles(stick)


def test_deleted_it_is_saved_to_a_copy_before_the_window_closes(stick: Path, hands: Hands, tmp_path: Path) -> None:
    stick.unlink()
    wait_standing(hands, Standing.DELETED)
    hands.press("Ctrl+W")
    hands.wait_for("The file was deleted while it was open")
    hands.click("Save to a copy…", Role.Button)
    hands.name_file(tmp_path / "rescued.casefile")
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
    assert TITLE in titles(tmp_path / "rescued.casefile")
    assert check_case(tmp_path / "rescued.casefile") == ()


def test_replaced_the_other_file_is_not_touched_until_that_is_wanted(stick: Path, hands: Hands) -> None:
    other = stick.with_name("other")
    hands.wait_saved()
    shutil.copy(stick, other)
    other.replace(stick)
    before = stick.read_bytes()
    edit(hands)
    hands.wait_for(f"Another file has taken the place of {stick.name}. Nothing is written to it.")
    assert stick.read_bytes() == before
    window = hands.window
    hands.click("Open what is there", Role.Button)
    hands.wait(lambda: bool(hands.all_windows()) and hands.window is not window, "a window of the other file")
    hands.wait(lambda: BETTER in titles(stick), "the edit in the other file")


def test_a_file_of_another_case_is_not_gone_on_with(stick: Path, application: Application, hands: Hands) -> None:
    from desktop.opening import create_workspace
    from desktop.settings import editor, trust

    other = stick.with_name("other.casefile")
    create_workspace(other, trust(), editor(), {"title": "Other"}).workspace.close()
    stick.rename(stick.with_name("away"))
    edit(hands)
    hands.window.closing.go_to(other)
    hands.wait_for("other.casefile is not this case, but another one. It was not touched.")
    hands.click("Close", Role.Button)
    assert hands.sees("1 change is not saved…")


def test_a_stick_that_is_pulled_out_keeps_the_words(stick: Path, hands: Hands) -> None:
    kept = Path(shutil.copytree(stick.parent, stick.parent.with_name("put back")))
    pull(stick)
    edit(hands)
    wait_standing(hands, Standing.VANISHED)
    hands.wait_for(f"{stick.parent} cannot be reached. What is typed from now on is kept in this window only.")
    kept.rename(stick.parent)
    wait_standing(hands, Standing.REPLACED)
    hands.click("Open what is there", Role.Button)
    hands.wait(lambda: BETTER in titles(stick), "the edit on the stick")


def pull(path: Path) -> None:
    """Take a file's disk away: whoever has it open can read and write it no more, and its folder is gone."""
    found = path.stat()
    dead = os.open("/dev/full", os.O_WRONLY)
    for number in map(int, os.listdir("/proc/self/fd")):
        try:
            if os.path.samestat(os.fstat(number), found):
                os.dup2(dead, number)
        except OSError:
            continue
    os.close(dead)
    shutil.rmtree(path.parent)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[..., None]]:
    """A disk of its own; call it with mount options to change them."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(*options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "none", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("only an administrator can mount a disk")

    mount("size=4m")
    yield mount
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_keeps_the_words(
    small_disk: Callable[..., None], finished_sample: Path, application: Application, hands: Hands, tmp_path: Path
) -> None:
    path = Path(shutil.copy(finished_sample, tmp_path / "disk"))
    open_record(application, hands, path)
    hands.wait_saved()
    filler = path.with_name("filler")
    fill(filler)
    before = path.read_bytes()
    edit(hands)
    assert hands.window.live.save_state is SaveState.FAILED
    assert path.read_bytes() == before
    filler.unlink()
    hands.click("1 change is not saved…")
    hands.click("Try again", Role.Button)
    hands.wait_saved()
    assert BETTER in titles(path)
    hands.wait(lambda: QApplication.activeModalWidget() is None, "the end of the dialog")
    hands.press("Ctrl+W")
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
    assert check_case(path) == ()


def test_a_medium_that_can_only_be_read_says_so(
    small_disk: Callable[..., None], finished_sample: Path, application: Application, hands: Hands, tmp_path: Path
) -> None:
    path = Path(shutil.copy(finished_sample, tmp_path / "disk"))
    small_disk("remount", "ro")
    open_record(application, hands, path)
    assert hands.sees("Nothing can be changed here")
    assert not hands.sees("All changes saved")
    assert not hands.window.live.is_writable


def fill(path: Path) -> None:
    """Leave no byte on a disk."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


def test_a_reader_is_offered_what_was_saved_anew(held_sample: Path, application: Application, hands: Hands) -> None:
    """As on a share, where the one who edits saves back a copy."""
    application.open_case(held_sample)
    hands.wait_record_list("Agreements")
    window = hands.window
    new = held_sample.with_name("new")
    shutil.copy(held_sample, new)
    new.replace(held_sample)
    window.live.watch.look()
    hands.wait_for(f"{held_sample.name} was saved anew by somebody else. What is shown here is as it was before.")
    hands.click("Open what is there", Role.Button)
    hands.wait(lambda: bool(hands.all_windows()) and hands.window is not window, "a window of what is there")
    hands.wait_record_list("Agreements")
