"""The fields of the record pane: Tab goes from one to the next, and all stand on one line."""

from PySide6.QtCore import Qt

from tests.desktop.conftest import SmallCase
from tests.desktop.records.conftest import Page


def test_tab_leads_from_field_to_field(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    cells = page.pane.form.cells
    page.qtbot.waitUntil(lambda: cells["title"].mark is not None and cells["title"].mark.isVisible())
    control = cells["title"].editor.control
    control.setFocus()
    page.qtbot.keyClick(control, Qt.Key.Key_Tab)
    assert page.pane.form.field_with_focus() == "instrument_type"


def test_a_field_without_a_mark_stands_as_high_as_its_neighbours(page: Page, small: SmallCase) -> None:
    page.put(small.agreement, "place_signed", "Oslo")
    page.show(small.agreement)
    marked, bare = (page.pane.form.cells[name] for name in ("place_signed", "depositary"))
    page.qtbot.waitUntil(lambda: marked.mark is not None and marked.mark.isVisible())
    assert bare.mark is not None
    assert bare.mark.isHidden()
    assert marked.editor.y() == bare.editor.y()
