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
