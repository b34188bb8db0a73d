"""How people come in: the welcome page, the sample, what was opened lately, and a file that somebody else has open."""

import uuid
from pathlib import Path
from shutil import copyfile

from db.log import Editor
from db.models import Agreement
from db.operations.records import set_field
from db.queries.headings import heading
from db.queries.records import list_records
from db.trust import Trust
from desktop.app import Application
from desktop.workspace import Workspace
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
    assert hands.sees("readOnly")


def test_a_reader_sees_what_is_edited_and_can_go_on_editing(
    application: Application, finished_sample: Path, hands: Hands, tmp_path: Path
) -> None:
    path = Path(copyfile(finished_sample, tmp_path / "shared.casefile"))
    trust, colleague = Trust(tmp_path / "trust"), Editor(uuid.UUID(int=7), "Kari Nordmann")
    with Workspace.open(path, trust, colleague, writable=True) as other:
        application.open_case(path)
        hands.wait_record_list("Agreements")
        hands.click_item("Acquisition and Cross-Servicing Agreement")
        hands.wait_for("recordTitle")
        words = next(seen.name for seen in hands.seen() if seen.widget.objectName() == "readOnlyWords")
        assert words.startswith("Read only: Kari Nordmann on ")
        assert not hands.sees("Edit now")
        record = next(row for row in other.read(list_records, Agreement) if "Japan–Italy" in row.title)
        other.write("Set title", set_field, record.id, "title", "A title of the other window")
        hands.wait(lambda: hands.text_of("Title") == "A title of the other window", "what the other one wrote")
        now = other.read(heading).revision
        hands.wait(lambda: now in hands.window.windowTitle(), "the revision of now")
    hands.click("Edit now")
    hands.wait(lambda: bool(hands.all_windows()) and hands.window.live.is_writable, "a window to edit in")
    hands.wait_record("A title of the other window")
    hands.wait_saved()


def test_what_is_no_case_file_is_refused_with_a_reason(application: Application, hands: Hands, tmp_path: Path) -> None:
    other = tmp_path / "notes.casefile"
    other.write_text("Not a database.", encoding="utf-8")
    hands.menu("File", "Open a case file…")
    hands.name_file(other)
    hands.wait_for("notes.casefile was not opened")
    hands.click("Close")
    hands.wait_for("New case file…", Role.Button)
