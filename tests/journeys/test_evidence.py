"""Weighing a fact: who says so, who says otherwise, whom we believe and why."""

from pathlib import Path

from tests.journeys.hands import Hands, Role

TITLE = "Minoru Kihara"


def test_a_fact_is_cited_disputed_accepted_changed_and_withdrawn(sample: Path, hands: Hands) -> None:
    hands.go_to("Kihara", TITLE)
    hands.wait_record(TITLE)
    hands.fill("Honorific", "Mr")
    hands.wait_saved()
    hands.focus("Honorific")
    hands.press("Ctrl+E")
    hands.wait_for("No source is cited for this")
    hands.click("Cite a source…", Role.Button)
    hands.click("A source in this file")
    hands.found("Find a source by its title, publisher or address", "Wikidata", "Wikidata: holders of public offices")
    hands.finish("Cite")
    hands.wait_for("Claim of Wikidata: holders of public offices in Japan and Norway")

    hands.click("Cite a source…", Role.Button)
    hands.click("A new source")
    hands.fill("Title", "Protocol list")
    hands.choose("Source type", "Document, press release")
    hands.click("Something else")
    hands.press("Tab")
    hands.type("His Excellency")
    hands.finish("Cite")
    hands.wait_for("Claim of Protocol list")

    hands.click("Accept what Protocol list says")
    hands.click("acceptButton")
    hands.wait_for("Say why in a few words: whoever reads this later has only your reason.")
    hands.fill("Why do you believe it?", "The protocol department keeps it.")
    hands.finish("acceptButton")
    hands.wait(lambda: hands.text_of("Honorific") == "His Excellency", "the accepted value")
    hands.wait_for("Accepted: His Excellency")

    hands.click("Accept none")
    hands.wait(lambda: not hands.sees("Accepted: His Excellency"), "no acceptance")
    hands.wait_saved()
    hands.press("Ctrl+Z")
    hands.wait_for("Accepted: His Excellency")
