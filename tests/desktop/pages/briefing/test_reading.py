"""Reading a preview: places that lead to records, words looked for, small pages, and what to look at first."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidget

from desktop.pages.briefing.find_bar import FindBar
from desktop.pages.briefing.thumbnails import Thumbnails
from desktop.places import Place
from tests.desktop.pages.briefing.conftest import Desk, find


def point_of(desk: Desk, record: object) -> QPoint:
    """A point of the view at which something stands that leads to a record."""
    placed = next(each for each in desk.sheet.places if each.link.record == record and each.page == 1)
    left, top, width, height = placed.box
    box, scale = desk.preview._boxes[0], desk.preview._scale
    return QPoint(round(box.left + (left + width / 2) * scale), round(box.top + (top + height / 2) * scale))


def test_a_fact_leads_to_its_record(laid: Desk) -> None:
    at = point_of(laid, laid.agreement)
    laid.qtbot.mouseMove(laid.preview.viewport(), at)
    laid.qtbot.waitUntil(lambda: laid.preview.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor)
    with laid.qtbot.waitSignal(laid.page.opened) as seen:
        laid.qtbot.mouseClick(laid.preview.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert isinstance(seen.args[0], Place)
    assert seen.args[0].record == laid.agreement


def test_its_tooltip_names_the_record(laid: Desk) -> None:
    page, x, y = laid.preview._point_on_paper(point_of(laid, laid.agreement))
    laid.qtbot.waitUntil(lambda: "Memorandum on equipment" in laid.preview.overlay.title_at(page, x, y), timeout=20_000)
    assert laid.preview.overlay.title_at(0, 1, 1) == ""


def test_words_are_found_and_walked_through(laid: Desk) -> None:
    laid.page.actions_.find.trigger()
    bar = find(laid.page, FindBar)
    assert bar.isVisible()
    laid.qtbot.keyClicks(bar.line, "norway")
    laid.qtbot.waitUntil(lambda: laid.words("briefingFound").startswith("1 of"), timeout=20_000)
    laid.qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    laid.qtbot.keyClick(bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert laid.words("briefingFound").startswith("1 of")
    bar.line.selectAll()
    laid.qtbot.keyClicks(bar.line, "zzz")
    laid.qtbot.waitUntil(lambda: laid.words("briefingFound") == "Not found", timeout=20_000)
    laid.qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert not bar.isVisible()


def test_pages_are_shown_small(laid: Desk) -> None:
    laid.page.actions_.thumbnails.trigger()
    small = find(laid.page, Thumbnails)
    assert small.isVisible()
    laid.qtbot.waitUntil(lambda: small._drawn == {0}, timeout=20_000)


def test_what_stands_weakly_is_told_and_leads_to_its_place(laid: Desk) -> None:
    laid.page.actions_.checks.setChecked(True)
    view = find(laid.page, QTreeWidget, "briefingChecks")
    assert view.isVisible()
    group = view.topLevelItem(0)
    assert group is not None
    assert group.text(0).startswith("Uncited")
    first = group.child(0)
    assert first is not None
    view.setCurrentItem(first)
    with laid.qtbot.waitSignal(laid.page.opened) as seen:
        laid.qtbot.keyClick(view, Qt.Key.Key_Return)
    assert isinstance(seen.args[0], Place)
    assert laid.page.print_action.isEnabled()


def test_the_text_is_copied(laid: Desk) -> None:
    laid.page.actions_.copy.trigger()
    laid.qtbot.waitUntil(lambda: "Memorandum on equipment" in QGuiApplication.clipboard().text(), timeout=20_000)
