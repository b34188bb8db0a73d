"""The history as somebody meets it: newest first, opened with a key, reverted, and a record as it was."""

import uuid
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.models import Note, Person
from db.operations.records import add_record, delete_record, set_field
from db.queries.entry_changes import ChangeLine, Happening
from db.queries.history_pages import Entry, Wanted
from db.queries.record_pages import record_page
from desktop.history.later_dialog import LaterEditDialog
from desktop.history.model import DayRow, EntryRow, LineRow
from desktop.history.view import HistoryView
from desktop.history.words import day_words, entry_tip, line_tip
from desktop.live import LiveCase, SaveState
from desktop.pages.history import HistoryPage
from desktop.places import Place
from tests.desktop.conftest import ANALYST, SmallCase
from tests.desktop.finding import child
from tests.desktop.reading import read_from, write_to

LATER = "Set title of agreement"


@pytest.fixture
def page(small: SmallCase, qtbot: QtBot) -> HistoryPage:
    page = HistoryPage(small.live)
    qtbot.addWidget(page)
    page.resize(720, 600)
    page.show()
    qtbot.waitUntil(lambda: page.view.model.entry_count > 0)
    return page


def labels(view: HistoryView) -> list[str]:
    rows = (view.model.row_at(view.model.index(n)) for n in range(view.model.rowCount()))
    return [row.entry.label for row in rows if isinstance(row, EntryRow)]


def lines(view: HistoryView) -> list[ChangeLine]:
    rows = (view.model.row_at(view.model.index(n)) for n in range(view.model.rowCount()))
    return [row.line for row in rows if isinstance(row, LineRow)]


def place_of(view: HistoryView, label: str) -> QModelIndex:
    for n in range(view.model.rowCount()):
        row = view.model.row_at(view.model.index(n))
        if isinstance(row, EntryRow) and row.entry.label == label:
            return view.model.index(n)
    raise AssertionError(label)


def entry_at(view: HistoryView, label: str) -> Entry:
    row = view.model.row_at(place_of(view, label))
    assert isinstance(row, EntryRow)
    return row.entry


class TestPage:
    def test_today_newest_first(self, page: HistoryPage) -> None:
        assert isinstance(page.view.model.row_at(page.view.model.index(0)), DayRow)
        assert page.view.model.index(0).data() == "Today"
        assert labels(page.view) == ["Fill", "New case file"]

    def test_an_edit_comes_on_top_and_nothing_else_moves(
        self, page: HistoryPage, small: SmallCase, qtbot: QtBot
    ) -> None:
        view = page.view
        view.list.setCurrentIndex(place_of(view, "New case file"))
        write_to(qtbot, small.live, LATER, set_field, small.agreement, "title", "Later")
        qtbot.waitUntil(lambda: labels(view)[0] == LATER)
        assert labels(view) == [LATER, "Fill", "New case file"]
        assert view.current_entry is not None
        assert view.current_entry.label == "New case file"
        assert [row for row in range(view.model.rowCount()) if view.model.index(row).data() == "Today"] == [0]

    def test_the_keyboard_opens_an_entry_and_follows_a_link(
        self, page: HistoryPage, small: SmallCase, qtbot: QtBot
    ) -> None:
        view = page.view
        write_to(qtbot, small.live, LATER, set_field, small.agreement, "title", "Later & <b>")
        qtbot.waitUntil(lambda: labels(view)[0] == LATER)
        view.list.setCurrentIndex(place_of(view, LATER))
        qtbot.keyClick(view.list, Qt.Key.Key_Right)
        qtbot.waitUntil(lambda: bool(lines(view)))
        (line,) = lines(view)
        assert (line.before, line.after) == ("Memorandum on equipment", "Later & <b>")
        view.list.setCurrentIndex(view.model.index(place_of(view, LATER).row() + 1))
        with qtbot.waitSignal(page.opened) as opened:
            qtbot.keyClick(view.list, Qt.Key.Key_Return)
        assert opened.args == [Place(small.agreement, "title")]
        qtbot.keyClick(view.list, Qt.Key.Key_Left)
        qtbot.keyClick(view.list, Qt.Key.Key_Left)
        assert lines(view) == []

    def test_reverting_an_entry_and_seeing_it_undone(self, page: HistoryPage, small: SmallCase, qtbot: QtBot) -> None:
        view = page.view
        write_to(qtbot, small.live, LATER, set_field, small.agreement, "title", "Later")
        qtbot.waitUntil(lambda: labels(view)[0] == LATER)
        view.list.setCurrentIndex(place_of(view, LATER))
        with qtbot.waitSignal(page.told) as told:
            view.revert_action.trigger()
        assert told.args[0] == f"Undo: {LATER}"
        assert isinstance(told.args[1], uuid.UUID), "the toast can take it back"
        qtbot.waitUntil(lambda: labels(view)[0] == f"Undo: {LATER}" and entry_at(view, LATER).undone)
        view.list.setCurrentIndex(place_of(view, LATER))
        assert not view.revert_action.isEnabled(), "it is undone already"
        assert read_from(qtbot, small.live, record_page, small.agreement).row["title"].text == "Memorandum on equipment"

    def test_what_stands_in_the_way_is_named_and_can_be_gone_round(
        self, page: HistoryPage, small: SmallCase, qtbot: QtBot
    ) -> None:
        view = page.view
        for title in ("One", "Two"):
            write_to(qtbot, small.live, f"Title {title}", set_field, small.agreement, "title", title)
        qtbot.waitUntil(lambda: labels(view)[0] == "Title Two")
        view.list.setCurrentIndex(place_of(view, "Title One"))
        view.revert_action.trigger()
        qtbot.waitUntil(lambda: bool(view.findChildren(LaterEditDialog)))
        (dialog,) = view.findChildren(LaterEditDialog)
        assert "“Title Two”" in dialog.reason.text()
        with qtbot.waitSignal(page.told):
            child(dialog, QPushButton, "insist").click()
        assert read_from(qtbot, small.live, record_page, small.agreement).row["title"].text == "Memorandum on equipment"

    def test_where_nothing_can_be_done_only_that_is_said(
        self, page: HistoryPage, small: SmallCase, qtbot: QtBot
    ) -> None:
        view = page.view
        person = write_to(qtbot, small.live, "Add person", add_record, Person, {"name": "X"})
        write_to(qtbot, small.live, "Add note", add_record, Note, {"text": "x", "concerns": [person]})
        qtbot.waitUntil(lambda: labels(view)[0] == "Add note")
        view.list.setCurrentIndex(place_of(view, "Add person"))
        view.revert_action.trigger()
        qtbot.waitUntil(lambda: bool(view.findChildren(LaterEditDialog)))
        (dialog,) = view.findChildren(LaterEditDialog)
        assert dialog.findChild(QPushButton, "insist") is None, "an offer that could not be kept"
        assert "used since: x" in dialog.reason.text()
        assert small.live.save_state is SaveState.SAVED

    def test_filters_by_words_and_author(self, page: HistoryPage, qtbot: QtBot) -> None:
        view = page.view
        view.bar.words.setText("fill")
        qtbot.waitUntil(lambda: labels(view) == ["Fill"])
        view.bar.words.setText("nothing like it")
        qtbot.waitUntil(lambda: view.model.entry_count == 0)
        assert view.bar.is_filtering
        view.bar.words.setText("")
        qtbot.waitUntil(lambda: len(labels(view)) == 2)
        assert [view.bar.author.itemText(n) for n in range(view.bar.author.count())] == ["Everybody", "You"]
        view.bar.author.setCurrentIndex(1)
        view.bar.author.activated.emit(1)
        qtbot.waitUntil(lambda: view.model.wanted.author == ANALYST.id)

    def test_pages_are_read_as_one_comes_to_them(
        self, small: SmallCase, page: HistoryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("desktop.history.model.PAGE", 3)
        view, model = page.view, page.view.model
        for number in range(5):
            write_to(qtbot, small.live, f"Edit {number}", set_field, small.agreement, "title", str(number))
        page.resize(720, 240)
        with qtbot.waitSignal(model.modelReset):
            model.ask(Wanted())
        assert labels(view)[:3] == ["Edit 4", "Edit 3", "Edit 2"]

        def is_read(count: int) -> bool:
            view.list.scrollToBottom()  # again and again: rows that have just come lengthen the list a little later
            return model.entry_count >= count

        qtbot.waitUntil(lambda: is_read(6))
        qtbot.waitUntil(lambda: is_read(7))
        assert labels(view)[-1] == "New case file"
        assert not model.canFetchMore(QModelIndex())
        assert sum(1 for n in range(model.rowCount()) if isinstance(model.row_at(model.index(n)), DayRow)) == 1


@pytest.fixture
def tab(small: SmallCase, qtbot: QtBot) -> HistoryView:
    view = HistoryView(small.live)
    qtbot.addWidget(view)
    view.resize(440, 600)
    view.show()
    view.show_record(read_from(qtbot, small.live, record_page, small.agreement))
    qtbot.waitUntil(lambda: view.model.entry_count > 0)
    return view


class TestRecord:
    def test_only_what_is_of_the_record(self, tab: HistoryView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Elsewhere", set_field, small.official, "honorific", "Mr")
        write_to(qtbot, small.live, "Here", set_field, small.agreement, "subjects", "logistic support")
        qtbot.waitUntil(lambda: labels(tab)[0] == "Here")
        assert labels(tab) == ["Here", "Fill"]

    def test_as_known_on_a_day_with_what_differs(self, tab: HistoryView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Here", set_field, small.agreement, "title", "Later")
        qtbot.waitUntil(lambda: labels(tab)[0] == "Here")
        tab.list.setCurrentIndex(place_of(tab, "Fill"))
        tab.then_action.trigger()
        qtbot.waitUntil(lambda: tab.known.isVisible())
        words = [label.text() for label in tab.known.findChildren(QLabel)]
        assert "Now: Later" in words
        assert "Memorandum on equipment" in words
        tab.known.back.click()
        assert tab.list.isVisible()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [("1 Jan 1999", "not in this file then"), ("gibberish", "Not understood")],
    )
    def test_a_day_that_shows_nothing_says_why(self, tab: HistoryView, qtbot: QtBot, typed: str, said: str) -> None:
        tab.bar.day.setText(typed)
        qtbot.keyClick(tab.bar.day, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: said in tab.bar._reading.text())

    def test_a_deleted_record_keeps_its_history(self, tab: HistoryView, small: SmallCase, qtbot: QtBot) -> None:
        write_to(qtbot, small.live, "Gone", delete_record, small.agreement)
        qtbot.waitUntil(lambda: labels(tab)[0] == "Gone")
        tab.model.toggle(place_of(tab, "Gone"))
        qtbot.waitUntil(lambda: bool(lines(tab)))
        assert any(line.happening is Happening.DELETED for line in lines(tab))

    def test_nothing_is_read_while_it_is_hidden(self, small: SmallCase, qtbot: QtBot) -> None:
        view = HistoryView(small.live)
        qtbot.addWidget(view)
        view.show_record(read_from(qtbot, small.live, record_page, small.agreement))
        assert view.model.entry_count == 0
        view.show()
        qtbot.waitUntil(lambda: view.model.entry_count > 0)


class TestWords:
    @pytest.mark.parametrize(
        ("day", "words"),
        [(date(2026, 11, 23), "Today"), (date(2026, 11, 22), "Yesterday"), (date(2024, 9, 3), "3 September 2024")],
    )
    def test_days(self, day: date, words: str) -> None:
        assert day_words(day, date(2026, 11, 23)) == words

    def test_what_a_file_says_is_no_markup(self) -> None:
        entry = Entry((1, 0), uuid.UUID(int=9), None, "<i>", datetime(1, 1, 1, tzinfo=UTC), "<b>x</b>", 1)
        assert "&lt;b&gt;" in entry_tip(entry, None)
        line = ChangeLine(Happening.SET, uuid.UUID(int=9), "agreements", "<t>", True, "title", "<a>", "x" * 5_000)
        assert "&lt;a&gt;" in line_tip(line)
        assert len(line_tip(line)) < 3_000


def test_a_file_that_can_only_be_read_offers_no_way_back(reading: LiveCase, qtbot: QtBot) -> None:
    page = HistoryPage(reading)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.view.model.entry_count > 0)
    page.view.list.setCurrentIndex(page.view.model.index(1))
    assert page.view.current_entry is not None
    assert not page.view.revert_action.isEnabled()
