"""How people come in: the welcome page, the sample, what was opened lately, and a file that somebody else has open."""

from pathlib import Path
from shutil import copyfile

from desktop.app import Application
from tests.journeys.hands import Hands, Role


def test_the_author_is_asked_once(stranger: Application, hands: Hands, finished_sample: Path, tmp_path: Path) -> None:
    hands.click("Open the sample", Role.Button)
    hands.fill("Your name", "")
    hands.click("Continue")
    hands.wait(lambda: hands.sees("authorName"), "the question again")
    hands.fill("Your name", "Ann Analyst")
    hands.click("Continue")
    hands.wait_for("Japan–Norway defence equipment cooperation")
    hands.menu("File", "Open a case file…")
    copy = Path(copyfile(finished_sample, tmp_path / "copy.casefile"))
    hands.name_file(copy)
    hands.wait(lambda: len(hands.all_windows()) == 2, "a second window, and no question")
    assert copy in [window.live.path for window in hands.all_windows()]


def test_what_was_opened_lately_is_a_click_away(sample: Path, hands: Hands) -> None:
    hands.menu("File", "Close this case file")
    hands.click(f"Open {sample.name}")
    hands.wait_record_list("Agreements")
    hands.menu("File", "Close this case file")
    hands.click(f"Take {sample.name} out of this list")
    hands.wait(lambda: not hands.sees(f"Open {sample.name}"), "an empty list")


def test_a_file_that_is_open_elsewhere_is_read_only(application: Application, held_sample: Path, hands: Hands) -> None:
    hands.menu("File", "Open a case file…")
    hands.name_file(held_sample)
    hands.wait_record_list("Agreements")
    mode = next(seen.name for seen in hands.seen() if seen.is_widget and seen.widget.objectName() == "mode")
    assert mode.startswith("read only: ")
    assert hands.sees("Nothing can be changed here")
    hands.press("Ctrl+N")
    hands.click_item("Acquisition and Cross-Servicing Agreement")
    hands.wait_for("recordTitle")
    hands.focus("Title")
    hands.type("x")
    hands.press("Tab")
    assert hands.text_of("Title") == "Acquisition and Cross-Servicing Agreement (Japan–Italy)"


def test_what_is_no_case_file_is_refused_with_a_reason(application: Application, hands: Hands, tmp_path: Path) -> None:
    other = tmp_path / "notes.casefile"
    other.write_text("Not a database.", encoding="utf-8")
    hands.menu("File", "Open a case file…")
    hands.name_file(other)
    hands.wait_for("notes.casefile was not opened")
    hands.click("Close")
    hands.wait_for("New case file…", Role.Button)
