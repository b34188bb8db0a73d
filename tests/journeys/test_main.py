"""The main journey: a case from nothing to a printed sheet, all undone step by step, and further on another day."""

from pathlib import Path

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from db.opening import check_case
from db.queries.headings import counts_of
from desktop.app import Application
from tests.journeys.hands import Hands, Role

TITLE = "Memorandum on maritime surveillance"
WHO = {"Gen Nakatani": "Minister of Defense of Japan", "Tore Sandvik": "Minister of Defence of Norway"}
COMMUNIQUE = "Joint communiqué, Oslo"
NEWS = "Ministry newsletter"


def test_a_case_from_nothing_to_a_sheet_and_back(stranger: Application, hands: Hands, tmp_path: Path) -> None:
    case = tmp_path / "Norway.casefile"
    make_case(hands, case)
    empty = counted(hands)
    add_agreement(hands)
    for name, post in WHO.items():
        add_official(hands, name, post)
    hands.go_to("maritime", TITLE)
    hands.wait_record(TITLE)
    hands.fill("Signed: date", "3 Sept 2024")
    for name, post in WHO.items():
        sign(hands, name, post)
    hands.wait_for("Signature, 3 September 2024")
    cite(hands)
    contradict(hands)
    accept(hands)
    print_sheet(hands, tmp_path / "sheet.pdf")
    full = counted(hands)
    steps = undo_everything(hands)
    assert counted(hands) == empty
    hands.wait_for("This record is not in the file")

    hands.menu("File", "Close this case file")
    hands.click("Open Norway.casefile")
    hands.wait(lambda: hands.window.undoing.redo_action.isEnabled(), "something to redo")
    for _ in range(steps):
        take_step(hands, "Ctrl+Shift+Z")
    assert counted(hands) == full
    assert not hands.window.undoing.redo_action.isEnabled()
    undo_everything(hands, steps // 2)
    hands.menu("File", "Close this case file")
    assert check_case(case) == ()


def make_case(hands: Hands, path: Path) -> None:
    hands.click("New case file…", Role.Button)
    hands.fill("Title", "Japan and Norway")
    hands.click("choosePlace")
    hands.name_file(path)
    hands.fill("Your name", "Ann Analyst")
    hands.click("continue")
    hands.wait_for("No agreements yet")
    hands.wait_saved()


def add_agreement(hands: Hands) -> None:
    hands.press("Ctrl+N")
    hands.fill("Title", TITLE)
    for name in ("Japan", "Norway"):
        hands.offered("Parties", name, "New organization")
        hands.finish("Add organization")
        hands.wait_for(f"Take out {name}")
    hands.finish("Add agreement")
    hands.wait_record(TITLE)


def add_official(hands: Hands, name: str, post: str) -> None:
    """An official who has held a post since 2023."""
    hands.press("Ctrl+2")
    hands.press("Ctrl+N")
    hands.fill("Name", name)
    hands.finish("Add official")
    hands.wait_record(name)
    hands.click("Add post")
    hands.offered("Post", post, "New post")
    hands.finish("add")
    hands.wait_for(f"Take out {post}")
    hands.fill("Start date", "2023")
    hands.fill("End date", "Dec 2024")
    hands.finish("Add post held")
    hands.wait_for(post)


def sign(hands: Hands, name: str, post: str) -> None:
    """Add a signatory, for whom the post held that day is proposed."""
    hands.click("Add signatory: Signature, 3 September 2024")
    hands.offered("signer", name, name)
    hands.wait_for(f"Take out {name}")
    hands.wait(lambda: post in hands.text_of("posts"), f"the post {post!r}")
    hands.finish("add")
    hands.wait_for(name, Role.Button)


def cite(hands: Hands) -> None:
    """A new source supports the title as it is."""
    hands.focus("Title", Role.EditableText)
    hands.press("Ctrl+Shift+C")
    hands.click("A new source")
    hands.fill("Title", COMMUNIQUE)
    hands.choose("Source type", "Treaty")
    hands.fill("Quotation", "The ministers signed a memorandum on maritime surveillance.")
    hands.finish("Cite")
    hands.wait_for(f"Claim of {COMMUNIQUE}")


def contradict(hands: Hands) -> None:
    """Another source calls it otherwise."""
    hands.click("Cite a source…")
    hands.click("A new source")
    hands.fill("Title", NEWS)
    hands.choose("Source type", "Newspaper or agency article")
    hands.click("Something else")
    hands.press("Tab")
    hands.type("Arrangement on maritime surveillance")
    hands.finish("Cite")
    hands.wait_for(f"Claim of {NEWS}")


def accept(hands: Hands) -> None:
    hands.click(f"Accept what {NEWS} says")
    hands.fill("Why do you believe it?", "The text itself is called so.")
    hands.finish("acceptButton")
    hands.wait(lambda: hands.text_of("Title") == "Arrangement on maritime surveillance", "the accepted title")


def print_sheet(hands: Hands, path: Path) -> None:
    hands.press("Ctrl+Shift+B")
    hands.wait_for("Page 1 of 1")
    hands.press("Ctrl+Shift+S")
    hands.name_file(path)
    hands.wait_for("Saved sheet.pdf.")
    words = " ".join("".join(page.get_textpage().get_text_range() for page in PdfDocument(path)).split())
    for expected in ("Arrangement on maritime surveillance", *WHO, *WHO.values(), COMMUNIQUE, NEWS):
        assert expected in words
    hands.press("Alt+Left")


def undo_everything(hands: Hands, most: int = 100) -> int:
    """Undo step by step, as long as there is something; gives how many steps that were."""
    for step in range(most):
        if not hands.window.undoing.undo_action.isEnabled():
            return step
        take_step(hands, "Ctrl+Z")
    return most


def take_step(hands: Hands, keys: str) -> None:
    state = hands.window.live.undo_state
    hands.press(keys)
    hands.wait(lambda: hands.window.live.undo_state != state, f"a step by {keys}")
    hands.wait_saved()


def counted(hands: Hands) -> dict[str, int]:
    """How many records there are of each kind."""
    return hands.read(counts_of)
