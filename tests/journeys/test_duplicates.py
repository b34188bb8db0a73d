"""What was entered twice: found, chosen field by field, joined, taken back, told apart; and what came with a merge."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtWidgets import QTableView
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import open_engine, open_sessions
from db.log import Editor, edit
from db.models import Distinction, OtherName, Person
from db.operations.records import add_record
from db.trust import Trust
from desktop.app import Application
from desktop.workspace import Workspace
from tests.journeys.hands import Hands, Role

KARI = Editor(uuid.UUID(int=77), "Kari Nordmann")


@contextmanager
def as_kari(path: Path) -> Iterator[Session]:
    """One edit of the colleague's."""
    engine = open_engine(path, writable=True)
    try:
        with edit(open_sessions(engine), KARI, "Edit") as session:
            yield session
    finally:
        engine.dispose()


@pytest.fixture
def twice(finished_sample: Path, application: Application, hands: Hands, tmp_path: Path) -> Path:
    """The sample in its window, with an official whom somebody entered again."""
    path = Path(copyfile(finished_sample, tmp_path / "twice.casefile"))
    with as_kari(path) as session:
        add_record(session, Person, {"name": "NAKATANI Gen", "birth_date": "1957-10-14"})
    application.open_case(path)
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    return path


def people(session: Session) -> list[str]:
    """Those who stand for themselves."""
    return sorted(session.scalars(select(Person.name).where(Person.merged_into_id.is_(None))))


def reasons(session: Session) -> list[str]:
    return list(session.scalars(select(Distinction.reason)))


def pairs(hands: Hands) -> QTableView:
    """The list of likely duplicates, found and in words."""
    view = hands.widget(QTableView, "pairs")
    hands.wait(lambda: bool(view.model().index(0, 0).data()), "likely duplicates")
    return view


def choose(hands: Hands, view: QTableView, beginning: str) -> None:
    """Click on the pair that begins like this."""
    hands.wait(lambda: any(text.startswith(beginning) for text in texts(view)), f"“{beginning}”")
    hands.click_row(view, next(row for row, text in enumerate(texts(view)) if text.startswith(beginning)))


def texts(view: QTableView) -> list[str]:
    """The rows in words, as far as they are read."""
    return [view.model().index(row, 0).data() for row in range(view.model().rowCount())]


def test_a_pair_is_joined_as_chosen_taken_back_and_told_apart(twice: Path, hands: Hands) -> None:
    before = hands.read(people)
    hands.press("Ctrl+Shift+D")
    view = pairs(hands)
    choose(hands, view, "Official, Gen Nakatani and NAKATANI Gen, The same name")
    hands.click("Name of NAKATANI Gen: NAKATANI Gen")
    hands.click("Join as one record")
    hands.wait_for("Joined as one record")
    hands.wait_saved()
    assert "NAKATANI Gen" in (joined := hands.read(people))
    assert len(joined) == len(before) - 1
    assert "Gen Nakatani" in hands.read(lambda session: set(session.scalars(select(OtherName.name))))
    hands.wait(lambda: view.model().rowCount() == 1, "one pair less")
    hands.click("Undo")
    hands.wait(lambda: hands.read(people) == before, "both again")
    choose(hands, view, "Official, Gen Nakatani and NAKATANI Gen")
    hands.wait_for("Name of NAKATANI Gen: NAKATANI Gen")
    hands.click("Not a duplicate…")
    hands.fill("Reason", "The one is the other’s nephew.")
    hands.click("apartNow")
    hands.wait(lambda: hands.read(reasons) == ["The one is the other’s nephew."], "the reason kept")
    hands.click("showApart")
    hands.wait_for("Told apart: The one is the other’s nephew.")


def test_records_that_are_selected_in_a_list_are_joined(twice: Path, hands: Hands) -> None:
    hands.press("Ctrl+2")
    hands.wait_for("Officials", Role.Table)
    hands.press("Ctrl+F")
    hands.type("nakatani")
    hands.wait_for("2 of 52")
    hands.press("Return")
    hands.press("Return")
    hands.press("Ctrl+A")
    hands.choose_in_menu("more", "Join as one record…")
    hands.wait_for("Only of: 2 selected officials")
    hands.click("Join as one record")
    hands.wait_for("Joined as one record")
    hands.wait_saved()
    hands.press("Ctrl+2")
    hands.wait_for("1 of 51")
    hands.press("Ctrl+F")
    hands.press("Ctrl+A")
    hands.type("is:joined")
    hands.press("Return")
    hands.press("Return")
    hands.wait(lambda: hands.sees("1 of 51") and hands.text_of("Filter") == "is:joined", "the joined one in the list")
    hands.wait_for("Joined with")
    hands.click("joinedRecord")
    hands.wait_for("Stands for")


@pytest.fixture
def stranger_file(tmp_path: Path) -> Path:
    """A case of somebody else's with no common past, in which one official stands who stands in the sample, too."""
    path = tmp_path / "kari.casefile"
    workspace = Workspace.create(path, Trust(tmp_path / "karis-trust"), KARI, {"title": "Nordic ministers"})
    workspace.write("Add officials", lambda session: [add_record(session, Person, {"name": name}) for name in KARIS])
    workspace.close()
    return path


KARIS = ("Gram, Bjørn Arild", "Pål Jonson’s Predecessor")


def test_duplicates_that_a_merge_brought_are_offered_and_joined(
    sample: Path, stranger_file: Path, hands: Hands
) -> None:
    before = hands.read(people)
    hands.window.merging.take_in(stranger_file)
    hands.click("seeMerge")
    hands.click("mergeNow")
    hands.wait_for("Receipt of a merge")
    hands.wait(lambda: hands.sees("lookAtDuplicates"), "likely duplicates")
    hands.click("1 likely duplicate came with “kari.casefile”: look at it")
    hands.wait_for("Only of: what came with “kari.casefile”")
    view = pairs(hands)
    assert view.model().rowCount() == 1
    assert texts(view)[0].startswith("Official, Bjørn Arild Gram and Gram, Bjørn Arild, The same name")
    hands.wait_for("Name of Gram, Bjørn Arild: Gram, Bjørn Arild")
    hands.click("Join as one record")
    hands.wait_for("Joined as one record")
    hands.wait_saved()
    assert hands.read(people) == sorted([*before, KARIS[1]])
