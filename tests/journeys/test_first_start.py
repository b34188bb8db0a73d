"""The first minutes: somebody makes a case file, says who they are, and enters an agreement."""

from pathlib import Path

from db.models import Agreement
from db.queries.history import entries
from db.queries.records import list_records
from desktop.app import Application
from tests.journeys.hands import Hands


def test_a_case_file_of_ones_own(stranger: Application, hands: Hands, tmp_path: Path) -> None:
    hands.click("New case file…")
    hands.fill("caseFileTitle", "Nordic agreements")
    hands.choose("caseFileMarking", "TLP:GREEN")
    hands.click("Choose a place…")
    hands.name_file(tmp_path / "nordic.casefile")
    hands.fill("Your name", "Ann Analyst")
    hands.click("Continue")
    hands.wait(lambda: hands.window.isActiveWindow())
    hands.wait_for("Nordic agreements")
    hands.press("Ctrl+N")
    hands.fill("Title", "Framework on maritime patrol data exchange")
    hands.click("Add agreement")
    hands.wait(lambda: bool(hands.read(list_records, Agreement)))
    (row,) = hands.read(list_records, Agreement)
    assert row.title == "Framework on maritime patrol data exchange"
    assert {entry.author for entry in hands.read(entries)} == {"Ann Analyst"}
    hands.press("Ctrl+Z")
    hands.wait(lambda: not hands.read(list_records, Agreement))
