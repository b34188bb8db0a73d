"""What a search finds, and where it leads."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.index import query
from db.index.documents import CODES, KINDS, text_columns
from db.index.query import NotIndexed, find, named, search
from db.index.snippets import Segment
from db.index.terms import read_terms
from db.models import (
    ENTITIES,
    Agreement,
    Citation,
    Claim,
    Event,
    Membership,
    Note,
    Organization,
    OtherName,
    PartyAction,
    Provision,
    Signatory,
    Source,
)
from db.queries.titles import entity
from db.triggers import table_of
from tests.db.case import Sample
from tests.db.index.conftest import Searched


def _shown(segments: tuple[Segment, ...]) -> str:
    return "".join(f"[{segment.text}]" if segment.is_hit else segment.text for segment in segments)


def test_every_field_of_text_of_every_kind_can_be_found_but_codes() -> None:
    names = {name for kind in KINDS for name in text_columns(entity(kind))}
    assert {"title", "summary", "quotation", "text", "place_signed", "value", "name", "notes", "reason"} <= names
    assert not names & CODES
    assert all(code in {c.name for cls in ENTITIES for c in table_of(cls).columns} for code in CODES)


def test_a_record_by_words_in_any_case_and_without_accents(searched: Searched, sample: Sample) -> None:
    (hit,) = searched.hits("bjorn GRAM")
    assert (hit.record, hit.kind, hit.part, hit.field) == (sample.minister, "person", sample.minister, "name")
    assert _shown(hit.title) == "[Bjørn] Arild [Gram]"
    assert hit.is_in_title


def test_a_word_by_its_beginning_and_not_by_its_middle(searched: Searched, sample: Sample) -> None:
    assert searched.found("memor") == {sample.agreement}
    assert searched.found("randum") == set()
    assert searched.found('"memor"') == set()


def test_a_part_leads_to_what_a_person_opens(searched: Searched, sample: Sample) -> None:
    case = searched.case
    name = case.add(OtherName, record=sample.minister, name="グラム", language="ja")
    case.add(Provision, agreement=sample.agreement, provision_kind="cost", text="Each side bears its own costs.")
    action = case.add(PartyAction, agreement=sample.agreement, action="signature", place="Akasaka Palace")
    signatory = case.add(Signatory, action=action, as_reported="the two ministers")
    (hit,) = searched.hits("グラム")
    assert (hit.record, hit.kind, hit.part, hit.part_kind, hit.field) == (
        sample.minister, "person", name, "other_name", "name",
    )  # fmt: skip
    assert hit.name == "Bjørn Arild Gram"
    assert not hit.is_in_title
    assert _shown(hit.snippet) == "[グラム]"
    assert searched.found("own costs") == searched.found("akasaka") == {sample.agreement}
    (hit,) = searched.hits("two ministers")
    assert (hit.record, hit.part, hit.field) == (sample.agreement, signatory, "as_reported")


def test_a_claim_leads_to_its_subject_even_through_a_part(searched: Searched, sample: Sample) -> None:
    case = searched.case
    source = case.add(Source, title="Readout")
    citation = case.add(Citation, source=source, quotation="署名式が行われた")
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    case.add(Claim, subject=action, property="place", value="Ichigaya", citation=citation)
    case.add(Claim, subject=sample.agreement, property="parties", value=str(sample.norway), citation=citation)
    assert searched.found("ichigaya") == {sample.agreement}
    assert searched.found("署名式") == searched.found("署名") == {citation}
    assert searched.found(str(sample.norway)[:8]) == set()
    assert searched.found("parties") == set()


def test_one_result_for_a_record_however_many_of_its_parts_match(searched: Searched, sample: Sample) -> None:
    for n in range(5):
        searched.case.add(OtherName, record=sample.agreement, name=f"Memorandum, draft {n}")
    (hit,) = searched.hits("memorandum")
    assert hit.part == sample.agreement


def test_all_words_must_be_there_in_any_order(searched: Searched, sample: Sample) -> None:
    assert searched.found("gram bjørn") == {sample.minister}
    assert searched.found("gram oslo") == set()
    assert searched.found('"arild gram"') == {sample.minister}
    assert searched.found('"gram arild"') == set()


def test_latin_and_other_scripts_together(searched: Searched) -> None:
    event = searched.case.add(Event, title="防衛省 MOU 締結 2024年")
    other = searched.case.add(Event, title="外務省 MOU")
    assert searched.found("mou") == {event, other}
    assert searched.found("mou 防衛省") == searched.found("mou 防衛") == searched.found("締") == {event}
    assert searched.found("防衛省 外務省") == set()
    assert searched.found("2024") == {event}


@pytest.mark.parametrize("query", ["военно", "военно-техн", "ВОЕННО", "ком сотр"])
def test_other_alphabets_anywhere_in_a_word(searched: Searched, query: str) -> None:
    event = searched.case.add(Event, title="О военно-техническом сотрудничестве")
    assert searched.found(f'"{query}"') == {event}


def test_the_title_comes_before_what_is_said_elsewhere(searched: Searched, sample: Sample) -> None:
    note = searched.case.add(Note, text="Norway said nothing of it, and neither did anybody else in the room.")
    agreement = searched.case.add(Agreement, title="Exchange of letters", summary="With Norway")
    assert searched.hits("norway")[0].record == sample.norway
    assert searched.found("norway") == {sample.norway, note, agreement}


def test_kinds_and_counts(searched: Searched, sample: Sample) -> None:
    searched.case.add(Note, text="Ask Norway")
    searched.case.add(OtherName, record=sample.norway, name="Kingdom of Norway")
    searched.refresh()
    everything = searched.ask("norway", count=True)
    assert dict(everything.counts) == {"note": 1, "organization": 1}
    notes = searched.ask("norway", kinds=["note"], count=True)
    assert [hit.kind for hit in notes.hits] == ["note"]
    assert notes.counts == everything.counts
    assert [hit.part_kind for hit in searched.ask("norway", kinds=["other_name"]).hits] == ["other_name"]


def test_too_many_to_weigh_come_newest_first(searched: Searched, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [searched.case.add(Note, text=f"Paper number {n}") for n in range(6)]
    searched.refresh()
    assert searched.ask("paper").is_ranked
    monkeypatch.setattr(query, "MOST_RANKED", 5)
    for text in ("paper", "paper numb"):
        found = searched.ask(text, limit=4)
        assert not found.is_ranked
        assert [hit.record for hit in found.hits] == notes[:1:-1]
    assert searched.ask('"number 3"').is_ranked


def test_a_record_that_is_gone_is_not_told_even_before_the_index_knows(searched: Searched, sample: Sample) -> None:
    assert searched.found("memorandum") == {sample.agreement}
    searched.case.delete(sample.agreement)
    assert searched.ask("memorandum").hits == ()


def test_words_that_have_changed_are_told_as_they_are(searched: Searched, sample: Sample) -> None:
    searched.refresh()
    searched.case.put(sample.agreement, "title", "Treaty")
    (hit,) = searched.ask("memorandum").hits
    assert (hit.name, hit.field, _shown(hit.snippet)) == ("Treaty", "", "Treaty")


def test_not_before_the_index_is_made(searched: Searched, sample: Sample) -> None:
    with pytest.raises(NotIndexed):
        searched.ask("memorandum")


def test_not_by_the_index_of_another_copy(searched: Searched, sample: Sample) -> None:
    theirs = searched.case.fork()
    theirs.add(Note, text="Theirs")
    searched.case.add(Note, text="Ours")
    searched.refresh()
    with pytest.raises(NotIndexed):
        theirs.read(search, searched.path, "memorandum")
    theirs.close()


def test_an_official_by_post(searched: Searched, sample: Sample) -> None:
    ministry = searched.case.add(Organization, name="Forsvarsdepartementet")
    searched.case.add(Membership, person=sample.minister, organization=ministry)
    assert searched.found("forsvars") == {ministry}


def test_nothing_typed(searched: Searched, sample: Sample) -> None:
    assert searched.hits("") == searched.hits(" * ") == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text())
def test_any_text_is_a_search(searched: Searched, text: str) -> None:
    searched.refresh()
    assert isinstance(searched.ask(text, count=True).hits, tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_what_was_written_is_found_by_all_of_it(searched: Searched, text: str) -> None:
    note = searched.case.add(Note, text=text)
    if read_terms(text):
        assert note in searched.found(text) or len(read_terms(text).terms) > 12
    searched.case.delete(note)
    assert note not in searched.found(text)


def test_ids_are_uuids(searched: Searched, sample: Sample) -> None:
    (hit,) = searched.hits("memorandum")
    assert isinstance(hit.record, uuid.UUID)


class TestWithoutAnIndex:
    def test_titles_are_searched(self, searched: Searched, sample: Sample) -> None:
        searched.case.put(sample.agreement, "summary", "About Norway")
        found = searched.case.read(find, searched.path, "norw")
        assert not found.is_complete
        assert [(hit.record, _shown(hit.title)) for hit in found.hits] == [(sample.norway, "[Norw]ay")]
        assert searched.case.read(find, None, "bjØrn gram").hits[0].record == sample.minister
        assert searched.case.read(find, None, "norway", kinds=["person"]).hits == ()

    @pytest.mark.parametrize("text", ["", "100%", "_", "[a-z]*", '"', "木"])
    def test_any_text_is_a_search(self, searched: Searched, sample: Sample, text: str) -> None:
        assert searched.case.read(find, None, text).hits == ()

    def test_with_one_it_is_asked(self, searched: Searched, sample: Sample) -> None:
        searched.refresh()
        assert searched.case.read(find, searched.path, "norw").is_complete


def test_records_by_their_titles_in_the_order_given(searched: Searched, sample: Sample) -> None:
    ids = [sample.norway, uuid.uuid4(), sample.minister, sample.japan]
    assert [hit.name for hit in searched.case.read(named, ids)] == ["Norway", "Bjørn Arild Gram", "Japan"]
