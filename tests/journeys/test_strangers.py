"""Files from somebody else, and edits by other programs, as the window shows them."""

import sqlite3
import uuid
from contextlib import closing
from pathlib import Path
from shutil import copyfile

import pytest

from db.log import Editor
from db.models import Agreement
from db.operations.records import add_record
from db.trust import Trust, digest_of
from desktop.app import Application
from desktop.settings import trust
from desktop.widgets.labels import Words
from desktop.workspace import Workspace
from tests.journeys.hands import Hands

KARI = Editor(uuid.UUID(int=7), "Kari Nordmann")


def execute(path: Path, statement: str) -> None:
    """What another program does, which knows SQLite and nothing of us."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as connection:
        connection.execute(statement)


@pytest.fixture
def theirs(finished_sample: Path, tmp_path: Path) -> Path:
    """A colleague's file."""
    path = Path(copyfile(finished_sample, tmp_path / "from <b>Kari.casefile"))
    with Workspace.open(path, Trust(tmp_path / "hers"), KARI, writable=True) as workspace:
        workspace.write("Add", add_record, Agreement, {"title": "An agreement of Kari’s"})
    return path


def test_a_strangers_file_is_looked_at_before_it_is_opened(
    application: Application, strangers: None, theirs: Path, finished_sample: Path, hands: Hands
) -> None:
    before = theirs.read_bytes()
    own = Path(copyfile(finished_sample, theirs.with_name("own.casefile")))
    trust().remember(digest_of(own))
    application.open_case(own)
    hands.wait(lambda: len(application.windows) == 1, "the own file")
    application.open_case(theirs)
    hands.wait_for("Open read-only")
    assert "Kari Nordmann: one edit" in hands.widget(Words, "writers").text()
    assert hands.widget(Words, "news").text().startswith("one edit that your own.casefile does not have: 1 agreement")
    assert "30 agreements, 51 officials" in hands.widget(Words, "holds").text()
    assert len(application.windows) == 1
    hands.click("Cancel")
    hands.wait(lambda: not hands.sees("Open read-only"))
    assert len(application.windows) == 1
    assert theirs.read_bytes() == before

    application.open_case(theirs)
    hands.wait_for("Open read-only")
    hands.click("Open read-only")
    hands.wait(lambda: len(application.windows) == 2, "its window")
    assert not application.windows[1].live.is_writable
    application.windows[1].close()
    assert theirs.read_bytes() == before

    application.open_case(theirs)
    hands.wait(lambda: len(application.windows) == 2, "its window: it was let in")
    assert application.windows[1].live.is_writable


def test_another_programs_edits_are_told_and_shown(
    application: Application, finished_sample: Path, tmp_path: Path, hands: Hands
) -> None:
    path = Path(copyfile(finished_sample, tmp_path / "own.casefile"))
    execute(path, "UPDATE agreement SET title = 'By hand' WHERE pk <= 2")
    application.open_case(path)
    hands.wait_for("Another program made 2 changes in this file.")
    window = application.windows[0]
    execute(path, "UPDATE agreement SET title = 'While it is open' WHERE pk = 1")
    hands.wait(lambda: window.toast.text == "Another program has just edited this file.", "the third edit")
    hands.click("Show history")
    hands.wait(lambda: window.destination.page == "history")
    hands.wait(lambda: any("An edit by another program" in seen.name for seen in hands.seen()), "the edits")
    window.close()

    application.open_case(path)
    hands.wait(lambda: len(application.windows) == 1)
    again = application.windows[0]
    hands.wait(lambda: hasattr(again, "outside") and again.outside.has_looked, "the first look")
    assert again.toast.text == "", "it is told once"
