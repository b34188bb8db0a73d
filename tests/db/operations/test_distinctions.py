"""Telling likely duplicates apart: remembered, undone, merged, and asked again when there is something new."""

import uuid

import pytest

from db.duplicates.finder import Pair, duplicates
from db.errors import InvalidValue
from db.models import Membership, Person, Post
from db.operations.distinctions import offer_again, tell_apart
from db.operations.records import delete_record
from tests.db.case import Case


@pytest.fixture
def people(case: Case) -> list[uuid.UUID]:
    return [case.add(Person, name="Minoru Kihara"), case.add(Person, name="KIHARA Minoru")]


def apart(case: Case, people: list[uuid.UUID], reason: str = "Father and son.") -> uuid.UUID:
    with case.edit("Tell apart") as session:
        return tell_apart(session, people[0], people[1], reason)


def offered(case: Case, *, judged: bool = False) -> list[Pair]:
    return case.read(duplicates, judged=judged)


def test_is_remembered_with_its_reason_and_taken_back(case: Case, people: list[uuid.UUID]) -> None:
    assert len(offered(case)) == 1
    key = apart(case, people)
    assert apart(case, people[::-1]) == key
    assert offered(case) == []
    (pair,) = offered(case, judged=True)
    assert (pair.distinction, pair.why_not) == (key, "Father and son.")
    with case.edit("Offer again") as session:
        offer_again(session, key)
    assert len(offered(case)) == 1
    case.undo_last()
    assert offered(case) == []
    case.judge()


def test_needs_a_reason(case: Case, people: list[uuid.UUID]) -> None:
    with pytest.raises(InvalidValue, match="with a reason"):
        apart(case, people, " ")


def test_is_asked_again_only_when_what_it_was_based_on_changes(case: Case, people: list[uuid.UUID]) -> None:
    apart(case, people)
    case.put(people[0], "notes", "Somebody else.")
    case.put(people[0], "family_name", "Kihara")
    assert offered(case) == []
    post = case.add(Post, label="Minister")
    for person in people:
        case.add(Membership, person=person, post=post)
    assert len(offered(case)) == 1


def test_goes_with_either_record(case: Case, people: list[uuid.UUID]) -> None:
    key = apart(case, people)
    with case.edit("Delete") as session:
        delete_record(session, people[1])
    assert case.sql("SELECT * FROM distinction WHERE id = ?", key.bytes) == []
    case.judge()


def test_two_who_say_the_same_make_one_and_it_travels(case: Case, people: list[uuid.UUID]) -> None:
    other = case.fork()
    assert apart(case, people) == apart(other, people[::-1], "I know them both.")
    case.merge(other)
    other.merge(case)
    assert case.rows() == other.rows()
    assert case.sql("SELECT count(*) FROM distinction") == [(1,)]
    assert offered(case) == offered(other) == []
    other.judge()
    other.close()


def test_what_was_undone_comes_back_by_merging_what_did_not_know(case: Case, people: list[uuid.UUID]) -> None:
    other = case.fork()
    apart(other, people)
    case.merge(other)
    assert offered(case) == []
    case.undo(case.entries()[0].id)
    assert len(offered(case)) == 1
    other.close()
