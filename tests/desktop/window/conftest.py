"""The program as a whole: its application object, without an event loop of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import Application
from desktop.main_window import MainWindow
from desktop.settings import editor

Opener = Callable[[Path], MainWindow]


@pytest.fixture
def strangers() -> None:
    """For a test of files from elsewhere: they are introduced before they are opened."""


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All other tests open files as if they had written them on this computer."""
    if "strangers" not in request.fixturenames:
        monkeypatch.setattr("desktop.meeting.is_stranger", lambda path, trust: False)


@pytest.fixture
def application(qapp: QApplication) -> Iterator[Application]:
    """The program, of somebody whose name is known."""
    editor("Ann Analyst")
    made = Application(qapp)
    yield made
    for window in list(made.windows):
        window.close()
    made.welcome.close()
    made.welcome.deleteLater()
    made.deleteLater()


@pytest.fixture
def open_window(qtbot: QtBot, application: Application) -> Opener:
    """Opens a case file and gives its window."""

    def opened(path: Path) -> MainWindow:
        application.open_case(path)
        qtbot.waitUntil(lambda: any(window.live.path == path for window in application.windows), timeout=20_000)
        return next(window for window in application.windows if window.live.path == path)

    return opened
