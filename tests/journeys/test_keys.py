"""Keys work wherever somebody is: in the list, on a tab, on a button."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from desktop.app import Application
from desktop.dialogs.new_case import NewCaseDialog
from desktop.lists.view import RecordListView
from tests.desktop.finding import child, open_dialogs
from tests.journeys.hands import Hands, Role

TITLE = "Acquisition and Cross-Servicing Agreement (Japan–Italy)"


def test_what_a_record_is_given_begins_from_the_list_and_from_its_tab(sample: Path, hands: Hands) -> None:
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)
    assert hands.widget(RecordListView, "records").hasFocus()
    hands.press("Ctrl+M")
    hands.wait_for("saveDraft")
    hands.press("Esc")
    hands.wait(lambda: not hands.sees("saveDraft"), "no draft")
    hands.click("Notes and tasks", Role.PageTab)
    hands.press("Ctrl+T")
    hands.wait_for("saveDraft")
    hands.type("Who signed?")
    hands.press("Ctrl+Return")
    hands.wait_for("Answer…")


def test_return_presses_the_button_that_has_the_focus(application: Application, hands: Hands) -> None:
    child(application.welcome, QPushButton, "welcomeNew").setFocus()
    hands.press("Return")
    hands.wait(lambda: bool(open_dialogs(NewCaseDialog)), "the question for a new case")
    open_dialogs(NewCaseDialog)[0].reject()


def test_an_undone_edit_is_told_with_its_record_and_the_way_back(sample: Path, hands: Hands) -> None:
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_record(TITLE)
    hands.fill("Place signed", "Rome")
    hands.wait_saved()
    hands.press("Ctrl+Z")
    hands.wait(lambda: hands.window.toast.text.startswith("Undone: Set place signed of agreement: “Acqui"), "the toast")
    hands.click("toastAction")
    hands.wait(lambda: hands.text_of("Place signed") == "Rome", "the place again")
    hands.wait(lambda: hands.window.toast.text.startswith("Redone: "), "the toast")
