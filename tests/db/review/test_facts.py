"""Which values count as facts, and what the claims about them amount to."""

import uuid

import pytest

from db.models import (
    Agreement,
    AgreementText,
    Event,
    Membership,
    Note,
    Organization,
    PartyAction,
    Provision,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.models.vocabulary import FindingKind
from tests.db.case import Case, Sample
from tests.db.review.words import bare_agreement, cite, claim, finding, found_at, kinds_at

K = FindingKind


class TestUncited:
    def test_every_fact_of_an_agreement_without_a_source_is_pointed_out(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "place_signed", "Tokyo")
        assert found_at(case, sample.agreement) == {
            (K.UNCITED, name) for name in ("title", "place_signed", "subjects", "parties")
        }

    def test_a_claim_settles_its_field_and_no_other(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum")
        assert K.UNCITED not in kinds_at(case, sample.agreement, "title")
        assert K.UNCITED in kinds_at(case, sample.agreement, "subjects")

    def test_parties_may_be_claimed_as_a_set_or_each_by_itself(self, case: Case, sample: Sample) -> None:
        first, second = (uuid.UUID(bytes=key) for (key,) in case.sql("SELECT id FROM party"))
        claim(case, first, "existence", None)
        assert K.UNCITED in kinds_at(case, sample.agreement, "parties")
        claim(case, second, "existence", None)
        assert K.UNCITED not in kinds_at(case, sample.agreement, "parties")

    def test_names_notes_and_kinds_need_no_source(self, case: Case, sample: Sample) -> None:
        case.put(sample.minister, "notes", "Met him twice.")
        note = case.add(Note, text="A thought")
        assert found_at(case, sample.minister) == set()
        assert found_at(case, sample.japan) == set()
        assert found_at(case, note) == set()

    def test_an_unknown_legal_effect_is_no_fact(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "legally_binding", "unknown")
        assert kinds_at(case, sample.agreement, "legally_binding") == set()
        case.put(sample.agreement, "legally_binding", "yes")
        assert kinds_at(case, sample.agreement, "legally_binding") == {K.UNCITED}

    def test_an_action_without_a_date_is_a_fact_as_a_whole(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        assert found_at(case, action) == {(K.UNCITED, "")}
        case.put(action, "date", "2024-09-03")
        assert found_at(case, action) == {(K.UNCITED, "date")}

    @pytest.mark.parametrize("cls", [Provision, Relation, AgreementText])
    def test_what_says_one_thing_is_supported_by_any_claim(self, case: Case, sample: Sample, cls: type) -> None:
        values: dict[type, dict[str, object]] = {
            Provision: {"provision_kind": "cost", "text": "Each bears its own."},
            Relation: {"relation_type": "cites", "target": case.add(Agreement, title="Other", summary="Known.")},
            AgreementText: {"language": "en"},
        }
        record = case.add(cls, agreement=sample.agreement, **values[cls])
        assert found_at(case, record) == {(K.UNCITED, "")}
        claim(case, record, "existence", None)
        assert K.UNCITED not in {kind for kind, _ in found_at(case, record)}

    def test_a_text_may_name_its_source_itself(self, case: Case, sample: Sample) -> None:
        source = case.add(Source, title="Treaty series")
        record = case.add(AgreementText, agreement=sample.agreement, language="en", source=source)
        assert found_at(case, record) == set()

    def test_what_was_joined_with_another_says_nothing_of_its_own(self, case: Case, sample: Sample) -> None:
        other = case.add(Agreement, title="Memo", place_signed="Tokyo")
        case.put(other, "merged_into", sample.agreement)
        assert found_at(case, other) == set()


def test_a_statement_without_a_source_has_a_word_of_its_own(case: Case, sample: Sample) -> None:
    statement = case.add(Statement, speaker=sample.minister, text="We agreed.")
    assert found_at(case, statement) == {(K.NO_SOURCE, "")}
    case.put(statement, "source", case.add(Source, title="Daily"))
    assert found_at(case, statement) == set()


class TestSupport:
    def test_one_origin_two_origins(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum")
        assert kinds_at(case, sample.agreement, "title") == {K.SINGLE_ORIGIN}
        claim(case, sample.agreement, "title", "Memorandum")
        assert kinds_at(case, sample.agreement, "title") == set()

    def test_a_second_outlet_that_repeats_the_first_adds_no_origin(self, case: Case, sample: Sample) -> None:
        first = cite(case)
        origin = case.value(first, "source")
        claim(case, sample.agreement, "title", "Memorandum", first)
        claim(case, sample.agreement, "title", "Memorandum", cite(case, relays=origin))
        assert kinds_at(case, sample.agreement, "title") == {K.SINGLE_ORIGIN}

    def test_a_rival_value_is_a_dispute_and_is_told(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum")
        claim(case, sample.agreement, "title", "Treaty of Tokyo")
        assert kinds_at(case, sample.agreement, "title") == {K.DISPUTED}
        told = finding(case, sample.agreement, K.DISPUTED).sentence
        assert told == "It says “Memorandum” here; other sources say “Treaty of Tokyo”."

    def test_records_are_told_by_their_titles(self, case: Case, sample: Sample) -> None:
        sweden = case.add(Organization, name="Sweden")
        claim(case, sample.agreement, "parties", str(sweden))
        told = finding(case, sample.agreement, K.DISPUTED).sentence
        assert told == "It says “Japan” and “Norway” here; other sources say “Sweden”."


class TestGrades:
    @pytest.mark.parametrize(
        ("reliability", "credibility", "kind"),
        [
            ("E", "2", K.POOR),
            ("B", "5", K.POOR),
            ("E", "6", K.POOR),
            ("F", "2", K.NOT_JUDGED),
            ("B", "6", K.NOT_JUDGED),
            ("F", "6", K.NOT_JUDGED),
            (None, None, K.UNGRADED),
            ("B", None, None),
            (None, "3", None),
            ("D", "4", None),
        ],
    )
    def test_a_grade(
        self, case: Case, sample: Sample, reliability: str | None, credibility: str | None, kind: FindingKind | None
    ) -> None:
        citation = cite(case, reliability=reliability, credibility=credibility)
        claim(case, sample.agreement, "title", "Memorandum", citation)
        expected = {K.SINGLE_ORIGIN, kind} if kind else {K.SINGLE_ORIGIN}
        assert kinds_at(case, sample.agreement, "title") == expected

    def test_one_good_source_is_enough(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum", cite(case, reliability="E", credibility="5"))
        claim(case, sample.agreement, "title", "Memorandum", cite(case, reliability="A", credibility="1"))
        assert kinds_at(case, sample.agreement, "title") == set()

    def test_what_cannot_be_judged_may_be_better_than_what_is_poor(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum", cite(case, reliability="E", credibility="5"))
        claim(case, sample.agreement, "title", "Memorandum", cite(case, reliability="F", credibility="6"))
        assert kinds_at(case, sample.agreement, "title") == {K.NOT_JUDGED}

    def test_the_grade_of_a_source_that_disputes_does_not_count(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Memorandum", cite(case, reliability="E"))
        claim(case, sample.agreement, "title", "Treaty", cite(case, reliability="A"))
        assert kinds_at(case, sample.agreement, "title") == {K.DISPUTED, K.POOR}


class TestTraces:
    def test_a_date_that_was_kept_as_text(self, case: Case) -> None:
        source = case.add(Source, title="Daily", issued="last spring", accessed="2024")
        assert found_at(case, source) == {(K.UNREAD_DATE, "issued")}
        told = finding(case, source, K.UNREAD_DATE).sentence
        assert told == "“last spring” could not be read as a date and is kept as text."

    def test_what_two_people_set_apart(self, case: Case, sample: Sample) -> None:
        other = case.fork()
        other.put(sample.minister, "honorific", "Mr")
        case.put(sample.minister, "honorific", "Dr")
        case.merge(other)
        other.close()
        assert (K.CONFLICT, "honorific") in found_at(case, sample.minister)
        assert "“Dr” and “Mr”" in finding(case, sample.minister, K.CONFLICT).sentence
        case.put(sample.minister, "honorific", "Dr")
        assert found_at(case, sample.minister) == set()


class TestTargets:
    def test_a_relation_to_a_mere_title(self, case: Case, sample: Sample) -> None:
        target = bare_agreement(case, "Old treaty")
        relation = case.add(Relation, agreement=sample.agreement, relation_type="amends", target=target)
        assert (K.NO_TARGET, "target") in found_at(case, relation)
        assert finding(case, relation, K.NO_TARGET).sentence == "Of “Old treaty”, nothing but the title is on file."
        case.add(PartyAction, agreement=target, action="signature")
        assert (K.NO_TARGET, "target") not in found_at(case, relation)

    def test_a_relation_to_what_was_joined_with_another(self, case: Case, sample: Sample) -> None:
        target = case.add(Agreement, title="Old treaty", summary="Known.")
        relation = case.add(Relation, agreement=sample.agreement, relation_type="amends", target=target)
        assert (K.NO_TARGET, "target") not in found_at(case, relation)
        case.put(target, "merged_into", case.add(Agreement, title="The treaty", summary="Known."))
        assert finding(case, relation, K.NO_TARGET).sentence == "“Old treaty” was joined with “The treaty”."

    def test_a_relation_to_itself(self, case: Case, sample: Sample) -> None:
        relation = case.add(Relation, agreement=sample.agreement, relation_type="amends", target=sample.agreement)
        assert finding(case, relation, K.NO_TARGET).sentence == "It relates an agreement to itself."

    def test_a_claim_that_names_nothing(self, case: Case, sample: Sample) -> None:
        gone = case.add(Organization, name="Gone")
        claim(case, sample.agreement, "depositary", str(gone))
        assert K.NO_TARGET not in kinds_at(case, sample.agreement, "depositary")
        case.delete(gone)
        assert K.NO_TARGET in kinds_at(case, sample.agreement, "depositary")


def test_a_claim_on_what_is_no_field_is_weighed(case: Case, sample: Sample) -> None:
    claim(case, sample.agreement, "existence", None)
    assert kinds_at(case, sample.agreement, "existence") == {K.SINGLE_ORIGIN}
    told = finding(case, sample.agreement, K.SINGLE_ORIGIN).sentence
    assert told == "All that supports its existence goes back to one source: “Source”."


def test_events_and_tenures_have_facts_by_field(case: Case, sample: Sample) -> None:
    event = case.add(Event, title="Meeting", date="2024", place="Oslo", participants=[sample.minister])
    assert found_at(case, event) == {(K.UNCITED, name) for name in ("date", "place", "participants")}
    tenure = case.add(Membership, person=sample.minister, organization=sample.norway)
    assert found_at(case, tenure) == {(K.UNCITED, "")}
    case.put(tenure, "start_date", "2022")
    assert found_at(case, tenure) == {(K.UNCITED, "start_date")}


def test_who_took_part_is_a_fact_of_what_it_was(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024")
    case.add(Signatory, action=action, as_reported="the defence ministers")
    assert (K.UNCITED, "signatories") in found_at(case, action)
    claim(case, action, "signatories", "the defence ministers")
    assert K.UNCITED not in kinds_at(case, action, "signatories")
