"""Rows that a list has read: by pages, ahead of who looks, and given as they were until they are read again."""

from array import array
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.models import Organization
from db.operations.records import set_field
from desktop.lists import store as module
from desktop.lists.store import RowStore
from desktop.live import LiveCase


class Reader(QObject):
    """Takes what it asked a live case for."""

    def __init__(self, live: LiveCase) -> None:
        super().__init__(live)
        self.pks = array("q")
        live.read(lambda session: list(session.scalars(select(Organization.pk))), then=self.take)

    def take(self, pks: list[int]) -> None:
        self.pks = array("q", pks)


@pytest.fixture
def store(sample: LiveCase, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RowStore]:
    """The organizations of the sample, four on a page."""
    monkeypatch.setattr(module, "PAGE", 4)
    made = RowStore(sample, Organization)
    reader = Reader(sample)
    qtbot.waitUntil(lambda: len(reader.pks) > 20)
    made.pks = reader.pks
    yield made
    shiboken6.delete(made)


def known(store: RowStore) -> set[int]:
    """The places whose rows were read."""
    return {place for place, pk in enumerate(store.pks) if pk in store._rows}


def test_a_page_is_read_and_then_its_neighbours(store: RowStore, qtbot: QtBot) -> None:
    assert store.row_at(9) is None
    with qtbot.waitSignal(store.arrived):
        assert store.row_at(10) is None
    row = store.row_at(9)
    assert row is not None
    assert row.pk == store.pks[9]
    qtbot.waitUntil(lambda: known(store) == set(range(4, 16)))


def test_the_pages_of_a_screen_are_read_together(store: RowStore, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.arrived):
        for place in range(6, 14):
            assert store.row_at(place) is None
    assert known(store) >= set(range(4, 16))


def test_what_was_asked_for_last_is_read_first(store: RowStore, qtbot: QtBot) -> None:
    for place in range(len(store.pks)):
        assert store.row_at(place) is None
    last = len(store.pks) - 1
    with qtbot.waitSignal(store.arrived):
        pass
    assert store.row_at(last) is not None


def test_an_outdated_row_is_given_until_it_was_read_again(store: RowStore, sample: LiveCase, qtbot: QtBot) -> None:
    with qtbot.waitSignal(store.arrived):
        assert store.row_at(0) is None
    row = store.row_at(0)
    assert row is not None
    with qtbot.waitSignal(sample.changed):
        sample.write("Rename", set_field, row.id, "name", "Another name")
    assert store.row_at(0) is row
    store.outdate()
    assert store.row_at(0) is row

    def is_fresh() -> bool:
        found = store.row_at(0)
        return found is not None and found.title == "Another name"

    qtbot.waitUntil(is_fresh)


def test_no_more_rows_are_kept_than_agreed(store: RowStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 8)
    with qtbot.waitSignal(store.arrived):
        assert store.row_at(9) is None
    qtbot.waitUntil(lambda: not store._readings and len(known(store)) == 8)
