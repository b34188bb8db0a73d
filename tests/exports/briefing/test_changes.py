"""The printed report of changes: what each side shows, as short as one needs to find the place."""

import uuid
from datetime import UTC, datetime

from db.merging.differences import State
from db.merging.preview import Contributor, Summary
from db.merging.sides import FieldDifference, PartDifference, RecordDifference, Told
from db.models.vocabulary import Tlp
from exports.briefing.changes import ChangeWords, change_report
from exports.briefing.document import Briefing, FactTable, Front, Item, Role, Section, Table
from exports.briefing.sheet import Marking

DAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = uuid.UUID(int=5)
FRONT = Front("Case", "abc", Marking(Tlp.GREEN, ""), "23 November 2026", DAY, "en-GB")


def record(state: State, mine: str, theirs: str) -> RecordDifference:
    about = FieldDifference(KEY, "agreement", "title", "title", Told(mine), Told(theirs))
    part = PartDifference(KEY, "agreement", "agreements", "A title", state, False, (about,))
    return RecordDifference(KEY, "agreements", "A title", state, (part,))


def report(*records: RecordDifference) -> Briefing:
    who = (Contributor(uuid.UUID(int=7), "Kari", 1, DAY, DAY),)
    summary = Summary(("a", "b"), True, who, {"agencies": 1}, {}, {}, 0, 0, 0, {State.NEW: 1})
    return change_report("a – b", summary, records, FRONT, words=ChangeWords(first="Yours", second="Theirs"))


def section(found: Briefing, name: str) -> Section:
    return next(each for each in found.chapters[0].sections if each.title == name)


def cells(table: Table) -> list[str]:
    return ["".join(item.text for item in cell.lines) for row in table.rows for cell in row.cells]


def test_who_brought_it_is_told_once_for_one_day() -> None:
    (facts,) = section(report(), "Summary").blocks
    assert isinstance(facts, FactTable)
    assert [(fact.label, fact.text) for fact in facts.facts] == [
        ("Brought by Kari", "1 edit, 23 November 2026"),
        ("Added", "1 agency"),
    ]


def test_what_only_one_side_has_takes_one_column() -> None:
    found = report(record(State.NEW, "", "Theirs alone"), record(State.DELETED, "Mine alone", ""))
    for name, heading, text in (("New", "Theirs", "Theirs alone"), ("Deleted", "Yours", "Mine alone")):
        title, table = section(found, name).blocks
        assert isinstance(title, Item)
        assert isinstance(table, Table)
        assert (title.text, title.heads) == ("A title  agreement", True)
        assert [column.heading for column in table.columns] == ["Field", heading]
        assert cells(table) == ["Title", text]


def test_what_both_texts_say_is_shortened_between_words() -> None:
    same = "the same words " * 60
    _, table = section(report(record(State.CHANGED, f"{same}mine", f"{same}theirs")), "Changed").blocks
    assert isinstance(table, Table)
    _, mine, theirs = cells(table)
    assert mine.startswith("the same words")
    assert " […] " in mine
    assert mine.endswith("the same words mine")
    assert theirs.endswith("the same words theirs")
    assert len(mine) < 300


def roles(table: Table) -> list[tuple[str, Role]]:
    return [
        (run.text, run.role) for row in table.rows for cell in row.cells[1:] for line in cell.lines for run in line.runs
    ]


def test_what_came_and_went_is_marked_letter_by_letter_where_no_space_parts_words() -> None:
    _, table = section(report(record(State.CHANGED, "移転の協定", "移転に関する協定")), "Changed").blocks
    assert isinstance(table, Table)
    assert roles(table) == [
        ("移転", Role.BODY), ("の", Role.GONE), ("協定", Role.BODY),
        ("移転", Role.BODY), ("に関する", Role.ADDED), ("協定", Role.BODY),
    ]  # fmt: skip


def test_files_edited_apart_are_called_by_their_names() -> None:
    words = ChangeWords().beside("ann {1}.casefile", "bo.casefile")
    who = (Contributor(uuid.UUID(int=7), "Kari", 1, DAY, DAY),)
    counts = Summary(("a", "b"), True, who, {"agencies": 1}, {}, {}, 0, 0, 0, {State.NEW: 1})
    records = [record(State.NEW, "", "Theirs"), record(State.CHANGED, "one same", "two same")]
    found = change_report("a – b", counts, records, FRONT, own=who, words=words)
    assert [each.title for each in found.chapters[0].sections] == ["Summary", "Only in bo.casefile", "Different"]
    (facts,) = section(found, "Summary").blocks
    assert isinstance(facts, FactTable)
    assert [fact.label for fact in facts.facts] == [
        "Edits only in ann {1}.casefile, by Kari", "Edits only in bo.casefile, by Kari", "Only in bo.casefile"
    ]  # fmt: skip
    _, table = section(found, "Different").blocks
    assert isinstance(table, Table)
    assert [column.heading for column in table.columns] == ["Field", "ann {1}.casefile", "bo.casefile"]
    assert Role.GONE not in dict(roles(table)).values(), "neither is the earlier one"
