"""What outlives a deletion because somebody else worked on it is as whole as it was."""

import shutil
from pathlib import Path

import pytest

from db.merging.decisions import RecordDecision
from db.merging.union import MergeReceipt, merge
from db.models import Citation, Claim, Provision, Source
from tests.db.case import COLLEAGUE, Case, Sample, add_sample


@pytest.fixture
def sample(case: Case) -> Sample:
    found = add_sample(case)
    case.put(found.agreement, "subjects", ["procurement"])
    citation = case.add(Citation, source=case.add(Source, title="S"))
    case.add(Claim, subject=found.agreement, property="title", value="T", citation=citation)
    case.add(Provision, agreement=found.agreement, provision_kind="cost", text="Each pays.")
    return found


def take_in(ours: Case, theirs: Case, *decisions: RecordDecision) -> MergeReceipt:
    copy = Path(shutil.copy(theirs.path, ours.path.with_suffix(".incoming")))
    return merge(ours.engine, copy, ours.editor, decisions=decisions, with_parts=True)


def counts(case: Case) -> list[int]:
    return [
        case.sql(f"SELECT count(*) FROM {kind}")[0][0]
        for kind in ("agreement", "party", "claim", "provision", "agreement_subject")
    ]


@pytest.mark.parametrize("who_deletes", ["we", "they"])
def test_it_comes_back_with_its_parts_on_both_sides_and_goes_with_the_merge(
    case: Case, sample: Sample, who_deletes: str
) -> None:
    whole, theirs = counts(case), case.fork(COLLEAGUE)
    deleting, editing = (case, theirs) if who_deletes == "we" else (theirs, case)
    deleting.delete(sample.agreement)
    editing.put(sample.agreement, "summary", "Worked on meanwhile")
    before = case.rows()
    receipt = take_in(case, theirs)
    assert counts(case) == whole
    assert case.value(sample.agreement, "summary") == "Worked on meanwhile"
    assert receipt.deleted == {}
    case.judge()
    take_in(theirs, case)
    assert theirs.rows() == case.rows()
    case.undo(receipt.id)
    assert case.rows() == before
    case.judge()
    theirs.close()


def test_a_part_that_they_added_before_they_deleted_all_comes_too(case: Case, sample: Sample) -> None:
    theirs = case.fork(COLLEAGUE)
    theirs.add(Provision, agreement=sample.agreement, provision_kind="cost", text="Half each.")
    theirs.delete(sample.agreement)
    case.put(sample.agreement, "summary", "Worked on meanwhile")
    before = case.rows()
    receipt = take_in(case, theirs)
    assert ("Half each.",) in case.sql("SELECT text FROM provision")
    case.judge()
    case.undo(receipt.id)
    assert case.rows() == before
    case.judge()
    theirs.close()


def test_a_part_that_somebody_took_away_by_itself_stays_away(case: Case, sample: Sample) -> None:
    theirs = case.fork(COLLEAGUE)
    case.put(sample.agreement, "parties", [])
    case.delete(sample.agreement)
    theirs.put(sample.agreement, "summary", "Worked on meanwhile")
    take_in(case, theirs)
    assert counts(case)[0] == 1
    assert counts(case)[1] == 0
    theirs.close()


def test_declined_it_stays_deleted_with_all_its_parts(case: Case, sample: Sample) -> None:
    theirs = case.fork(COLLEAGUE)
    case.delete(sample.agreement)
    theirs.put(sample.agreement, "summary", "Worked on meanwhile")
    take_in(case, theirs, RecordDecision(sample.agreement, "agreement", stays=False))
    assert counts(case) == [0] * len(counts(case))
    case.judge()
    theirs.close()
