"""Cycles go on the window's thread only."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.garbage import Collector


class Cycle(QObject):
    """A QObject that only a collection frees; it says on which thread it went."""

    went: "list[int]" = []  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.me = self
        weakref.finalize(self, lambda: Cycle.went.append(threading.get_ident()))


def test_a_cycle_goes_on_this_thread_whoever_allocates(qtbot: QtBot) -> None:
    Cycle.went.clear()
    Cycle()
    worker = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    worker.start()
    worker.join()
    assert Cycle.went == []
    kept = [[] for _ in range(5_000)]  # type: ignore[var-annotated]
    qtbot.waitUntil(lambda: bool(Cycle.went))
    assert Cycle.went == [threading.get_ident()]
    assert len(kept) == 5_000


def test_python_collects_by_itself_again_afterwards(qapp: QApplication) -> None:
    collector = Collector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
