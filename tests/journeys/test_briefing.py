"""A sheet for a meeting: from the agreement to the file, by keys and mouse."""

import subprocess
import sys
from pathlib import Path

from tests.journeys.hands import Hands

NAME = "Memorandum of understanding on defence equipment"


def test_a_sheet_is_made_for_a_day_and_saved(sample: Path, hands: Hands, tmp_path: Path) -> None:
    hands.go_to("memorandum understanding equipment", NAME)
    hands.wait_for("Title")
    hands.press("Ctrl+Shift+B")
    hands.wait_for("Page 1 of 4")
    hands.click("briefingDates")
    hands.click("briefingHandling")
    hands.fill("Date on the sheet", "3 Sept 2024")
    hands.wait_for("3 September 2024")
    hands.choose("Marking", "TLP:AMBER")
    hands.fill("Compiled by", "Desk 5")
    hands.press("Ctrl+Shift+S")
    hands.name_file(tmp_path / "sheet.pdf")
    hands.wait_for("Saved sheet.pdf.")
    agreement = hands.window.pane.place
    assert agreement
    hands.window.close()
    words = ("--date=2024-09-03", "--marking=amber", "--originator=Desk 5", "-o", str(tmp_path / "cli.pdf"))
    brief = [sys.executable, "-m", "desktop", "brief", str(sample), "--kind=agreement", f"--record={agreement.record}"]
    subprocess.run([*brief, *words], check=True, capture_output=True)
    assert (tmp_path / "sheet.pdf").read_bytes() == (tmp_path / "cli.pdf").read_bytes()


def test_an_edit_is_on_the_sheet_when_one_comes_back(sample: Path, hands: Hands) -> None:
    hands.go_to("memorandum understanding equipment", NAME)
    hands.wait_for("Title")
    hands.press("Ctrl+Shift+B")
    hands.wait_for("Page 1 of 4")
    hands.press("Alt+Left")
    hands.fill("Title", "Memorandum, called otherwise")
    hands.wait_saved()
    hands.press("Ctrl+Shift+B")
    hands.wait_for("Memorandum, called otherwise")
    hands.press("Ctrl+Z")
    hands.wait(lambda: hands.sees("Memorandum of understanding on defence equipment and technology co-operation"))
