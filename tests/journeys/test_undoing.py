"""Going back: by keys, by the history of a record, and past what was changed since."""

from pathlib import Path

from tests.journeys.hands import Hands, Role

NAME = "Tarō Asō"


def test_an_old_edit_is_reverted_in_the_history(sample: Path, hands: Hands) -> None:
    hands.go_to("Tarō", NAME)
    hands.wait_record(NAME)
    for honorific in ("Mr", "H.E."):
        hands.fill("Honorific", honorific)
        hands.wait_saved()
    hands.fill("Notes", "Finance, then deputy.")
    hands.wait_saved()
    hands.click("History", Role.PageTab)
    hands.click_item("Set notes of official")
    hands.press("Ctrl+R")
    hands.click("Record", Role.PageTab)
    hands.wait(lambda: hands.text_of("Notes") == "", "no notes")

    hands.click("History", Role.PageTab)
    hands.click_item("Set honorific of official", -1)
    hands.press("Ctrl+R")
    hands.wait_for("Leave it as it is")
    hands.click("keep")
    hands.click_item("Set honorific of official", -1)
    hands.press("Ctrl+R")
    hands.finish("insist")
    hands.click("Record", Role.PageTab)
    hands.wait(lambda: hands.text_of("Honorific") == "", "the honorific as it was")
    hands.press("Ctrl+Shift+Z")
    hands.wait(lambda: hands.text_of("Honorific") == "H.E.", "the later honorific")
