"""Keys work wherever somebody is: in the list, on a tab, on a button."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton

from db.review.findings import Finding
from desktop.app import Application
from desktop.dialogs.new_case import NewCaseDialog
from desktop.lists.view import RecordListView
from desktop.pages.review.model import FINDING
from desktop.pages.review.view import FindingView
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


def test_a_click_on_a_finding_leaves_the_arrow_keys_in_the_list(sample: Path, hands: Hands) -> None:
    hands.press("Ctrl+Shift+R")
    view = hands.widget(FindingView, "findings")
    hands.wait(lambda: hands.window.frame.review.is_complete and view.model().rowCount() > 3, "findings")
    hands.wait(lambda: isinstance(view.model().index(0, 0).data(FINDING), Finding), "the first of them")
    hands.click_row(view, 0)
    hands.wait(lambda: hands.window.pane.page is not None, "the record")
    hands.qtbot.wait(300)
    hands.press("Down")
    hands.wait(lambda: view.currentIndex().row() == 1, "the next finding")


def test_a_change_of_many_begins_at_its_field(sample: Path, hands: Hands) -> None:
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.press("Ctrl+A")
    hands.press("F2")
    hands.wait(lambda: isinstance(QApplication.focusWidget(), QComboBox), "the focus in the choice of a field")
    hands.press("Esc")
    hands.press("Ctrl+Shift+T")
    hands.wait(lambda: isinstance(QApplication.focusWidget(), QComboBox | QLineEdit), "the tag's name")
    hands.press("Esc")
