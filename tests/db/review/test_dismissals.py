"""Findings that somebody dismissed: for the very state that was looked at, kept, merged and undone like any record."""

import uuid

import pytest

from db.errors import InvalidValue
from db.models import PartyAction
from db.models.vocabulary import FindingKind
from db.operations.dismissals import dismiss, dismiss_at, restore, restore_at
from db.review.findings import Finding, findings_at
from db.review.register import Spot
from db.review.survey import review
from tests.db.case import ANALYST, Case, Sample
from tests.db.review.words import claim, finding, found_at

K = FindingKind


def dispute(case: Case, sample: Sample) -> Finding:
    """A disputed title."""
    claim(case, sample.agreement, "title", "Memorandum")
    claim(case, sample.agreement, "title", "Treaty")
    return finding(case, sample.agreement, K.DISPUTED)


def put_away(case: Case, found: Finding, reason: str = "The treaty is another one.") -> uuid.UUID:
    with case.edit("Dismiss") as session:
        return dismiss(session, found, reason)


def is_open(case: Case, sample: Sample) -> bool:
    return finding(case, sample.agreement, K.DISPUTED).dismissal is None


def test_a_dismissal_has_a_reason_and_is_told(case: Case, sample: Sample) -> None:
    found = dispute(case, sample)
    with pytest.raises(InvalidValue, match="with a reason"):
        put_away(case, found, "  ")
    put_away(case, found)
    told = finding(case, sample.agreement, K.DISPUTED)
    assert told.reason == "The treaty is another one."
    assert told.key == found.key
    reviewed = case.read(review)
    assert K.DISPUTED not in reviewed.open.counts()
    assert reviewed.dismissed.counts() == {K.DISPUTED: 1}


def test_another_rival_makes_another_finding(case: Case, sample: Sample) -> None:
    put_away(case, dispute(case, sample))
    rival = claim(case, sample.agreement, "title", "Convention")
    assert is_open(case, sample)
    case.delete(rival)
    assert not is_open(case, sample)


def test_another_value_makes_another_finding(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024")
    put_away(case, finding(case, action, K.UNCITED))
    assert case.read(findings_at, [Spot(K.UNCITED, "party_action", "date", action.bytes)])[0] is not None
    case.put(action, "date", "2025")
    assert finding(case, action, K.UNCITED).dismissal is None
    case.put(action, "date", "2024")
    assert finding(case, action, K.UNCITED).dismissal is not None


def test_it_can_be_restored_and_undone(case: Case, sample: Sample) -> None:
    put_away(case, dispute(case, sample))
    case.undo_last()
    assert is_open(case, sample)
    case.undo_last()
    assert not is_open(case, sample)
    found = finding(case, sample.agreement, K.DISPUTED)
    with case.edit("Restore") as session:
        restore(session, found)
    assert is_open(case, sample)
    case.judge()


def test_two_people_who_dismiss_the_same_make_one(case: Case, sample: Sample) -> None:
    found = dispute(case, sample)
    other = case.fork()
    first, second = put_away(case, found, "Seen."), put_away(other, found, "No matter.")
    assert first == second
    case.merge(other)
    other.close()
    assert not is_open(case, sample)
    assert len(case.sql("SELECT 1 FROM dismissal")) == 1
    case.judge()


def test_it_goes_with_its_record(case: Case, sample: Sample) -> None:
    put_away(case, dispute(case, sample))
    case.delete(sample.agreement)
    assert case.sql("SELECT 1 FROM dismissal") == []


def test_many_at_once(case: Case, sample: Sample) -> None:
    spots = list(case.read(review).open)
    assert len(spots) > 2
    with case.edit("Dismiss") as session:
        assert dismiss_at(session, spots, "Known from the register.", None) == len(spots)
    reviewed = case.read(review)
    assert (len(reviewed.open), len(reviewed.dismissed)) == (0, len(spots))
    with case.edit("Restore") as session:
        assert restore_at(session, spots) == len(spots)
    assert len(case.read(review).open) == len(spots)
    assert found_at(case, sample.agreement)


def test_what_is_gone_is_not_dismissed(case: Case, sample: Sample) -> None:
    nowhere = [
        Spot(K.DISPUTED, "agreement", "title", sample.agreement.bytes),
        Spot(K.UNCITED, "agreement", "x", b"0" * 16),
    ]
    assert case.read(findings_at, nowhere) == [None, None]
    with case.edit("Dismiss") as session:
        assert dismiss_at(session, nowhere, "Why not.", ANALYST.id) == 0
