"""What was asked of a record is called off when the record is left."""

from tests.desktop.conftest import SmallCase
from tests.desktop.records.conftest import Page


def test_marks_of_a_record_that_was_left_are_not_waited_for(page: Page, small: SmallCase) -> None:
    page.show(small.agreement)
    page.pane._read_standings()
    asked = page.pane._marking
    page.pane.show_place(None)
    assert asked is not None
    assert asked.is_cancelled
