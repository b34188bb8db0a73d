"""Any record and any command by a few letters, in three scripts; and the page of all results."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView

from tests.journeys.hands import Hands


@pytest.mark.parametrize(
    ("letters", "title"),
    [
        ("gram bjorn", "Bjørn Arild Gram"),
        ("木原", "Minoru Kihara"),
        ("日ノルウェー防衛相", "日ノルウェー防衛相会談について"),
    ],
)
def test_records_are_found_in_any_script(sample: Path, hands: Hands, letters: str, title: str) -> None:
    hands.wait(lambda: hands.window.index.progress.is_current, "the search index")
    hands.go_to(letters, title)
    hands.wait_record(title)
    hands.press("Ctrl+K")
    hands.wait(lambda: hands.window.palette_overlay.is_idle)
    assert hands.window.palette_overlay.entries[0].spoken.startswith(title)
    hands.press("Esc")


def test_a_command_is_given_and_its_keys_are_told(sample: Path, hands: Hands) -> None:
    hands.go_to("new official", "New official")
    hands.wait_for("Add official")
    hands.press("Esc")
    hands.press("Ctrl+/")
    hands.wait_for("Keyboard shortcuts")
    hands.press("Esc")


def test_all_results_are_on_a_page_and_lead_to_the_passage(sample: Path, hands: Hands) -> None:
    hands.wait(lambda: hands.window.index.progress.is_current, "the search index")
    hands.press("Ctrl+Shift+F")
    hands.fill("searchField", "署名")
    view = hands.widget(QListView, "searchResults")
    hands.wait(lambda: view.model().rowCount() > 2, "results")
    hands.focus("searchField")
    hands.press("Down")
    hands.press("Return")
    hands.wait_for("recordTitle")
    hands.press("Alt+Left")
    hands.wait(lambda: hands.text_of("searchField") == "署名", "the same results")
