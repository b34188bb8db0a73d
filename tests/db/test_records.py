"""Adding, changing and deleting records by field: what is taken, what is refused, and what goes with what."""

import hashlib
import shutil
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from db.dates import Edtf, read
from db.errors import InvalidValue, RecordInUse, RecordNotFound
from db.identity import link_id, new_id, state_id
from db.models import (
    Acceptance,
    Agreement,
    AgreementSubject,
    Attachment,
    Citation,
    Claim,
    Content,
    Entity,
    Event,
    Membership,
    Note,
    Organization,
    OtherName,
    Participation,
    Party,
    PartyAction,
    Person,
    Post,
    Relation,
    Signatory,
    Source,
    Tag,
    Task,
)
from db.models.vocabulary import Action, InstrumentType, Outcome, Subject, Tlp, Visibility
from db.operations.claims import accept
from db.operations.records import add_record, add_records, set_field
from db.queries.records import count_records, list_records, mentions
from tests.db.case import Case, Sample

PDF = b"%PDF-1.7"
DIGEST = hashlib.sha256(PDF).digest()


class TestValues:
    """Typed values and words mean the same."""

    @pytest.mark.parametrize(
        ("cls", "name", "given", "kept"),
        [
            (Agreement, "title", "New", "New"),
            (Agreement, "instrument_type", InstrumentType.TREATY, InstrumentType.TREATY),
            (Agreement, "instrument_type", "treaty", InstrumentType.TREATY),
            (Agreement, "instrument_type", Subject.OTHER, InstrumentType.OTHER),
            (Agreement, "renewal_years", 5, 5),
            (Agreement, "renewal_years", "5", 5),
            (Agreement, "marking", Tlp.RED, Tlp.RED),
            (Agreement, "subjects", [Subject.PROCUREMENT, "peacekeeping"], {Subject.PROCUREMENT, Subject.PEACEKEEPING}),
            (Agreement, "subjects", "procurement; peacekeeping", {Subject.PROCUREMENT, Subject.PEACEKEEPING}),
            (Agreement, "subjects", (), set()),
            (Agreement, "subjects", None, set()),
            (Agreement, "summary", None, None),
            (Agreement, "summary", "", None),
        ],
    )
    def test_set(self, case: Case, sample: Sample, cls: type[Entity], name: str, given: object, kept: object) -> None:
        case.put(sample.agreement, name, given)
        assert case.value(sample.agreement, name) == kept
        case.judge()

    @pytest.mark.parametrize(
        "date", ["2024-09-03", "2024-08~", "2024?", "../2024", "2016/2019", "sometime in spring", " 2024 "]
    )
    def test_a_date_is_kept_as_written(self, case: Case, sample: Sample, date: str) -> None:
        typed = case.add(PartyAction, agreement=sample.agreement, action=Action.SIGNATURE, date=read(date))
        found = case.value(typed, "date")
        assert isinstance(found, Edtf)
        assert found == read(date)

    def test_flags(self, case: Case, sample: Sample) -> None:
        key = case.add(Membership, person=sample.minister, acting=True)
        assert case.value(key, "acting") is True
        case.put(key, "acting", "no")
        assert case.value(key, "acting") is False
        case.put(key, "acting", "")
        assert case.value(key, "acting") is None

    def test_what_is_not_given_gets_its_default(self, case: Case) -> None:
        assert case.value(case.add(Task, question="Who?"), "outcome") is Outcome.OPEN
        assert case.value(case.add(Task, question="Who?", outcome=None), "outcome") is Outcome.OPEN
        assert case.value(case.add(Note, text="x", visibility=""), "visibility") is Visibility.INTERNAL

    def test_clearing_what_cannot_be_empty_gives_its_default(self, case: Case) -> None:
        task = case.add(Task, question="Who?", outcome="answered")
        case.put(task, "outcome", None)
        assert case.value(task, "outcome") is Outcome.OPEN
        note = case.add(Note, text="x", visibility="public")
        case.put(note, "visibility", "")
        assert case.value(note, "visibility") is Visibility.INTERNAL

    def test_bytes_by_their_digest(self, case: Case, sample: Sample) -> None:
        with case.edit() as session:
            session.execute(insert(Content), {"sha256": DIGEST, "data": PDF})
        values = {"filename": "a.pdf", "media_type": "application/pdf", "size": len(PDF), "sha256": DIGEST}
        key = case.add(Attachment, record=sample.agreement, **values)
        assert case.value(key, "sha256") == DIGEST
        case.judge()


class TestRefusals:
    """What does not fit is refused in words, and nothing is written."""

    @pytest.mark.parametrize(
        ("name", "given", "words"),
        [
            ("title", None, "“title” cannot be empty"),
            ("title", "", "“title” cannot be empty"),
            ("title", 5, "“title” cannot hold “5”"),
            ("title", [], "“title” holds one value"),
            ("title", ["a"], "“title” holds one value"),
            ("title", {"a": 1}, "“title” cannot hold dict"),
            ("title", 1.5, "“title” cannot hold float"),
            ("title", "a\x00", "zero character"),
            ("title", "\ud800", "half a character"),
            ("instrument_type", "pact", "“pact” is no value of “instrument_type”"),
            ("instrument_type", Tlp.RED, "“RED” is no value of “instrument_type”"),
            ("instrument_type", 1, "“instrument_type” cannot hold “1”"),
            ("renewal_years", "many", "“many” is not"),
            ("renewal_years", 2**63, "as large as"),
            ("renewal_years", -(2**63) - 1, "as large as"),
            ("renewal_years", True, "“renewal_years” cannot hold “yes”"),
            ("renewal_years", [5], "“renewal_years” holds one value"),
            ("subjects", ["pact"], "“pact” is no value"),
            ("subjects", [""], "is no single value of “subjects”"),
            ("subjects", ["procurement; peacekeeping"], "is no single value of “subjects”"),
            ("subjects", [None], "“None” is no value"),
            ("parties", ["Japan"], "“Japan” is no id"),
            ("parties", uuid.UUID(int=1), "“parties” cannot hold"),
            ("depositary", uuid.UUID(int=99), "which is not in this file"),
            ("depositary", "Japan", "“Japan” is no id"),
            ("nothing", "x", "agreements have no field “nothing”"),
        ],
    )
    def test_a_value(self, case: Case, sample: Sample, name: str, given: object, words: str) -> None:
        before = case.rows(), case.labels()
        with pytest.raises(InvalidValue, match=words):
            case.put(sample.agreement, name, given)
        with pytest.raises(InvalidValue, match=words):
            case.add(Agreement, **{"title": "Other", name: given})
        assert (case.rows(), case.labels()) == before

    def test_a_date_that_no_file_can_hold(self, case: Case, sample: Sample) -> None:
        with pytest.raises(InvalidValue, match="half a character"):
            case.add(PartyAction, agreement=sample.agreement, action="signature", date=read("2024\ud800"))
        with pytest.raises(InvalidValue, match="cannot hold"):
            case.add(PartyAction, agreement=sample.agreement, action="signature", date=2024)

    def test_a_reference_to_the_wrong_kind(self, case: Case, sample: Sample) -> None:
        with pytest.raises(InvalidValue, match="“depositary” must point at organization, not at person"):
            case.put(sample.agreement, "depositary", sample.minister)
        with pytest.raises(InvalidValue, match="“parties” must point at organization, not at person"):
            case.put(sample.agreement, "parties", [sample.japan, sample.minister])
        with pytest.raises(InvalidValue, match="“participant” must point at person or organization, not at agreement"):
            case.add(Participation, event=case.add(Event, title="E"), participant=sample.agreement)

    def test_bytes_that_are_not_there(self, case: Case, sample: Sample) -> None:
        values = {"filename": "a", "media_type": "b", "size": 1}
        with pytest.raises(InvalidValue, match="“sha256” names bytes that are not in this file"):
            case.add(Attachment, record=sample.agreement, sha256=DIGEST, **values)

    def test_a_value_that_has_to_be_given(self, case: Case) -> None:
        with pytest.raises(InvalidValue, match="agreements need a value for “title”"):
            case.add(Agreement, summary="x")
        with pytest.raises(InvalidValue, match="parties need a value for “agreement”"):
            case.add(Party)

    def test_what_a_record_is_about(self, case: Case, sample: Sample) -> None:
        party = case.read(list_records, Party)[0]
        with pytest.raises(
            InvalidValue, match=r"“organization” is what this record is about. Delete it and add another"
        ):
            case.put(party.id, "organization", sample.norway)

    def test_a_signatory_that_is_nobody(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        with pytest.raises(InvalidValue, match="signatories need a value for one of “person”, “organization”, “as_rep"):
            case.add(Signatory, action=action)

    def test_a_record_that_is_not_there(self, case: Case) -> None:
        with pytest.raises(RecordNotFound, match="There is no record"):
            case.put(new_id(), "title", "x")
        with pytest.raises(RecordNotFound, match="There is no record"):
            case.delete(new_id())

    def test_a_batch_is_refused_as_a_whole(self, case: Case, sample: Sample) -> None:
        before = case.rows()
        with pytest.raises(InvalidValue), case.edit() as session:
            add_records(session, Person, [{"name": "A"}, {"name": ""}])
        with pytest.raises(InvalidValue), case.edit() as session:
            add_records(session, Post, [{"label": "A"}, {"label": "B", "organization": sample.minister}])
        assert case.rows() == before


class TestComputedIds:
    """What is the same everywhere has the same id everywhere, so adding it again changes it."""

    def test_a_state(self, case: Case) -> None:
        first = case.add(Organization, name="Japan", iso_code="JPN", notes="kept")
        second = case.add(Organization, name="Nippon", iso_code="JPN")
        assert first == second == state_id("JPN")
        assert (case.value(first, "name"), case.value(first, "notes")) == ("Nippon", "kept")
        assert case.read(count_records)["organizations"] == 1

    def test_a_party(self, case: Case, sample: Sample) -> None:
        key = case.add(Party, agreement=sample.agreement, organization=sample.japan, role="host")
        assert key == link_id("party", sample.agreement, sample.japan)
        assert case.read(count_records)["parties"] == 2
        assert case.value(key, "role") == "host"

    def test_a_tag(self, case: Case) -> None:
        assert case.add(Tag, name="urgent") == case.add(Tag, name="urgent", colour="red")
        assert case.read(count_records)["tags"] == 1

    def test_other_kinds_are_new_every_time(self, case: Case) -> None:
        assert case.add(Person, name="A") != case.add(Person, name="A")

    def test_an_empty_value_clears_and_a_missing_one_does_not(self, case: Case) -> None:
        key = case.add(Tag, name="urgent", colour="red", marking="RED")
        case.add(Tag, name="urgent", colour=None)
        assert (case.value(key, "colour"), case.value(key, "marking")) == (None, Tlp.RED)

    def test_sets_are_replaced_where_they_are_given(self, case: Case) -> None:
        urgent, old = case.add(Tag, name="urgent"), case.add(Tag, name="old")
        japan = case.add(Organization, name="Japan", iso_code="JPN", tags=[urgent])
        case.add(Organization, name="Japan", iso_code="JPN")
        assert case.value(japan, "tags") == {urgent}
        case.add(Organization, name="Japan", iso_code="JPN", tags=[old])
        assert case.value(japan, "tags") == {old}
        case.judge()


ROWS = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from("ABC")},
        optional={
            "iso_code": st.sampled_from(["JPN", "NOR"]),
            "notes": st.sampled_from([None, "", "x", "y"]),
            "classification": st.sampled_from([None, "state", "other"]),
            "founding_date": st.sampled_from([None, "1947", "2007-01"]),
            "marking": st.sampled_from([None, "RED"]),
        },
    ),
    max_size=6,
)


@settings(max_examples=settings().max_examples // 3)
@given(rows=ROWS)
def test_the_bulk_road_writes_what_the_single_road_writes(
    empty_file: Path, tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("roads")
    single, bulk = (Case(Path(shutil.copy(empty_file, folder / f"{name}.casefile"))) for name in ("single", "bulk"))
    with single.edit() as session:
        for row in rows:
            add_record(session, Organization, row)
    with bulk.edit() as session:
        ids = add_records(session, Organization, rows)
    assert len(ids) == len(rows)
    assert _said(single) == _said(bulk)
    for case in (single, bulk):
        case.judge()
        case.close()
    shutil.rmtree(folder)


def _said(case: Case) -> list[tuple[object, ...]]:
    return [tuple(field.value for field in row.fields) for row in case.read(list_records, Organization)]


class TestSets:
    def test_members_come_and_go(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "parties", [sample.norway])
        assert case.value(sample.agreement, "parties") == {sample.norway}
        case.put(sample.agreement, "parties", None)
        assert case.value(sample.agreement, "parties") == frozenset()
        case.judge()

    def test_a_member_that_stays_keeps_what_is_said_of_it(self, case: Case, sample: Sample) -> None:
        party = case.add(Party, agreement=sample.agreement, organization=sample.japan, role="host")
        case.put(sample.agreement, "parties", [sample.japan])
        assert case.value(party, "role") == "host"

    def test_a_member_that_goes_takes_what_is_said_of_it(self, case: Case, sample: Sample) -> None:
        party = case.add(Party, agreement=sample.agreement, organization=sample.japan, role="host")
        case.add(OtherName, record=party, name="x")
        case.put(sample.agreement, "parties", [sample.norway])
        assert "names" not in case.read(count_records)
        case.judge()

    def test_signatories_are_persons_and_organizations(self, case: Case, sample: Sample) -> None:
        action = case.add(
            PartyAction, agreement=sample.agreement, action="signature", signatories=[sample.minister, sample.japan]
        )
        assert case.value(action, "signatories") == {sample.minister, sample.japan}
        rows = case.read(list_records, Signatory)
        assert {(row["person"].value, row["organization"].value) for row in rows} == {
            (sample.minister, None),
            (None, sample.japan),
        }
        case.judge()

    def test_a_signatory_as_reported_stays_when_the_set_is_written_as_it_was_read(
        self, case: Case, sample: Sample
    ) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", signatories=[sample.minister])
        reported = case.add(Signatory, action=action, as_reported="the two ministers")
        before = case.value(action, "signatories")
        assert before == {sample.minister, "the two ministers"}
        case.put(action, "signatories", before)
        assert case.value(action, "signatories") == before
        assert case.record(reported)["as_reported"].value == "the two ministers"

    def test_a_signatory_for_an_organization_is_not_torn_when_the_set_is_written(
        self, case: Case, sample: Sample
    ) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        both = case.add(Signatory, action=action, person=sample.minister, organization=sample.norway)
        case.put(action, "signatories", case.value(action, "signatories"))
        assert [row.id for row in case.read(list_records, Signatory)] == [both]

    def test_a_set_can_be_told_of_any_record(self, case: Case, sample: Sample) -> None:
        note = case.add(Note, text="x", concerns=[sample.agreement, sample.minister])
        assert case.value(note, "concerns") == {sample.agreement, sample.minister}


class TestDeletion:
    def test_what_belongs_to_a_record_goes_with_it(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", signatories=[sample.minister])
        case.add(OtherName, record=action, name="x")
        case.add(Note, text="kept", concerns=[sample.agreement])
        gone = case.delete(sample.agreement)
        assert gone == 8, "agreement, two parties, a subject, an action, its signatory and name, the note's concern"
        assert case.read(count_records) == {"authors": 1, "notes": 1, "organizations": 2, "officials": 1}
        assert case.labels()[0] == "Delete"
        case.judge()

    def test_what_is_used_stays(self, case: Case, sample: Sample) -> None:
        before = case.rows()
        with pytest.raises(RecordInUse, match=r"still used by 1 other record: Memorandum\. Nothing was deleted"):
            case.delete(sample.japan)
        assert case.rows() == before

    def test_many_users_are_told_by_number_and_a_few_names(self, case: Case, sample: Sample) -> None:
        for number in range(5):
            case.add(Post, label=f"Post {number}", organization=sample.norway)
        with pytest.raises(RecordInUse, match=r"used by 6 other records: Memorandum; Post 0; Post 1; …"):
            case.delete(sample.norway)

    def test_a_user_that_goes_too_does_not_stand_in_the_way(self, case: Case, sample: Sample) -> None:
        """A membership belongs to the person, and the signatory of the same person uses it."""
        post = case.add(Post, label="Minister")
        membership = case.add(Membership, person=sample.minister, post=post)
        event = case.add(Event, title="Signing")
        case.add(Participation, event=event, participant=sample.minister)
        with pytest.raises(RecordInUse):
            case.delete(sample.minister)
        case.delete(event)
        case.delete(sample.minister)
        with pytest.raises(RecordNotFound):
            case.record(membership)
        case.judge()

    def test_a_relation_goes_with_either_agreement(self, case: Case, sample: Sample) -> None:
        other = case.add(Agreement, title="Other")
        relation = case.add(Relation, agreement=sample.agreement, relation_type="cites", target=other)
        case.delete(other)
        with pytest.raises(RecordNotFound):
            case.record(relation)
        case.judge()

    def test_claims_go_with_their_subject_and_citations_stay(self, case: Case, sample: Sample) -> None:
        citation = case.add(Citation, source=case.add(Source, title="S"))
        claim = case.add(Claim, subject=sample.agreement, property="title", value="x", citation=citation)
        with pytest.raises(RecordInUse, match="by 1 other record: Memorandum"):
            case.delete(citation)
        with case.edit("Accept") as session:
            accept(session, claim, "because")
        case.delete(claim)
        assert "acceptances" not in case.read(count_records)
        case.delete(citation)
        case.judge()

    def test_what_stands_for_a_duplicate_cannot_go_before_it(self, case: Case, sample: Sample) -> None:
        duplicate = case.add(Person, name="B. A. Gram", merged_into=sample.minister)
        with pytest.raises(RecordInUse, match=r"B\. A\. Gram"):
            case.delete(sample.minister)
        case.delete(duplicate)
        case.delete(sample.minister)
        case.judge()

    def test_records_that_point_at_themselves_can_go(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "merged_into", sample.agreement)
        case.delete(sample.agreement)
        case.judge()

    def test_one_of_two_that_own_each_other_takes_the_other_along(self, case: Case, sample: Sample) -> None:
        """A cycle, as a merge can make it, does not hang."""
        first = case.add(Note, text="1")
        second = case.add(Note, text="2", concerns=[first])
        case.put(first, "concerns", [second])
        case.delete(first)
        assert case.value(second, "concerns") == frozenset()
        case.judge()

    def test_a_deleted_record_can_be_added_again_under_its_computed_id(self, case: Case) -> None:
        first = case.add(Tag, name="urgent", colour="red")
        case.delete(first)
        assert case.add(Tag, name="urgent") == first
        assert case.value(first, "colour") is None
        case.judge()


class TestAcceptance:
    def accepted(self, case: Case, subject: uuid.UUID, name: str, value: str | None) -> uuid.UUID:
        citation = case.add(Citation, source=case.add(Source, title="S"))
        claim = case.add(Claim, subject=subject, property=name, value=value, citation=citation)
        with case.edit("Accept") as session:
            return accept(session, claim, "because", None)

    def test_it_sets_the_field_and_keeps_the_reason(self, case: Case, sample: Sample) -> None:
        key = self.accepted(case, sample.agreement, "place_signed", "Tokyo")
        assert case.value(sample.agreement, "place_signed") == "Tokyo"
        assert case.value(key, "reason") == "because"
        assert case.labels()[0] == "Accept"

    def test_there_is_one_for_each_field(self, case: Case, sample: Sample) -> None:
        first = self.accepted(case, sample.agreement, "place_signed", "Tokyo")
        assert self.accepted(case, sample.agreement, "place_signed", "Oslo") == first
        assert case.value(sample.agreement, "place_signed") == "Oslo"
        assert case.read(count_records)["acceptances"] == 1

    def test_of_a_set(self, case: Case, sample: Sample) -> None:
        self.accepted(case, sample.agreement, "parties", f"{sample.norway}")
        assert case.value(sample.agreement, "parties") == {sample.norway}

    def test_of_existence_sets_nothing(self, case: Case, sample: Sample) -> None:
        before = case.record(sample.agreement)
        self.accepted(case, sample.agreement, "existence", None)
        assert case.record(sample.agreement) == before

    def test_of_what_does_not_fit_is_refused(self, case: Case, sample: Sample) -> None:
        with pytest.raises(InvalidValue, match="no value of “instrument_type”"):
            self.accepted(case, sample.agreement, "instrument_type", "pact")
        assert "acceptances" not in case.read(count_records)


class TestReading:
    def test_mentions_are_told_with_their_field(self, case: Case, sample: Sample) -> None:
        case.add(Post, label="Minister", organization=sample.norway)
        found = {(mention.kind, mention.title, mention.field) for mention in case.read(mentions, sample.norway)}
        assert found == {("posts", "Minister", "organization"), ("parties", "Norway", "organization")}

    def test_records_come_in_the_order_they_were_entered(self, case: Case) -> None:
        for name in "CAB":
            case.add(Person, name=name)
        assert [row.title for row in case.read(list_records, Person)] == ["C", "A", "B"]
        assert [row.title for row in case.read(list_records, Person, limit=2)] == ["C", "A"]
        assert [row.title for row in case.read(list_records, Person, where=Person.name > "A")] == ["C", "B"]

    def test_words_beside_values(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "depositary", sample.japan)
        row = case.record(sample.agreement)
        assert (row.kind, row.title) == ("agreements", "Memorandum")
        assert row["parties"].text == "Japan; Norway"
        assert row["depositary"].text == "Japan"
        assert row["summary"].text == ""
        with pytest.raises(RecordNotFound):
            case.record(new_id())

    def test_links_have_ids_of_what_they_join(self, case: Case, sample: Sample) -> None:
        ((key,),) = case.sql("SELECT id FROM agreement_subject")
        assert uuid.UUID(bytes=key) == link_id(AgreementSubject.__tablename__, sample.agreement, Subject.PROCUREMENT)


def test_an_acceptance_cannot_point_at_another_kind(case: Case, sample: Sample) -> None:
    with pytest.raises(InvalidValue, match="“claim” must point at claim, not at person"), case.edit() as session:
        add_record(
            session, Acceptance, {"subject": sample.japan, "property": "name", "claim": sample.minister, "reason": "x"}
        )


def test_a_set_of_another_kind_is_no_field(case: Case, sample: Sample) -> None:
    with pytest.raises(InvalidValue, match="officials have no field “subjects”"), case.edit() as session:
        set_field(session, sample.minister, "subjects", [])
