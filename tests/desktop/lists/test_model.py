"""The list model against Qt's own tester, and through edits, filters and orders."""

import uuid
from array import array
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.errors import FilterError
from db.models import Agreement, Organization, Tag
from db.operations.bulk import set_field_of_all, tag_all
from db.operations.records import add_record, delete_record, set_field
from db.queries.lists import Sort
from db.status import Status
from desktop.lists.model import ROW, WAITING, RecordListModel
from desktop.live import LiveCase, SaveState
from tests.desktop.conftest import SmallCase


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """The parent of a test's models, deleted on this thread: a collection of garbage may run on any."""
    owner = QObject()
    yield owner
    shiboken6.delete(owner)


@pytest.fixture
def records(sample: LiveCase, owner: QObject, qtbot: QtBot) -> RecordListModel:
    """The agreements of the sample, all known, watched by Qt's tester."""
    model = RecordListModel(sample, Agreement, owner)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_everything()
    qtbot.waitUntil(lambda: model.is_complete)
    return model


def titles(model: RecordListModel, qtbot: QtBot) -> list[str]:
    """All titles, once they are read."""

    def read() -> bool:
        rows = [model.index(place, 0).data(ROW) for place in range(model.rowCount())]
        return all(row is not None for row in rows)

    qtbot.waitUntil(read)
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def settled(model: RecordListModel, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: model.is_complete and model.is_sorted)


def test_rows_come_and_stand_in_order(records: RecordListModel, qtbot: QtBot) -> None:
    assert records.rowCount() > 20
    assert records.index(records.rowCount() - 1, 0).data() == WAITING
    shown = titles(records, qtbot)
    assert shown == sorted(shown, key=str.casefold)
    assert records.columnCount() == 3
    assert records.headerData(1, Qt.Orientation.Horizontal) == "Status"


def test_a_page_is_told_when_it_comes(sample: LiveCase, owner: QObject, qtbot: QtBot) -> None:
    records = RecordListModel(sample, Agreement, owner)  # without Qt's tester, which asks for pages by itself
    records.show_everything()
    qtbot.waitUntil(lambda: records.is_complete)
    with qtbot.waitSignal(records.dataChanged):
        assert records.index(0, 0).data() == WAITING
    assert records.index(0, 0).data() != WAITING


def test_another_order_and_back(records: RecordListModel, qtbot: QtBot) -> None:
    before = array("q", records.pks)
    records.show_sort(Sort("title", descending=True))
    settled(records, qtbot)
    assert records.pks == before[::-1]
    records.sort(0, Qt.SortOrder.AscendingOrder)
    settled(records, qtbot)
    assert records.pks == before


def test_a_filter_typed_shows_hits_first_and_then_the_order(records: RecordListModel, qtbot: QtBot) -> None:
    total = records.rowCount()
    records.show_filter("australia", typed=True)
    qtbot.waitUntil(lambda: 0 < records.rowCount() < total)
    settled(records, qtbot)
    assert all("ustralia" in title for title in titles(records, qtbot))
    records.show_filter("")
    settled(records, qtbot)
    assert records.rowCount() == total


def test_a_filter_without_hits_is_empty_and_complete(records: RecordListModel, qtbot: QtBot) -> None:
    records.show_filter("zzzzz", typed=True)
    qtbot.waitUntil(lambda: records.is_complete and records.rowCount() == 0)


def test_a_wrong_filter_keeps_the_rows(records: RecordListModel, qtbot: QtBot) -> None:
    total = records.rowCount()
    with qtbot.waitSignal(records.refused) as caught:
        records.show_filter("is:", typed=True)
    assert isinstance(caught.args[0], FilterError)
    assert records.rowCount() == total


def test_an_edit_moves_only_its_row(records: RecordListModel, sample: LiveCase, qtbot: QtBot) -> None:
    key = _id_at(records, qtbot, 0)
    pk = records.pks[0]
    resets: list[int] = []
    records.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignals([records.rowsRemoved, records.rowsInserted]):
        sample.write("Set title", set_field, key, "title", "Zzz, last of all")
    assert records.pks[-1] == pk
    qtbot.waitUntil(lambda: titles(records, qtbot)[-1] == "Zzz, last of all")
    assert resets == []


def test_an_edit_that_moves_nothing_reads_its_row_again(
    records: RecordListModel, sample: LiveCase, qtbot: QtBot
) -> None:
    before = titles(records, qtbot)
    order = array("q", records.pks)
    sample.write("Set title", set_field, _id_at(records, qtbot, 0), "title", before[0] + " (new)")
    qtbot.waitUntil(lambda: records.index(0, 0).data() == before[0] + " (new)")
    assert records.pks == order


def test_new_and_deleted_records_come_and_go(records: RecordListModel, sample: LiveCase, qtbot: QtBot) -> None:
    total = records.rowCount()
    made: list[uuid.UUID] = []
    receiver = _Receiver(made, records)
    sample.write("Add", add_record, Agreement, {"title": "Aaa, first of all"}, then=receiver.take)
    qtbot.waitUntil(lambda: records.rowCount() == total + 1)
    assert titles(records, qtbot)[0] == "Aaa, first of all"
    qtbot.waitUntil(lambda: bool(made))
    with qtbot.waitSignal(records.rowsRemoved):
        sample.write("Delete", delete_record, made[0])
    assert records.rowCount() == total
    assert titles(records, qtbot)[0] != "Aaa, first of all"


def test_an_edit_can_take_a_record_out_of_the_filter(small: SmallCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(small.live, Agreement, owner)
    model.show_filter("equipment")
    qtbot.waitUntil(lambda: model.is_complete and model.rowCount() == 1)
    small.live.write("Set title", set_field, small.agreement, "title", "Something else")
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    small.live.write("Set title", set_field, small.agreement, "title", "Equipment again")
    qtbot.waitUntil(lambda: model.rowCount() == 1)


def test_edits_in_quick_succession_end_as_they_should(records: RecordListModel, sample: LiveCase, qtbot: QtBot) -> None:
    keys = [_id_at(records, qtbot, place) for place in range(6)]
    for number, key in enumerate(keys):
        sample.write("Set title", set_field, key, "title", f"Zz {number}")
    expected = [f"Zz {number}" for number in range(6)]
    qtbot.waitUntil(lambda: titles(records, qtbot)[-6:] == expected)


def test_an_edit_of_everything_keeps_the_order(records: RecordListModel, sample: LiveCase, qtbot: QtBot) -> None:
    titles(records, qtbot)
    keys = [records.index(place, 0).data(ROW).id for place in range(records.rowCount())]
    records.show_columns(("title", "place_signed", "tags"))
    sample.write("Set place", set_field_of_all, keys, "place_signed", "Tokyo")
    sample.write("Tag", tag_all, keys, "checked")
    qtbot.waitUntil(lambda: records.index(0, 1).data() == "Tokyo" and "checked" in str(records.index(0, 2).data()))


def test_what_others_are_called_is_read_again(small: SmallCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(small.live, Agreement, owner)
    model.show_everything()
    qtbot.waitUntil(lambda: model.rowCount() == 1 and model.index(0, 0).data(ROW) is not None)
    assert "Norway" in model.index(0, 0).data(ROW).line
    small.live.write("Rename", set_field, small.norway, "name", "Kingdom of Norway")
    qtbot.waitUntil(lambda: "Kingdom of Norway" in model.index(0, 0).data(ROW).line)


def test_rows_follow_the_names_that_they_are_sorted_by(small: SmallCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(small.live, Organization, owner)
    model.show_everything()
    qtbot.waitUntil(lambda: model.is_complete and model.rowCount() == 2)
    for state, parent in ((small.japan, "Alpha"), (small.norway, "Beta")):
        small.live.write("Add", add_record, Organization, {"name": parent}, then=_Parent(small.live, state, model).take)
    qtbot.waitUntil(lambda: small.live.save_state is SaveState.SAVED and model.rowCount() == 4)
    model.show_sort(Sort("parent"))
    qtbot.waitUntil(lambda: titles(model, qtbot)[:2] == ["Japan", "Norway"])
    alpha = next(row.id for row in map(model.row_at, range(4)) if row is not None and row.title == "Alpha")
    small.live.write("Rename", set_field, alpha, "name", "Zulu")
    qtbot.waitUntil(lambda: titles(model, qtbot)[:2] == ["Norway", "Japan"])


def test_rows_are_shown_while_the_order_is_worked_out(sample: LiveCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(sample, Agreement, owner)
    model.sort_order = Sort("status")
    model.show_everything()
    qtbot.waitUntil(lambda: model.rowCount() > 0)
    assert not model.is_sorted
    settled(model, qtbot)
    assert model.share is None
    titles(model, qtbot)
    statuses = [model.index(place, 0).data(ROW).status for place in range(model.rowCount())]
    assert statuses == sorted(statuses, key=list(Status).index)


def test_an_edit_is_shown_before_its_place_is_known(
    records: RecordListModel, sample: LiveCase, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles(records, qtbot)
    key = _id_at(records, qtbot, 0)
    monkeypatch.setattr(records, "_place", lambda placing: None)
    sample.write("Set title", set_field, key, "title", "Zzz, last of all")
    qtbot.waitUntil(lambda: records.index(0, 0).data() == "Zzz, last of all")


def test_a_list_of_nothing(small: SmallCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(small.live, Tag, owner)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_everything()
    qtbot.waitUntil(lambda: model.is_complete)
    assert model.rowCount() == 0
    assert model.rowCount(model.index(0, 0)) == 0
    small.live.write("Add", add_record, Tag, {"name": "first"})
    qtbot.waitUntil(lambda: model.rowCount() == 1)


def test_columns_can_be_chosen(small: SmallCase, owner: QObject, qtbot: QtBot) -> None:
    model = RecordListModel(small.live, Organization, owner)
    model.show_everything()
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    model.show_columns(("iso_code", "nothing of the kind", "changed", "iso_code"))
    assert model.shown == ("title", "iso_code", "changed")
    qtbot.waitUntil(lambda: model.index(0, 1).data() == "JPN")
    assert model.index(0, 2).data()


def _id_at(model: RecordListModel, qtbot: QtBot, place: int) -> uuid.UUID:
    qtbot.waitUntil(lambda: model.index(place, 0).data(ROW) is not None)
    key: uuid.UUID = model.index(place, 0).data(ROW).id
    return key


class _Parent(QObject):
    """Puts an organization under the one that was just made."""

    def __init__(self, live: LiveCase, child: uuid.UUID, parent: QObject) -> None:
        super().__init__(parent)
        self._live = live
        self._child = child

    def take(self, key: uuid.UUID) -> None:
        self._live.write("Set parent", set_field, self._child, "parent", key)


class _Receiver(QObject):
    """A QObject with a bound method, as results want it."""

    def __init__(self, into: list[uuid.UUID], parent: QObject) -> None:
        super().__init__(parent)
        self._into = into

    def take(self, key: uuid.UUID) -> None:
        self._into.append(key)
