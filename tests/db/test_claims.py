"""Claims as a person enters them: read as their field reads them, and accepted with a reason."""

import shutil
import sqlite3
import tempfile
import uuid
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from db.errors import InvalidValue, RecordNotFound
from db.evidence import Verdict, evidence_of
from db.fields import canonical
from db.models import Agreement, CaseFile, Citation, Claim, Organization, PartyAction, Source
from db.models.vocabulary import Standing, Subject, Tlp
from db.operations.claims import (
    NewCitation,
    NewSource,
    accept,
    add_acceptance,
    change_claim,
    cite,
    withdraw_acceptance,
)
from db.operations.records import add_record, add_records, set_fields
from db.queries.case_file import default_marking
from db.queries.claims import find_citations, find_sources, known_field
from db.queries.history import conflicts
from db.queries.records import record, values_of
from tests.db.case import COLLEAGUE, Case, Sample
from tests.db.replicas import MEMORY


def enter(case: Case, subject: object, name: str, value: str) -> uuid.UUID:
    citation = case.add(Citation, source=case.add(Source, title="Release"))
    values = {"subject": subject, "property": name, "value": value, "citation": citation}
    with case.edit("Claim") as session:
        return add_record(session, Claim, values)


def stored(case: Case, claim: uuid.UUID) -> tuple[object, object, object]:
    row = case.record(claim)
    return row["property"].value, row["value"].value, row["original_text"].value


def verdicts(case: Case, subject: uuid.UUID, name: str) -> list[Verdict]:
    return [claim.verdict for claim in case.read(evidence_of, subject, name).claims]


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


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("nobody", "x", "agreements have no field “nobody”"),
        ("instrument_type", "pact", "no value of “instrument_type”"),
        ("renewal_years", "five", "is a whole number"),
        ("parties", "Norway", "is no id"),
        ("parties", "SE", "The state SWE is not in this file"),
        ("depositary", str(uuid.UUID(int=7)), "There is no record"),
    ],
)
def test_a_claim_that_cannot_be_read_is_refused_with_the_reason(
    case: Case, sample: Sample, name: str, value: str, told: str
) -> None:
    with pytest.raises(InvalidValue, match=told):
        enter(case, sample.agreement, name, value)


def test_a_claim_names_records_of_the_kinds_that_its_field_holds(case: Case, sample: Sample) -> None:
    with pytest.raises(InvalidValue, match="must point at organization, not at person"):
        enter(case, sample.agreement, "parties", str(sample.minister))


def test_a_signatory_may_be_claimed_in_words(case: Case, sample: Sample) -> None:
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    claim = enter(case, action, "signatories", f"the minister; {sample.minister}")
    assert stored(case, claim)[1] == f"{sample.minister}; the minister"


class TestChangedDirectly:
    """Whichever road a claim takes into the file, its value is read as its field reads it."""

    def test_its_value(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        claim = enter(case, action, "date", "2024")
        case.put(claim, "value", "8 July 2024")
        assert stored(case, claim) == ("date", "2024-07-08", None)
        with pytest.raises(InvalidValue, match="is no date"):
            case.put(claim, "value", "whenever")
        case.put(claim, "value", None)
        assert stored(case, claim) == ("date", None, None)

    def test_what_it_is_about(self, case: Case, sample: Sample) -> None:
        claim = enter(case, sample.agreement, "summary", "NO")
        with pytest.raises(InvalidValue, match="have no field “sumary”"):
            case.put(claim, "property", "sumary")
        case.put(claim, "property", "parties")
        assert stored(case, claim) == ("parties", str(sample.norway), None)
        with pytest.raises(InvalidValue, match="officials have no field “parties”"):
            case.put(claim, "subject", sample.minister)
        with case.edit() as session:
            set_fields(session, claim, {"subject": sample.minister, "property": "name", "value": "Gram"})
        assert stored(case, claim) == ("name", "Gram", None)

    def test_other_fields_leave_a_value_alone_that_another_program_wrote(self, case: Case, sample: Sample) -> None:
        claim = enter(case, sample.agreement, "instrument_type", "treaty")
        with case.edit("Another program") as session:
            session.execute(update(Claim).values(value="pact"))
        case.put(claim, "notes", "doubtful")
        assert stored(case, claim)[1] == "pact"

    def test_a_date_in_words_can_be_claimed_where_it_is_what_the_record_shows(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="before the war")
        assert stored(case, enter(case, action, "date", "before the war")) == ("date", "before the war", None)
        with pytest.raises(InvalidValue):
            enter(case, action, "date", "after the war")

    def test_many_at_once_are_refused_as_a_whole(self, case: Case, sample: Sample) -> None:
        citation = case.add(Citation, source=case.add(Source, title="Release"))
        rows = [
            {"subject": sample.agreement, "property": "parties", "value": value, "citation": citation}
            for value in ("NO;JP", "JP;NO", "Sweden")
        ]
        with pytest.raises(InvalidValue), case.edit() as session:
            add_records(session, Claim, rows)
        with case.edit() as session:
            first, second = add_records(session, Claim, rows[:2])
        assert stored(case, first) == stored(case, second)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0;"), min_size=1, max_size=20)
DATES = st.one_of(
    st.dates().map(str),
    st.sampled_from(["3 Sept 2024", "August 2024", "c. 2016", "2024-08~", "../2024", "2016/2019", "2024?"]),
)
FIELDS = st.one_of(
    st.tuples(st.sampled_from(["title", "summary", "place_signed"]), TEXTS.filter(str.strip)),
    st.tuples(
        st.just("instrument_type"),
        st.sampled_from(["treaty", " TREATY", "Joint_Declaration", "memorandum of understanding"]),
    ),
    st.tuples(st.just("subjects"), st.lists(st.sampled_from(list(Subject)), min_size=1).map("; ".join)),
    st.tuples(st.just("parties"), st.sampled_from(["NO", "JP;NO", "nor; jpn", "NOR;NOR"])),
    st.tuples(st.just("renewal_years"), st.integers(-9, 9).map(lambda number: f" {number} ")),
    st.tuples(st.just("date"), DATES),
)


@settings(max_examples=settings().max_examples // 2)
@given(told=FIELDS)
def test_a_claim_in_any_spelling_supports_the_field_that_was_set_so(told: tuple[str, str], empty_file: Path) -> None:
    name, text = told
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        case = Case(Path(shutil.copy(empty_file, folder)))
        with case.edit() as session:
            for code in ("NOR", "JPN"):
                add_record(session, Organization, {"name": code, "iso_code": code, "classification": "state"})
            agreement = add_record(session, Agreement, {"title": "x"})
            citation = add_record(session, Citation, {"source": add_record(session, Source, {"title": "Release"})})
            action = add_record(session, PartyAction, {"agreement": agreement, "action": "signature"})
            cls, subject = (PartyAction, action) if name == "date" else (Agreement, agreement)
            given = {"subject": subject, "property": name, "value": text, "citation": citation}
            first = add_record(session, Claim, given)
            accept(session, first, "")
            shown = values_of(session, cls, [subject])[subject][name]
            second = add_record(session, Claim, given | {"value": canonical(shown)})
        assert stored(case, first)[1] == stored(case, second)[1] == canonical(shown)
        assert verdicts(case, subject, name) == [Verdict.SUPPORTS, Verdict.SUPPORTS]
        case.close()


class TestCite:
    def test_all_that_is_needed_is_one_edit(self, case: Case, sample: Sample) -> None:
        before = len(case.labels())
        new = NewCitation(
            NewSource({"title": "Readout", "reliability": "B"}, author=" Ministry "),
            {"quotation": "署名した", "locator": "3", "locator_label": "page", "credibility": "2"},
        )
        with case.edit("Cite") as session:
            cite(session, sample.agreement, "title", new)
        assert len(case.labels()) == before + 1
        known = case.read(known_field, sample.agreement, "title")
        (claim,) = known.claims
        assert (known.text, known.evidence.standing, claim.text) == ("Memorandum", Standing.SINGLE, "Memorandum")
        assert (claim.citation.place, claim.citation.grade, claim.citation.quotation) == ("page 3", "B2", "署名した")
        assert (claim.citation.source.title, claim.citation.source.outlet) == ("Readout", "Ministry")
        assert (claim.analyst, claim.added is None, claim.path) == ("Analyst", False, ())
        case.undo_last()
        assert case.read(known_field, sample.agreement, "title").evidence.standing is Standing.UNCITED
        assert case.read(find_sources, "") == []

    def test_by_what_is_there(self, case: Case, sample: Sample) -> None:
        release, paper = case.add(Source, title="Release"), case.add(Source, title="Paper", language="ja")
        with case.edit("Cite") as session:
            first = cite(session, sample.agreement, "parties", NewCitation(paper, {"relays": release}), {"value": "NO"})
            citation = record(session, first)["citation"].value
            assert isinstance(citation, uuid.UUID)
            cite(session, sample.agreement, "existence", citation)
        known = case.read(known_field, sample.agreement, "parties")
        (claim,) = known.claims
        assert (claim.row.verdict, claim.text, claim.path) == (Verdict.COMPATIBLE, "Norway", ((release, "Release"),))
        assert (claim.citation.claims, claim.citation.language, claim.citation.relayed) == (2, "ja", "Release")
        existence = case.read(known_field, sample.agreement, "existence")
        assert (existence.text, existence.value, len(existence.claims)) == ("", None, 1)

    def test_what_is_refused_adds_nothing(self, case: Case, sample: Sample) -> None:
        with pytest.raises(InvalidValue), case.edit("Cite") as session:
            cite(session, sample.agreement, "parties", NewCitation(NewSource({"title": "S"})), {"value": "nobody"})
        assert case.read(find_sources, "") == []


class TestChange:
    def claimed(self, case: Case, sample: Sample) -> uuid.UUID:
        citation = NewCitation(NewSource({"title": "Release"}), {"quotation": "in Toyko"})
        with case.edit("Cite") as session:
            return cite(session, sample.agreement, "place_signed", citation, {"value": "Toyko"})

    def test_claim_and_passage(self, case: Case, sample: Sample) -> None:
        claim = self.claimed(case, sample)
        with case.edit("Change") as session:
            change_claim(session, claim, {"value": "Tokyo"}, passage={"quotation": "in Tokyo"})
        (told,) = case.read(known_field, sample.agreement, "place_signed").claims
        assert (told.text, told.citation.quotation) == ("Tokyo", "in Tokyo")
        assert case.value(sample.agreement, "place_signed") is None

    def test_another_citation(self, case: Case, sample: Sample) -> None:
        claim = self.claimed(case, sample)
        with case.edit("Change") as session:
            change_claim(session, claim, {}, cited=NewCitation(NewSource({"title": "Another"})))
        (told,) = case.read(known_field, sample.agreement, "place_signed").claims
        assert told.citation.source.title == "Another"

    def test_a_field_follows_its_accepted_claim_but_not_against_what_was_typed_since(
        self, case: Case, sample: Sample
    ) -> None:
        claim = self.claimed(case, sample)
        with case.edit("Accept") as session:
            accept(session, claim, "")
        with case.edit("Change") as session:
            change_claim(session, claim, {"value": "Tokyo"})
        assert case.value(sample.agreement, "place_signed") == "Tokyo"
        case.put(sample.agreement, "place_signed", "Oslo")
        with case.edit("Change") as session:
            change_claim(session, claim, {"value": "Kyoto"})
        assert case.value(sample.agreement, "place_signed") == "Oslo"

    def test_withdrawing_an_acceptance_keeps_the_value(self, case: Case, sample: Sample) -> None:
        claim = self.claimed(case, sample)
        with case.edit("Accept") as session:
            accept(session, claim, "so be it")
        with case.edit("Withdraw") as session:
            withdraw_acceptance(session, sample.agreement, "place_signed")
        (told,) = case.read(known_field, sample.agreement, "place_signed").claims
        assert (told.row.accepted, case.value(sample.agreement, "place_signed")) == (False, "Toyko")
        with pytest.raises(RecordNotFound), case.edit() as session:
            withdraw_acceptance(session, sample.agreement, "place_signed")


def test_passages_and_sources_are_found_by_their_words(case: Case) -> None:
    paper = case.add(Source, title="Readout of the meeting", publisher="Ministry")
    case.add(Source, title="ノルウェーと装備協力覚書")
    first = case.add(Citation, source=paper, quotation="当局間の覚書に署名")
    second = case.add(Citation, source=paper, quotation="welcomed the SIGNING")
    assert [row.id for row in case.read(find_citations, "")] == [second, first]
    assert [row.id for row in case.read(find_citations, "覚書 readout")] == [first]
    assert [row.id for row in case.read(find_citations, "signing")] == [second]
    assert [row.title for row in case.read(find_sources, "覚書")] == ["ノルウェーと装備協力覚書"]
    assert [row.title for row in case.read(find_sources, "ministry meeting")] == ["Readout of the meeting"]


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


def test_a_files_marking_is_a_label_and_nothing_else(case: Case) -> None:
    own = case.add(CaseFile, title="A", default_marking="CLEAR")
    with pytest.raises(InvalidValue):
        case.put(own, "default_marking", "memorandumCLEAR")
    with pytest.raises(sqlite3.IntegrityError):
        case.sql("UPDATE case_file SET default_marking = 'memorandumCLEAR'")
    assert case.read(default_marking) is Tlp.CLEAR
