"""The head of the record pane: what the record is called, and who edited it last."""

import uuid

from db.log import Editor
from db.models import PartyAction, Signatory
from db.operations.records import add_record
from tests.desktop.conftest import SmallCase
from tests.desktop.records.conftest import Page


def test_an_edit_of_a_part_is_an_edit_of_the_record(page: Page, small: SmallCase) -> None:
    action = page.add(PartyAction, agreement=small.agreement, action="signature")
    page.show(small.agreement)
    caption = page.pane.header._caption
    page.qtbot.waitUntil(lambda: caption.text().endswith("by you"))
    page.live._workspace._editor = Editor(uuid.UUID(int=2), "Colleague")
    page.write(add_record, Signatory, {"action": action, "as_reported": "a minister"})
    page.qtbot.waitUntil(lambda: caption.text().endswith("by Colleague"))


def test_a_long_title_is_told_whole_in_up_to_three_lines(page: Page, small: SmallCase) -> None:
    title = page.pane.header.title
    page.put(small.agreement, "title", "Short")
    page.show(small.agreement)
    one = title.fontMetrics().lineSpacing()
    long = "Agreement between the Government of Japan and the Government of Norway"
    page.put(small.agreement, "title", f"{long} on defence, last words")
    page.qtbot.waitUntil(lambda: title.height() >= 2 * one)
    assert title.is_whole()
    assert title.text().endswith("last words")
    page.put(small.agreement, "title", f"{long} " * 20)
    page.qtbot.waitUntil(lambda: not title.is_whole())
    page.qtbot.waitUntil(lambda: title.height() == 3 * title.fontMetrics().lineSpacing())
