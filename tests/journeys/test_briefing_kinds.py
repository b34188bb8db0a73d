"""Other briefings than a sheet: a dossier with a template saved as a file, and three sheets at once, called off."""

from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop.pages.briefing.batch import BatchDialog
from desktop.pages.records import ListPage
from tests.journeys.hands import Hands


def test_a_dossier_is_made_with_a_template_and_saved(sample: Path, hands: Hands, tmp_path: Path) -> None:
    hands.press("Ctrl+Shift+B")
    hands.choose("Kind of briefing", "Dossier")
    hands.fill("Agreements by a filter", "party:NO party:JP")
    number = hands.widget(QLabel, "briefingPageNumber")
    hands.wait(lambda: number.text().startswith("Page 1 of"), "the dossier")
    hands.click("briefingWording")
    hands.choose("Language of labels", "Norsk bokmål")
    hands.click("Save these choices as a template")
    hands.fill("Name of the template", "For Oslo")
    hands.press("Return")
    hands.wait_for("Saved the template “For Oslo”.")
    hands.press("Ctrl+Shift+S")
    hands.name_file(tmp_path / "dossier.pdf")
    hands.wait_for("Saved dossier.pdf.")
    assert (tmp_path / "dossier.pdf").read_bytes().startswith(b"%PDF")


def test_three_sheets_are_begun_and_called_off(sample: Path, hands: Hands, tmp_path: Path) -> None:
    hands.press("Ctrl+1")
    page = hands.widget(ListPage, "surface")
    hands.wait(lambda: page.records.rowCount() > 3, "the agreements")
    for row in range(3):
        page.view.selectionModel().select(
            page.records.index(row, 0),
            page.view.selectionModel().SelectionFlag.Select | page.view.selectionModel().SelectionFlag.Rows,
        )
    hands.choose_in_menu("Actions on the selected records", "Print briefings…")
    hands.wait_for("Print 3 briefings")
    dialog = hands.front
    assert isinstance(dialog, BatchDialog)
    dialog.print_into(str(tmp_path))
    hands.wait(lambda: len(dialog.made) > 0, "the first file")
    hands.click("batchCancel")
    hands.wait(lambda: not dialog.is_running, "the end")
    assert len(list(tmp_path.glob("*.pdf"))) == len(dialog.made)
    assert all(file.read_bytes().startswith(b"%PDF") for file in dialog.made)
    hands.click("Close")
    hands.wait_for("Agreements")
