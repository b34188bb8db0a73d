"""Loading records from a document: what it understands, and how it refuses the rest."""

import tomllib
import uuid
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from db.identity import state_id
from db.importers.records import DocumentError, load_records, read_document
from db.log import Editor, edit
from db.models import CaseFile, Record, SourceVariable
from db.queries.records import record

EDITOR = Editor(uuid.uuid4(), "Ada")


def load(sessions: sessionmaker[Session], text: str) -> dict[str, uuid.UUID]:
    with edit(sessions, EDITOR, "Load") as session:
        return load_records(session, tomllib.loads(dedent(text)))


def value(sessions: sessionmaker[Session], key: uuid.UUID, field: str) -> object:
    with sessions() as session:
        return record(session, key)[field].value


STATES = """
    [[organizations]]
    name = "Japan"
    iso_code = "JPN"

    [[organizations]]
    name = "Norway"
    iso_code = "NOR"
"""
SOURCE = """
    [[sources]]
    key = "release"
    title = "A release"
    citations = [{ key = "passage", quotation = "signed today" }]
"""


def test_a_state_is_named_by_its_code(sessions: sessionmaker[Session]) -> None:
    ids = load(sessions, STATES)
    assert ids == {"JPN": state_id("JPN"), "NOR": state_id("NOR")}


def test_an_entry_may_name_one_that_comes_later(sessions: sessionmaker[Session]) -> None:
    ids = load(sessions, '[[agreements]]\nkey = "pact"\ntitle = "A pact"\nparties = ["NOR", "JPN"]\n' + dedent(STATES))
    assert value(sessions, ids["pact"], "parties") == {ids["JPN"], ids["NOR"]}


def test_what_stands_inside_a_record_belongs_to_it(sessions: sessionmaker[Session]) -> None:
    text = """
    [[agreements]]
    key = "pact"
    title = "A pact"
    names = [{ name = "条約", language = "ja", script = "Jpan" }]

    [[agreements.actions]]
    key = "signature"
    action = "signature"
    date = 2024-09-03
    signatories = [{ key = "hand", as_reported = "the authorities" }]
    """
    ids = load(sessions, text)
    assert value(sessions, ids["signature"], "agreement") == ids["pact"]
    assert value(sessions, ids["hand"], "action") == ids["signature"]
    assert value(sessions, ids["pact / names 1"], "record") == ids["pact"]


def test_the_first_of_two_owners_is_the_one_it_stands_in(sessions: sessionmaker[Session]) -> None:
    text = """
    [[agreements]]
    key = "memorandum"
    title = "A memorandum"
    relations = [{ key = "leads", relation_type = "precursor to", target = "pact" }]

    [[agreements]]
    key = "pact"
    title = "A pact"
    """
    ids = load(sessions, text)
    assert value(sessions, ids["leads"], "agreement") == ids["memorandum"]
    assert value(sessions, ids["leads"], "target") == ids["pact"]


def test_a_citation_in_a_source_is_of_that_source_and_may_relay_another(sessions: sessionmaker[Session]) -> None:
    ids = load(sessions, SOURCE + '[[sources]]\ntitle = "A copy"\ncitations = [{ key = "copy", relays = "release" }]')
    assert value(sessions, ids["copy"], "source") == ids["sources 2"]
    assert value(sessions, ids["copy"], "relays") == ids["release"]


def test_values_keep_their_type(sessions: sessionmaker[Session]) -> None:
    text = """
    [[agreements]]
    key = "pact"
    title = "A pact"
    renewal_years = 5
    subjects = ["peacekeeping", "other"]
    texts = [{ key = "text", authentic = true }]

    [[events]]
    key = "visit"
    title = "A visit"
    date = "c. August 2024"
    """
    ids = load(sessions, text)
    assert value(sessions, ids["pact"], "renewal_years") == 5
    assert value(sessions, ids["pact"], "subjects") == {"peacekeeping", "other"}
    assert value(sessions, ids["text"], "authentic") is True
    assert getattr(value(sessions, ids["visit"], "date"), "form", "") == "2024-08~"


def test_a_claim_holds_the_canonical_form_of_its_field(sessions: sessionmaker[Session]) -> None:
    text = """
    [[agreements]]
    key = "pact"
    title = "A pact"

    [[agreements.claims]]
    key = "who"
    property = "parties"
    value = ["NOR", "JPN"]
    citation = "passage"

    [[agreements.claims]]
    key = "what"
    property = "instrument_type"
    value = "Memorandum of Understanding"
    citation = "passage"

    [[agreements.claims]]
    key = "that"
    property = "existence"
    value = "yes"
    citation = "passage"

    [[agreements.claims]]
    key = "none"
    property = "treaty_number"
    citation = "passage"

    [[agreements.actions]]
    action = "signature"
    claims = [{ key = "when", property = "date", value = "3 September 2024", citation = "passage" }]
    """
    ids = load(sessions, STATES + SOURCE + text)
    assert value(sessions, ids["who"], "value") == "; ".join(sorted([str(ids["JPN"]), str(ids["NOR"])]))
    assert value(sessions, ids["what"], "value") == "memorandum of understanding"
    assert value(sessions, ids["that"], "value") == "yes"
    assert value(sessions, ids["none"], "value") is None
    assert value(sessions, ids["when"], "value") == "2024-09-03"


def test_the_case_file_is_described_once(sessions: sessionmaker[Session]) -> None:
    load(sessions, '[case_file]\ntitle = "First"\nlanguage = "en"')
    load(sessions, '[case_file]\ntitle = "Second"')
    with sessions() as session:
        assert session.execute(select(CaseFile.title, CaseFile.language)).all() == [("Second", "en")]


def test_every_kind_can_be_written(sessions: sessionmaker[Session]) -> None:
    load(sessions, SOURCE + '[[sources.variables]]\nvariable = "genre"\nvalue = "Press release"')
    with sessions() as session:
        assert session.scalar(select(SourceVariable.value)) == "Press release"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('[[treaties]]\ntitle = "x"', ("treaties", "", ""), "no such kind"),
        ('[agreements]\ntitle = "x"', ("agreements", "", ""), "array of tables"),
        ("case_file = 3", ("case_file", "", ""), "one table"),
        ('[[agreements]]\nkey = 3\ntitle = "x"', ("agreements", "", "key"), "a key is text"),
        ('[[agreements]]\nkey = "a"\nname = "x"', ("agreements", "a", "name"), "have no field"),
        ('[[agreements]]\nkey = "a"', ("agreements", "a", ""), "need a value for “title”"),
        ('[[agreements]]\nkey = "a"\ntitle = 3', ("agreements", "a", "title"), "cannot hold 3"),
        ('[[agreements]]\nkey = "a"\ntitle = ""', ("agreements", "a", "title"), "cannot be empty"),
        ('[[agreements]]\nkey = "a"\ntitle = "x"\nrenewal_years = true', ("agreements", "a", "renewal_years"), "True"),
        (
            '[[agreements]]\nkey = "a"\ntitle = "x"\ninstrument_type = "pact"',
            ("agreements", "a", "instrument_type"),
            "is no value",
        ),
        ('[[agreements]]\nkey = "a"\ntitle = "x"\nparties = ["JPN"]', ("agreements", "a", "parties"), "'JPN'"),
        (
            '[[tags]]\nkey = "t"\nname = "x"\n[[agreements]]\nkey = "a"\ntitle = "x"\nparties = ["t"]',
            ("agreements", "a", "parties"),
            "one of the tags",
        ),
        (
            '[[agreements]]\nkey = "a"\ntitle = "x"\ndepositary = ["a", "b"]',
            ("agreements", "a", "depositary"),
            "no entry has the key",
        ),
        ('[[tags]]\nkey = "a"\nname = "x"\n[[tags]]\nkey = "a"\nname = "y"', ("tags", "a", ""), "another entry"),
        ('[[tags]]\nkey = "t"\nname = "x"\ntexts = [{ language = "en" }]', ("texts", "t / texts 1", ""), "inside tags"),
        (
            '[[agreements]]\nkey = "a"\ntitle = "x"\ntexts = [{ agreement = "a" }]',
            ("texts", "a / texts 1", "agreement"),
            "says this already",
        ),
        ('[[agreements]]\nkey = "a"\ntitle = "x"\nclauses = [{ text = "y" }]', ("agreements", "a", "clauses"), "kind"),
        (
            '[[organizations]]\nkey = "a"\nname = "x"\nparent = "b"\n'
            '[[organizations]]\nkey = "b"\nname = "y"\nparent = "a"',
            ("organizations", "a", ""),
            "a → b → a",
        ),
        (
            '[[agreements]]\nkey = "a"\ntitle = "x"\n'
            'claims = [{ key = "c", property = "colour", value = "red", citation = "c" }]',
            ("claims", "c", "property"),
            "have no field “colour”",
        ),
        (
            '[[agreements]]\nkey = "a"\ntitle = "x"\n'
            'claims = [{ key = "c", property = "parties", value = ["SWE"], citation = "c" }]',
            ("claims", "c", "parties"),
            "'SWE'",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_by_place(
    sessions: sessionmaker[Session], text: str, place: tuple[str, str, str], words: str
) -> None:
    with pytest.raises(DocumentError, match=r"\.$") as refusal:
        load(sessions, text)
    assert (refusal.value.kind, refusal.value.key, refusal.value.field) == place
    assert words in str(refusal.value)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Record)) == 0


def test_any_mapping_will_do(sessions: sessionmaker[Session]) -> None:
    document = {"events": [{"key": "visit", "title": "A visit", "date": date(2024, 9, 3)}]}
    with edit(sessions, EDITOR, "Load") as session:
        ids = load_records(session, document)
    assert getattr(value(sessions, ids["visit"], "date"), "form", "") == "2024-09-03"


def test_loading_is_one_entry_of_the_log(sessions: sessionmaker[Session]) -> None:
    load(sessions, STATES + SOURCE)
    with sessions() as session:
        assert session.connection().exec_driver_sql("SELECT label FROM changeset").scalars().all() == ["Load"]


@pytest.mark.parametrize(
    ("content", "words"), [(b"[[agreements", "is not a TOML file"), (b"title = '\xff'", "is not a TOML file")]
)
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "sample.toml"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=words):
        read_document(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / "nothing.toml")
