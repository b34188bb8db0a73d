"""Two people work apart on the sample and put their files together again, through the real window."""

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import copyfile

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QTextBrowser
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.backups import Why, backups_of
from db.engine import open_engine, open_sessions
from db.log import Editor, edit
from db.models import Agreement, Person, Reason
from db.operations.records import add_record, delete_record, set_field
from db.queries.history import conflicts
from desktop.folders import backup_folder
from tests.journeys.hands import Hands, Role

KARI = Editor(uuid.UUID(int=77), "Kari Nordmann")
TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"


def agreement(session: Session) -> uuid.UUID:
    return session.scalars(select(Agreement.id).where(Agreement.title == TITLE)).one()


def as_kari(path: Path) -> AbstractContextManager[Session]:
    """One edit of the colleague's."""
    return edit_of(path, KARI)


@contextmanager
def edit_of(path: Path, editor: Editor) -> Iterator[Session]:
    """One edit of somebody's."""
    engine = open_engine(path, writable=True)
    try:
        with edit(open_sessions(engine), editor, "Edit") as session:
            yield session
    finally:
        engine.dispose()


@pytest.fixture
def kari(finished_sample: Path, tmp_path: Path) -> Path:
    """The colleague's copy: another title and summary, a new agreement, an official less."""
    path = Path(copyfile(finished_sample, tmp_path / "kari.casefile"))
    with as_kari(path) as session:
        key = agreement(session)
        set_field(session, key, "title", "ACSA Japan–Italy, as Kari calls it")
        set_field(session, key, "place_signed", "Roma")
        add_record(session, Agreement, {"title": "A new agreement of Kari’s"})
        unused = session.scalars(select(Person.id).where(Person.name == "Nobody in particular")).all()
        for person in unused:
            delete_record(session, person)
    return path


def drop(hands: Hands, path: Path) -> None:
    """Drag a file onto the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    hands.window.dropEvent(event)


def titles(hands: Hands) -> set[str]:
    return hands.read(_titles)


def _titles(session: Session) -> set[str]:
    return set(session.scalars(select(Agreement.title)))


def _reasons(session: Session) -> set[str]:
    return set(session.scalars(select(Reason.text)))


def look_at(hands: Hands, path: Path) -> None:
    """Drop a colleague's file, say that it is to be merged, read what it is, and wait for what a merge would do."""
    drop(hands, path)
    hands.finish("mergeDropped")
    hands.wait_for("A file from elsewhere")
    hands.click("seeMerge")
    hands.wait_for("differences", Role.Table)
    hands.wait(lambda: not hands.sees("stillMerging"), "the union")


def change_title(hands: Hands, title: str) -> None:
    hands.click_item("Acquisition and Cross-Servicing Agreement (Japan–Italy)")
    hands.wait_record(TITLE)
    hands.fill("Title", title)
    hands.wait_saved()


def test_a_conflict_is_decided_a_new_record_declined_and_all_of_it_undone(
    sample: Path, kari: Path, hands: Hands
) -> None:
    change_title(hands, "ACSA Italy, as Ann calls it")
    before = titles(hands)
    look_at(hands, kari)
    hands.wait_for("Your colleague Kari Nordmann added 1 agreement and changed 1 field; you both changed 1 field.")
    hands.wait_for("Both changed it")
    hands.click("Keep mine: Title")
    hands.fill("Reason", "as it is printed")
    hands.click_item("New, A new agreement of Kari’s")
    hands.click("Decline it: the whole record")
    hands.fill("Reason", "it is another case")
    hands.click("mergeNow")
    hands.wait_for("Receipt of a merge")
    receipt = hands.widget(QTextBrowser, "receipt")
    hands.wait(lambda: "as it is printed" in receipt.toPlainText(), "the receipt")
    assert "Kari Nordmann" in receipt.toPlainText()
    hands.press("Esc")
    assert titles(hands) == before
    assert hands.read(_reasons) == {"as it is printed", "it is another case"}
    assert hands.read(conflicts) == []
    assert [backup.why for backup in backups_of(sample, backup_folder())].count(Why.BEFORE_MERGE) == 1
    assert place(hands) == "Roma"
    hands.click("Undo")
    hands.wait(lambda: place(hands) != "Roma", "the merge undone")
    assert titles(hands) == before


def place(hands: Hands) -> str | None:
    def query(session: Session) -> str | None:
        return session.scalar(select(Agreement.place_signed).where(Agreement.title == "ACSA Italy, as Ann calls it"))

    return hands.read(query)


def test_what_is_no_case_file_is_refused_in_words_and_nothing_is_lost(
    sample: Path, kari: Path, hands: Hands, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.casefile"
    broken.write_bytes(kari.read_bytes()[:5000])
    drop(hands, broken)
    hands.finish("mergeDropped")
    hands.wait_for("“broken.casefile” was not taken in")
    before = titles(hands)
    drop(hands, kari)
    hands.finish("mergeDropped")
    hands.click("cancelMerging")
    hands.wait_for("Merge a colleague’s file")
    assert titles(hands) == before


def test_what_stays_open_is_told_in_the_list_and_the_form_until_somebody_chooses(
    sample: Path, kari: Path, hands: Hands
) -> None:
    change_title(hands, "ACSA Italy, as Ann calls it")
    look_at(hands, kari)
    hands.click("mergeNow")
    hands.wait_for("Receipt of a merge")
    hands.press("Esc")
    hands.menu("Go", "Agreements")
    hands.fill("Filter", "is:conflict")
    hands.wait(lambda: hands.sees("1 of 30"), "one row in conflict")
    hands.wait_for("Title: set apart from each other")
    assert hands.text_of("Title") == "ACSA Italy, as Ann calls it", "the newer one is shown"
    hands.click("Choose “ACSA Japan–Italy, as Kari calls it”")
    hands.wait(lambda: hands.text_of("Title") == "ACSA Japan–Italy, as Kari calls it", "the value that was chosen")
    hands.wait(lambda: not hands.sees("Title: set apart from each other"), "nothing left to choose")
    assert hands.read(conflicts) == []
