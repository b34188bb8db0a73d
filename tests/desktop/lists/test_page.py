"""The page of a kind, by mouse and keys: filter, order, columns, bulk edits, copies and files."""

import csv
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.errors import FilterError
from db.models import Agreement, Note
from db.operations.records import add_record
from db.queries.lists import Sort, columns_of
from desktop.forms.captions import field_label
from desktop.lists.bulk import BulkEditDialog, RefusedNote, TagDialog
from desktop.lists.columns import ColumnMenu, SortMenu, remembered_columns, remembered_sort
from desktop.lists.export import ExportDialog
from desktop.lists.filter_bar import past_filters
from desktop.lists.model import ROW
from desktop.lists.terms import completions, token_before
from desktop.live import LiveCase
from desktop.pages.records import ListPage
from desktop.places import Place
from desktop.widgets.labels import LinkButton
from tests.desktop.conftest import SmallCase


def shown_page(live: LiveCase, kind: str, qtbot: QtBot, width: int = 452) -> ListPage:
    page = ListPage(live, kind)
    qtbot.addWidget(page)
    page.resize(width, 600)
    with qtbot.waitExposed(page):
        page.show()
    settled(page, qtbot)
    return page


def settled(page: ListPage, qtbot: QtBot) -> None:
    """Wait until the order is whole and the first rows are read."""
    records = page.records

    def is_settled() -> bool:
        rows = [records.index(place, 0).data(ROW) for place in range(min(records.rowCount(), 5))]
        return records.is_complete and records.is_sorted and all(rows)

    qtbot.waitUntil(is_settled)


def text_of(page: ListPage, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.fixture
def page(sample: LiveCase, qtbot: QtBot) -> ListPage:
    return shown_page(sample, "agreements", qtbot)


def test_the_count_tells_all_and_how_many_match(page: ListPage, qtbot: QtBot) -> None:
    total = page.records.rowCount()
    qtbot.waitUntil(lambda: text_of(page, "count") == f"{total}")
    page.focus_filter()
    qtbot.keyClicks(page.filter_bar.line, "australia")
    settled(page, qtbot)
    found = page.records.rowCount()
    assert 0 < found < total
    assert text_of(page, "count") == f"{found} of {total}"


def test_escape_clears_the_filter_and_then_goes_to_the_list(page: ListPage, qtbot: QtBot) -> None:
    total = page.records.rowCount()
    line = page.filter_bar.line
    page.focus_filter()
    qtbot.keyClicks(line, "zzzz ")
    qtbot.waitUntil(lambda: page.records.is_complete and page.records.rowCount() == 0)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert page.filter_bar.text == ""
    qtbot.waitUntil(lambda: page.records.rowCount() == total)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.view.hasFocus)


def test_nothing_that_matches_offers_to_clear(page: ListPage, qtbot: QtBot) -> None:
    page.show_filter("zzzz")
    qtbot.waitUntil(lambda: page._empty.isVisible())
    assert page._empty.heading.text() == "No agreements match"
    qtbot.mouseClick(page._empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page._empty.isVisible() and page.records.rowCount() > 0)


def test_an_empty_list_says_what_to_do_first(live: LiveCase, qtbot: QtBot) -> None:
    page = ListPage(live, "sources")
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page._empty.isVisible())
    assert page._empty.heading.text() == "No sources yet"
    with qtbot.waitSignal(page.wanted) as caught:
        qtbot.mouseClick(page._empty.button, Qt.MouseButton.LeftButton)
    assert caught.args == ["sources", {}]


def test_a_wrong_filter_is_told_under_the_line_with_its_place(page: ListPage, qtbot: QtBot) -> None:
    page.show_filter("cyber is:purple")
    trouble = page.findChild(QLabel, "filterTrouble")
    assert trouble is not None
    qtbot.waitUntil(trouble.isVisible)
    assert "purple" in trouble.text()
    assert page.filter_bar.line._wrong == len("cyber is:")
    page.filter_bar.show_error(FilterError("Another one.", 3))
    assert trouble.text() == "Another one."
    page.show_filter("cyber")
    qtbot.waitUntil(lambda: not trouble.isVisible())


def test_a_wrong_filter_shows_no_rows_and_stays_wrong_with_a_space(page: ListPage, qtbot: QtBot) -> None:
    page.focus_filter()
    line = page.filter_bar.line
    qtbot.keyClicks(line, "renewal_years:abc")
    trouble = page.findChild(QLabel, "filterTrouble")
    assert trouble is not None
    qtbot.waitUntil(trouble.isVisible)
    assert page._empty.isVisible()
    assert page._empty.heading.text() == "This is no filter yet"
    assert text_of(page, "count") == ""
    told = trouble.text()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert (line.property("trouble"), trouble.isVisible(), trouble.text()) == (True, True, told)
    qtbot.keyClicks(line, "x")
    qtbot.waitUntil(lambda: page.records.is_refused)
    assert trouble.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.view.isVisible() and not trouble.isVisible())


def test_suggestions_leave_the_message_free(page: ListPage, qtbot: QtBot) -> None:
    page.focus_filter()
    line = page.filter_bar.line
    qtbot.keyClicks(line, "is:")
    trouble = page.findChild(QLabel, "filterTrouble")
    assert trouble is not None
    qtbot.waitUntil(trouble.isVisible)
    popup = line._completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.mapToGlobal(QPoint(0, 0)).y() >= trouble.mapToGlobal(QPoint(0, trouble.height())).y()


def test_what_is_selected_is_told_as_it_is(page: ListPage, qtbot: QtBot) -> None:
    told: list[str] = []
    page.selected.connect(told.append)
    page.view.selectRow(0)
    total = page.records.rowCount()
    qtbot.waitUntil(lambda: told[-1] == f"1 of {total} selected")
    page.show_filter("australia")
    qtbot.waitUntil(lambda: told[-1] == "")
    page.show_filter("")
    settled(page, qtbot)
    assert told[-1] == ""
    page.view.selectRow(0)
    page.hide()
    assert told[-1] == ""
    page.show()
    assert told[-1] == f"1 of {total} selected"


def test_letters_on_the_list_filter_it(page: ListPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_N)
    assert page.filter_bar.text == "n"
    qtbot.waitUntil(page.filter_bar.line.hasFocus)


def test_enter_and_click_open(page: ListPage, qtbot: QtBot) -> None:
    key = page.records.index(0, 0).data(ROW).id
    page.view.setFocus()
    page.view.selectRow(0)
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert caught.args == [Place(key)]
    place = page.view.visualRect(page.records.index(2, 0)).center()
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert caught.args == [Place(page.records.index(2, 0).data(ROW).id)]


def test_the_keyboard_rests_before_a_row_opens(page: ListPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    page.view.selectRow(0)
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
        qtbot.keyClick(page.view, Qt.Key.Key_Down)
    assert caught.args == [Place(page.records.index(2, 0).data(ROW).id)]


def test_home_and_end_go_to_first_and_last(page: ListPage, qtbot: QtBot) -> None:
    page.view.setFocus()
    page.view.selectRow(0)
    qtbot.keyClick(page.view, Qt.Key.Key_End)
    assert page.view.currentIndex().row() == page.records.rowCount() - 1
    qtbot.keyClick(page.view, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.selected_count() == page.records.rowCount()
    assert list(page.view.selected_pks()) == list(page.records.pks)


def test_the_selection_is_told(page: ListPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.selected) as caught:
        page.deeds.select.trigger()
    assert caught.args[0].startswith(f"{page.records.rowCount()} of")


def test_the_selected_record_is_found_again_in_another_order(page: ListPage, qtbot: QtBot) -> None:
    page.view.selectRow(1)
    pks = list(page.view.selected_pks())
    page.records.show_sort(Sort("signed", descending=True))
    settled(page, qtbot)
    assert list(page.view.selected_pks()) == pks
    assert remembered_sort(Agreement) == Sort("signed", descending=True)


def test_there_is_room_for_columns_only_where_it_is_wide(page: ListPage, qtbot: QtBot) -> None:
    assert page.view.isColumnHidden(1)
    assert not page.view.horizontalHeader().isVisible()
    page.resize(1200, 600)
    qtbot.waitUntil(lambda: not page.view.isColumnHidden(1))
    header = page.view.horizontalHeader()
    assert header.isVisible()
    assert sum(header.sectionSize(n) for n in range(page.records.columnCount())) <= page.view.viewport().width()
    at = QPoint(header.sectionViewportPosition(2) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: page.records.sort_order.column == "signed")


def test_columns_and_orders_are_chosen_from_menus(page: ListPage, qtbot: QtBot) -> None:
    menu = ColumnMenu(Agreement, page.records.shown, page)
    menu.chosen.connect(page._use_columns)
    next(action for action in menu.actions() if action.data() == "place_signed").trigger()
    assert page.records.shown[-1] == "place_signed"
    assert remembered_columns(Agreement) == page.records.shown
    order = SortMenu(Agreement, page.records.shown, page.records.sort_order, page)
    order.chosen.connect(page._use_sort)
    next(action for action in order.actions() if action.data() == "changed").trigger()
    assert page.records.sort_order == Sort("changed", descending=True)
    settled(page, qtbot)


def test_filters_that_were_used_are_offered_again(page: ListPage, qtbot: QtBot) -> None:
    page.focus_filter()
    qtbot.keyClicks(page.filter_bar.line, "japan ")
    qtbot.keyClick(page.filter_bar.line, Qt.Key.Key_Return)
    assert past_filters(Agreement) == ["japan"]


@pytest.mark.parametrize(
    ("token", "wanted"),
    [
        ("sta", "status:"),
        ("status:sig", "status:signed"),
        ("is:", "is:disputed"),
        ("has:no", "has:note"),
        ("instrument_type:memor", 'instrument_type:"memorandum of understanding"'),
    ],
)
def test_words_can_be_completed(token: str, wanted: str) -> None:
    assert wanted in completions(Agreement, token)


def test_the_word_at_the_cursor_is_completed() -> None:
    assert token_before("cyber -(sta", 11) == "sta"
    assert token_before('party:"New Zea', 14) == 'party:"New Zea'
    assert token_before("cyber ", 6) == ""


def test_suggestions_come_while_typing(page: ListPage, qtbot: QtBot) -> None:
    page.focus_filter()
    qtbot.keyClicks(page.filter_bar.line, "stat")
    popup = page.filter_bar.line._completer.popup()
    assert isinstance(popup, QAbstractItemView)
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert page.filter_bar.text == "status:"


def dialog(page: ListPage, kind: type[QDialog], qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: page.findChild(kind) is not None)
    found = page.findChild(kind)
    assert isinstance(found, QDialog)
    return found


def press(window: QWidget, name: str, qtbot: QtBot) -> None:
    button = window.findChild(QWidget, name)
    assert button is not None
    qtbot.waitUntil(button.isEnabled)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_field_of_many_is_changed_after_a_preview_and_undone_in_one(
    page: ListPage, sample: LiveCase, qtbot: QtBot
) -> None:
    page.records.show_columns(("title", "place_signed"))
    page.view.selectAll()
    page.deeds.change.trigger()
    asked = dialog(page, BulkEditDialog, qtbot)
    assert isinstance(asked, BulkEditDialog)
    qtbot.waitUntil(lambda: asked._editor is not None)
    asked.field.setCurrentIndex(asked._names.index("place_signed"))
    asked.editor.control.setText("Reykjavík")  # type: ignore[attr-defined]
    asked.editor.edited.emit("Reykjavík")
    preview = asked.findChild(QLabel, "preview")
    assert preview is not None
    total = page.records.rowCount()
    qtbot.waitUntil(lambda: preview.text().startswith(f"{total} of {total} would change"))
    assert "→ Reykjavík" in preview.text()
    with qtbot.waitSignal(page.told) as caught:
        press(asked, "do", qtbot)
    words, entry = caught.args
    assert words == f"Set place signed of {total} agreements"
    qtbot.waitUntil(lambda: page.records.index(0, 1).data() == "Reykjavík")
    sample.revert(entry)
    qtbot.waitUntil(lambda: page.records.index(0, 1).data() != "Reykjavík")


def test_a_value_that_no_field_can_hold_is_refused_in_the_preview(page: ListPage, qtbot: QtBot) -> None:
    page.view.selectAll()
    page.deeds.change.trigger()
    asked = dialog(page, BulkEditDialog, qtbot)
    assert isinstance(asked, BulkEditDialog)
    qtbot.waitUntil(lambda: asked._editor is not None)
    asked.field.setCurrentIndex(asked._names.index("renewal_years"))
    asked.editor.control.setText("soon")  # type: ignore[attr-defined]
    asked._wait()
    qtbot.waitUntil(lambda: "whole number" in asked._trouble.text())
    assert not asked._do.isEnabled()


def test_tags_are_put_on_and_taken_off(page: ListPage, qtbot: QtBot) -> None:
    page.view.selectRow(0)
    for off in (False, True):
        page.deeds.tag.trigger()
        asked = dialog(page, TagDialog, qtbot)
        assert isinstance(asked, TagDialog)
        qtbot.waitUntil(lambda shown=asked: bool(shown._tags) and bool(shown._ids))  # type: ignore[misc]
        asked.name.setEditText("for Thursday")
        asked.take_off.setChecked(off)
        with qtbot.waitSignal(page.told):
            press(asked, "do", qtbot)
        qtbot.waitUntil(lambda: page.findChild(TagDialog) is None)
        qtbot.waitUntil(lambda wanted=not off: ("for Thursday" in _tags_of(page)) is wanted)  # type: ignore[misc]


def _tags_of(page: ListPage) -> list[str]:
    row = page.records.index(0, 0).data(ROW)
    return [tag.name for tag in row.tags] if row else []


def test_what_is_deleted_can_be_taken_back(small: SmallCase, qtbot: QtBot) -> None:
    page = shown_page(small.live, "agreements", qtbot)
    page.view.selectRow(0)
    with qtbot.waitSignal(page.told) as caught:
        page.deeds.remove.trigger()
    qtbot.waitUntil(lambda: page.records.rowCount() == 0)
    assert caught.args[0] == "Delete agreement"
    small.live.revert(caught.args[1])
    qtbot.waitUntil(lambda: page.records.rowCount() == 1)


def test_what_is_used_is_not_deleted_and_says_why(small: SmallCase, qtbot: QtBot) -> None:
    page = shown_page(small.live, "organizations", qtbot)
    page.view.selectAll()
    page.deeds.remove.trigger()
    note = dialog(page, RefusedNote, qtbot)
    assert any("still used" in label.text() for label in note.findChildren(QLabel))
    assert page.records.rowCount() == 2
    (link,) = note.findChildren(LinkButton)
    assert link.words == "Memorandum on equipment"
    with qtbot.waitSignal(page.opened) as opened:
        link.click()
    assert opened.args == [Place(small.agreement)]


def test_rows_are_copied_with_tabs(page: ListPage, qtbot: QtBot) -> None:
    page.view.selectAll()
    with qtbot.waitSignal(page.told) as caught:
        page.deeds.copy.trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == page.records.rowCount()
    assert all(line.count("\t") == page.records.columnCount() - 1 for line in lines)
    assert caught.args == [f"Copied {len(lines)} rows", None]


def saved(page: ListPage, path: Path, qtbot: QtBot) -> tuple[list[dict[str, str]], str]:
    """The rows of a file that is saved by the dialog in front, and what is told of it."""
    asked = dialog(page, ExportDialog, qtbot)
    assert isinstance(asked, ExportDialog)
    with qtbot.waitSignal(page.told) as told:
        asked.write(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file)), told.args[0]


def test_the_whole_list_is_saved_as_csv_whatever_is_selected(
    page: ListPage, sample: LiveCase, tmp_path: Path, qtbot: QtBot
) -> None:
    page.view.selectRow(0)
    page.deeds.export.trigger()
    path, count = tmp_path / "list.csv", page.records.rowCount()
    rows, told = saved(page, path, qtbot)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert (len(rows), told) == (count, f"Saved {count} rows to list.csv")
    assert set(rows[0]) == {field_label(name) for name in columns_of(Agreement)}
    first = next(row for row in rows if "Japan–Italy" in row["Title"])
    assert (first["Parties"], first["Instrument type"], first["Signed"]) == ("Italy; Japan", "agreement", "2024-11-25")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", first["Changed"])
    assert [name.name for name in tmp_path.iterdir() if name.name.startswith(".export")] == []


def test_the_selected_rows_are_saved_by_an_action_of_their_own(page: ListPage, tmp_path: Path, qtbot: QtBot) -> None:
    assert not page.deeds.export_selected.isEnabled()
    page.view.selectRow(1)
    page.deeds.export_selected.trigger()
    rows, told = saved(page, tmp_path / "one.csv", qtbot)
    assert [row["Title"] for row in rows] == [page.records.index(1, 0).data()]
    assert told == "Saved 1 row to one.csv"


def test_a_file_that_cannot_be_written_is_told(page: ListPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.deeds.export.trigger()
    asked = dialog(page, ExportDialog, qtbot)
    assert isinstance(asked, ExportDialog)
    asked.write(tmp_path / "no such folder" / "list.csv")
    qtbot.waitUntil(lambda: "could not be written" in asked._trouble.text())
    asked.reject()


def test_a_record_is_shown_in_its_place(page: ListPage, qtbot: QtBot) -> None:
    key = page.records.index(4, 0).data(ROW).id
    page.show_record(key)
    qtbot.waitUntil(lambda: page.view.currentIndex().row() == 4)


def test_every_kind_has_a_page_that_every_control_names(live: LiveCase, qtbot: QtBot) -> None:
    live.write("Note", add_record, Note, {"text": "first"})
    for kind in ("notes", "officials", "claims", "memberships"):
        page = ListPage(live, kind)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda shown=page: shown.records.is_complete)  # type: ignore[misc]
        for control in page.findChildren(QWidget):
            is_stop = control.isVisible() and control.focusPolicy() & Qt.FocusPolicy.TabFocus
            if is_stop and not isinstance(control, QAbstractItemView):
                assert control.accessibleName() or control.toolTip() or getattr(control, "text", str)(), control
