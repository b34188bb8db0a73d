"""How well a field is known: what claims say of it, and how many origins they have that do not repeat each other."""

import shutil
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from db.errors import RecordNotFound
from db.evidence import FieldEvidence, FieldStanding, Verdict, evidence, evidence_of
from db.fields import canonical
from db.identity import new_id
from db.models import Acceptance, Agreement, Citation, Claim, Membership, Organization, OtherName, PartyAction, Source
from db.models.vocabulary import Standing
from db.operations.claims import accept
from db.operations.records import add_record, add_records, set_field
from db.standings import standings
from tests.db.case import COLLEAGUE, Case, Sample
from tests.db.replicas import MEMORY

SUPPORTS, COMPATIBLE, DISPUTES = Verdict.SUPPORTS, Verdict.COMPATIBLE, Verdict.DISPUTES


def source(case: Case, title: str = "Source", **values: object) -> uuid.UUID:
    return case.add(Source, title=title, **values)


def claim(
    case: Case,
    subject: uuid.UUID,
    name: str,
    value: object,
    *,
    of: uuid.UUID | None = None,
    relays: uuid.UUID | None = None,
    **values: object,
) -> uuid.UUID:
    """A claim from a source (a new one unless told) that may repeat another."""
    with case.edit("Claim") as session:
        origin = of or add_record(session, Source, {"title": "Source"})
        citation = add_record(session, Citation, {"source": origin, "relays": relays})
        given = {"subject": subject, "property": name, "value": value, "citation": citation}
        return add_record(session, Claim, given | values)


def foreign_claim(case: Case, subject: uuid.UUID, name: str, value: str) -> uuid.UUID:
    """A claim as another program may write it, with a value that its field would refuse."""
    key = claim(case, subject, name, None)
    with case.edit("Another program") as session:
        session.execute(update(Claim).where(Claim.id == key).values(value=value))
    return key


def weigh(case: Case, subject: uuid.UUID, name: str) -> FieldEvidence:
    return case.read(evidence_of, subject, name)


class TestVerdict:
    """A claim supports what it says the same, is compatible with what it says less precisely, disputes the rest."""

    @pytest.mark.parametrize(
        ("name", "value", "claimed", "language", "verdict"),
        [
            ("title", "Memorandum", "Memorandum", None, SUPPORTS),
            ("title", "Memorandum", "Treaty", None, DISPUTES),
            ("title", "Memorandum", "覚書", "ja", COMPATIBLE),
            ("title", "Memorandum", "覚書", "en", DISPUTES),
            ("title", "Memorandum", None, None, DISPUTES),
            ("place_signed", "Ministry of Defence, Tokyo", "Tokyo", None, COMPATIBLE),
            ("place_signed", "Tokyo", "Ministry of Defence, Tokyo", None, DISPUTES),
            ("place_signed", "Tokyo", "TOKYO", None, COMPATIBLE),
            ("place_signed", None, "Tokyo", None, DISPUTES),
            ("place_signed", None, None, None, SUPPORTS),
            ("place_signed", None, "", None, SUPPORTS),
            ("instrument_type", "memorandum of understanding", "memorandum of understanding", None, SUPPORTS),
            ("instrument_type", "memorandum of understanding", "treaty", None, DISPUTES),
            ("renewal_years", 5, "5", None, SUPPORTS),
            ("renewal_years", 5, "10", None, DISPUTES),
            ("subjects", ["procurement", "peacekeeping"], "peacekeeping; procurement", None, SUPPORTS),
            ("subjects", ["procurement", "peacekeeping"], "procurement", None, COMPATIBLE),
            ("subjects", ["procurement"], "peacekeeping; procurement", None, DISPUTES),
            ("subjects", ["procurement"], "peacekeeping", None, DISPUTES),
            ("subjects", [], "peacekeeping", None, DISPUTES),
            ("subjects", [], None, None, SUPPORTS),
            ("marking", "RED", "GREEN", None, DISPUTES),
        ],
    )
    def test_of_an_agreement(
        self, case: Case, name: str, value: object, claimed: str | None, language: str | None, verdict: Verdict
    ) -> None:
        subject = case.add(Agreement, **{"title": "x", name: value})
        claim(case, subject, name, claimed, original_language=language)
        (row,) = weigh(case, subject, name).claims
        assert row.verdict is verdict

    @pytest.mark.parametrize(
        ("value", "claimed", "verdict"),
        [
            ("2023-01-11", "2023-01-11", SUPPORTS),
            ("2023-01-11", "2023-01", COMPATIBLE),
            ("2023-01-11", "2023", COMPATIBLE),
            ("2023-01-11", "../2024", COMPATIBLE),
            ("2023-01-11", "2023-01-12", DISPUTES),
            ("2023-01", "2023-01-11", DISPUTES),
            ("2023-01-11~", "2023-01-11", DISPUTES),
            ("in January", "in January", SUPPORTS),
            ("in January", "2023-01", DISPUTES),
        ],
    )
    def test_of_a_date(self, case: Case, sample: Sample, value: str, claimed: str, verdict: Verdict) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date=value)
        claim(case, action, "date", claimed)
        (row,) = weigh(case, action, "date").claims
        assert row.verdict is verdict

    def test_of_a_date_in_another_programs_words(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2023-01-11")
        foreign_claim(case, action, "date", "in January")
        foreign_claim(case, action, "date", "11 January 2023")
        assert [row.verdict for row in weigh(case, action, "date").claims] == [DISPUTES, COMPATIBLE]

    @pytest.mark.parametrize(
        ("claimed", "verdict"),
        [("GRAM Bjørn Arild", COMPATIBLE), ("Bjørn Gram", COMPATIBLE), ("Bjørn Gran", DISPUTES), ("", DISPUTES)],
    )
    def test_of_a_name(self, case: Case, sample: Sample, claimed: str, verdict: Verdict) -> None:
        claim(case, sample.minister, "name", claimed)
        (row,) = weigh(case, sample.minister, "name").claims
        assert row.verdict is verdict

    def test_of_references_and_flags(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "parties", str(sample.japan))
        claim(case, sample.agreement, "parties", canonical(frozenset({sample.japan, sample.norway})))
        foreign_claim(case, sample.agreement, "parties", str(new_id()))
        assert [row.verdict for row in weigh(case, sample.agreement, "parties").claims] == [
            COMPATIBLE,
            SUPPORTS,
            DISPUTES,
        ]
        member = case.add(Membership, person=sample.minister, organization=sample.norway, acting=True)
        claim(case, member, "organization", str(sample.norway))
        claim(case, member, "acting", "no")
        assert weigh(case, member, "organization").claims[0].verdict is SUPPORTS
        assert weigh(case, member, "acting").claims[0].verdict is DISPUTES

    def test_what_is_no_field_is_only_supported(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "existence", None)
        claim(case, sample.agreement, "status", "in force", as_of="2019")
        assert weigh(case, sample.agreement, "existence").claims[0].verdict is SUPPORTS
        (status,) = weigh(case, sample.agreement, "status").claims
        assert (status.verdict, status.value, status.as_of and status.as_of.form) == (SUPPORTS, "in force", "2019")


class TestStanding:
    def test_by_origins_and_disputes(self, case: Case, sample: Sample) -> None:
        key = sample.agreement
        assert weigh(case, key, "summary").standing is Standing.UNKNOWN
        assert weigh(case, key, "title").standing is Standing.UNCITED
        claim(case, key, "title", "Memorandum")
        assert (weigh(case, key, "title").standing, weigh(case, key, "title").origins) == (Standing.SINGLE, 1)
        claim(case, key, "title", "memorandum")
        assert (weigh(case, key, "title").standing, weigh(case, key, "title").origins) == (Standing.SUPPORTED, 2)
        claim(case, key, "title", "Treaty")
        found = weigh(case, key, "title")
        assert (found.standing, found.origins) == (Standing.DISPUTED, 2)
        assert [len(found.by(verdict)) for verdict in Verdict] == [1, 1, 1]

    def test_a_claim_on_an_empty_field_disputes_that_there_is_nothing(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "summary", "x")
        assert weigh(case, sample.agreement, "summary").standing is Standing.DISPUTED

    def test_existence_without_a_claim_is_not_known_and_with_one_it_is(self, case: Case, sample: Sample) -> None:
        assert weigh(case, sample.agreement, "existence").standing is Standing.UNKNOWN
        claim(case, sample.agreement, "existence", None)
        assert weigh(case, sample.agreement, "existence").standing is Standing.SINGLE

    def test_of_all_fields_that_have_a_value_or_a_claim(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "place_signed", "Tokyo")
        claim(case, sample.agreement, "existence", None)
        assert set(case.read(evidence, sample.agreement)) == {
            "title",
            "subjects",
            "parties",
            "place_signed",
            "existence",
        }
        with pytest.raises(RecordNotFound):
            case.read(evidence, new_id())


class TestOrigins:
    """Outlets that repeat one release count once."""

    def origins(self, case: Case, subject: uuid.UUID) -> int:
        return weigh(case, subject, "title").origins

    def repeat(self, case: Case, subject: uuid.UUID, of: uuid.UUID, relays: uuid.UUID | None = None) -> None:
        claim(case, subject, "title", "Memorandum", of=of, relays=relays)

    def test_one_source_cited_twice_is_one(self, case: Case, sample: Sample) -> None:
        release = source(case)
        self.repeat(case, sample.agreement, release)
        self.repeat(case, sample.agreement, release)
        assert self.origins(case, sample.agreement) == 1

    def test_two_outlets_that_repeat_a_release(self, case: Case, sample: Sample) -> None:
        release, first, second = (source(case) for _ in range(3))
        self.repeat(case, sample.agreement, first, release)
        self.repeat(case, sample.agreement, second, release)
        assert self.origins(case, sample.agreement) == 1
        self.repeat(case, sample.agreement, release)
        assert self.origins(case, sample.agreement) == 1
        assert {row.origin for row in weigh(case, sample.agreement, "title").claims} == {release}
        self.repeat(case, sample.agreement, source(case))
        assert self.origins(case, sample.agreement) == 2

    def test_a_chain_leads_to_its_end(self, case: Case, sample: Sample) -> None:
        release, agency, paper = (source(case) for _ in range(3))
        self.repeat(case, sample.agreement, paper, agency)
        self.repeat(case, sample.agreement, agency, release)
        assert {row.origin for row in weigh(case, sample.agreement, "title").claims} == {release}

    def test_a_chain_through_a_source_that_is_cited_elsewhere(self, case: Case, sample: Sample) -> None:
        """What the agency repeats is known from its citation for another field."""
        release, agency, paper = (source(case) for _ in range(3))
        self.repeat(case, sample.agreement, paper, agency)
        self.repeat(case, sample.agreement, release)
        claim(case, sample.agreement, "summary", "x", of=agency, relays=release)
        assert self.origins(case, sample.agreement) == 1

    def test_a_source_that_repeats_two_others_has_each_as_origin(self, case: Case, sample: Sample) -> None:
        one, two, paper = (source(case) for _ in range(3))
        self.repeat(case, sample.agreement, paper, one)
        self.repeat(case, sample.agreement, paper, two)
        assert self.origins(case, sample.agreement) == 2

    def test_a_cycle_is_one(self, case: Case, sample: Sample) -> None:
        first, second, third = (source(case) for _ in range(3))
        for one, other in ((first, second), (second, third), (third, first)):
            self.repeat(case, sample.agreement, one, other)
        assert self.origins(case, sample.agreement) == 1
        assert weigh(case, sample.agreement, "title").claims[0].origin == min(first, second, third)

    def test_a_source_that_repeats_itself(self, case: Case, sample: Sample) -> None:
        paper = source(case)
        self.repeat(case, sample.agreement, paper, paper)
        assert self.origins(case, sample.agreement) == 1

    def test_a_source_that_was_entered_twice_is_one(self, case: Case, sample: Sample) -> None:
        first, second = source(case), source(case)
        self.repeat(case, sample.agreement, first)
        self.repeat(case, sample.agreement, second)
        assert self.origins(case, sample.agreement) == 2
        case.put(second, "merged_into", first)
        assert self.origins(case, sample.agreement) == 1
        case.put(first, "merged_into", second)
        assert self.origins(case, sample.agreement) == 1, "a cycle, as a merge can make it"

    def test_repeating_a_source_that_was_entered_twice(self, case: Case, sample: Sample) -> None:
        first, second, paper = (source(case) for _ in range(3))
        case.put(second, "merged_into", first)
        self.repeat(case, sample.agreement, paper, second)
        self.repeat(case, sample.agreement, first)
        assert self.origins(case, sample.agreement) == 1

    def test_a_path_leads_from_the_cited_source_to_the_origin(self, case: Case, sample: Sample) -> None:
        release, agency, paper = (source(case) for _ in range(3))
        self.repeat(case, sample.agreement, paper, agency)
        self.repeat(case, sample.agreement, agency, release)
        self.repeat(case, sample.agreement, release)
        assert [row.path for row in weigh(case, sample.agreement, "title").claims] == [
            (agency, release),
            (release,),
            (),
        ]

    def test_disputing_claims_add_no_origin(self, case: Case, sample: Sample) -> None:
        claim(case, sample.agreement, "title", "Treaty")
        assert self.origins(case, sample.agreement) == 0


class TestDuplicates:
    """A claim that names a record which was entered twice means the one that stands for both."""

    def test_of_one_record(self, case: Case, sample: Sample) -> None:
        twice, thrice = (case.add(Organization, name="Norge") for _ in range(2))
        member = case.add(Membership, person=sample.minister, organization=sample.norway)
        claim(case, member, "organization", str(twice))
        assert weigh(case, member, "organization").standing is Standing.DISPUTED
        case.put(twice, "merged_into", thrice)
        case.put(thrice, "merged_into", sample.norway)
        assert weigh(case, member, "organization").claims[0].verdict is SUPPORTS
        case.put(member, "organization", thrice)
        assert weigh(case, member, "organization").claims[0].verdict is SUPPORTS
        case.put(sample.norway, "merged_into", twice)
        assert weigh(case, member, "organization").claims[0].verdict is SUPPORTS, "a cycle, as a merge can make it"

    def test_of_a_set(self, case: Case, sample: Sample) -> None:
        twice = case.add(Organization, name="Norge")
        claim(case, sample.agreement, "parties", f"{twice}; {sample.japan}")
        claim(case, sample.agreement, "parties", str(twice))
        case.put(twice, "merged_into", sample.norway)
        assert [row.verdict for row in weigh(case, sample.agreement, "parties").claims] == [SUPPORTS, COMPATIBLE]


class TestSummary:
    def test_it_counts_origins_on_either_side(self, case: Case, sample: Sample) -> None:
        paper = source(case)
        claim(case, sample.agreement, "title", "memorandum")
        for value in ("Treaty", "Pact"):
            claim(case, sample.agreement, "title", value, of=paper)
        found = case.read(standings, sample.agreement)
        assert found["title"] == FieldStanding(Standing.DISPUTED, origins=1, disputing=1, exact=False)
        assert found["parties"] == FieldStanding(Standing.UNCITED, origins=0, disputing=0, exact=False)
        claim(case, sample.agreement, "title", "Memorandum")
        assert case.read(standings, sample.agreement)["title"].exact


LINKS = st.lists(st.tuples(st.integers(0, 5), st.none() | st.integers(0, 5)), min_size=1, max_size=10)


@settings(max_examples=settings().max_examples // 2)
@given(links=LINKS, same=st.dictionaries(st.integers(0, 5), st.integers(0, 5), max_size=3))
def test_any_web_of_relays_ends_and_never_counts_more_than_its_sources(
    empty_file: Path, links: Sequence[tuple[int, int | None]], same: dict[int, int]
) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        case = Case(Path(shutil.copy(empty_file, folder)))
        with case.edit() as session:
            subject = add_record(session, Agreement, {"title": "Memorandum"})
            sources = add_records(session, Source, [{"title": str(number)} for number in range(6)])
            for number, target in same.items():
                set_field(session, sources[number], "merged_into", sources[target])
            for number, relays in links:
                relayed = None if relays is None else sources[relays]
                citation = add_record(session, Citation, {"source": sources[number], "relays": relayed})
                add_record(session, Claim, {"subject": subject, "property": "title", "citation": citation})
        found, again = weigh(case, subject, "title"), weigh(case, subject, "title")
        case.close()
    assert found == again
    assert {row.origin for row in found.claims} <= set(sources)
    named = {number for number, _ in links} | {relays for _, relays in links if relays is not None}
    assert 1 <= len({row.origin for row in found.claims}) <= len(named)
    if all(relays is None for _, relays in links) and not same:
        assert {row.origin for row in found.claims} == {sources[number] for number, _ in links}


class TestAcceptance:
    def test_it_is_told_with_its_reason_and_analyst(self, case: Case, sample: Sample) -> None:
        case.editor = COLLEAGUE
        first = claim(case, sample.agreement, "place_signed", "Tokyo", original_text="東京", original_language="ja")
        case.put(first, "analyst", COLLEAGUE.id)
        second = claim(case, sample.agreement, "place_signed", "Oslo", notes="doubtful")
        with case.edit("Accept") as session:
            accept(session, first, "the readout says so")
        rows = {row.id: row for row in weigh(case, sample.agreement, "place_signed").claims}
        assert (rows[first].accepted, rows[first].reason) == (True, "the readout says so")
        assert (rows[second].accepted, rows[second].reason, rows[second].notes) == (False, "", "doubtful")
        assert (rows[first].original_text, rows[first].original_language) == ("東京", "ja")
        assert (rows[first].analyst, rows[second].analyst) == ("Colleague", "")
        assert (rows[first].verdict, rows[second].verdict) == (SUPPORTS, DISPUTES)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("date", "2024-09-03"),
            ("date", "2024-08~"),
            ("date", "../2024-09-03"),
            ("date", "2024/.."),
            ("action", "definitive signature"),
            ("place", " Tokyo "),
        ],
    )
    def test_an_accepted_claim_supports_what_is_shown(self, case: Case, sample: Sample, name: str, value: str) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        key = claim(case, action, name, value)
        with case.edit("Accept") as session:
            accept(session, key, "x")
        (row,) = weigh(case, action, name).claims
        assert (row.verdict, row.accepted) == (SUPPORTS, True)

    @pytest.mark.parametrize("value", ["3 September 2024", "when the war began"])
    def test_a_date_in_a_persons_words_is_at_least_not_disputed_by_its_own_claim(
        self, case: Case, sample: Sample, value: str
    ) -> None:
        """A claim's value should be in canonical form; where it is not, it says the same all the same."""
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        key = foreign_claim(case, action, "date", value)
        with case.edit("Accept") as session:
            accept(session, key, "x")
        assert weigh(case, action, "date").claims[0].verdict is not DISPUTES

    def test_an_acceptance_for_another_field_is_none_for_this_one(self, case: Case, sample: Sample) -> None:
        key = claim(case, sample.agreement, "place_signed", "Tokyo")
        case.add(Acceptance, subject=sample.agreement, property="title", claim=key, reason="a mistake")
        (row,) = weigh(case, sample.agreement, "place_signed").claims
        assert not row.accepted

    def test_a_name_can_have_evidence_too(self, case: Case, sample: Sample) -> None:
        name = case.add(OtherName, record=sample.minister, name="ビョルン", language="ja")
        claim(case, name, "name", "ビョルン")
        assert weigh(case, name, "name").standing is Standing.SINGLE
        assert weigh(case, name, "language").standing is Standing.UNCITED
