"""The page of likely duplicates on a small case: finding, choosing, joining, telling apart, and following edits."""

import uuid

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.duplicates.search import search
from db.duplicates.sides import MOST, side_by_side, taken
from db.errors import InvalidValue
from db.models import Agreement, Distinction, OtherName, Person, Tag
from db.opening import read_again
from db.operations.joining import all_unfinished
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import record
from desktop.backroom import Backroom
from desktop.live import LiveCase
from desktop.pages.duplicates import DuplicatesPage
from desktop.pages.duplicates import page as page_module
from desktop.places import Place
from tests.desktop.conftest import SmallCase
from tests.desktop.finding import child

ROLE = Qt.ItemDataRole.AccessibleTextRole


def write(live: LiveCase, qtbot: QtBot, *operation: object) -> None:
    with qtbot.waitSignals([live.changed], timeout=10_000):
        live.write("Edit", *operation)  # type: ignore[arg-type]


def read(live: LiveCase, query: object, *args: object) -> object:
    """What a query says, asked of the file by a session of its own."""
    with read_again(live.path) as session:
        return query(session, *args)  # type: ignore[operator]


def twins(session: Session, *parties: uuid.UUID) -> None:
    tag = add_record(session, Tag, {"name": "Arctic"})
    add_record(session, Person, {"name": "Gram, Bjorn Arild", "given_name": "Bjørn", "tags": [tag]})
    for title in ("Agreement on the transfer of equipment", "The Agreement on transfer of equipment"):
        add_record(
            session,
            Agreement,
            {"title": title, "marking": "AMBER" if title[0] == "T" else None, "parties": parties},
        )


def settle(page: DuplicatesPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.is_idle, timeout=30_000)
    qtbot.waitUntil(lambda: all(page.model.index(row).data() for row in range(page.model.rowCount())))


def rows(page: DuplicatesPage) -> list[str]:
    return [page.model.index(row).data(ROLE) for row in range(page.model.rowCount())]


@pytest.fixture
def page(small: SmallCase, backroom: Backroom, qtbot: QtBot) -> DuplicatesPage:
    write(small.live, qtbot, twins, small.japan, small.norway)
    page = DuplicatesPage(small.live, backroom)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    settle(page, qtbot)
    return page


def test_pairs_stand_side_by_side_with_what_speaks_for_them_and_what_differs(
    page: DuplicatesPage, small: SmallCase, qtbot: QtBot
) -> None:
    official, agreement = rows(page)
    assert official == (
        "Official, Bjørn Arild Gram and Gram, Bjorn Arild, The same name: Bjørn Arild Gram / Gram, Bjorn Arild."
    )
    assert agreement.startswith(("Agreement, Agreement on the", "Agreement, The Agreement"))
    assert "The same title: " in agreement
    sides = page.room.sides.shown
    assert sides is not None
    assert [side.counts for side in sides.sides] == [(), ()]
    fields = {row.about.name: row for row in page.room.sides.rows}
    assert {name: row.about.shown for name, row in fields.items()} == {
        "name": 0, "family_name": 0, "given_name": 1, "tags": None,
    }  # fmt: skip
    assert fields["tags"].about.together == "Arctic"
    assert fields["given_name"].buttons[1].isChecked()
    page.room.go_on()
    settle(page, qtbot)
    marking = next(row.about for row in page.room.sides.rows if row.about.name == "marking")
    assert (set(marking.texts), marking.together, marking.shown) == ({"", "AMBER"}, "AMBER", None)
    with qtbot.waitSignal(page.opened) as opened:
        child(page.room.sides, QPushButton, "openRecord").click()
    assert opened.args == [Place(page.room.sides.shown.sides[0].id)]  # type: ignore[union-attr]


def test_joined_as_chosen_in_one_edit_and_undone(page: DuplicatesPage, small: SmallCase, qtbot: QtBot) -> None:
    name = next(row for row in page.room.sides.rows if row.about.name == "name")
    qtbot.mouseClick(name.buttons[1], Qt.MouseButton.LeftButton)
    assert page.room.sides.take()["name"] == page.room.sides.shown.sides[1].id  # type: ignore[union-attr]
    with qtbot.waitSignal(page.told) as told:
        qtbot.keyClick(page.room.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args[0] == "Joined as one record"
    settle(page, qtbot)
    assert len(rows(page)) == 1
    shown = read(small.live, record, small.official)
    assert shown["name"].text == "Gram, Bjorn Arild"  # type: ignore[index]
    assert (shown["given_name"].text, shown["tags"].text) == ("Bjørn", "Arctic")  # type: ignore[index]
    entry = small.live.undo_state.undo
    assert entry is not None
    assert entry.label == "Join “Bjørn Arild Gram” and “Gram, Bjorn Arild”"
    with qtbot.waitSignal(small.live.changed):
        small.live.revert(entry.entry)
    qtbot.waitUntil(lambda: page.is_idle and page.model.rowCount() == 2, timeout=30_000)


def test_what_is_no_duplicate_is_remembered_with_its_reason_and_can_be_taken_back(
    page: DuplicatesPage, small: SmallCase, qtbot: QtBot
) -> None:
    page.room.bar.apart_button.click()
    bar = page.room.bar.reason
    assert bar.isVisible()
    assert not bar.button.isEnabled()
    qtbot.keyClicks(bar.reason, "father and son")
    with qtbot.waitSignal(page.told):
        bar.button.click()
    settle(page, qtbot)
    assert [row.split(",")[0] for row in rows(page)] == ["Agreement"]
    assert page.head.apart_button.text() == "Told apart  1"
    page.head.apart_button.click()
    settle(page, qtbot)
    assert rows(page) == ["Official, Bjørn Arild Gram and Gram, Bjorn Arild, father and son"]
    assert page.room.bar.apart_button.text() == "Offer again"
    with qtbot.waitSignal(page.told):
        page.room.bar.apart_button.click()
    settle(page, qtbot)
    assert read(small.live, lambda session: session.query(Distinction).count()) == 0
    page.head.apart_button.setChecked(False)
    settle(page, qtbot)
    assert len(rows(page)) == 2


def test_kinds_narrow_edits_are_followed_and_what_was_looked_at_is_told(
    page: DuplicatesPage, small: SmallCase, qtbot: QtBot
) -> None:
    child(page, QPushButton, "kind-agreements").click()
    settle(page, qtbot)
    assert [row.split(",")[0] for row in rows(page)] == ["Agreement"]
    child(page, QPushButton, "kind-agreements").click()
    pair = page.room.sides.shown
    assert pair is not None
    write(small.live, qtbot, delete_record, pair.sides[1].id)
    settle(page, qtbot)
    other = page.room.sides.shown
    assert other is not None
    assert len(rows(page)) == 1
    write(small.live, qtbot, delete_record, other.sides[1].id)
    settle(page, qtbot)
    qtbot.waitUntil(lambda: page.room._empty.heading.text() == "Nothing looks as if it had been entered twice")
    assert "2 agreements" in page.room._empty.sentence.text() or "1 agreement" in page.room._empty.sentence.text()


def test_selected_records_are_joined_whether_they_look_alike_or_not(
    page: DuplicatesPage, small: SmallCase, qtbot: QtBot
) -> None:
    names = ("Tore Sandvik", "Espen Barth Eide", "Frank Bakke-Jensen")
    added: list[uuid.UUID] = []

    def three(session: Session) -> None:
        added.extend(add_record(session, Person, {"name": name}) for name in names)

    write(small.live, qtbot, three)
    page.join_selected(added, "officials")
    settle(page, qtbot)
    assert page.room.sides.shown is not None
    first, *rest = (side.title for side in page.room.sides.shown.sides)
    assert {first, *rest} == set(names)
    assert page.room.bar.join_button.isEnabled()
    assert not page.room.bar.apart_button.isEnabled()
    with qtbot.waitSignal(page.told):
        page.join()
    settle(page, qtbot)
    others = read(small.live, lambda session: {row.name for row in session.query(OtherName)})
    assert others == set(rest)
    child(page, QPushButton, "leaveScope").click()
    assert len(rows(page)) == 2


def test_an_unfinished_join_is_told_and_finished(page: DuplicatesPage, small: SmallCase, qtbot: QtBot) -> None:
    page.join()
    settle(page, qtbot)
    assert not page.head.unfinished.isVisible()
    joined = read(small.live, _joined_person)

    def more(session: Session) -> None:
        add_record(session, OtherName, {"record": joined, "name": "Gram the younger"})

    write(small.live, qtbot, more)
    settle(page, qtbot)
    qtbot.waitUntil(page.head.unfinished.isVisible)
    with qtbot.waitSignal(page.told) as told:
        page.head.finish_button.click()
    assert told.args[0] == "Finished joining 1 record"
    assert read(small.live, all_unfinished) == []
    qtbot.waitUntil(lambda: not page.head.unfinished.isVisible(), timeout=30_000)


def _joined_person(session: Session) -> uuid.UUID:
    return session.query(Person.id).where(Person.merged_into_id.is_not(None)).scalar()  # type: ignore[no-any-return]


def test_the_search_is_called_off_and_begun_again(
    page: DuplicatesPage, small: SmallCase, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "_SLOW", -1.0)
    page._search()
    assert page.head.stop_button.isVisible()
    page.head.stop_button.click()
    assert not page.search.is_running
    assert len(rows(page)) == 2
    page.hide()
    page.show()
    settle(page, qtbot)
    assert len(rows(page)) == 2


def test_what_stands_side_by_side_has_its_limits(small: SmallCase, page: DuplicatesPage) -> None:
    def ask(session: Session) -> None:
        people = [add_record(session, Person, {"name": f"Person {number}"}) for number in range(MOST + 1)]
        with pytest.raises(InvalidValue, match="At most 12"):
            side_by_side(session, people)
        with pytest.raises(InvalidValue, match="same record already"):
            side_by_side(session, [people[0], people[0]])
        set_field(session, people[0], "family_name", "One")
        sides = side_by_side(session, people[:2])
        assert taken(sides, {"family_name": 1}) == {"name": people[0], "family_name": people[1]}
        assert [step.share for step in search(session)][-1] == 1.0

    small.live._workspace.write("Edit", ask)
