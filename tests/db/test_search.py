"""Filters: what they mean, where they are refused, and that the status said in SQL is the status."""

import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.dates import read
from db.engine import open_engine, open_sessions
from db.errors import FilterError
from db.filters import Condition, Either, Every, Not, Word, parse
from db.log import edit
from db.models import (
    BY_PLURAL,
    ENTITIES,
    Agreement,
    Entity,
    Event,
    Membership,
    Organization,
    OtherName,
    PartyAction,
    Person,
    Post,
    Tag,
)
from db.models.vocabulary import Action
from db.operations.records import add_record
from db.queries.agreements import agreement_status, standing_at
from db.queries.records import list_records
from db.search import matching
from db.status import Status
from tests.db.casefiles import EDITOR, Desk


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A file with a few of everything that filters look at."""
    desk = Desk(tmp_path_factory.mktemp("search"))
    path = desk.create("search.casefile")
    desk.write(path, _fill)
    engine = open_engine(path)
    with open_sessions(engine)() as session:
        yield session
    engine.dispose()


def _fill(session: Session) -> None:
    add = partial(add_record, session)
    states = {
        code: add(Organization, {"name": name, "iso_code": code, "classification": "state"})
        for code, name in (("NOR", "Norway"), ("JPN", "Japan"), ("USA", "United States"), ("MCO", "Monaco"))
    }
    ministry = add(Organization, {"name": "Økonomidepartementet", "parent": states["NOR"]})
    person = add(Person, {"name": "Bjørn Arild Gram"})
    add(OtherName, {"record": person, "name": "ビョルン"})
    post = add(Post, {"label": "Minister [of] Defence", "organization": ministry})
    add(Membership, {"person": person, "post": post, "start_date": "2022-04-12", "acting": False})
    tag = add(Tag, {"name": "urgent"})
    memorandum = add(
        Agreement,
        {
            "title": "Memorandum on equipment",
            "instrument_type": "memorandum of understanding",
            "summary": "100% joint_research; see https://example.org",
            "parties": [states["NOR"], states["JPN"]],
            "subjects": "procurement",
            "renewal_years": 5,
            "tags": [tag],
        },
    )
    treaty = add(Agreement, {"title": "Treaty on bases", "parties": [states["USA"], states["JPN"]]})
    add(Agreement, {"title": "Framework agreement", "instrument_type": "framework agreement"})
    for agreement, action, date in (
        (memorandum, "signature", "2024-09-03"),
        (treaty, "definitive signature", "1960~"),
        (treaty, "entry into force", "1960-06-23"),
    ):
        add(PartyAction, {"agreement": agreement, "action": action, "date": date})
    for title, written in (("A", "2015/2017"), ("B", "2016"), ("C", "2018-05"), ("D", "someday"), ("E", "")):
        add(Event, {"title": title, "date": written})


def found(session: Session, cls: type[Entity], text: str) -> list[str]:
    return [row.title for row in list_records(session, cls, where=matching(cls, text))]


@pytest.mark.parametrize(
    ("text", "first_words"),
    [
        ("", "Memorandum Treaty Framework"),
        ("memorandum", "Memorandum"),
        ("MEMORANDUM EQUIPMENT", "Memorandum"),
        ("equipment bases", ""),
        ("equipment OR bases", "Memorandum Treaty"),
        ("-equipment", "Treaty Framework"),
        ("-(equipment OR bases)", "Framework"),
        ('"on bases"', "Treaty"),
        ('"bases on"', ""),
        ("100%", "Memorandum"),
        ("joint_research", "Memorandum"),
        ("jointXresearch", ""),
        ("%", "Memorandum"),
        ('"https://example.org"', "Memorandum"),
        ("party:NO", "Memorandum"),
        ("party:nor", "Memorandum"),
        ("party:JP", "Memorandum Treaty"),
        ("parties:japan", "Memorandum Treaty"),
        ("party:no", "Memorandum"),
        ("-party:NO", "Treaty Framework"),
        ("party:*", "Memorandum Treaty"),
        ("party:SE", ""),
        ("status:signed", "Memorandum"),
        ("status:in-force", "Treaty"),
        ('status:"in force"', "Treaty"),
        ("status:force OR status:signed", "Memorandum Treaty"),
        ('status:"not known"', "Framework"),
        ("signed:2024", "Memorandum"),
        ("signed:2024-09-03", "Memorandum"),
        ("signed:1960", "Treaty"),
        ("signed:..2000", "Treaty"),
        ("signed:2000..", "Memorandum"),
        ("signed:1950..2030", "Memorandum Treaty"),
        ('signed:"sept 2024"', "Memorandum"),
        ("signed:*", "Memorandum Treaty"),
        ("-signed:*", "Framework"),
        ("signature:1960", ""),
        ("definitive-signature:1960", "Treaty"),
        ("in_force:1960-06", "Treaty"),
        ("ratified:1960", ""),
        ("instrument_type:agreement", ""),
        ("instrument-type:memorandum", "Memorandum"),
        ("instrument_type:*", "Memorandum Framework"),
        ("subject:procurement", "Memorandum"),
        ("subjects:peacekeeping", ""),
        ("tag:urgent", "Memorandum"),
        ("renewal_years:5", "Memorandum"),
        ("renewal_years:3..6", "Memorandum"),
        ("renewal_years:6..", ""),
        ("summary:RESEARCH", "Memorandum"),
        ("-summary:research", "Treaty Framework"),
        ("summary:*", "Memorandum"),
    ],
)
def test_agreements(session: Session, text: str, first_words: str) -> None:
    assert " ".join(title.split()[0] for title in found(session, Agreement, text)) == first_words


@pytest.mark.parametrize(
    ("kind", "text", "count"),
    [
        ("officials", "BJØRN", 1),
        ("officials", "ビョルン", 1),
        ("officials", "bjorn", 0),
        ("organizations", "økonomi", 1),
        ("organizations", "parent:norway", 1),
        ("organizations", "parent:NO", 1),
        ("organizations", "classification:state", 4),
        ("posts", "[of]", 1),
        ("posts", "*", 0),
        ("posts", "Ø*", 0),
        ("memberships", "gram", 1),
        ("memberships", "ビョルン", 1),
        ("memberships", "minister", 1),
        ("memberships", "acting:no", 1),
        ("memberships", "acting:yes", 0),
        ("memberships", "person:gram start_date:2022", 1),
        ("actions", "signature", 2),
        ("actions", "agreement:treaty", 2),
        ("parties", "norway", 1),
    ],
)
def test_other_kinds(session: Session, kind: str, text: str, count: int) -> None:
    assert len(found(session, BY_PLURAL[kind], text)) == count


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("date:2016", "AB"),
        ("date:2017..2018", "AC"),
        ("date:..2016-01", "AB"),
        ("date:2018-05-31..", "C"),
        ("date:*", "ABCD"),
    ],
)
def test_dates_count_where_they_overlap(session: Session, text: str, titles: str) -> None:
    assert "".join(found(session, Event, text)) == titles


def test_a_reference_by_its_id(session: Session) -> None:
    (row,) = list_records(session, Organization, where=matching(Organization, "iso_code:NOR"))
    assert found(session, Agreement, f"party:{row.id}") == ["Memorandum on equipment"]
    assert found(session, Agreement, f"party:{uuid.uuid4()}") == []


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("ab (cd", 3, "never closed"),
        ("ab) cd", 2, "closes nothing"),
        ('ab "cd', 3, "never closed"),
        ('summary:"cd', 8, "never closed"),
        ('ab ""', 3, "nothing between"),
        ("ab OR", 5, "word is missing"),
        ("OR ab", 0, "word is missing"),
        ("()", 1, "word is missing"),
        ("summary: x", 8, "A value for “summary” is missing"),
        ("ab colour:red", 3, "Agreements have no field “colour”"),
        ("ab signed:soon", 10, "“soon” is no date"),
        ("signed:2016..2013", 7, "ends before it begins"),
        ("signed:..", 7, "no date"),
        ("signed:x..2013", 7, "no date"),
        ("status:done", 7, "It can be: not known; announced"),
        ("instrument_type:pact", 16, "It can be: treaty; "),
        ("renewal_years:ten", 14, "no whole number"),
        ("renewal_years:..", 14, "names no number"),
        (f"renewal_years:{10**30}", 14, "no whole number"),
        ("-" * 60 + "a", 50, "inside each other"),
        ("(" * 60 + "a", 50, "inside each other"),
        ("x" * 1001, 1000, "longer than 1,000"),
        ("ab \udcff", 3, "no text has"),
        ("ab \x00", 3, "no text has"),
    ],
)
def test_refusals_point_at_the_place(text: str, position: int, words: str) -> None:
    with pytest.raises(FilterError) as raised:
        matching(Agreement, text)
    assert words in str(raised.value)
    assert raised.value.position == position


def test_flags_and_bytes_are_refused_too() -> None:
    for kind, text in (("memberships", "acting:maybe"), ("attachments", "sha256:ab")):
        with pytest.raises(FilterError):
            matching(BY_PLURAL[kind], text)


def test_the_tree() -> None:
    assert parse('a (b OR -x:"y z") ') == Every(
        (Word("a", 0), Either((Word("b", 3), Not(Condition("x", "y z", 12, 9)))))
    )
    assert parse("  ") == Every(())


@given(st.text(max_size=80), st.sampled_from(ENTITIES))
def test_any_text_is_a_filter_or_refused(session: Session, text: str, cls: type[Entity]) -> None:
    _try(session, text, cls)


PARTS = ["a", "(", ")", "-", "OR", '"', ":", "title:", "party:", "status:", "..", "2016", " ", "*", "日", "Ø", "[", "%"]


@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_any_mixture_of_its_parts_too(session: Session, text: str) -> None:
    _try(session, text, Agreement)


def _try(session: Session, text: str, cls: type[Entity]) -> None:
    """Nothing but a FilterError, which points into the text."""
    position = 0
    try:
        list_records(session, cls, where=matching(cls, text), limit=1)
    except FilterError as error:
        position = error.position
    assert 0 <= position <= len(text)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(Action),
        st.integers(0, 3),
        st.sampled_from([None, "2001", "2002-05", "2003", "some day"]),
    ),
    max_size=7,
)


def test_the_status_said_in_sql_is_the_status(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = desk.create("status.casefile")
    engine = open_engine(path, writable=True)
    sessions = open_sessions(engine)
    with edit(sessions, EDITOR, "states") as session:
        states = [add_record(session, Organization, {"name": str(number)}) for number in range(3)]

    @given(DEEDS, st.integers(0, 3))
    def agrees(deeds: list[tuple[Action, int, str | None]], parties: int) -> None:
        with sessions() as session:
            key = add_record(session, Agreement, {"title": "x", "parties": states[:parties]})
            for action, party, date in deeds:
                add_record(
                    session,
                    PartyAction,
                    {
                        "agreement": key,
                        "action": action,
                        "organization": (*states, None)[party],
                        "date": read(date) if date else None,
                    },
                )
            status = agreement_status(session, [key])[key].status
            assert set(session.scalars(standing_at([status]))) == {key}
            others = [other for other in Status if other is not status]
            assert set(session.scalars(standing_at(others))) == set()
            session.rollback()

    agrees()
    engine.dispose()


def test_rows_of_agreements(session: Session) -> None:
    rows = agreement_status(session, [row.id for row in list_records(session, Agreement)])
    assert [
        (row.title, row.signed.form if row.signed else "", [party.name for party in row.parties])
        for row in rows.values()
    ] == [
        ("Memorandum on equipment", "2024-09-03", ["Japan", "Norway"]),
        ("Treaty on bases", "1960~", ["Japan", "United States"]),
        ("Framework agreement", "", []),
    ]
