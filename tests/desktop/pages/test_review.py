"""The review page on the small case and the sample: chips, filter, dismissing, and following edits."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.models import Agreement, PartyAction
from db.models.vocabulary import FindingKind
from db.operations.records import add_record, delete_record, set_field
from desktop.backroom import Backroom
from desktop.live import LiveCase
from desktop.pages.review import ReviewPage
from desktop.pages.review.model import FINDING
from desktop.places import Place
from desktop.reviewing import Review
from tests.desktop.conftest import SmallCase

K = FindingKind


def make_page(live: LiveCase, backroom: Backroom, qtbot: QtBot) -> ReviewPage:
    """A page that has reviewed its file."""
    page = ReviewPage(live, Review(live, backroom, live))
    qtbot.addWidget(page)
    page.resize(640, 700)
    page.show()
    settle(page, qtbot)
    return page


def settle(page: ReviewPage, qtbot: QtBot) -> None:
    """Wait until every edit is accounted for, and the first findings are in words."""
    qtbot.waitUntil(lambda: page._review.is_current and page.is_idle, timeout=30_000)
    qtbot.waitUntil(lambda: page.findings.rowCount() == 0 or page.findings.index(0).data(FINDING) is not None)


def rows(page: ReviewPage) -> list[str]:
    """What the rows say to somebody who hears them."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.findings.index(row).data(role) for row in range(page.findings.rowCount())]


def chips(page: ReviewPage) -> list[str]:
    return [chip.text() for chip in page.chips.chips()]


@pytest.fixture
def page(small: SmallCase, backroom: Backroom, qtbot: QtBot) -> ReviewPage:
    return make_page(small.live, backroom, qtbot)


def write(page: ReviewPage, qtbot: QtBot, *operation: object) -> None:
    """One edit, and the review brought up to it."""
    with qtbot.waitSignal(page._live.changed):
        page._live.write("Edit", *operation)  # type: ignore[arg-type]
    settle(page, qtbot)


def test_what_there_is_to_look_at(page: ReviewPage) -> None:
    assert chips(page) == ["Uncited  3"]
    assert page._count.text() == "3"
    assert rows(page)[0] == ("Uncited, Memorandum on equipment, Parties, No source is given for “Japan” and “Norway”.")


def test_a_click_and_enter_open_the_place(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    index = page.findings.index(0)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=page.view.visualRect(index).center())
    assert opened.args == [Place(small.agreement, "parties")]
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [Place(small.agreement, "parties")]


def test_it_follows_every_edit(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    action = {"agreement": small.agreement, "action": "entry into force", "date": "2020"}
    write(page, qtbot, add_record, PartyAction, action)
    assert chips(page) == ["Uncited  4"]
    write(page, qtbot, add_record, PartyAction, action | {"action": "signature", "date": "2024"})
    assert chips(page) == ["Actions out of order  1", "Uncited  5"]
    assert rows(page)[0] == (
        "Actions out of order, Memorandum on equipment, Action “entry into force, 2020” · Date, "
        "The entry into force (2020) is earlier than signature (2024)."
    )
    write(page, qtbot, set_field, small.agreement, "summary", "On it.")
    assert chips(page) == ["Actions out of order  1", "Uncited  6"]


def test_chips_and_filter_narrow(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    for title in ("Treaty of Oslo", "Treaty of Kyoto"):
        write(page, qtbot, add_record, Agreement, {"title": title, "place_signed": "Bergen"})
    page.field.setText("oslo")
    settle(page, qtbot)
    assert [row.split(", ")[1:3] for row in rows(page)] == [
        ["Treaty of Oslo", "Place signed"],
        ["Treaty of Oslo", "Title"],
    ]
    assert page._count.text() == "2 of 7"
    page.field.setText("place signed")
    settle(page, qtbot)
    assert len(rows(page)) == 2
    page.field.setText("nowhere")
    settle(page, qtbot)
    assert page._stack.currentWidget() is page._empty
    page._empty.button.click()
    settle(page, qtbot)
    assert page._count.text() == "7"
    write(page, qtbot, add_record, PartyAction, {"agreement": small.agreement, "action": "signature", "date": "soon"})
    assert chips(page) == ["Dates kept as text  1", "Uncited  8"]
    page.chips.chips()[0].click()
    settle(page, qtbot)
    assert [row.split(", ")[0] for row in rows(page)] == ["Dates kept as text"]
    assert page._count.text() == "1 of 9"


def test_dismissing_needs_a_reason_and_can_be_taken_back(page: ReviewPage, qtbot: QtBot) -> None:
    assert not page.dismiss_button.isEnabled()
    page.view.selectRow(0)
    page.view.setFocus()
    page.dismiss_action.trigger()
    assert page.bar.isVisible()
    assert not page.bar.button.isEnabled()
    qtbot.keyClick(page.bar.reason, Qt.Key.Key_Return)
    assert page.bar.isVisible()
    qtbot.keyClicks(page.bar.reason, "It is known.")
    with qtbot.waitSignal(page.told) as told:
        qtbot.keyClick(page.bar.reason, Qt.Key.Key_Return)
    assert told.args[0] == "Dismissed a finding."
    settle(page, qtbot)
    assert chips(page) == ["Uncited  2"]
    assert page.dismissed_button.text() == "Dismissed  1"
    page.dismissed_button.click()
    settle(page, qtbot)
    assert rows(page) == [
        "Uncited, Memorandum on equipment, Parties, No source is given for “Japan” and “Norway”., It is known."
    ]
    page.view.selectAll()
    with qtbot.waitSignal(page.told) as told:
        page.dismiss_button.click()
    assert told.args[0] == "Restored a finding."
    settle(page, qtbot)
    assert page._empty.heading.text() == "Nothing is dismissed"
    page.dismissed_button.click()
    settle(page, qtbot)
    assert chips(page) == ["Uncited  3"]
    assert page.dismissed_button.isHidden()


def test_several_at_once_are_one_edit(page: ReviewPage, qtbot: QtBot) -> None:
    page.view.selectAll()
    page.dismiss_button.click()
    assert page.bar._question.text() == "Dismiss 3 findings"
    page.bar.reason.setText("From the register.")
    with qtbot.waitSignal(page.told) as told:
        page.bar.button.click()
    assert told.args[0] == "Dismissed 3 findings."
    settle(page, qtbot)
    assert page._empty.heading.text() == "Nothing to check"
    assert page._live.undo_state.undo is not None
    assert page._live.undo_state.undo.label == "Dismiss 3 findings"
    page._live.revert(page._live.undo_state.undo.entry)
    qtbot.waitUntil(lambda: chips(page) == ["Uncited  3"])


def test_escape_leaves_everything_as_it_is(page: ReviewPage, qtbot: QtBot) -> None:
    page.view.selectRow(0)
    page.dismiss_button.click()
    qtbot.keyClick(page.bar.reason, Qt.Key.Key_Escape)
    assert page.bar.isHidden()
    assert chips(page) == ["Uncited  3"]
    assert page.view.selectionModel().selectedRows()[0].row() == 0


def test_what_is_selected_stays_selected(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    page.view.selectRow(2)
    kept = page.selected()
    write(page, qtbot, set_field, small.agreement, "summary", "On it.")
    assert page.selected() == kept


def test_nothing_to_check(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    write(page, qtbot, delete_record, small.agreement)
    assert page._empty.heading.text() == "Nothing to check"
    assert page._empty.sentence.text().startswith("Every fact has a source")
    assert page._count.text() == ""


def test_the_sample(sample: LiveCase, backroom: Backroom, qtbot: QtBot) -> None:
    page = make_page(sample, backroom, qtbot)
    assert chips(page)[0] == "Post not shown that day  2", "every dispute of the sample is settled by an acceptance"
    assert page._progress.isHidden()
    assert "Nothing on file shows “" in rows(page)[0]


def test_a_file_that_can_only_be_read_dismisses_nothing(
    small: SmallCase, backroom: Backroom, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveCase, "is_writable", property(lambda self: False))
    page = make_page(small.live, backroom, qtbot)
    page.view.selectRow(0)
    assert not page.dismiss_button.isEnabled()
    assert not page.dismiss_action.isEnabled()


def test_an_error_is_told_and_what_was_found_stays(page: ReviewPage, small: SmallCase, qtbot: QtBot) -> None:
    page._review._stop(FileNotFoundError(2, "gone", "x"))
    assert page._count.text() != ""
    assert page.findings.rowCount() == 3
    write(page, qtbot, set_field, small.agreement, "summary", "On it.")
    assert page._count.text() == "4"
