"""The process beside the window ends when it is told to, whatever it is doing."""

import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.backroom import Backroom

LARGE = 200 << 20


class Flag:
    """Makes a file when it is pickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[type[str], tuple[()]]:
        self.path.touch()
        return str, ()


def much(begun: Path) -> list[object]:
    """A result that takes a while to send, and says when that begins."""
    return [bytes(LARGE), Flag(begun)]


def long(begun: Path) -> None:
    begun.touch()
    time.sleep(300)


@pytest.mark.parametrize("work", [much, long])
def test_it_can_be_stopped_in_the_middle(qtbot: QtBot, tmp_path: Path, work: object) -> None:
    backroom = Backroom()
    assert callable(work)
    backroom.run(work, tmp_path / "begun")
    qtbot.waitUntil((tmp_path / "begun").exists, timeout=20_000)
    backroom.close()


def test_it_can_be_closed_before_it_was_ever_used(qtbot: QtBot) -> None:
    Backroom().close()
