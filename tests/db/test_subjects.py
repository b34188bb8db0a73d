"""What an edit is about: one record by its title, through its parts and claims; nothing where there are several."""

import uuid

from db.evidence import EXISTENCE
from db.models import Citation, Claim, PartyAction, Signatory, Source
from db.operations.records import add_record, set_field
from db.queries.history_pages import Wanted, entry_page
from db.queries.undo import undo_state
from tests.db.case import ANALYST, Case, Sample


def newest(case: Case, record: uuid.UUID | None = None) -> str:
    return case.read(entry_page, Wanted(record), limit=1).entries[0].about


def test_a_record_and_its_fields(case: Case, sample: Sample) -> None:
    assert newest(case) == "Memorandum"
    case.put(sample.minister, "family_name", "Gram")
    assert newest(case) == "Bjørn Arild Gram"
    step = case.read(undo_state, ANALYST.id).undo
    assert step is not None
    assert (step.label, step.about) == ("Set family_name", "Bjørn Arild Gram")


def test_a_member_of_a_set_and_a_part_stand_for_their_owner(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "parties", [sample.norway])
    assert newest(case) == "Memorandum"
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    signatory = case.add(Signatory, action=action, person=sample.minister)
    assert newest(case) == "Memorandum"
    case.delete(signatory)
    assert newest(case) == "Memorandum"
    case.delete(action)
    assert newest(case) == "Memorandum"


def test_citing_a_source_is_about_what_it_is_cited_for(case: Case, sample: Sample) -> None:
    with case.edit("Cite") as session:
        citation = add_record(session, Citation, {"source": add_record(session, Source, {"title": "Gazette"})})
        add_record(session, Claim, {"subject": sample.agreement, "property": EXISTENCE, "citation": citation})
    assert newest(case) == "Memorandum"


def test_a_deleted_record_is_called_what_it_was(case: Case, sample: Sample) -> None:
    case.delete(sample.agreement)
    assert newest(case) == "Memorandum"
    case.undo_last()
    assert newest(case) == "Memorandum"


def test_several_records_have_no_name_and_one_that_is_looked_at_needs_none(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "title", "Better")
    assert newest(case, sample.agreement) == ""
    with case.edit("Both") as session:
        set_field(session, sample.japan, "name", "Nippon")
        set_field(session, sample.norway, "name", "Norge")
    assert newest(case) == ""
