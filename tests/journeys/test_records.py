"""Editing records of several kinds in the pane, following their links, and coming back."""

from pathlib import Path

from db.dates import Edtf
from db.models import Person
from db.queries.records import list_records, record
from tests.journeys.hands import Hands, Role

MEMORANDUM = "Memorandum of understanding on defence equipment and technology co-operation"


def test_a_date_is_taken_as_typed_or_kept_as_text(sample: Path, hands: Hands) -> None:
    hands.go_to("Kihara", "Minoru Kihara")
    hands.wait_record("Minoru Kihara")
    hands.focus("Birth date")
    hands.press("Ctrl+A")
    hands.type("12 aug 1969")
    hands.wait_for("12 August 1969 (1969-08-12)")
    hands.press("Tab")
    hands.wait_saved()
    assert born(hands) == "1969-08-12"
    hands.fill("Birth date", "in the year of the rooster")
    hands.wait_for("Not understood as a date, and kept as you wrote it. Write it as 3 Sept 2024, Aug 2024 or 2024.")
    assert born(hands) == "in the year of the rooster"
    hands.press("Ctrl+Z")
    hands.wait(lambda: hands.text_of("Birth date") == "12 August 1969" or hands.text_of("Birth date") == "12 aug 1969")
    hands.press("Ctrl+Z")
    hands.wait(lambda: hands.text_of("Birth date") == "")


def test_links_are_followed_and_alt_left_comes_back(sample: Path, hands: Hands) -> None:
    hands.go_to("memorandum understanding", MEMORANDUM[:40])
    hands.wait_record(MEMORANDUM)
    hands.click("Norway", Role.Button)
    hands.wait_record("Norway")
    hands.press("Alt+Left")
    hands.wait_record(MEMORANDUM)
    hands.press("Alt+Right")
    hands.wait_record("Norway")


def test_a_source_shows_the_fields_of_its_type(sample: Path, hands: Hands) -> None:
    hands.press("Ctrl+7")
    hands.press("Ctrl+N")
    hands.fill("Title", "Joint statement, Tokyo")
    hands.choose("Source type", "Report")
    hands.finish("Add source")
    hands.wait_record("Joint statement, Tokyo")
    hands.fill("Issued", "Aug 2024")
    hands.wait_saved()
    hands.wait_for("August 2024 (2024-08)")
    hands.choose("Source reliability", "B – usually reliable")
    hands.wait_saved()


def test_an_event_is_entered_and_deleted_with_a_way_back(sample: Path, hands: Hands) -> None:
    hands.press("Ctrl+5")
    hands.press("Ctrl+N")
    hands.fill("Title", "Working lunch in Bodø")
    hands.fill("Date", "c. 2024")
    hands.finish("Add event")
    hands.wait_record("Working lunch in Bodø")
    hands.press("Ctrl+Shift+Delete")
    hands.wait_for("“Working lunch in Bodø” was deleted.")
    hands.wait_for("This record is not in the file")
    hands.click("toastAction")
    hands.wait_record("Working lunch in Bodø")
    assert hands.text_of("Date") == "circa 2024" or "2024" in hands.text_of("Date")


def test_what_is_in_use_is_not_deleted(sample: Path, hands: Hands) -> None:
    hands.go_to("Norway", "Norway, Organization")
    hands.wait_record("Norway")
    hands.press("Ctrl+Shift+Delete")
    hands.wait(lambda: "point" in hands.window.toast.text or "use" in hands.window.toast.text, "why it was not deleted")
    hands.wait_record("Norway")


def born(hands: Hands) -> str:
    people = hands.read(list_records, Person)
    kihara = next(row.id for row in people if row.title == "Minoru Kihara")
    value = hands.read(record, kihara)["birth_date"].value
    assert isinstance(value, Edtf)
    return value.form or value.text
