"""The search page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.models import Note, OtherName
from db.operations.records import add_record, set_field
from desktop.pages.search import SearchPage
from desktop.places import Place
from desktop.search_index import SearchIndex
from tests.desktop.conftest import SmallCase


@pytest.fixture
def page(small: SmallCase, made_index: SearchIndex, qtbot: QtBot) -> SearchPage:
    page = SearchPage(small.live, made_index)
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()
    return page


def _type(page: SearchPage, qtbot: QtBot, text: str) -> list[str]:
    page.field.clear()
    if text.isascii():  # QTest has keys for no other letters
        qtbot.keyClicks(page.field, text)
    else:
        page.field.setText(text)
    qtbot.waitUntil(lambda: page.is_idle)
    return _names(page)


def _names(page: SearchPage) -> list[str]:
    return [hit.name for hit in page._model.hits]


def _chips(page: SearchPage) -> dict[str, QPushButton]:
    return {chip.text(): chip for chip in page.chips() if not chip.isHidden()}


def test_what_to_do_first(page: SearchPage) -> None:
    assert page._stack.currentWidget() is page._empty
    assert page._empty.heading.text() == "Search the whole file"
    assert page.chips() == []


def test_results_chips_and_summary(page: SearchPage, small: SmallCase, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._index.progressed):
        small.live.write("Add", add_record, Note, {"text": "Norway is near"})
    qtbot.waitUntil(lambda: page._index.progress.is_current)
    qtbot.waitUntil(lambda: _type(page, qtbot, "norway") == ["Norway", "Norway is near"])
    assert page.summary == "2 records"
    assert set(_chips(page)) == {"Organizations  1", "Notes  1"}
    _chips(page)["Notes  1"].click()
    qtbot.waitUntil(lambda: _names(page) == ["Norway is near"] and page.is_idle)
    assert page.summary == "1 record"
    assert set(_chips(page)) == {"Organizations  1", "Notes  1"}
    _chips(page)["Notes  1"].click()
    qtbot.waitUntil(lambda: len(_names(page)) == 2)


def test_where_it_was_found(page: SearchPage, small: SmallCase, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._index.progressed):
        small.live.write("Add", add_record, OtherName, {"record": small.official, "name": "グラム"})
    qtbot.waitUntil(lambda: _type(page, qtbot, "グラム") == ["Bjørn Arild Gram"])
    index = page._model.index(0)
    told = page._model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert told == "Bjørn Arild Gram, Official, Other name, グラム"
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert opened.args == [Place(small.official)]


def test_nothing_found(page: SearchPage, qtbot: QtBot) -> None:
    assert _type(page, qtbot, "zzzz") == []
    assert page._empty.isVisible()
    assert page._empty.heading.text() == "Nothing found"


def test_by_keyboard(page: SearchPage, small: SmallCase, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._index.progressed):
        small.live.write("Set", set_field, small.agreement, "summary", "Japan and Norway")
    qtbot.waitUntil(lambda: len(_type(page, qtbot, "japan")) == 2)
    qtbot.keyClick(page.field, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    qtbot.keyClick(page.view, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert opened.args == [Place(small.agreement, "summary")]


def test_the_newest_question_wins(page: SearchPage, qtbot: QtBot) -> None:
    page.field.setText("norway")
    page.field.setText("gram")
    page.field.setText("japan")
    qtbot.waitUntil(lambda: page.is_idle)
    assert _names(page) == ["Japan"]


def test_results_follow_edits_and_keep_what_is_chosen(page: SearchPage, small: SmallCase, qtbot: QtBot) -> None:
    for text in ("Memorandum, first remark", "Memorandum, second remark"):
        with qtbot.waitSignal(page._index.progressed):
            small.live.write("Add", add_record, Note, {"text": text})
    qtbot.waitUntil(lambda: len(_type(page, qtbot, "memorandum")) == 3)
    page.view.setCurrentIndex(page._model.index(2))
    chosen = page._model.hits[2].record
    small.live.write("Add", add_record, Note, {"text": "Memorandum"})
    qtbot.waitUntil(lambda: len(_names(page)) == 4 and page.is_idle)
    assert page._model.hits[page.view.currentIndex().row()].record == chosen


def test_an_emptied_field(page: SearchPage, qtbot: QtBot) -> None:
    _type(page, qtbot, "norway")
    page.field.clear()
    assert _names(page) == []
    assert page._empty.isVisible()
    assert page.summary == ""


def test_while_the_index_is_being_made(small: SmallCase, index: SearchIndex, qtbot: QtBot) -> None:
    page = SearchPage(small.live, index)
    qtbot.addWidget(page)
    page.show()
    assert _type(page, qtbot, "equip") == ["Memorandum on equipment"]
    assert page.summary.startswith("Titles only, for now")
    assert page._bar.isVisible()
    index.start()
    qtbot.waitUntil(lambda: index.progress.is_current and page.is_idle, timeout=30_000)
    qtbot.waitUntil(lambda: page.summary == "1 record")
    assert not page._bar.isVisible()


def test_an_index_that_cannot_be_made(
    small: SmallCase, index: SearchIndex, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr("desktop.search_index.search_folder", lambda: tmp_path / "file" / "search")
    page = SearchPage(small.live, index)
    qtbot.addWidget(page)
    page.show()
    index.start()
    qtbot.waitUntil(lambda: page.summary.startswith("Only titles can be searched."), timeout=30_000)
    assert _type(page, qtbot, "equip") == ["Memorandum on equipment"]
    assert page.summary.startswith("Only titles can be searched.")


def test_every_control_has_a_name(page: SearchPage, qtbot: QtBot) -> None:
    _type(page, qtbot, "norway")
    for control in (page, page.field, page.view, *page.chips()):
        assert control.accessibleName()
