"""What the log tells people: who did what and when, what a record was on a day, and where two disagree."""

import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from db.engine import connect, open_engine, open_sessions
from db.errors import InvalidValue, RecordNotFound
from db.identity import new_id
from db.models import (
    ENTITIES,
    Agreement,
    Organization,
    OtherName,
    Party,
    PartyAction,
    Person,
    Post,
    Provision,
    Signatory,
)
from db.operations.records import add_record, set_field
from db.queries.history import changes, conflicts, entries, known_by, moment, record_as_known
from db.queries.records import list_records
from tests.db.case import COLLEAGUE, Case, Sample
from tests.db.merging.test_union import SCENARIOS, STEPS
from tests.db.replicas import MEMORY, Replicas, Step, make_seed

NEWEST = 2**62
DAY = 86_400_000


def at(day: str) -> int:
    """Noon of a day (UTC) in Unix milliseconds."""
    return int(datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).timestamp() * 1000) + DAY // 2


@pytest.fixture
def other(case: Case, sample: Sample) -> Iterator[Case]:
    other = case.fork()
    yield other
    other.close()


class TestEntries:
    def test_newest_first_with_author_label_time_and_size(self, case: Case) -> None:
        with case.edit("First", now=at("2024-01-05")) as session:
            key = add_record(session, Person, {"name": "A"})
        with case.edit("Second", now=at("2024-02-05")) as session:
            set_field(session, key, "name", "B")
            set_field(session, key, "honorific", "Dr")
        second, first = case.entries()
        assert (first.label, first.author, first.changes) == ("First", "Analyst", 2), "the person and the author"
        assert (second.label, second.changes) == ("Second", 2), "values from creation are no changes"
        assert second.at == datetime(2024, 2, 5, 12, tzinfo=UTC)
        assert second.learnt > first.learnt

    def test_of_one_record_and_its_parts(self, case: Case, sample: Sample) -> None:
        case.put(sample.minister, "name", "X")
        case.put(sample.agreement, "title", "Y")
        provision = case.add(Provision, agreement=sample.agreement, provision_kind="cost", text="x")
        labels = [entry.label for entry in case.read(entries, sample.agreement)]
        assert labels == ["Add provision", "Set title", "Add agreement"]
        assert [entry.label for entry in case.read(entries, provision)] == ["Add provision"]

    def test_of_a_deleted_record(self, case: Case, sample: Sample) -> None:
        case.delete(sample.minister)
        assert [entry.label for entry in case.read(entries, sample.minister)] == ["Delete", "Add person"]

    def test_of_a_record_that_never_was(self, case: Case) -> None:
        with pytest.raises(RecordNotFound, match="never was"):
            case.read(entries, new_id())

    def test_a_merge_is_an_entry_that_stands_where_it_was_learnt(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Theirs")
        case.put(sample.minister, "name", "Ours")
        receipt = case.merge(other)
        case.put(sample.minister, "name", "Later")
        found = case.entries()
        assert [entry.label for entry in found[:4]] == [
            "Set name",
            "Merge of Colleague.casefile",
            "Set title",
            "Set name",
        ]
        assert (found[1].id, found[1].author, found[1].changes) == (receipt.id, "Analyst", receipt.changes)
        assert found[2].author == "Colleague"

    def test_undone_means_undone_for_now(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "title", "Changed")
        case.undo_last()
        assert [entry.undone for entry in case.entries()[:2]] == [False, True]
        case.undo_last()
        assert [entry.undone for entry in case.entries()[:3]] == [False, True, False], "redone"
        case.undo_last()
        assert [entry.undone for entry in case.entries()[:4]] == [False, True, False, True]

    def test_a_clock_ahead_of_ours_is_flagged(self, case: Case) -> None:
        now = datetime(2024, 6, 1, tzinfo=UTC)
        for day in ("2024-05-31", "2024-06-01", "2024-06-03"):
            with case.edit(now=at(day)) as session:
                add_record(session, Person, {"name": day})
        assert [entry.from_future for entry in case.read(entries, now=now)] == [True, False, False]

    @pytest.mark.parametrize("milliseconds", [-(2**47), -1, 0, 2**47 - 1, 2**63, -(2**63)])
    def test_no_clock_is_too_far_off_to_be_shown(self, milliseconds: int) -> None:
        assert 1 <= moment(milliseconds).year <= 9999


class TestChanges:
    def test_before_and_after_in_words(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature", date="2024-09")
        with case.edit("Several") as session:
            set_field(session, action, "date", "2024-09-03")
            set_field(session, action, "action", "definitive signature")
            set_field(session, action, "organization", sample.japan)
            set_field(session, action, "place", "Tokyo")
        found = case.read(changes, case.entries()[0].id)
        assert {(row.kind, row.field, row.before, row.after) for row in found} == {
            ("actions", "date", "September 2024", "3 September 2024"),
            ("actions", "action", "signature", "definitive signature"),
            ("actions", "organization", "", "Japan"),
            ("actions", "place", "", "Tokyo"),
        }
        assert {(row.op, row.record) for row in found} == {("U", action)}

    def test_before_is_what_was_there_and_not_what_was_first(self, case: Case, sample: Sample) -> None:
        for title in "ABC":
            case.put(sample.agreement, "title", title)
        told = [case.read(changes, entry.id)[0] for entry in case.entries()[:3]]
        assert [(row.before, row.after) for row in told] == [("B", "C"), ("A", "B"), ("Memorandum", "A")]

    def test_creation_and_deletion_have_no_field(self, case: Case, sample: Sample) -> None:
        case.delete(sample.minister)
        (row,) = case.read(changes, case.entries()[0].id)
        assert (row.op, row.record, row.kind, row.field, row.before, row.after) == (
            "D",
            sample.minister,
            "officials",
            "",
            "",
            "",
        )

    def test_of_one_record_only(self, case: Case, sample: Sample) -> None:
        with case.edit("Two") as session:
            set_field(session, sample.agreement, "title", "A")
            set_field(session, sample.minister, "name", "B")
        (row,) = case.read(changes, case.entries()[0].id, sample.minister)
        assert (row.before, row.after) == ("Bjørn Arild Gram", "B")

    def test_members_of_a_set_are_told_by_their_table(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "subjects", [])
        assert [(row.op, row.kind) for row in case.read(changes, case.entries()[0].id)] == [("D", "agreement_subject")]

    def test_of_an_edit_that_is_not_there(self, case: Case) -> None:
        with pytest.raises(RecordNotFound, match="There is no edit"):
            case.read(changes, new_id())


class TestConflicts:
    def test_two_values_and_the_one_shown_is_last(self, case: Case, sample: Sample, other: Case) -> None:
        with other.edit(now=at("2030-01-01")) as session:
            set_field(session, sample.agreement, "title", "Theirs")
        case.put(sample.agreement, "title", "Ours")
        case.merge(other)
        (row,) = case.read(conflicts)
        assert (row.record, row.kind, row.title, row.field) == (sample.agreement, "agreements", "Theirs", "title")
        assert row.values == ("Ours", "Theirs")
        assert case.value(sample.agreement, "title") == "Theirs"

    def test_references_are_told_by_name(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "depositary", sample.norway)
        case.put(sample.agreement, "depositary", sample.japan)
        case.merge(other)
        (row,) = case.read(conflicts)
        assert (row.field, set(row.values)) == ("depositary", {"Japan", "Norway"})

    def test_the_same_value_twice_is_none(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Same")
        case.put(sample.agreement, "title", "Same")
        case.merge(other)
        assert case.read(conflicts) == []

    def test_one_side_cleared_it(self, case: Case, sample: Sample, other: Case) -> None:
        case.put(sample.agreement, "summary", "x")
        case.merge(other)
        other.merge(case)
        other.put(sample.agreement, "summary", None)
        case.put(sample.agreement, "summary", "y")
        case.merge(other)
        (row,) = case.read(conflicts)
        assert set(row.values) == {"", "y"}

    def test_setting_the_field_ends_it_on_both_sides(self, case: Case, sample: Sample, other: Case) -> None:
        other.put(sample.agreement, "title", "Theirs")
        case.put(sample.agreement, "title", "Ours")
        case.merge(other)
        case.put(sample.agreement, "title", "Both")
        other.merge(case)
        assert (case.read(conflicts), other.read(conflicts)) == ([], [])
        assert other.value(sample.agreement, "title") == "Both"


class TestAsKnown:
    def test_on_a_day(self, case: Case, sample: Sample) -> None:
        for day, title in [("2040-03-01", "March"), ("2040-04-01", "April"), ("2040-05-01", "May")]:
            with case.edit(now=at(day)) as session:
                set_field(session, sample.agreement, "title", title)
        titles = [
            case.read(record_as_known, sample.agreement, case.read(known_by, day))["title"].value
            for day in ("2040-02-29", "2040-03-01", "2040-04-30", "2040-05-01", "9998-12-31")
        ]
        assert titles == ["Memorandum", "March", "April", "May", "May"]

    def test_a_day_ends_at_midnight_utc(self, case: Case) -> None:
        for now in (at("2040-03-01") + DAY // 2 - 1, at("2040-03-01") + DAY // 2):
            with case.edit(now=now) as session:
                add_record(session, Person, {"name": "A"})
        first, last = case.entries()[1].learnt, case.entries()[0].learnt
        assert [case.read(known_by, f"2040-0{day}") for day in ("2-29", "3-01", "3-02")] == [0, first, last]

    @pytest.mark.parametrize(
        "day", ["", "yesterday", "2024", "2024-13-01", "2024-09-03T10:00", "9999-12-31", "2024-9-3"]
    )
    def test_what_is_no_day_is_refused_in_words(self, case: Case, day: str) -> None:
        with pytest.raises(InvalidValue, match=r"is no day\. Write it as 2026-11-23"):
            case.read(known_by, day)

    def test_what_a_merge_brought_was_learnt_at_the_merge(self, case: Case) -> None:
        with case.edit(now=at("2024-01-01")) as session:
            key = add_record(session, Person, {"name": "Ours"})
        other = case.fork()
        with other.edit(now=at("2024-02-01")) as session:
            set_field(session, key, "name", "Theirs")
        case.merge(other)
        other.close()
        names = [
            case.read(record_as_known, key, case.read(known_by, day))["name"].value
            for day in ("2024-01-01", "2024-03-01", "9998-12-31")
        ]
        assert names == ["Ours", "Ours", "Theirs"], "written in February, but not known here in March"

    def test_before_it_was_made_and_after_it_was_deleted(self, case: Case, sample: Sample) -> None:
        made = case.entries()[1].learnt
        case.delete(sample.minister)
        with pytest.raises(RecordNotFound, match="There was no record"):
            case.read(record_as_known, sample.minister, 1)
        with pytest.raises(RecordNotFound):
            case.read(record_as_known, sample.minister, NEWEST)
        row = case.read(record_as_known, sample.minister, made)
        assert (row.title, row.kind) == ("Bjørn Arild Gram", "officials")

    def test_sets_as_they_were(self, case: Case, sample: Sample) -> None:
        known = case.entries()[0].learnt
        whole = case.record(sample.agreement)
        case.put(sample.agreement, "parties", [sample.norway])
        case.put(sample.agreement, "subjects", ["peacekeeping"])
        later = case.entries()[0].learnt
        case.put(sample.agreement, "parties", [])
        assert case.read(record_as_known, sample.agreement, known) == whole
        assert case.read(record_as_known, sample.agreement, later)["parties"].value == {sample.norway}
        assert case.read(record_as_known, sample.agreement, NEWEST) == case.record(sample.agreement)

    def test_a_whole_deleted_record_with_its_sets(self, case: Case, sample: Sample) -> None:
        known, whole = case.entries()[0].learnt, case.record(sample.agreement)
        case.delete(sample.agreement)
        assert case.read(record_as_known, sample.agreement, known) == whole

    def test_a_record_with_a_computed_id_before_it_came_back(self, case: Case) -> None:
        key = case.add(Organization, name="Japan", iso_code="JPN", notes="first")
        known = case.entries()[0].learnt
        case.delete(key)
        gone = case.entries()[0].learnt
        case.add(Organization, name="Nippon", iso_code="JPN")
        assert case.read(record_as_known, key, known)["notes"].value == "first"
        assert case.read(record_as_known, key, known)["name"].value == "Japan"
        with pytest.raises(RecordNotFound):
            case.read(record_as_known, key, gone)
        assert case.read(record_as_known, key, NEWEST)["notes"].value is None

    def test_a_signatory_for_an_organization_is_one_member(self, case: Case, sample: Sample) -> None:
        action = case.add(PartyAction, agreement=sample.agreement, action="signature")
        case.add(Signatory, action=action, person=sample.minister, organization=sample.norway)
        assert case.read(record_as_known, action, NEWEST) == case.record(action)

    def test_a_deleted_record_that_lives_on_because_another_needs_it(self, case: Case, other: Case) -> None:
        body = case.add(Organization, name="Body")
        other.merge(case)
        other.add(Post, label="Head", organization=body)
        case.delete(body)
        case.merge(other)
        assert case.read(record_as_known, body, NEWEST) == case.record(body)

    def test_every_state_that_was_can_be_told(self, case: Case, sample: Sample) -> None:
        """Each step's record is met again at the change that it was."""
        then = {case.entries()[0].learnt: case.record(sample.agreement)}
        steps: list[tuple[str, object]] = [
            ("title", "A"),
            ("summary", "S"),
            ("parties", [sample.norway]),
            ("title", "B"),
            ("summary", None),
            ("parties", [sample.norway, sample.japan]),
            ("subjects", ["procurement", "peacekeeping"]),
            ("marking", "RED"),
            ("depositary", sample.japan),
            ("depositary", sample.norway),
        ]
        for name, value in steps:
            case.put(sample.agreement, name, value)
            then[case.entries()[0].learnt] = case.record(sample.agreement)
        for known, row in then.items():
            assert case.read(record_as_known, sample.agreement, known) == row


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_seed(tmp_path_factory.mktemp("seed"))


def check_as_known_now(seed: Path, steps: list[Step]) -> None:
    """After any steps and merges, every record is known as it is, and the history can be told."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        replicas = Replicas(Path(folder), seed)
        replicas.run(steps)
        replicas.copies[0].take_in(replicas.copies[1].path)
        with open_sessions(replicas.copies[0].engine)() as session:
            for cls in ENTITIES:
                for row in list_records(session, cls):
                    assert record_as_known(session, row.id, NEWEST) == row
            for entry in entries(session):
                if not entry.label.startswith("Merge"):
                    assert changes(session, entry.id)
            conflicts(session)
        for copy in replicas.copies:
            copy.close()


@settings(max_examples=settings().max_examples // 5)
@given(steps=STEPS)
def test_known_now_is_what_is(seed: Path, steps: list[Step]) -> None:
    check_as_known_now(seed, steps)


@pytest.mark.parametrize("name", SCENARIOS)
def test_known_now_is_what_is_in_each_scenario(seed: Path, name: str) -> None:
    check_as_known_now(seed, SCENARIOS[name])


def test_reading_history_needs_no_right_to_write(case: Case, sample: Sample) -> None:
    case.put(sample.agreement, "title", "A")
    engine = open_engine(case.path)
    with open_sessions(engine)() as session:
        assert len(entries(session)) == 5
        assert record_as_known(session, sample.agreement, NEWEST).title == "A"
    engine.dispose()
    connection = connect(case.path)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM change")
    connection.close()


def test_kinds_in_the_history_are_those_of_the_program(case: Case, sample: Sample) -> None:
    party = case.read(list_records, Party)[0]
    case.add(OtherName, record=party.id, name="x")
    (row,) = case.read(changes, case.entries()[0].id)
    assert row.kind == "names"
    assert uuid.UUID(bytes=case.sql("SELECT id FROM other_name")[0][0]) == row.record
    assert [entry.author for entry in case.read(entries, party.id)] == ["Analyst", "Analyst"]
    case.editor = COLLEAGUE
    case.add(Agreement, title="x")
    assert case.entries()[0].author == "Colleague"
