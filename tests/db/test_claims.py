"""Claims as a person enters them: read as their field reads them, and accepted with a reason."""

import shutil
from pathlib import Path

import pytest

from db.errors import InvalidValue
from db.evidence import Verdict, evidence_of
from db.models import CaseFile, Citation, Claim, PartyAction, Source
from db.models.vocabulary import Standing, Tlp
from db.operations.claims import add_acceptance, add_claim
from db.queries.case_file import default_marking
from db.queries.history import conflicts
from tests.db.case import COLLEAGUE, Case, Sample


def enter(case: Case, subject: object, name: str, value: str) -> object:
    citation = case.add(Citation, source=case.add(Source, title="Release"))
    values = {"subject": subject, "property": name, "value": value, "citation": citation}
    with case.edit("Claim") as session:
        return add_claim(session, Claim, values)


def verdicts(case: Case, subject: object, name: str) -> list[Verdict]:
    return [claim.verdict for claim in case.read(evidence_of, subject, name).claims]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("NOR; JPN", Verdict.SUPPORTS), ("JP;NO", Verdict.SUPPORTS), ("NO", Verdict.COMPATIBLE)],
)
def test_a_claim_on_a_set_knows_no_order(case: Case, sample: Sample, value: str, verdict: Verdict) -> None:
    enter(case, sample.agreement, "parties", value)
    assert verdicts(case, sample.agreement, "parties") == [verdict]


def test_a_date_is_read_and_the_words_are_kept(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024-07-08")
    enter(case, action, "date", "8 July 2024")
    (claim,) = case.read(evidence_of, action, "date").claims
    assert (claim.value, claim.original_text, claim.verdict) == ("2024-07-08", "8 July 2024", Verdict.SUPPORTS)


@pytest.mark.parametrize(("name", "value"), [("datee", "2024"), ("date", "whenever"), ("action", "signing")])
def test_what_the_field_cannot_hold_is_no_claim(case: Case, sample: Sample, name: str, value: str) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    with pytest.raises(InvalidValue):
        enter(case, action, name, value)


def test_accepting_a_claim_sets_its_field_and_keeps_the_reason(case: Case, sample: Sample) -> None:
    claim = enter(case, sample.agreement, "instrument_type", "treaty")
    with case.edit("Accept") as session:
        add_acceptance(session, Claim, {"claim": claim, "reason": "It says so itself."})
    found = case.read(evidence_of, sample.agreement, "instrument_type")
    assert (found.value, found.standing, found.claims[0].reason) == ("treaty", Standing.SINGLE, "It says so itself.")
    with pytest.raises(InvalidValue), case.edit("Accept") as session:
        add_acceptance(session, Claim, {"claim": claim, "property": "title"})


def test_setting_the_shown_value_settles_a_conflict(case: Case, sample: Sample, tmp_path: Path) -> None:
    other = Case(Path(shutil.copy(case.path, tmp_path / "Colleague.casefile")), COLLEAGUE)
    case.put(sample.agreement, "summary", "mine")
    other.put(sample.agreement, "summary", "theirs")
    other.close()
    case.merge(other)
    (conflict,) = case.read(conflicts)
    case.put(sample.agreement, "summary", conflict.values[-1])
    assert case.read(conflicts) == []
    assert case.record(sample.agreement)["summary"].value == conflict.values[-1]


def test_a_file_that_says_nothing_loosens_no_marking(case: Case) -> None:
    assert case.read(default_marking) is Tlp.RED
    clear = case.add(CaseFile, title="A", default_marking="CLEAR")
    assert case.read(default_marking) is Tlp.CLEAR
    case.add(CaseFile, title="Another, merged in", default_marking="AMBER")
    assert case.read(default_marking) is Tlp.AMBER
    case.put(clear, "default_marking", None)
    assert case.read(default_marking) is Tlp.RED
