"""Minutes of random use end with no warning, no crash, a sound file and no more memory than before.

`make soak` uses the window for two hours; DEPOSITARY_MONKEY_SECONDS and DEPOSITARY_MONKEY_SEED choose otherwise.
DEPOSITARY_MONKEY_JOURNAL names a file that tells every deed, and now and then the memory, even if all ends in a crash.
"""

import gc
import os
import re
import sqlite3
import sys
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TextIO

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QFileDialog

from db.audit import disagreements
from db.opening import check_case
from desktop.backups.desk import BackupDesk
from desktop.live import SaveState
from desktop.pages.briefing.delivery import Delivery
from tests.journeys.hands import Hands
from tests.journeys.monkey import Monkey

SECONDS = int(os.environ.get("DEPOSITARY_MONKEY_SECONDS", "0"))
SEED = int(os.environ.get("DEPOSITARY_MONKEY_SEED", "1"))
JOURNAL = Path(os.environ.get("DEPOSITARY_MONKEY_JOURNAL", os.devnull))
OFFSCREEN = re.compile("This plugin does not support (propagateSizeHints|raise|grabbing the (keyboard|mouse))")
"""What Qt says where there is no screen."""
GROWTH = 64
"""Megabytes that resident memory may grow after the first third of the time."""
SHORT, FIRST_USE = 1_200, 160
"""In so few seconds most pages and dialogs are still made for the first time, which takes megabytes of its own."""


@pytest.fixture(autouse=True)
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are not chosen, no backup takes this one's place, nothing is printed, no other program is started."""
    monkeypatch.setattr(QFileDialog, "open", lambda self, *args: QDialog.reject(self))
    monkeypatch.setattr(BackupDesk, "restore", lambda *args: None)
    monkeypatch.setattr(Delivery, "ask_for_printer", lambda *args: None)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *args: True)


def test_a_while_of_random_use(sample: Path, hands: Hands) -> None:
    play(hands, sample, SECONDS or 45)


@pytest.mark.soak
@pytest.mark.timeout(0)
def test_hours_of_random_use(sample: Path, hands: Hands) -> None:
    play(hands, sample, SECONDS or 7_200)


def play(hands: Hands, path: Path, seconds: int) -> None:
    """Let a monkey use the window for some seconds, and look at what it leaves."""
    with JOURNAL.open("w", encoding="utf-8") as journal:
        _play(hands, path, seconds, journal)


def _play(hands: Hands, path: Path, seconds: int, journal: TextIO) -> None:
    window = hands.window
    monkey = Monkey(window, SEED, journal)
    with _overheard(monkey):
        warm = _act(monkey, seconds, journal)
        monkey.rest()
    assert window in hands.all_windows(), told(monkey)
    hands.wait(lambda: window.live.save_state is not SaveState.SAVING, "the end of saving")
    monkey.rest()
    grown = memory() - warm
    print(f"{monkey.count} deeds, {warm:.0f} MB and {grown:+.0f} MB")
    window.close()
    assert check_case(path) == (), told(monkey)
    with closing(sqlite3.connect(path)) as connection:
        assert list(disagreements(connection)) == [], told(monkey)
    assert grown < (FIRST_USE if seconds < SHORT else GROWTH), told(monkey)


def _act(monkey: Monkey, seconds: int, journal: TextIO) -> float:
    """Let it act, until something is wrong; gives the memory after a third of the time."""
    start, warm = monotonic(), 0.0
    while (spent := monotonic() - start) < seconds:
        monkey.act()
        assert not monkey.troubles, told(monkey)
        if not warm and spent > seconds / 3:
            warm = memory()
        if monkey.count % 1_000 == 0:
            print(f"{spent:.0f} s, {memory():.0f} MB", file=journal, flush=True)
    return warm


@contextmanager
def _overheard(monkey: Monkey) -> Iterator[None]:
    """Count as trouble what Python cannot hand to anybody, and what Qt warns of."""
    caught = sys.excepthook

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        monkey.troubles.append("".join(traceback.format_exception(kind, error, trace)))
        caught(kind, error, trace)

    def note_message(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if not OFFSCREEN.match(words):
            monkey.troubles.append("".join([words, "\n", *traceback.format_stack(limit=12)]))

    sys.excepthook = note
    heard = qInstallMessageHandler(note_message)
    try:
        yield
    finally:
        qInstallMessageHandler(heard)
        sys.excepthook = caught


def told(monkey: Monkey) -> str:
    """How it came about."""
    return "\n".join([f"seed {SEED}, {monkey.count} deeds, the last of them:", *monkey.deeds, *monkey.troubles])


def memory() -> float:
    """Resident memory of this process in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
