"""The brief of two countries: of the sample, and of pairs with very much or nothing between them."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from db.errors import InvalidValue
from db.identity import state_id
from db.models import (
    Agreement,
    Assessment,
    Event,
    Membership,
    Organization,
    Participation,
    Party,
    PartyAction,
    Person,
    Post,
    Programme,
    Statement,
)
from db.models.vocabulary import Subject, Tlp
from db.operations.records import set_field
from db.triggers import table_of
from exports.briefing.compilation import Compilation
from exports.briefing.document import Chapter, RowKind, Section, Table
from exports.briefing.pair import pair_briefing, pair_chapter
from exports.briefing.words import BriefingOptions
from tests.exports.briefing.cases import (
    DAY,
    OPTIONS,
    Written,
    items_of,
    names,
    only,
    sample,
    section,
    text_of,
    texts,
    written,
)


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as case:
        yield case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Written]:
    """Two states with a ministry each, and a third one."""
    with written(tmp_path) as case:
        for code, name in (("JPN", "Japan"), ("NOR", "Norway"), ("DEU", "Germany")):
            case.ids[code] = case.add(Organization, name=name, classification="state", iso_code=code)
        for code in ("JPN", "NOR"):
            case.ids[f"mod-{code}"] = case.add(
                Organization, name=f"Ministry of Defence ({code})", classification="ministry", parent=case.ids[code]
            )
        yield case


def pair(case: Written, first: str = "JPN", second: str = "NOR", options: BriefingOptions = OPTIONS) -> Chapter:
    return pair_chapter(Compilation(case.session, options), state_id(first), state_id(second))


def _agreement(case: Written, title: str, *parties: str, subjects: object = frozenset(), **actions: str) -> uuid.UUID:
    key = case.add(Agreement, title=title, subjects=subjects)
    for party in parties:
        case.add(Party, agreement=key, organization=case.ids[party])
    for action, date in actions.items():
        case.add(PartyAction, agreement=key, action=action.replace("_", " "), date=date)
    return key


def _rows(part: Section) -> list[tuple[str, list[str]]]:
    """The rows of a section's table: the group that each stands in, and the first line of each cell."""
    found, group = [], ""
    for row in only(part, Table).rows:
        if row.kind is RowKind.GROUP:
            group = text_of(row.cells[0].lines[0])
        else:
            found.append((group, [text_of(cell.lines[0]) if cell.lines else "" for cell in row.cells]))
    return found


def test_the_sample_pair_is_told_in_order(japan: Written) -> None:
    told = pair(japan)
    assert told.title.text == "Japan and Norway"
    assert names(told) == [
        "summary",
        "key-judgements",
        "talking-points",
        "map",
        "timeline",
        "agreements",
        "network",
        "people",
        "meetings",
        "pending",
        "equipment",
        "statements",
        "judgements",
        "tasks",
        "remarks",
    ]
    assert texts(section(told, "summary")) == [
        "2 agreements: 1 signed, 1 of unknown status",
        "Meeting of Japan's defence minister and Norway's State Secretary aboard JS Kaga 23 August 2025",
    ]


def test_agreements_stand_by_subject_and_status_with_their_days(japan: Written) -> None:
    assert _rows(section(pair(japan, "JPN", "GBR"), "agreements")) == [
        (
            "Research and development",
            ["UK-Japan Defence Equipment Cooperation Framework", "In force", "4 July 2013", "4 July 2013"],
        ),
        (
            "Security of classified information",
            ["Information Security Agreement (Japan–United Kingdom)", "In force", "4 July 2013", "January 2014"],
        ),
        ("Logistic support", ["UK–Japan Defence Logistics Treaty", "Signed", "26 January 2017", "Not known"]),
        (
            "Status of forces",
            ["Reciprocal Access Agreement (Japan–United Kingdom)", "Signed", "11 January 2023", "Not known"],
        ),
    ]


def test_the_order_of_the_two_states_changes_no_fact(japan: Written) -> None:
    there, back = pair(japan), pair(japan, "NOR", "JPN")
    assert there.title.text != back.title.text
    assert names(there) == names(back)
    assert sorted(texts(section(there, "people"))) == sorted(texts(section(back, "people")))
    assert texts(section(there, "agreements")) == texts(section(back, "agreements"))


def test_every_pair_of_the_sample_cites_only_its_notes(japan: Written) -> None:
    for code in ("NOR", "GBR", "USA", "FRA", "ITA", "SWE"):
        compilation = Compilation(japan.session, OPTIONS)
        told = pair_chapter(compilation, state_id("JPN"), state_id(code))
        items = [item for part in told.sections for item in items_of(part)]
        cited = {number for item in items for number in (*item.notes, *(item.support.notes if item.support else ()))}
        assert cited <= {note.number for note in compilation.notes.notes()}


def test_people_are_those_in_charge_and_no_ambassadors_elsewhere(japan: Written) -> None:
    rows = _rows(section(pair(japan), "people"))
    assert (
        "Norway",
        [
            "Minister of Defence of Norway",
            "not shown",
            "Bjørn Arild Gram 12 April 2022 to 3 September 2024 or later",
        ],
    ) in rows
    assert not [post for _, (post, *_) in rows if "Ambassador of Japan" in post]
    usa = _rows(section(pair(japan, "JPN", "USA"), "people"))
    assert "Ambassador of the United States to Japan" in [post for _, (post, *_) in usa]


def test_the_holders_follow_the_day(japan: Written) -> None:
    rows = dict(_rows(section(pair(japan, options=BriefingOptions(day="2024-09-03")), "people"))[1:2])
    held = rows["Japan"]
    assert held[0] == "Minister of Defense of Japan"
    assert held[1] == "Minoru Kihara 13 September 2023 to 1 October 2024"


def test_the_status_follows_the_day(japan: Written) -> None:
    early = pair(japan, "JPN", "GBR", BriefingOptions(day="2013-12-31"))
    statuses = {cells[0]: cells[1:] for _, cells in _rows(section(early, "agreements"))}
    assert statuses["Information Security Agreement (Japan–United Kingdom)"] == ["Signed", "4 July 2013", ""]
    assert statuses["UK–Japan Defence Logistics Treaty"] == ["Not known", "", "Not known"]
    planned = [item for item in items_of(section(early, "pending")) if item.label == "Planned"]
    assert {text_of(item) for item in planned} >= {"UK–Japan Defence Logistics Treaty"}


def test_a_third_party_makes_an_agreement_one_of_several(case: Written) -> None:
    both = _agreement(case, "Between the two", "JPN", "mod-NOR", signature="2020-01-01")
    _agreement(case, "With Germany", "JPN", "NOR", "DEU", signature="2021-01-01")
    _agreement(case, "Without Norway", "JPN", "DEU", signature="2022-01-01")
    case.add(Party, agreement=both, organization=case.ids["mod-JPN"])
    told = pair(case)
    assert [cells[0] for _, cells in _rows(section(told, "agreements"))] == ["Between the two"]
    assert [cells[0] for _, cells in _rows(section(told, "plurilateral"))] == ["With Germany"]
    assert "with Germany" in texts(section(told, "plurilateral"))


def test_a_party_that_has_come_further_than_the_whole_is_told(case: Written) -> None:
    key = _agreement(case, "Of several", "JPN", "NOR", "DEU", signature="2021-01-01")
    case.add(PartyAction, agreement=key, organization=case.ids["NOR"], action="ratification", date="2022-02-02")
    assert "Norway: ratified" in texts(section(pair(case), "plurilateral"))
    assert "Norway: ratified" not in texts(
        section(pair(case, options=BriefingOptions(day="2021-12-31")), "plurilateral")
    )


def test_a_pair_without_agreements_gets_a_calm_sentence(case: Written) -> None:
    told = pair(case)
    assert names(told) == ["map", "agreements"]
    assert texts(section(told, "agreements")) == ["No agreement between Japan and Norway is on file."]
    _agreement(case, "Of several", "JPN", "NOR", "DEU")
    assert texts(section(pair(case), "agreements")) == ["No agreement between Japan and Norway alone is on file."]


def test_one_state_twice_is_refused(case: Written) -> None:
    with pytest.raises(InvalidValue):
        pair(case, "JPN", "JPN")


def test_agreements_that_were_entered_twice_stand_once(case: Written) -> None:
    first = _agreement(case, "One", "JPN", "NOR", signature="2020")
    second = case.add(Agreement, title="One again", merged_into=first)
    for code in ("JPN", "NOR"):
        case.add(Party, agreement=second, organization=case.ids[code])
    assert [cells[0] for _, cells in _rows(section(pair(case), "agreements"))] == ["One"]


def test_what_is_pending_and_planned(case: Written) -> None:
    _agreement(case, "Signed", "JPN", "NOR", signature="2020-01-01")
    _agreement(case, "In force", "JPN", "NOR", signature="2020-01-01", entry_into_force="2021-01-01")
    _agreement(case, "Talked about", "JPN", "NOR", negotiation_opened="2025-01-01")
    _agreement(case, "To come", "JPN", "NOR", signature="2027-03-01")
    visit = case.add(Event, title="Visit", date="2027-01-01")
    for code in ("JPN", "NOR"):
        case.add(Participation, event=visit, participant=case.ids[code])
    told = pair(case)
    found = [(item.label, text_of(item)) for item in items_of(section(told, "pending"))]
    assert found == [
        ("Signed, not known to be in force", "Signed"),
        ("Under negotiation", "Talked about"),
        ("Planned", "To come"),
        ("1 January 2027", "Visit"),
    ]
    assert "meetings" not in names(told)
    assert "Visit 1 January 2027" in texts(section(told, "summary"))


def test_statements_are_of_one_about_the_other(case: Written) -> None:
    minister = case.add(Person, name="Minister")
    case.add(Membership, person=minister, organization=case.ids["mod-JPN"])
    key = _agreement(case, "Between the two", "JPN", "NOR")
    case.add(Statement, speaker=minister, text="On Norway", concerns=[case.ids["mod-NOR"]])
    case.add(Statement, speaker=case.ids["NOR"], text="On the agreement", concerns=[key])
    case.add(Statement, speaker=minister, text="On Germany", concerns=[case.ids["DEU"]])
    case.add(Statement, speaker=case.ids["DEU"], text="From outside", concerns=[key])
    assert sorted(texts(section(pair(case), "statements"))) == ["On Norway", "On the agreement"]


def test_judgements_about_a_third_state_stay_out(case: Written) -> None:
    for text, about in (("One", ["JPN"]), ("Both", ["JPN", "NOR", "DEU"]), ("Elsewhere", ["JPN", "DEU"])):
        concerns = [case.ids[code] for code in about]
        case.add(Assessment, judgement=text, assessment_form="key judgement", concerns=concerns)
    assert texts(section(pair(case), "key-judgements")) == ["One", "Both"]


def test_a_programme_of_both_is_theirs(case: Written) -> None:
    case.add(Programme, name="Common", organizations=[case.ids["mod-JPN"], case.ids["NOR"]])
    case.add(Programme, name="Another", organizations=[case.ids["mod-JPN"], case.ids["DEU"]])
    assert texts(section(pair(case), "programmes")) == ["Common"]


def test_bodies_below_each_other_and_in_a_circle(case: Written) -> None:
    upper = case.add(Organization, name="Navy", classification="armed service", parent=case.ids["mod-JPN"])
    lower = case.add(Organization, name="Squadron", parent=upper)
    case.add(Organization, name="Colony", classification="state", parent=case.ids["JPN"])
    first = case.add(Organization, name="Round", parent=lower)
    case.add(Organization, name="And round", parent=first)
    set_field(case.session, upper, "merged_into", str(lower))
    case.ids["low"] = lower
    _agreement(case, "Far below", "low", "NOR")
    case.add(Post, label="Commander", organization=upper)
    told = pair(case)
    assert [cells[0] for _, cells in _rows(section(told, "agreements"))] == ["Far below"]
    assert [cells[0] for _, cells in _rows(section(told, "people"))] == ["Commander"]


def _many(case: Written, count: int) -> None:
    subjects = list(Subject)
    for number in range(count):
        actions = {"signature": f"{1990 + number % 30}-0{1 + number % 9}-11"}
        if number % 3 == 0:
            actions["entry_into_force"] = f"{1991 + number % 30}"
        _agreement(
            case, f"Agreement {number:03}", "JPN", "NOR", subjects=[subjects[number % 12], subjects[3]], **actions
        )


def test_sixty_agreements_each_once_by_subject_then_status(case: Written) -> None:
    _many(case, 60)
    rows = _rows(section(pair(case), "agreements"))
    assert sorted(cells[0] for _, cells in rows) == [f"Agreement {number:03}" for number in range(60)]
    groups = list(dict.fromkeys(group for group, _ in rows))
    order = [subject.value.capitalize() for subject in Subject]
    assert groups == sorted(groups, key=order.index)
    for group in groups:
        statuses = [cells[1] for each, cells in rows if each == group]
        assert statuses == sorted(statuses)  # “In force” before “Signed”
    assert texts(section(pair(case), "summary"))[0] == "60 agreements: 20 in force, 40 signed"


def test_reading_takes_as_many_statements_for_many_as_for_few(case: Written) -> None:
    ran: list[str] = []

    def count(*args: object) -> None:
        ran.append(str(args[2]))

    _many(case, 5)
    engine = case.session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    pair(case)
    few, ran[:] = len(ran), []
    event.remove(engine, "before_cursor_execute", count)
    _many(case, 40)
    case.session.flush()
    event.listen(engine, "before_cursor_execute", count)
    pair(case)
    event.remove(engine, "before_cursor_execute", count)
    assert len(ran) == few


def test_what_is_above_the_ceiling_is_left_out_and_counted(case: Written) -> None:
    with_secret = _agreement(case, "Open", "JPN", "NOR", signature="2020-01-01")
    _agreement(case, "Hidden", "JPN", "NOR", signature="2020-01-01")
    for cls in (Agreement, Party, PartyAction):
        table = table_of(cls)
        case.session.execute(table.update().values(marking="CLEAR"))
    case.session.execute(table_of(Agreement).update().where(Agreement.title == "Hidden").values(marking="AMBER"))
    case.add(PartyAction, agreement=with_secret, action="termination", date="2023-01-01", marking="RED")
    compilation = Compilation(case.session, BriefingOptions(day=DAY, ceiling=Tlp.GREEN))
    told = pair_chapter(compilation, state_id("JPN"), state_id("NOR"))
    assert _rows(section(told, "agreements")) == [
        ("No subject given", ["Open", "Signed", "1 January 2020", "Not stated"])
    ]
    assert len({record for record, _ in compilation.weights.ceiling.withheld}) == 2


def test_a_briefing_of_a_pair_ends_with_its_sources(japan: Written) -> None:
    briefing = pair_briefing(japan.session, state_id("JPN"), state_id("NOR"), OPTIONS)
    assert [part.name for part in briefing.sections()][-1] == "sources"
    assert briefing.front.marking is not None
    assert briefing.front.marking.tlp is Tlp.CLEAR
