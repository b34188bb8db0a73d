"""A case file that cannot be written any more: nothing that was typed is lost, and the window says so."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from db.log import driver_connection
from db.models import Agreement
from db.opening import read_again
from db.queries.records import list_records
from desktop.dialogs.unsaved import UnsavedDialog
from desktop.live import SaveState
from tests.desktop.finding import open_dialogs
from tests.journeys.hands import Hands, Role

TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"


@pytest.fixture
def protect(sample: Path, hands: Hands) -> Iterator[Callable[[bool], None]]:
    """Lets the file be written no more, or again: as a stick that is locked, even to an administrator."""

    def protect(protected: bool) -> None:
        engine = hands.window.live._workspace._case.engine
        with engine.connect() as connection:
            driver_connection(connection).execute(f"PRAGMA query_only = {'ON' if protected else 'OFF'}")

    yield protect
    for window in hands.all_windows():
        window.live.discard_unsaved()


@pytest.fixture
def refused(protect: Callable[[bool], None], hands: Hands) -> None:
    """A title was typed, and the file did not take it."""
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)
    protect(True)
    hands.fill("Title", "A much better title")
    hands.wait_for("1 change is not saved…")


def titles(path: Path) -> list[str]:
    with read_again(path) as session:
        return [row.title for row in list_records(session, Agreement)]


def ask_to_quit(hands: Hands) -> None:
    hands.press("Ctrl+Q")
    hands.wait(lambda: bool(open_dialogs(UnsavedDialog)), "the question")
    assert "A much better title" in hands.widget(QPlainTextEdit, "unsavedText").toPlainText()


@pytest.mark.usefixtures("refused")
class TestWhatIsNotSaved:
    def test_is_told_and_stays(self, hands: Hands) -> None:
        assert hands.sees("cannot be written now")
        assert not hands.sees("All changes saved")
        assert hands.text_of("Title") == "A much better title"
        ask_to_quit(hands)
        hands.click("Copy the text", Role.Button)
        assert "A much better title" in QApplication.clipboard().text()
        hands.click("Stay", Role.Button)
        assert hands.window.isVisible()
        assert hands.text_of("Title") == "A much better title"
        assert hands.window.live.save_state is SaveState.FAILED

    def test_can_be_tried_again(self, hands: Hands, protect: Callable[[bool], None], sample: Path) -> None:
        hands.click("1 change is not saved…")
        hands.wait_for("tryAgain")
        hands.click("Try again", Role.Button)
        hands.wait_for("The case file could not be written: it can only be read now. Nothing was changed.")
        protect(False)
        hands.click("Try again", Role.Button)
        hands.wait_saved()
        assert "A much better title" in titles(sample)
        assert hands.window.isVisible()
        hands.wait(lambda: not open_dialogs(UnsavedDialog), "the end of the question")

    def test_can_go_into_a_copy(self, hands: Hands, sample: Path, tmp_path: Path) -> None:
        hands.click("1 change is not saved…")
        hands.click("Save to a copy…", Role.Button)
        hands.name_file(tmp_path / "rescued.casefile")
        hands.wait(
            lambda: [window.live.path.name for window in hands.all_windows()] == ["rescued.casefile"], "the copy"
        )
        assert TITLE in titles(sample)
        assert "A much better title" in titles(tmp_path / "rescued.casefile")
        hands.wait_for("All changes saved")

    def test_never_replaces_the_file_itself(self, hands: Hands, sample: Path) -> None:
        ask_to_quit(hands)
        hands.window.closing.save_copy(str(sample))
        hands.wait_for(f"{sample.name} is open. Choose another name for the copy.")
        assert TITLE in titles(sample)
        hands.click("Stay", Role.Button)

    def test_can_be_given_up(self, hands: Hands, sample: Path) -> None:
        ask_to_quit(hands)
        hands.click("Discard", Role.Button)
        hands.wait(lambda: not hands.all_windows(), "the end of the window")
        assert TITLE in titles(sample)


def test_what_was_typed_last_is_asked_for_too(protect: Callable[[bool], None], hands: Hands) -> None:
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)
    protect(True)
    hands.focus("Title", Role.EditableText)
    hands.press("Ctrl+A")
    hands.type("A much better title")
    ask_to_quit(hands)
    hands.click("Discard", Role.Button)
    hands.wait(lambda: not hands.all_windows(), "the end of the window")
