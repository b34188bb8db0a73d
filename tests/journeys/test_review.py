"""What there is to look at: findings are followed to their place, dismissed with a reason, and taken back."""

from pathlib import Path

from PySide6.QtWidgets import QTableView

from desktop.reviewing import Review
from tests.journeys.hands import Hands


def test_findings_are_followed_and_dismissed(sample: Path, hands: Hands) -> None:
    hands.press("Ctrl+Shift+R")
    view = hands.widget(QTableView, "findings")
    reviewing = hands.window.findChildren(Review)[0]
    hands.wait(lambda: reviewing.is_complete and bool(view.model().index(0, 0).data()), "all findings")
    before = view.model().rowCount()
    hands.click_row(view, 0)
    hands.wait_for("recordTitle")
    hands.click("Dismiss…")
    hands.fill("Reason", "Seen; the treaty collection has it.")
    hands.click("dismissNow")
    hands.wait_saved()
    hands.wait(lambda: view.model().rowCount() == before - 1, "one less")
    hands.press("Ctrl+Z")
    hands.wait(lambda: view.model().rowCount() == before, "all of them again")
