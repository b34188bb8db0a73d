"""A field whose value is no longer what somebody accepted says so, and the keys lead to the field that needs it."""

from PySide6.QtWidgets import QPushButton

from db.operations.claims import NewCitation, NewSource, accept, cite
from desktop.places import Place
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child
from tests.desktop.records.conftest import Page


def test_it_departs_from_what_was_accepted(page: Page, small: SmallCase) -> None:
    cited = NewCitation(NewSource({"title": "A gazette", "source_type": "article"}))
    page.show(small.agreement)
    claim = page.live._workspace.write("Cite", cite, small.agreement, "place_signed", cited, {"value": "Oslo"})
    page.write(accept, claim, "It was there.")
    assert page.pane.form.findChild(QPushButton, "departs_place_signed") is None
    page.put(small.agreement, "place_signed", "Tokyo")
    page.qtbot.waitUntil(lambda: page.pane.form.findChild(QPushButton, "departs_place_signed") is not None)
    said = child(page.pane.form, QPushButton, "departs_place_signed")
    page.qtbot.waitUntil(said.isVisible)
    said.click()
    page.qtbot.waitUntil(lambda: page.pane.drawer.panel.known is not None)
    assert page.pane.drawer.panel.known is not None
    assert page.pane.drawer.panel.known.name == "place_signed"
    page.put(small.agreement, "place_signed", "Oslo")
    page.qtbot.waitUntil(said.isHidden)


def test_why_without_a_field_asks_about_the_one_that_is_known_least(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    page.qtbot.waitUntil(lambda: bool(page.pane._least_known))
    page.pane.evidence_action.trigger()
    page.qtbot.waitUntil(lambda: page.pane.drawer.panel.known is not None)
    known = page.pane.drawer.panel.known
    assert known is not None
    assert Place(known.subject, known.name) == Place(small.agreement, "title")
