"""A dispute that an acceptance settled is no finding, until something disputes the field anew."""

import uuid

import pytest

from db.models import PartyAction
from db.models.vocabulary import FindingKind
from db.operations.claims import accept, withdraw_acceptance
from tests.db.case import Case, Sample
from tests.db.review.words import claim, kinds_at

DISPUTED = FindingKind.DISPUTED


@pytest.fixture
def rivals(case: Case, sample: Sample) -> tuple[uuid.UUID, uuid.UUID]:
    """Two claims on the title, of which the second says otherwise."""
    return tuple(claim(case, sample.agreement, "title", value) for value in ("Memorandum", "Treaty"))  # type: ignore[return-value]


def is_disputed(case: Case, sample: Sample) -> bool:
    return DISPUTED in kinds_at(case, sample.agreement, "title")


def believe(case: Case, chosen: uuid.UUID) -> None:
    with case.edit("Accept") as session:
        accept(session, chosen, "The text says so.")


def test_whichever_is_accepted(case: Case, sample: Sample, rivals: tuple[uuid.UUID, uuid.UUID]) -> None:
    assert is_disputed(case, sample)
    for chosen in rivals:
        believe(case, chosen)
        assert not is_disputed(case, sample)
    with case.edit("Accept none") as session:
        withdraw_acceptance(session, sample.agreement, "title")
    assert is_disputed(case, sample)
    case.undo_last()
    assert not is_disputed(case, sample)


def test_a_later_rival_disputes_it_anew(case: Case, sample: Sample, rivals: tuple[uuid.UUID, uuid.UUID]) -> None:
    believe(case, rivals[0])
    third = claim(case, sample.agreement, "title", "Pact")
    assert is_disputed(case, sample)
    case.delete(third)
    assert not is_disputed(case, sample)
    case.put(rivals[1], "notes", "On page 3.")
    assert not is_disputed(case, sample)
    case.put(rivals[1], "value", "Convention")
    assert is_disputed(case, sample)


def test_another_value_than_the_accepted_one(case: Case, sample: Sample, rivals: tuple[uuid.UUID, uuid.UUID]) -> None:
    believe(case, rivals[0])
    case.put(sample.agreement, "title", "Exchange of notes")
    assert is_disputed(case, sample)


def test_a_colleagues_later_rival_comes_with_a_merge(
    case: Case, sample: Sample, rivals: tuple[uuid.UUID, uuid.UUID]
) -> None:
    other = case.fork()
    believe(case, rivals[0])
    claim(other, sample.agreement, "title", "Pact")
    case.merge(other)
    other.merge(case)
    assert is_disputed(case, sample)
    assert is_disputed(other, sample), "both know the same, so both say the same"


def test_an_acceptance_settles_its_field_and_no_other(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024-09-03", place="Tokyo")
    for name, values in {"date": ("2024-09-03", "2024-09-04"), "place": ("Tokyo", "Oslo")}.items():
        first, _ = [claim(case, action, name, value) for value in values]
        if name == "date":
            believe(case, first)
    assert DISPUTED not in kinds_at(case, action, "date")
    assert DISPUTED in kinds_at(case, action, "place")
