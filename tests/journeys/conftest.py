"""Journeys go through the whole program: the real application, its real windows, files, processes and settings."""

import gc
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.log import Editor
from db.trust import Trust
from desktop.app import Application
from desktop.garbage import Collector
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.settings import editor
from tests.journeys.hands import Hands

AUTHOR = "Ann Analyst"


@pytest.fixture(scope="module", autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """As in the program: a reader's thread must not collect the widgets of the test before."""
    made = Collector()
    yield
    gc.collect()
    made.stop()


@pytest.fixture
def strangers() -> None:
    """For a test of files from elsewhere: they are introduced before they are opened."""


@pytest.fixture(autouse=True)
def own_files(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All other tests open files as if they had written them on this computer."""
    if "strangers" not in request.fixturenames:
        monkeypatch.setattr("desktop.meeting.is_stranger", lambda path, trust: False)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """Somebody at the keyboard."""
    return Hands(qtbot)


@pytest.fixture
def stranger(qapp: QApplication) -> Iterator[Application]:
    """The program as it is when it is started for the first time."""
    application = Application(qapp)
    application.start([])
    application.welcome.activateWindow()
    yield application
    leave(application)


@pytest.fixture
def application(stranger: Application) -> Application:
    """The program, which knows who edits."""
    editor(AUTHOR)
    return stranger


@pytest.fixture(scope="session")
def finished_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder / SAMPLE_FILE, Trust(folder / "trust"), Editor(uuid.UUID(int=1), AUTHOR)).close()
    return folder / SAMPLE_FILE


@pytest.fixture
def sample(finished_sample: Path, application: Application, hands: Hands, tmp_path: Path) -> Path:
    """A copy of the sample, open in its window."""
    path = Path(copyfile(finished_sample, tmp_path / SAMPLE_FILE))
    application.open_case(path)
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    return path


@pytest.fixture
def held_sample(finished_sample: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the sample that somebody else has open."""
    path = Path(copyfile(finished_sample, tmp_path / "held.casefile"))
    with open_elsewhere(path, tmp_path):
        yield path


@contextmanager
def open_elsewhere(path: Path, folder: Path) -> Iterator[None]:
    """Another program that has a case file open for as long as the block runs."""
    code = (
        "import sys, pathlib; from db.opening import open_case; from db.trust import Trust;"
        "case = open_case(pathlib.Path(sys.argv[1]), Trust(pathlib.Path(sys.argv[2])), writable=True);"
        "print('open', flush=True); sys.stdin.read(); case.engine.dispose(); case.lock.release()"
    )
    command = [sys.executable, "-c", code, str(path), str(folder / "trust")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("")


def leave(application: Application) -> None:
    """Close the program as far as a test's process allows: its windows, and what holds its files."""
    for window in list(application.windows):
        window.close()
    application.welcome.close()
    application.welcome.deleteLater()
    application.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
