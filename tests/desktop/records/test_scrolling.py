"""Whoever comes back to a record is where they were."""

from db.models import Provision
from tests.desktop.conftest import SmallCase
from tests.desktop.records.conftest import Page


def test_the_way_back_leads_to_the_same_lines(page: Page, small: SmallCase) -> None:
    for number in range(30):
        page.add(
            Provision,
            agreement=small.agreement,
            provision_kind="other",
            article=str(number),
            text="A long article. " * 20,
        )
    page.show(small.agreement)
    bar = page.pane.body._area.verticalScrollBar()
    page.qtbot.waitUntil(lambda: bar.maximum() > 900)
    bar.setValue(800)
    page.show(small.japan)
    assert bar.value() == 0
    page.show(small.agreement)
    page.qtbot.waitUntil(lambda: bar.value() == 800)
