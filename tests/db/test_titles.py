"""What a person calls a record."""

import uuid

import pytest

from db.errors import RecordNotFound
from db.identity import new_id
from db.models import (
    Acceptance,
    Agreement,
    AgreementText,
    Citation,
    Claim,
    Event,
    Membership,
    Note,
    Participation,
    Party,
    PartyAction,
    Person,
    Post,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.operations.records import add_records
from db.queries.records import list_records
from db.queries.titles import CHUNK, class_of, kinds_of, shorten, titles
from tests.db.case import Case, Sample


def title(case: Case, key: uuid.UUID) -> str:
    return case.read(titles, {key})[key]


class TestTitles:
    def test_of_a_record_with_a_name(self, case: Case, sample: Sample) -> None:
        assert title(case, sample.agreement) == "Memorandum"
        assert title(case, sample.minister) == "Bjørn Arild Gram"

    def test_of_records_that_are_known_by_others(self, case: Case, sample: Sample) -> None:
        post = case.add(Post, label="Minister of Defence")
        event = case.add(Event, title="Signing")
        expected = {
            case.read(list_records, Party, where=Party.organization_id == sample.japan)[0].id: "Japan",
            case.add(Membership, person=sample.minister, post=post): "Bjørn Arild Gram, Minister of Defence",
            case.add(Participation, event=event, participant=sample.japan, role="host"): "Japan, host",
            case.add(Statement, speaker=sample.minister, text="We agreed."): "Bjørn Arild Gram, We agreed.",
            case.add(Relation, agreement=sample.agreement, relation_type="cites", target=sample.agreement): (
                "cites, Memorandum"
            ),
        }
        assert case.read(titles, expected.keys()) == expected

    def test_a_claim_on_references_is_told_by_their_titles(self, case: Case, sample: Sample) -> None:
        citation = case.add(Citation, source=case.add(Source, title="Release"))
        value = "; ".join(sorted(map(str, (sample.japan, sample.norway))))
        parties = case.add(Claim, subject=sample.agreement, property="parties", value=value, citation=citation)
        assert set(title(case, parties).split(", ")) == {"Parties", "Japan", "Norway"}

    def test_dates_are_told_in_words_and_gaps_left_out(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024-09")
        assert title(case, action) == "signature, September 2024"
        case.put(action, "organization", sample.norway)
        assert title(case, action) == "signature, September 2024, Norway"
        case.put(action, "date", None)
        assert title(case, action) == "signature, Norway"

    def test_of_one_without_words(self, case: Case, sample: Sample) -> None:
        assert title(case, case.add(AgreementText, agreement=sample.agreement)) == ""

    def test_through_several_records(self, case: Case, sample: Sample) -> None:
        source = case.add(Source, title="Readout")
        citation = case.add(Citation, source=source, locator="3")
        claim = case.add(Claim, subject=sample.agreement, property="title", value="Memo", citation=citation)
        acceptance = case.add(Acceptance, subject=sample.agreement, property="title", claim=claim, reason="x")
        assert title(case, citation) == "Readout, 3"
        assert title(case, acceptance) == "Title, Memo"

    def test_words_as_reported(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        assert title(case, case.add(Signatory, action=action, as_reported="two ministers")) == "two ministers"

    def test_a_long_text_is_one_short_line(self, case: Case) -> None:
        found = title(case, case.add(Note, text="word \n\t" * 100))
        assert len(found) <= 120
        assert found.startswith("word word")
        assert found.endswith("word…")

    def test_records_that_stand_for_each_other_do_not_hang(self, case: Case, sample: Sample) -> None:
        twin = case.add(Agreement, title="Twin", merged_into=sample.agreement)
        case.put(sample.agreement, "merged_into", twin)
        assert title(case, twin) == "Twin"

    def test_what_is_not_there_has_none(self, case: Case) -> None:
        assert case.read(titles, {new_id()}) == {}
        assert case.read(titles, set()) == {}

    def test_more_than_one_statement_takes(self, case: Case) -> None:
        names = [f"Person {number}" for number in range(CHUNK * 2 + 1)]
        with case.edit() as session:
            people = add_records(session, Person, [{"name": name} for name in names])
        assert case.read(titles, people) == dict(zip(people, names, strict=True))
        assert set(case.read(kinds_of, people).values()) == {"person"}


class TestKinds:
    def test_of_an_id(self, case: Case, sample: Sample) -> None:
        assert case.read(class_of, sample.agreement) is Agreement
        assert case.read(kinds_of, [sample.minister, new_id()]) == {sample.minister: "person"}
        with pytest.raises(RecordNotFound, match="There is no record"):
            case.read(class_of, new_id())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        (" a \n b ", "a b"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "x" * 119 + "…"),
        ("x" * 118 + " y and more", "x" * 118 + "…"),
        ("木原\u3000稔", "木原 稔"),
    ],
)
def test_shorten(text: str, line: str) -> None:
    assert shorten(text) == line
