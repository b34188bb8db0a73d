"""Case files for the tests of the desktop."""

import gc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.log import Editor
from db.models import Agreement, Organization, Person
from db.opening import open_case
from db.operations.records import add_record
from db.trust import Trust, digest_of
from desktop.backroom import Backroom
from desktop.garbage import Collector
from desktop.live import LiveCase
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.search_index import SearchIndex
from desktop.workspace import Workspace
from tests.desktop.command_line import Case, small_case

ANALYST = Editor(uuid.UUID(int=1), "Ann Analyst")


@dataclass(frozen=True)
class SmallCase:
    """A live case and the ids of what is in it."""

    live: LiveCase
    japan: uuid.UUID
    norway: uuid.UUID
    official: uuid.UUID
    agreement: uuid.UUID


@pytest.fixture(scope="module", autouse=True)
def collector(qapp: QApplication) -> Iterator[None]:
    """As in the program: a reader's thread must not collect the widgets of the test before."""
    made = Collector()
    yield
    gc.collect()
    made.stop()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return small_case(tmp_path / "small.casefile")


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(tmp_path / "trust")


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[uuid.UUID, ...]]:
    """A case file with two states, an official and an agreement, made once; copy it before writing."""
    folder = tmp_path_factory.mktemp("small")
    workspace = Workspace.create(
        folder / "live.casefile", Trust(folder / "trust"), ANALYST, {"title": "Case", "default_marking": "GREEN"}
    )
    records = workspace.write("Fill", _fill)
    workspace.close()
    return workspace.path, records


@pytest.fixture
def small(small_file: tuple[Path, tuple[uuid.UUID, ...]], tmp_path: Path, trust: Trust) -> Iterator[SmallCase]:
    """A copy of the small case, open as the window opens it."""
    original, records = small_file
    with lively(_open_copy(original, tmp_path, trust)) as live:
        yield SmallCase(live, *records)


@pytest.fixture
def live(small: SmallCase) -> LiveCase:
    """The small case alone."""
    return small.live


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, made once; copy it before writing."""
    folder = tmp_path_factory.mktemp("sample")
    make_sample(folder / SAMPLE_FILE, Trust(folder / "trust"), ANALYST).close()
    return folder / SAMPLE_FILE


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path, trust: Trust) -> Iterator[LiveCase]:
    """A copy of the sample, open as the window opens it."""
    with lively(_open_copy(sample_file, tmp_path, trust)) as live:
        yield live


def _open_copy(original: Path, folder: Path, trust: Trust) -> Workspace:
    path = Path(copyfile(original, folder / original.name))
    trust.remember(digest_of(path))
    return Workspace(open_case(path, trust, writable=True), ANALYST)


@pytest.fixture(scope="session")
def backroom(qapp: QApplication) -> Iterator[Backroom]:
    """One process for heavy work, shared because it takes a second to start."""
    room = Backroom()
    yield room
    room.close()


@pytest.fixture
def index(live: LiveCase, backroom: Backroom) -> SearchIndex:
    """The search index of the small case, not yet made."""
    return SearchIndex(live, backroom, live)


@pytest.fixture
def made_index(index: SearchIndex, qtbot: QtBot) -> SearchIndex:
    """The search index of the small case, made."""
    index.start()
    qtbot.waitUntil(lambda: index.progress.is_current, timeout=30_000)
    return index


@contextmanager
def lively(workspace: Workspace) -> Iterator[LiveCase]:
    """A live case for as long as the block runs; an error that nobody asked for fails the test."""
    live = LiveCase(workspace)
    troubles: list[BaseException] = []
    live.troubled.connect(troubles.append)
    yield live
    live.close()
    assert troubles == []


def _fill(session: Session) -> tuple[uuid.UUID, ...]:
    japan = add_record(session, Organization, {"name": "Japan", "iso_code": "JPN", "classification": "state"})
    norway = add_record(session, Organization, {"name": "Norway", "iso_code": "NOR", "classification": "state"})
    official = add_record(session, Person, {"name": "Bjørn Arild Gram", "family_name": "Gram"})
    values = {"title": "Memorandum on equipment", "parties": [japan, norway], "subjects": ["procurement"]}
    return japan, norway, official, add_record(session, Agreement, values)
