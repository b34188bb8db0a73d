"""The search index of an open file: made in the back room, and after every edit once more."""

import uuid

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from db.index.build import Progress
from db.index.query import Found
from db.models import Note
from db.operations.records import add_record, set_field
from desktop.folders import search_folder
from desktop.search_index import SearchIndex, reading_words
from tests.desktop.conftest import SmallCase


class Asker(QObject):
    """Takes what was found."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []

    def take(self, found: Found) -> None:
        self.found.append(found)

    def ask(self, qtbot: QtBot, index: SearchIndex, text: str) -> Found:
        self.found.clear()
        index.find(text, then=self.take)
        qtbot.waitUntil(lambda: bool(self.found))
        return self.found[0]

    def records(self, qtbot: QtBot, index: SearchIndex, text: str) -> set[uuid.UUID]:
        return {hit.record for hit in self.ask(qtbot, index, text).hits}


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_titles_are_searched_until_it_is_made(index: SearchIndex, small: SmallCase, asker: Asker, qtbot: QtBot) -> None:
    found = asker.ask(qtbot, index, "GRAM bjørn")
    assert not found.is_complete
    assert [hit.record for hit in found.hits] == [small.official]
    assert asker.ask(qtbot, index, "procurement").hits == ()
    assert asker.ask(qtbot, index, "100%_").hits == ()


def test_it_is_made_in_the_back_room(made_index: SearchIndex, small: SmallCase, asker: Asker, qtbot: QtBot) -> None:
    found = asker.ask(qtbot, made_index, "bjorn")
    assert found.is_complete
    assert [hit.record for hit in found.hits] == [small.official]
    assert len(list(search_folder().glob("*.search"))) == 1


def test_it_follows_edits(made_index: SearchIndex, small: SmallCase, asker: Asker, qtbot: QtBot) -> None:
    with qtbot.waitSignal(made_index.progressed):
        small.live.write("Add note", add_record, Note, {"text": "Ask the attaché"})
    qtbot.waitUntil(lambda: bool(asker.records(qtbot, made_index, "attache")))
    with qtbot.waitSignal(made_index.progressed):
        small.live.write("Set title", set_field, small.agreement, "title", "Treaty")
    qtbot.waitUntil(lambda: asker.records(qtbot, made_index, "treaty") == {small.agreement})
    assert asker.records(qtbot, made_index, "memorandum") == set()


def test_many_edits_at_once_end_in_an_index_that_has_seen_them_all(
    made_index: SearchIndex, small: SmallCase, asker: Asker, qtbot: QtBot
) -> None:
    for number in range(12):
        small.live.write("Add note", add_record, Note, {"text": f"Remark {number}"})
    qtbot.waitUntil(lambda: len(asker.records(qtbot, made_index, "remark")) == 12)


def test_without_a_folder_to_write_to_titles_are_searched_still(
    index: SearchIndex, small: SmallCase, asker: Asker, qtbot: QtBot
) -> None:
    search_folder().parent.parent.mkdir(parents=True, exist_ok=True)
    search_folder().parent.write_text("in the way")
    with qtbot.waitSignal(index.stopped, timeout=30_000) as stopped:
        index.start()
    assert "The case file was not touched." in str(stopped.args[0])
    assert asker.records(qtbot, index, "gram") == {small.official}


def test_progress_in_words() -> None:
    assert reading_words(Progress(40_000, 100_000)).endswith("reading 40,000 of 100,000 records")
    assert "about to" in reading_words(Progress())
