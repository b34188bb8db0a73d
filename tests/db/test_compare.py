"""Comparing two case files tells what each has and the other has not, and writes neither."""

import uuid
from functools import partial
from pathlib import Path

import pytest

from db.compare import Comparison, compare
from db.models import Agreement, Organization
from db.opening import private_copy
from db.operations.records import add_record, delete_record, set_field
from tests.db.casefiles import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def compared(desk: Desk, first: Path, second: Path) -> Comparison:
    with private_copy(first, desk.trust) as mine, private_copy(second, desk.trust) as theirs:
        return compare(mine, theirs)


@pytest.fixture
def pair(desk: Desk) -> tuple[Path, Path, uuid.UUID]:
    """Two copies of one file, and an agreement that both hold."""
    first = desk.create("first.casefile")
    agreement = desk.write(
        first,
        lambda session: add_record(
            session, Agreement, {"title": "Old", "subjects": "procurement; peacekeeping", "summary": "same"}
        ),
    )
    return first, desk.copy(first, "second.casefile"), agreement


def test_copies_are_the_same(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    found = compared(desk, *pair[:2])
    assert found.is_same
    assert found.first == found.second


def test_a_field_that_differs_has_both_values(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    desk.write(second, lambda session: set_field(session, agreement, "title", "New"), "Rename it")
    found = compared(desk, first, second)
    assert [(row.record, row.kind, row.title, row.field, row.first, row.second) for row in found.differences] == [
        (agreement, "agreements", "Old", "title", "Old", "New")
    ]
    assert [edit.label for edit in found.second.edits] == ["Rename it"]
    assert found.first.edits == ()
    assert not found.is_same


def test_a_set_that_differs_is_told_as_one_field(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    desk.write(first, lambda session: set_field(session, agreement, "subjects", "procurement; logistic support"))
    found = compared(desk, first, second)
    assert [(row.field, row.first, row.second) for row in found.differences] == [
        ("subjects", "logistic support; procurement", "peacekeeping; procurement")
    ]


def test_a_reference_is_told_by_the_title_that_each_file_has(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    body = desk.write(second, lambda session: add_record(session, Organization, {"name": "The Depositary"}))
    desk.write(second, lambda session: set_field(session, agreement, "depositary", body))
    found = compared(desk, first, second)
    assert [(row.field, row.first, row.second) for row in found.differences] == [("depositary", "", "The Depositary")]
    assert [(row.kind, row.title) for row in found.second.records] == [("organizations", "The Depositary")]


def test_records_of_only_one_file(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    desk.write(second, partial(delete_record, record=agreement))
    found = compared(desk, first, second)
    assert [(row.id, row.title) for row in found.first.records] == [(agreement, "Old")]
    assert found.second.records == ()
    assert len(found.second.edits) == 1


def test_the_other_way_round_is_the_mirror(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    desk.write(first, lambda session: set_field(session, agreement, "title", "Mine"))
    desk.write(second, lambda session: set_field(session, agreement, "title", "Theirs"))
    one, other = compared(desk, first, second), compared(desk, second, first)
    assert (one.first, one.second) == (other.second, other.first)
    assert [(row.first, row.second) for row in one.differences] == [("Mine", "Theirs")]
    assert [(row.first, row.second) for row in other.differences] == [("Theirs", "Mine")]


def test_neither_file_is_written(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    first, second, agreement = pair
    desk.write(second, lambda session: set_field(session, agreement, "title", "New"))
    before = first.read_bytes(), second.read_bytes()
    compared(desk, first, second)
    assert (first.read_bytes(), second.read_bytes()) == before


def test_merged_both_ways_they_are_the_same(desk: Desk, pair: tuple[Path, Path, uuid.UUID]) -> None:
    from db.merging.union import merge
    from db.opening import close_case, open_case
    from tests.db.casefiles import EDITOR

    first, second, agreement = pair
    desk.write(first, lambda session: set_field(session, agreement, "title", "Mine"))
    desk.write(second, lambda session: set_field(session, agreement, "summary", "Theirs"))
    for path, other in ((first, second), (second, first)):
        case = open_case(path, desk.trust, writable=True)
        with private_copy(other, desk.trust) as copy:
            merge(case.engine, copy, EDITOR)
        close_case(case)
    assert compared(desk, first, second).is_same
