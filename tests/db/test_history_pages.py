"""The history page by page: it must say the same as the whole history, in pages of any size."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from db.errors import RecordNotFound
from db.identity import new_id
from db.models import Agreement, Organization, PartyAction, Person, Provision, Signatory
from db.operations.records import add_record, add_records, delete_record, set_field
from db.queries.entry_changes import ChangeLine, Happening, entry_changes
from db.queries.history_pages import Entry, Position, Wanted, authors, entry_page
from db.queries.known import known_after, known_on
from db.queries.record_pages import last_touch
from tests.db.case import ANALYST, COLLEAGUE, Case, Sample


@pytest.fixture
def other(case: Case, sample: Sample) -> Iterator[Case]:
    other = case.fork()
    yield other
    other.close()


@pytest.fixture
def merged(case: Case, sample: Sample, other: Case) -> Case:
    """Edits here, edits there, a merge, and an edit after it."""
    other.put(sample.agreement, "title", "Theirs")
    other.put(sample.minister, "honorific", "Mr")
    case.put(sample.minister, "name", "Ours")
    case.merge(other)
    case.put(sample.minister, "name", "Later")
    return case


def pages(case: Case, wanted: Wanted, limit: int) -> list[Entry]:
    found: list[Entry] = []
    after: Position | None = None
    while True:
        page = case.read(entry_page, wanted, after, limit=limit)
        found += page.entries
        if page.after is None:
            return found
        after = page.after


def lines(case: Case, about: uuid.UUID | None = None) -> tuple[ChangeLine, ...]:
    return case.read(entry_changes, case.entries()[0].id, about).lines


class TestPages:
    @pytest.mark.parametrize("limit", [1, 2, 3, 100])
    def test_say_what_the_whole_history_says(self, merged: Case, limit: int) -> None:
        whole = merged.entries()
        found = pages(merged, Wanted(), limit)
        assert [entry.id for entry in found] == [entry.id for entry in whole]
        assert [(entry.at, entry.changes, entry.undone) for entry in found] == [
            (entry.at, entry.changes, entry.undone) for entry in whole
        ]

    @pytest.mark.parametrize("limit", [1, 100])
    def test_of_a_record_and_its_parts(self, case: Case, sample: Sample, limit: int) -> None:
        case.add(Provision, agreement=sample.agreement, provision_kind="cost", text="x")
        case.put(sample.minister, "name", "X")
        case.put(sample.agreement, "title", "Y")
        found = pages(case, Wanted(record=sample.agreement), limit)
        assert [entry.label for entry in found] == ["Set title", "Add provision", "Add agreement"]

    def test_of_a_record_count_what_is_of_it(self, case: Case, sample: Sample) -> None:
        with case.edit("Both") as session:
            set_field(session, sample.agreement, "title", "Y")
            set_field(session, sample.minister, "name", "X")
        assert case.read(entry_page, Wanted(record=sample.agreement)).entries[0].changes == 1
        assert case.read(entry_page).entries[0].changes == 2

    def test_a_merge_stands_above_what_it_brought(self, merged: Case) -> None:
        found = pages(merged, Wanted(), 2)
        assert [entry.is_merge for entry in found[:4]] == [False, True, False, False]
        assert (found[1].origin, found[1].author) == ("Colleague.casefile", ANALYST.id)
        assert {entry.author for entry in found[2:4]} == {COLLEAGUE.id}

    def test_by_one_author(self, merged: Case) -> None:
        found = pages(merged, Wanted(author=COLLEAGUE.id), 1)
        assert [entry.label for entry in found] == ["Set honorific", "Set title"]

    def test_by_another_program(self, case: Case, sample: Sample) -> None:
        case.sql("UPDATE person SET name = 'Z'")
        (entry,) = pages(case, Wanted(by_other_program=True), 10)
        assert (entry.author, entry.name, entry.label) == (None, "", "")

    @pytest.mark.parametrize("words", ["ØRSTED", "orsted kyoto", "京都", "Ｋyoto"])
    def test_by_words_whatever_their_case_accents_and_width(self, case: Case, words: str) -> None:
        with case.edit("Add Ørsted 京都 Kyoto") as session:
            add_record(session, Person, {"name": "x"})
        case.add(Person, name="y")
        assert [entry.label for entry in pages(case, Wanted(words=words), 1)] == ["Add Ørsted 京都 Kyoto"]

    def test_of_nothing(self, case: Case) -> None:
        page = case.read(entry_page, Wanted(words="no such words"))
        assert (page.entries, page.after) == ((), None)

    def test_undone_and_redone(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "Changed")
        case.undo_last()
        assert [entry.undone for entry in case.read(entry_page).entries[:2]] == [False, True]
        case.undo_last()
        assert [entry.undone for entry in case.read(entry_page).entries[:3]] == [False, True, False]

    def test_a_clock_ahead_of_ours_is_flagged(self, case: Case, sample: Sample) -> None:
        early = datetime(2024, 1, 1, tzinfo=UTC)
        assert all(entry.from_future for entry in case.read(entry_page, now=early).entries)
        assert not any(entry.from_future for entry in case.read(entry_page).entries)

    def test_of_a_record_that_never_was(self, case: Case) -> None:
        with pytest.raises(RecordNotFound):
            case.read(entry_page, Wanted(record=new_id()))

    def test_authors_by_name_and_other_programs_last(self, merged: Case) -> None:
        assert [row.name for row in merged.read(authors)] == ["Analyst", "Colleague"]
        merged.sql("UPDATE person SET name = 'Z'")
        assert [row.id for row in merged.read(authors)] == [ANALYST.id, COLLEAGUE.id, None]


class TestChanges:
    def test_a_field_before_and_after(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "Later")
        (line,) = lines(case)
        assert (line.title, line.field, line.before, line.after) == ("Later", "title", "Memorandum", "Later")
        assert (line.kind, line.is_there, line.happening) == ("agreements", True, Happening.SET)

    def test_members_of_sets_are_words_of_the_record(self, case: Case, sample: Sample) -> None:
        with case.edit("Sets") as session:
            set_field(session, sample.agreement, "subjects", "logistic support")
            set_field(session, sample.agreement, "parties", [sample.japan])
        told = {(line.record, line.field, line.before, line.after) for line in lines(case)}
        assert told == {
            (sample.agreement, "subjects", "procurement", ""),
            (sample.agreement, "subjects", "", "logistic support"),
            (sample.agreement, "parties", "Norway", ""),
        }

    def test_a_record_that_went_keeps_its_name(self, case: Case, sample: Sample) -> None:
        case.delete(sample.minister)
        (line,) = lines(case)
        assert (line.happening, line.title, line.is_there) == (Happening.DELETED, "Bjørn Arild Gram", False)

    def test_a_record_that_came_back_tells_only_what_is_new(self, case: Case, sample: Sample) -> None:
        case.delete(sample.minister)
        case.undo_last()
        (line,) = lines(case)
        assert (line.happening, line.title) == (Happening.RETURNED, "Bjørn Arild Gram")

    def test_a_state_tells_what_it_was_entered_with(self, case: Case) -> None:
        case.add(Organization, name="Poland", iso_code="POL")
        told = {(line.field, line.after) for line in lines(case)}
        assert {("", ""), ("name", "Poland"), ("iso_code", "POL")} <= told

    def test_about_one_record_of_several(self, case: Case, sample: Sample) -> None:
        with case.edit("Both") as session:
            set_field(session, sample.agreement, "title", "Y")
            set_field(session, sample.minister, "name", "X")
        assert [line.after for line in lines(case, sample.minister)] == ["X"]

    def test_many_changes_come_in_pages(self, case: Case, sample: Sample) -> None:
        with case.edit("Import") as session:
            add_records(session, Person, [{"name": f"P{n}"} for n in range(7)])
        entry = case.entries()[0].id
        first = case.read(entry_changes, entry, limit=4)
        assert first.after is not None
        rest = case.read(entry_changes, entry, None, first.after, limit=4)
        assert [line.title for line in (*first.lines, *rest.lines)] == [f"P{n}" for n in range(7)]
        assert rest.after is None


class TestKnown:
    def test_what_differs_from_now(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "summary", "Once")
        position = case.read(entry_page).entries[0].position
        case.put(sample.agreement, "summary", "Now")
        then = case.read(known_after, sample.agreement, position[0])
        assert [(field.name, field.then, field.now) for field in then.fields if field.differs] == [
            ("summary", "Once", "Now")
        ]
        assert {field.name for field in then.fields} == {"title", "parties", "subjects", "summary"}

    def test_of_a_record_that_is_gone(self, case: Case, sample: Sample) -> None:
        position = case.read(entry_page).entries[0].position
        with case.edit("Delete") as session:
            delete_record(session, sample.minister)
        then = case.read(known_after, sample.minister, position[0])
        assert not then.is_there
        assert then.fields[0].now == ""

    def test_on_a_day_before_it_was(self, case: Case) -> None:
        with case.edit("Add") as session:
            key = add_record(session, Agreement, {"title": "A"})
        with pytest.raises(RecordNotFound):
            case.read(known_on, key, "1999-12-31")
        assert case.read(known_on, key, "9999-12-30").title == "A"


class TestLastTouch:
    def test_parts_and_their_parts_count(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        case.editor = COLLEAGUE
        case.add(Signatory, action=action, as_reported="a minister")
        touch, newest = case.read(last_touch, sample.agreement), pages(case, Wanted(record=sample.agreement), 1)[0]
        assert newest.label == "Add signatory"
        assert (touch.name, touch.author, touch.at) == (COLLEAGUE.name, newest.author, newest.at)

    def test_what_is_gone_counts(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        case.editor = COLLEAGUE
        case.delete(action)
        assert case.read(last_touch, sample.agreement).name == COLLEAGUE.name
