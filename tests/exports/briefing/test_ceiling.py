"""How far a briefing may be shared: as the strictest of what it tells, and below a ceiling without false words."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.models import (
    Agreement,
    CaseFile,
    Citation,
    Claim,
    Event,
    Organization,
    Party,
    PartyAction,
    Person,
    Publication,
    Relation,
    Signatory,
    Source,
    Statement,
)
from db.models.vocabulary import Tlp
from db.operations.records import set_field
from db.triggers import table_of
from exports.briefing.agreement import agreement_briefing
from exports.briefing.document import Briefing
from exports.briefing.languages import Language
from exports.briefing.official import official_briefing
from exports.briefing.pair import pair_briefing
from exports.briefing.register import RegisterQuery, register_briefing
from exports.briefing.words import BriefingOptions
from tests.exports.briefing.cases import DAY, Written, written


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Written]:
    """A file for everybody: two states, an agreement with all that belongs to one, and another agreement."""
    with written(tmp_path) as case:
        case.add(CaseFile, title="Two neighbours", default_marking="CLEAR")
        ids = case.ids
        for code, name in (("JPN", "Japan"), ("NOR", "Norway")):
            ids[name] = case.add(Organization, name=name, classification="state", iso_code=code)
        ids["agreement"] = case.add(Agreement, title="A memorandum")
        ids["other"] = case.add(Agreement, title="Another memorandum")
        for name in ("Japan", "Norway"):
            case.add(Party, agreement=ids["agreement"], organization=ids[name])
        ids["action"] = case.add(PartyAction, agreement=ids["agreement"], action="signature", date="2024-09-03")
        ids["person"] = case.add(Person, name="A minister")
        case.add(Signatory, action=ids["action"], person=ids["person"])
        ids["relation"] = case.add(
            Relation, agreement=ids["agreement"], target=ids["other"], relation_type="implements"
        )
        ids["statement"] = case.add(
            Statement, text="We agree", date="2024-09-03", speaker=ids["Norway"], concerns=[ids["agreement"]]
        )
        ids["event"] = case.add(
            Event, title="A meeting", event_type="meeting", date="2024-09-03", concerns=[ids["agreement"]]
        )
        ids["publication"] = case.add(Publication, name="The Gazette")
        ids["source"] = case.add(Source, title="A cable", source_type="report", publication=ids["publication"])
        ids["citation"] = case.add(Citation, source=ids["source"])
        ids["claim"] = case.add(
            Claim, subject=ids["action"], property="date", value="2024-09-03", citation=ids["citation"]
        )
        case.session.flush()
        yield case


def sheet(case: Written, ceiling: Tlp | None = None, language: Language = Language.ENGLISH) -> Briefing:
    options = BriefingOptions(day=DAY, ceiling=ceiling, language=language)
    return agreement_briefing(case.session, case.ids["agreement"], options)


def register(case: Written, ceiling: Tlp | None = None) -> Briefing:
    return register_briefing(case.session, RegisterQuery(), BriefingOptions(day=DAY, ceiling=ceiling))


def pair(case: Written) -> Briefing:
    states = case.ids["Japan"], case.ids["Norway"]
    return pair_briefing(case.session, *states, BriefingOptions(day=DAY))


def official(case: Written) -> Briefing:
    return official_briefing(case.session, case.ids["person"], BriefingOptions(day=DAY))


def marking(briefing: Briefing) -> Tlp:
    assert briefing.front.marking is not None
    return briefing.front.marking.tlp


CITED = (Publication, Source, Citation, Claim)
PARTS = ["action", "person", "other", "relation", "statement", "event", "source", "citation", "claim", "publication"]


@pytest.mark.parametrize("part", ["agreement", "Norway", *PARTS])
def test_a_sheet_is_marked_as_the_strictest_of_what_it_tells(case: Written, part: str) -> None:
    assert marking(sheet(case)) is Tlp.CLEAR
    set_field(case.session, case.ids[part], "marking", "AMBER")
    assert marking(sheet(case)) is Tlp.AMBER


def test_so_are_the_others(case: Written) -> None:
    set_field(case.session, case.ids["action"], "marking", "AMBER+STRICT")
    assert {marking(made) for made in (register(case), pair(case), official(case))} == {Tlp.AMBER_STRICT}


def test_what_a_briefing_does_not_tell_does_not_mark_it(case: Written) -> None:
    case.add(Agreement, title="Elsewhere", marking="RED")
    assert marking(sheet(case)) is Tlp.CLEAR
    assert marking(pair(case)) is Tlp.CLEAR
    assert marking(register(case)) is Tlp.RED


def test_where_everything_says_so_a_sheet_is_freer_than_its_file(case: Written) -> None:
    case.session.execute(table_of(CaseFile).update().values(default_marking="RED"))
    assert marking(sheet(case)) is Tlp.RED
    for cls in (Agreement, Party, PartyAction, Signatory, Person, Relation, Statement, Event, *CITED):
        case.session.execute(table_of(cls).update().values(marking="GREEN"))
    assert marking(sheet(case)) is Tlp.GREEN


@pytest.mark.parametrize("part", PARTS)
def test_below_a_ceiling_nothing_above_it_is_told_and_nothing_false(case: Written, part: str) -> None:
    set_field(case.session, case.ids[part], "marking", "RED")
    told = sheet(case, Tlp.AMBER)
    assert marking(told) is Tlp.CLEAR
    words = repr((told.chapters, told.notes))
    hidden = {"person": "A minister", "other": "Another memorandum", "statement": "We agree", "source": "A cable",
              "publication": "The Gazette"}  # fmt: skip
    assert hidden.get(part, "nothing else") not in words
    assert "ot known" not in words


@pytest.mark.parametrize("language", Language)
def test_a_withheld_signature_is_not_said_to_be_unknown(case: Written, language: Language) -> None:
    set_field(case.session, case.ids["action"], "marking", "RED")
    told = sheet(case, Tlp.AMBER, language)
    assert told.labels.not_known in ("Not stated", "記載なし", "Ikke oppgitt")


def test_a_register_below_a_ceiling_does_not_speak_for_the_file(case: Written) -> None:
    case.session.execute(table_of(CaseFile).update().values(default_marking="AMBER+STRICT"))
    told = register(case, Tlp.CLEAR)
    words = repr(told.chapters)
    assert "memorandum" not in words
    assert "on file" not in words
    assert "All agreements" not in words
    assert told.front.case_title == ""
    assert register(case).front.case_title == "Two neighbours"


def test_an_agreement_that_rests_on_a_secret_source_is_not_related_to(case: Written) -> None:
    citation = case.add(Citation, source=case.add(Source, title="Secret", source_type="report", marking="RED"))
    case.add(Claim, subject=case.ids["other"], property="title", value="Another memorandum", citation=citation)
    case.session.flush()
    assert "Another memorandum" in repr(sheet(case).chapters)
    assert "Another memorandum" not in repr(sheet(case, Tlp.AMBER).chapters)
