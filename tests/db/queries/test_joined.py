"""Records that were joined stand in lists, counts and results as one; the others are found where they are asked for."""

import uuid
from array import array
from pathlib import Path

import pytest
from sqlalchemy import select

from db.index.query import find
from db.models import Organization, Person
from db.operations.joining import join
from db.queries.headings import counts_of
from db.queries.joined import joined_with
from db.queries.lists.columns import Sort, columns_of
from db.queries.lists.first_hits import hits
from db.queries.lists.placing import Placing, place_records
from db.queries.lists.rows import rows_of
from db.queries.lists.snapshot import snapshot
from tests.db.case import Case, Sample
from tests.db.index.conftest import Searched


def listed(case: Case, text: str = "", sort: Sort | None = None) -> list[int]:
    with case.sessions() as session:
        pieces = [piece for piece in snapshot(session, Person, text, sort) if piece.share is None]
    return [pk for piece in pieces for pk in piece.pks]


def make_one(case: Case, *records: uuid.UUID) -> None:
    with case.edit("Join") as session:
        join(session, records)


@pytest.fixture
def joined(case: Case, sample: Sample) -> tuple[int, int]:
    """The pks of a record that stands for another one, and of that one."""
    other = case.add(Person, name="Gram, Bjorn Arild", notes="seen in Oslo")
    make_one(case, sample.minister, other)
    pks = case.read(rows_of, Person, [sample.minister, other])
    return pks[sample.minister], pks[other]


def test_only_the_canonical_one_stands_in_a_list_in_every_order(case: Case, joined: tuple[int, int]) -> None:
    first, other = joined
    for name in columns_of(Person):
        for descending in (False, True):
            order = listed(case, sort=Sort(name, descending))
            assert first in order
            assert other not in order


def test_a_filter_leaves_the_others_out_unless_it_asks_for_them(case: Case, joined: tuple[int, int]) -> None:
    first, other = joined
    assert other not in listed(case, "gram")
    assert first in listed(case, "gram")
    for text in ("is:joined", "is:duplicate", "gram is:joined", "has:merged_into"):
        assert listed(case, text) == [other]
    assert set(listed(case, "is:joined OR gram")) == {first, other}
    assert other not in listed(case, "-is:duplicate")
    with case.sessions() as session:
        assert [pk for piece in hits(session, Person, "gram") for pk in piece.pks] == [first]


def test_counts_have_one_less_and_undo_brings_it_back(case: Case, joined: tuple[int, int], sample: Sample) -> None:
    shown = len(listed(case))
    assert case.read(counts_of, ["person"]) == {"officials": shown}
    order = array("q", listed(case, sort=Sort("title")))
    case.undo_last()
    assert case.read(counts_of, ["person"]) == {"officials": shown + 1}
    with case.sessions() as session:
        people = list(session.scalars(select(Person.id)))
        *_, placing = place_records(session, Person, "", Sort("title"), order, people)
    assert isinstance(placing, Placing)
    assert joined[1] in {pk for _, pk in placing.coming}


def test_a_search_opens_the_one_that_stands_for_all(case: Case, sample: Sample, tmp_path: Path) -> None:
    searched = Searched(case, tmp_path / "cache")
    other = case.add(Organization, name="Kingdom of Norway", notes="a fjord")
    make_one(case, sample.norway, other)
    assert searched.found("kingdom") == {sample.norway}
    assert searched.found("fjord") == {sample.norway}
    by_title = case.read(find, None, "norway", kinds=("organization",))
    assert {hit.record for hit in by_title.hits} == {sample.norway}


def test_each_says_what_it_was_joined_with(case: Case, sample: Sample) -> None:
    other = case.add(Person, name="Gram, Bjorn Arild")
    assert case.read(joined_with, sample.minister).others == ()
    make_one(case, sample.minister, other)
    first, second = sorted([sample.minister, other])
    assert case.read(joined_with, first).others[0][0] == second
    told = case.read(joined_with, second)
    assert told.stands is not None
    assert told.stands[0] == first
    assert case.read(joined_with, sample.agreement).stands is None
