"""One edit of many records: previews, refusals, conflicts, tags, deletion, and what the log says of it."""

import uuid

import pytest
from sqlalchemy import select

from db.errors import InvalidValue, RecordInUse
from db.models import Agreement, Changeset, Organization, PartyAction, Tag
from db.operations.bulk import delete_all, preview_field, set_field_of_all, tag_all, untag_all
from db.operations.records import add_record, set_field
from db.queries.records import record
from db.revert import revert
from tests.db.case import ANALYST, Case


@pytest.fixture
def ids(case: Case) -> list[uuid.UUID]:
    with case.edit("Fill") as session:
        return [add_record(session, Agreement, {"title": f"No. {n}", "place_signed": "Oslo"}) for n in range(7)]


def test_a_preview_tells_how_many_would_change(case: Case, ids: list[uuid.UUID]) -> None:
    with case.edit("One") as session:
        set_field(session, ids[0], "place_signed", "Tokyo")
    with case.sessions() as session:
        preview = preview_field(session, Agreement, ids, "place_signed", "Tokyo")
    assert (preview.records, preview.differing, len(preview.examples), preview.refused) == (7, 6, 5, "")
    assert preview.examples[0].before == "Oslo"
    assert preview.examples[0].after == "Tokyo"


def test_a_preview_refuses_what_the_edit_would_refuse(case: Case, ids: list[uuid.UUID]) -> None:
    with case.sessions() as session:
        assert "whole number" in preview_field(session, Agreement, ids, "renewal_years", "soon").refused
        assert "cannot be empty" in preview_field(session, Agreement, ids, "title", " ").refused
        assert preview_field(session, PartyAction, [], "place", "x").differing == 0


def test_one_edit_sets_all_and_can_be_undone(case: Case, ids: list[uuid.UUID]) -> None:
    with case.edit("Places") as session:
        assert set_field_of_all(session, ids, "place_signed", "Tokyo") == 7
    with case.sessions() as session:
        assert {record(session, key)["place_signed"].text for key in ids} == {"Tokyo"}
        entry = session.scalar(select(Changeset.id).where(Changeset.label == "Places"))
    assert entry is not None
    revert(case.sessions, ANALYST, entry)
    with case.sessions() as session:
        assert {record(session, key)["place_signed"].text for key in ids} == {"Oslo"}
    case.judge()


@pytest.mark.parametrize(
    ("name", "text"), [("instrument_type", "treaty"), ("renewal_years", "5"), ("subjects", "procurement; other")]
)
def test_values_of_every_type_are_set(case: Case, ids: list[uuid.UUID], name: str, text: str) -> None:
    with case.edit("Set") as session:
        set_field_of_all(session, ids, name, text)
    with case.sessions() as session:
        values = {record(session, key)[name].value for key in ids}
    assert len(values) == 1
    assert values != {None}


def test_a_refused_value_changes_nothing(case: Case, ids: list[uuid.UUID]) -> None:
    with pytest.raises(InvalidValue), case.edit("Set") as session:
        set_field_of_all(session, ids, "renewal_years", "soon")
    with case.sessions() as session:
        assert session.scalar(select(Changeset.id).where(Changeset.label == "Set")) is None


def test_tags_are_made_once_and_put_on_once(case: Case, ids: list[uuid.UUID]) -> None:
    with case.edit("Tag") as session:
        assert tag_all(session, ids[:3], " naval ") == 3
        assert tag_all(session, ids, "naval") == 4
        (tag,) = session.scalars(select(Tag.id))
    with case.edit("Untag") as session:
        assert untag_all(session, ids[:2], tag) == 2
        assert untag_all(session, ids[:2], tag) == 0
    with case.sessions() as session:
        carrying = [bool(record(session, key)["tags"].value) for key in ids]
    assert carrying == [False, False, *[True] * 5]
    case.judge()


def test_all_are_deleted_or_none(case: Case, ids: list[uuid.UUID]) -> None:
    with case.edit("State") as session:
        state = add_record(session, Organization, {"name": "Japan", "iso_code": "JPN"})
        set_field(session, ids[0], "parties", [state])
    with pytest.raises(RecordInUse, match="Japan"), case.edit("Delete") as session:
        delete_all(session, [ids[1], state])
    with case.sessions() as session:
        assert len(session.scalars(select(Agreement.id)).all()) == 7
    with case.edit("Delete") as session:
        assert delete_all(session, ids) == 7
    with case.sessions() as session:
        assert session.scalars(select(Agreement.id)).all() == []
    case.judge()
