"""Reading and writing a live case from a test, which waits for what comes back."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.live import LiveCase


class _Result(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []

    def take(self, result: object) -> None:
        self.found.append(result)


def read_from(qtbot: QtBot, live: LiveCase, query: Callable[..., Any], *args: object) -> Any:
    """What a query gives."""
    result = _Result()
    live.read(query, *args, then=result.take)
    qtbot.waitUntil(lambda: bool(result.found))
    return result.found[0]


def write_to(qtbot: QtBot, live: LiveCase, label: str, operation: Callable[..., Any], *args: object) -> Any:
    """What an operation gives, once it is on disk and was told."""
    result = _Result()
    with qtbot.waitSignal(live.changed):
        live.write(label, operation, *args, then=result.take)
    qtbot.waitUntil(lambda: bool(result.found))
    return result.found[0]
