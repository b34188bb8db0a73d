"""Where an open file is: found again where the system tells, and never said to be in place when it is not."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.presence import HERE, Presence, Standing, look_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
ON_LINUX = sys.platform.startswith("linux")


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A file that is open in this process."""
    (tmp_path / "stick").mkdir()
    path = tmp_path / "stick" / "a.casefile"
    path.write_text("a")
    with path.open():
        yield path


@pytest.fixture
def opened(path: Path) -> os.stat_result:
    return path.stat()


def test_in_place(path: Path, opened: os.stat_result) -> None:
    path.write_text("edited")
    assert look_for(path, opened) == HERE


def test_renamed_and_back(path: Path, opened: os.stat_result) -> None:
    other = path.rename(path.with_name("b.casefile"))
    assert look_for(path, opened) == Presence(Standing.MOVED, other if ON_LINUX else None)
    other.rename(path)
    assert look_for(path, opened).is_in_place


def test_its_folder_moved(path: Path, opened: os.stat_result) -> None:
    folder = path.parent.rename(path.parent.with_name("elsewhere"))
    found = look_for(path, opened)
    assert found == (Presence(Standing.MOVED, folder / path.name) if ON_LINUX else Presence(Standing.VANISHED))


def test_deleted(path: Path, opened: os.stat_result) -> None:
    path.unlink()
    assert look_for(path, opened).standing is (Standing.DELETED if ON_LINUX else Standing.MOVED)


def test_replaced(path: Path, opened: os.stat_result) -> None:
    shutil.copy(path, path.with_name("x"))
    path.with_name("x").replace(path)
    assert look_for(path, opened) == Presence(Standing.REPLACED)


def test_on_a_stick_that_is_gone(tmp_path: Path, opened: os.stat_result) -> None:
    assert look_for(tmp_path / "none" / "a.casefile", os.stat(tmp_path)).standing is Standing.VANISHED


def test_on_a_disk_that_does_not_answer(path: Path, opened: os.stat_result, monkeypatch: pytest.MonkeyPatch) -> None:
    def stat(self: Path) -> os.stat_result:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "stat", stat)
    assert look_for(path, opened) == Presence(Standing.VANISHED)
