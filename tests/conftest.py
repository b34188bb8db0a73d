"""What holds for every test: no screen, no user's own folders, no unexpected log record."""

import logging
import os
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

USER_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "runtime",
}

PATIENCE = 60_000
"""Milliseconds to wait for what the window does."""

settings.register_profile("ci", max_examples=100, derandomize=True, deadline=None)
settings.register_profile("soak", max_examples=5_000, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--headed``, to watch the windows, and ``--update-screens``, to renew the pictures of them."""
    parser.addoption("--headed", action="store_true", help="show windows on the screen instead of offscreen")
    parser.addoption("--update-screens", action="store_true", help="write tests/journeys/screens anew, to look at")


def pytest_configure(config: pytest.Config) -> None:
    """Keep Qt off the screen, before anything starts it."""
    if not config.getoption("--headed"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(scope="session")
def qapp_cls() -> "type[QApplication]":
    """The program's own application object, in every test that has one."""
    from desktop.app import DesktopApplication

    return DesktopApplication


@pytest.fixture
def qtbot(qapp: "QApplication", request: pytest.FixtureRequest) -> "QtBot":
    """pytest-qt's hands with more patience than five seconds: that a machine is busy is no fault of the program."""
    from pytestqt.qtbot import QtBot

    class PatientBot(QtBot):
        waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE)  # noqa: N815, pytest-qt's names
        waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE)  # noqa: N815
        waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE)  # noqa: N815

    return PatientBot(request)


@pytest.fixture(autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a home of its own, so that none reads or writes the user's files."""
    home = tmp_path_factory.mktemp("home")
    for variable, folder in USER_FOLDERS.items():
        (home / folder).mkdir(mode=0o700, parents=True, exist_ok=True)  # Qt warns of an open runtime folder
        monkeypatch.setenv(variable, str(home / folder))
    return home


class _Records(logging.Handler):
    """Keeps the records that somebody should look at."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def stray_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked ``expects_log``."""
    records = _Records()
    logging.getLogger().addHandler(records)
    yield
    logging.getLogger().removeHandler(records)
    if records.messages and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("\n".join(["unexpected log:", *records.messages]))
