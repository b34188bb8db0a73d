"""Where edited records go in an order that is there already: where a new order has them."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

import random
import uuid
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from db.engine import open_sessions
from db.log import edit
from db.models import Agreement, Membership, Organization, Party, Person
from db.operations.records import add_record, delete_record, set_field
from db.queries.lists import (
    Placing,
    Sort,
    columns_of,
    kinds_in_order,
    place_of,
    place_records,
    places_of,
    snapshot,
)
from tests.benchmarks.large import ANALYST, make_register, open_file


@dataclass(frozen=True)
class Edited:
    """A file before and after edits: the orders that were, and which records were touched."""

    sessions: sessionmaker[Session]
    before: dict[tuple[str, Sort], array[int]]
    touched: frozenset[uuid.UUID]


ORDERS = [Sort(name, descending) for name in columns_of(Agreement) for descending in (False, True)]
FILTERS = ["", "government"]


def order_of(session: Session, text: str, sort: Sort) -> array[int]:
    return array("q", [pk for piece in snapshot(session, Agreement, text, sort) for pk in piece.pks])


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    path = tmp_path_factory.mktemp("placing") / "register.casefile"
    make_register(path, 220)
    with open_file(path) as engine:
        sessions = open_sessions(engine)
        with sessions() as session:
            before = {(text, sort): order_of(session, text, sort) for text in FILTERS for sort in ORDERS}
        touched = _edit(sessions)
        yield Edited(sessions, before, touched)


def _edit(sessions: sessionmaker[Session]) -> frozenset[uuid.UUID]:
    """Some of everything: renamed, given other parties, deleted, added."""
    chance = random.Random(4)
    with edit(sessions, ANALYST, "Edit") as session:
        keys = chance.sample(list(session.scalars(select(Agreement.id).order_by(Agreement.pk))), 9)
        state = session.scalars(select(Organization.id).limit(1)).one()
        for number, key in enumerate(keys[:4]):
            set_field(session, key, "title", ["Aa", "a government", "Ümlaut", "Zz government"][number])
        set_field(session, keys[4], "place_signed", "Bergen")
        set_field(session, keys[5], "place_signed", None)
        set_field(session, keys[6], "parties", [state])
        users = select(Party.id).where(Party.agreement_id.in_(keys[7:]))
        assert session.scalars(users).first() is not None
        for key in keys[7:]:
            delete_record(session, key)
        added = add_record(session, Agreement, {"title": "New government agreement"})
        return frozenset({*keys, added})


@pytest.mark.parametrize("text", FILTERS)
@pytest.mark.parametrize("sort", ORDERS, ids=lambda sort: f"{sort.column}{'-' if sort.descending else '+'}")
def test_records_go_where_a_new_order_has_them(edited: Edited, text: str, sort: Sort) -> None:
    order = array("q", edited.before[text, sort])
    with edited.sessions() as session:
        rows, placing = place_records(session, Agreement, text, sort, order, edited.touched, ("title",))
        expected = order_of(session, text, sort)
    assert isinstance(placing, Placing)
    for place in placing.leaving:
        order.pop(place)
    for place, pk in placing.coming:
        order.insert(place, pk)
    if sort.column == "changed":  # all of one edit: among each other they stand as they may
        assert sorted(order) == sorted(expected)
    else:
        assert order == expected
    assert isinstance(rows, tuple)
    assert {row.title for row in rows} >= {"Aa", "New government agreement"}


def test_what_is_none_of_the_list_moves_nothing(edited: Edited) -> None:
    order = edited.before["", Sort()]
    with edited.sessions() as session:
        rows, placing = place_records(session, Agreement, "", Sort(), order, {uuid.uuid4()})
    assert rows == ()
    assert placing == Placing()


@given(st.lists(st.integers(1, 2**40), unique=True, max_size=40), st.data())
def test_places_are_those_of_the_numbers(pks: list[int], data: st.DataObject) -> None:
    order = array("q", pks)
    wanted = data.draw(st.lists(st.sampled_from(pks), unique=True) if pks else st.just([]))
    assert [place_of(order, pk) for pk in wanted] == [pks.index(pk) for pk in wanted]
    assert place_of(order, 2**41) is None
    assert sorted(places_of(order, [*wanted, 2**41])) == sorted(map(pks.index, wanted))


def test_a_place_is_never_found_across_two_numbers() -> None:
    order = array("q", [1 << 8, 1 << 56, 1])
    assert place_of(order, 1) == 2
    assert place_of(array("q", [1 << 8, 1 << 56]), 1) is None
    order.append(7)  # nothing still looks at it


def test_names_decide_where_they_are_what_is_sorted_by() -> None:
    assert "organization" in kinds_in_order(Agreement, "parties")
    assert kinds_in_order(Agreement, "depositary") == {"organization"}
    assert kinds_in_order(Agreement, "title") == frozenset()
    assert kinds_in_order(Agreement, "status") == frozenset()
    assert kinds_in_order(Person, "post") == {"post", "organization"}
    assert kinds_in_order(Membership, "title") >= {"person"}
