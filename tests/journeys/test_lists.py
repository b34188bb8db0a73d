"""Finding records in a list, and doing something with many of them at once."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractItemView, QApplication

from db.models import Agreement
from db.queries.records import list_records
from tests.journeys.hands import Hands, Role


def test_a_list_is_filtered_by_words_and_fields(sample: Path, hands: Hands) -> None:
    hands.wait(lambda: count(hands) == "29", "29 agreements")
    hands.press("Ctrl+F")
    hands.type("party:NO")
    hands.wait(lambda: count(hands) == "2 of 29", "2 of 29")
    hands.type(" signed:2013..2016 status:sig")
    hands.wait(lambda: "status:signed" in offers(hands), "the offer status:signed")
    hands.press("Esc")
    hands.press("Ctrl+A")
    hands.type("satus:signed")
    hands.wait(lambda: hands.sees("filterTrouble"), "words on the error")
    trouble = next(seen for seen in hands.seen() if seen.is_widget and seen.widget.objectName() == "filterTrouble")
    assert "satus" in trouble.name
    hands.press("Esc")
    hands.wait(lambda: count(hands) == "29", "everything again")


def test_a_list_is_sorted_and_gets_other_columns(sample: Path, hands: Hands) -> None:
    hands.wait(lambda: count(hands) == "29", "29 agreements")
    before = first_row(hands)
    hands.choose_in_menu("sort", "Descending")
    hands.wait(lambda: first_row(hands) != before, "another order")


def test_many_records_are_changed_at_once_and_back(sample: Path, hands: Hands) -> None:
    hands.wait(lambda: count(hands) == "29", "29 agreements")
    hands.press("Ctrl+F")
    hands.type("party:NO")
    hands.wait(lambda: count(hands) == "2 of 29", "2 of 29")
    hands.press("Return")
    hands.press("Ctrl+A")
    hands.wait_for("2 of 2 selected")
    hands.press("F2")
    hands.choose("field", "Place signed")
    hands.fill("Place signed", "Bergen")
    hands.wait(lambda: preview(hands).startswith("2 of 2"), "a preview")
    hands.finish("do")
    assert places(hands).count("Bergen") == 2
    hands.press("Ctrl+Z")
    hands.wait(lambda: not places(hands).count("Bergen"), "the places as they were")


def test_rows_are_copied(sample: Path, hands: Hands) -> None:
    hands.wait(lambda: count(hands) == "29", "29 agreements")
    hands.press("F6")
    hands.press("F6")
    hands.click("records")
    hands.press("Ctrl+A")
    hands.press("Ctrl+C")
    hands.wait_for("Copied 29 rows")
    assert "Memorandum of understanding" in QApplication.clipboard().text()


def count(hands: Hands) -> str:
    return next((each.name for each in hands.seen() if each.is_widget and each.widget.objectName() == "count"), "")


def first_row(hands: Hands) -> str:
    return next((each.name for each in hands.seen() if each.role is Role.Cell), "")


def preview(hands: Hands) -> str:
    return next((each.name for each in hands.seen() if each.is_widget and each.widget.objectName() == "preview"), "")


def places(hands: Hands) -> list[str]:
    return [row["place_signed"].text for row in hands.read(list_records, Agreement)]


def offers(hands: Hands) -> list[str]:
    popup = QApplication.activePopupWidget()
    model = popup.model() if isinstance(popup, QAbstractItemView) else None
    return [model.index(row, 0).data() for row in range(model.rowCount())] if model else []
