"""The process beside the window ends when it is told to, whatever it is doing."""

import os
import subprocess
import sys
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


def test_a_pause_that_ends_after_it_was_closed_asks_in_vain(qtbot: QtBot) -> None:
    backroom = Backroom()
    backroom.close()
    assert backroom.run(time.sleep, 0).is_cancelled


_PROGRAM = """
import time
from PySide6.QtCore import QCoreApplication
from desktop.backroom import Backroom
app = QCoreApplication([])
if __name__ == "__main__":
    backroom = Backroom()
    backroom.run(time.sleep, 0)
    while not backroom._executor._processes:
        pass
    print(*backroom._executor._processes, flush=True)
    time.sleep(300)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_ends_where_the_program_is_killed(qtbot: QtBot, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, str(program)], env=environment, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        worker = int(run.stdout.readline())
        qtbot.waitUntil(lambda: "multiprocessing" in command_of(worker), timeout=20_000)
        run.kill()
    qtbot.waitUntil(lambda: not command_of(worker), timeout=20_000)


def command_of(process: int) -> str:
    """The command line of a process; empty where it has ended."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().decode()
    except (FileNotFoundError, ProcessLookupError):
        return ""
