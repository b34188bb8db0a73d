"""What lives only because something points at it: it goes with the merge that brought the pointer."""

import uuid

import pytest

from db.errors import LaterEdit
from db.models import Agreement, Organization
from tests.db.case import COLLEAGUE, Case


@pytest.fixture
def ministry(case: Case) -> uuid.UUID:
    """A ministry that we delete, and under which a colleague puts an office meanwhile."""
    ministry = case.add(Organization, name="Ministry")
    theirs = case.fork(COLLEAGUE)
    theirs.add(Organization, name="Office", parent=ministry)
    case.delete(ministry)
    case.merge(theirs)
    theirs.close()
    return ministry


def merge_of(case: Case) -> uuid.UUID:
    ((receipt,),) = case.sql("SELECT id FROM receipt")
    return uuid.UUID(bytes=receipt)


def names(case: Case) -> list[str]:
    return sorted(name for (name,) in case.sql("SELECT name FROM organization"))


def test_it_goes_when_the_merge_is_undone_and_comes_back_with_it(case: Case, ministry: uuid.UUID) -> None:
    assert names(case) == ["Ministry", "Office"]
    case.undo(merge_of(case))
    assert names(case) == []
    case.judge()
    case.undo_last()
    assert names(case) == ["Ministry", "Office"]
    case.judge()


def test_it_stays_where_something_else_points_at_it_since(case: Case, ministry: uuid.UUID) -> None:
    case.add(Agreement, title="Later", parties=[ministry])
    case.undo(merge_of(case))
    assert names(case) == ["Ministry"]
    case.judge()


def test_what_the_merge_brought_and_is_used_since_is_not_taken_away(case: Case, ministry: uuid.UUID) -> None:
    (office,) = (uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM organization WHERE name = 'Office'"))
    case.add(Agreement, title="Later", parties=[office])
    with pytest.raises(LaterEdit, match="used since: Later"):
        case.undo(merge_of(case))
    assert names(case) == ["Ministry", "Office"]
