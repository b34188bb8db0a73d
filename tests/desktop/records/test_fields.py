"""The fields of the record pane: Tab goes from one to the next, and all stand on one line."""

from PySide6.QtCore import Qt

from db.models import PartyAction, Signatory
from desktop.forms.references import ReferenceEditor, ReferencesEditor
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


def test_what_a_signatory_is_not_has_no_label(page: Page, small: SmallCase) -> None:
    action = page.add(PartyAction, agreement=small.agreement, action="signature")
    key = page.add(Signatory, action=action, person=small.official)
    page.show(key)
    cells = page.pane.form.cells
    assert cells["person"].isVisible()
    assert cells["organization"].isHidden()
    assert cells["as_reported"].isHidden()


def test_one_record_is_replaced_and_not_added_to(page: Page, small: SmallCase) -> None:
    key = page.add(PartyAction, agreement=small.agreement, action="signature")
    page.show(small.agreement)
    parties = page.pane.form.editor("parties")
    assert isinstance(parties, ReferencesEditor)
    assert parties.picker.placeholderText() == "Add organization…"
    page.show(key)
    party = page.pane.form.editor("organization")
    assert isinstance(party, ReferenceEditor)
    assert party.picker.isVisible()
    party.take(small.japan)
    page.qtbot.waitUntil(party.picker.isHidden)


def test_the_button_that_closes_the_evidence_lies_over_nothing(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    page.pane.show_evidence("title")
    drawer = page.pane.drawer
    page.qtbot.waitUntil(lambda: drawer.panel.known is not None)
    assert not drawer._close.geometry().intersects(drawer.panel.geometry())
