"""Whatever road a write takes, it is one entry of the log that tells what was changed, by whom and after what."""

import sqlite3
import threading
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from db import engine
from db.errors import FileNotWritten, RecordNotFound
from db.identity import new_id
from db.log import Editor, edit, revision
from db.models import Agreement, Author, Organization, Person, Tag
from db.operations.records import add_record, add_records, delete_record, set_field
from tests.db.case import ANALYST, COLLEAGUE, Case, Sample

Told = tuple[str, str | None, object]


def told(case: Case, key: uuid.UUID) -> list[Told]:
    """What the log tells of a record: operation, field and value, oldest first."""
    return case.sql("SELECT op, field, value FROM change WHERE record = ? ORDER BY n", key.bytes)


def changesets(case: Case) -> int:
    return int(case.sql("SELECT count(*) FROM changeset")[0][0])


def by_class(session: Session) -> None:
    agreement = session.query(Agreement).one()
    agreement.title = "Changed"


def by_statement(session: Session) -> None:
    session.execute(update(Agreement).values(title="Changed"))


def by_sql(session: Session) -> None:
    session.execute(text("UPDATE agreement SET title = 'Changed'"))


def by_field(session: Session) -> None:
    set_field(session, session.query(Agreement).one().id, "title", "Changed")


class TestRoads:
    @pytest.mark.parametrize("write", [by_class, by_statement, by_sql, by_field])
    def test_an_update_is_told_whichever_way_it_was_written(
        self, case: Case, sample: Sample, write: Callable[[Session], None]
    ) -> None:
        with case.edit("Retitle") as session:
            write(session)
        assert told(case, sample.agreement) == [
            ("I", None, None),
            ("X", "title", "Memorandum"),
            ("U", "title", "Changed"),
        ]
        assert case.labels()[0] == "Retitle"
        case.judge()

    def test_an_insert_tells_no_values(self, case: Case) -> None:
        assert told(case, case.add(Person, name="A")) == [("I", None, None)]

    def test_an_insert_with_a_computed_id_tells_its_values(self, case: Case) -> None:
        """Two files can hold it apart from each other, so the values must be able to meet."""
        key = case.add(Tag, name="urgent", colour="red")
        assert told(case, key) == [("I", None, None), ("U", "colour", "red")]

    def test_a_deletion_tells_the_values_that_nobody_told_yet(self, case: Case) -> None:
        key = case.add(Person, name="A", honorific="Dr")
        case.put(key, "name", "B")
        case.delete(key)
        assert told(case, key) == [
            ("I", None, None),
            ("X", "name", "A"),
            ("U", "name", "B"),
            ("D", None, None),
            ("X", "honorific", "Dr"),
        ]
        case.judge()

    def test_a_value_from_creation_is_told_once(self, case: Case) -> None:
        key = case.add(Person, name="A")
        for name in "BCD":
            case.put(key, "name", name)
        assert [value for op, _, value in told(case, key) if op == "X"] == ["A"]

    def test_many_rows_at_once_are_one_entry(self, case: Case) -> None:
        with case.edit("Import") as session:
            add_records(session, Person, [{"name": str(number)} for number in range(50)])
        with case.edit("Bulk") as session:
            session.execute(update(Person).values(notes="x"))
        with case.edit("Clear") as session:
            session.execute(delete(Person))
        assert case.labels() == ["Clear", "Bulk", "Import"]
        assert [entry.changes for entry in case.entries()] == [50, 50, 51], "fifty persons and, at first, the author"
        case.judge()

    def test_insert_or_replace_tells_the_old_and_the_new_row(self, case: Case) -> None:
        key = case.add(Person, name="A", honorific="Dr")
        with case.edit("Replace") as session:
            session.execute(
                text("INSERT OR REPLACE INTO person(pk, id, name) SELECT pk, id, 'B' FROM person WHERE id = :id"),
                {"id": key.bytes},
            )
        assert {("U", "name", "B"), ("X", "honorific", "Dr"), ("U", "honorific", None)} <= set(told(case, key))
        assert case.labels() == ["Replace", "Add person"]
        case.judge()

    def test_on_conflict_do_update_is_told(self, case: Case) -> None:
        key = case.add(Person, name="A")
        with case.edit("Upsert") as session:
            session.execute(
                text("INSERT INTO person(id, name) VALUES(:id, 'B') ON CONFLICT(id) DO UPDATE SET name = 'C'"),
                {"id": key.bytes},
            )
        assert told(case, key)[-1] == ("U", "name", "C")
        case.judge()

    def test_a_set_is_told_as_rows(self, case: Case, sample: Sample) -> None:
        before = changesets(case)
        case.put(sample.agreement, "subjects", ["peacekeeping"])
        assert changesets(case) == before + 1
        told_rows = case.sql("SELECT op FROM change WHERE kind = 'agreement_subject' AND op <> 'X' ORDER BY n")
        assert told_rows == [("I",), ("D",), ("I",)]
        case.judge()


class TestEntries:
    def test_an_entry_has_its_label_and_author(self, case: Case) -> None:
        case.add(Person, name="A")
        (entry,) = case.entries()
        assert (entry.label, entry.author) == ("Add person", "Analyst")

    def test_the_first_edit_introduces_its_author_and_no_other_does(self, case: Case) -> None:
        case.add(Person, name="A")
        case.add(Person, name="B")
        case.editor = COLLEAGUE
        case.add(Person, name="C")
        assert case.sql("SELECT id, name FROM author") == [
            (ANALYST.id.bytes, "Analyst"),
            (COLLEAGUE.id.bytes, "Colleague"),
        ]

    def test_a_rolled_back_edit_leaves_nothing(self, case: Case) -> None:
        before = case.rows(), changesets(case), case.sql("SELECT * FROM context")

        def fails_half_way(session: Session) -> None:
            add_record(session, Person, {"name": "A"})
            delete_record(session, new_id())

        with pytest.raises(RecordNotFound), case.edit() as session:
            fails_half_way(session)
        assert (case.rows(), changesets(case), case.sql("SELECT * FROM context")) == before
        assert case.sql("SELECT * FROM change") == []
        case.judge()

    def test_an_edit_that_fails_at_the_commit_leaves_nothing(self, case: Case) -> None:
        with pytest.raises(DatabaseError, match="FOREIGN KEY"), case.edit() as session:
            session.execute(
                text("INSERT INTO post(id, label, organization_id) VALUES(:id, 'x', :id)"), {"id": b"x" * 16}
            )
        assert changesets(case) == 0
        case.add(Person, name="A")
        case.judge()

    def test_an_edit_that_changes_nothing_leaves_no_entry(self, case: Case, sample: Sample) -> None:
        before = changesets(case)
        case.put(sample.agreement, "title", "Memorandum")
        case.put(sample.agreement, "subjects", ["procurement"])
        case.add(Organization, name="Japan", iso_code="JPN")
        with case.edit("Nothing"):
            pass
        assert changesets(case) == before
        assert case.sql("SELECT mode, changeset, first FROM context") == [("external", None, None)]

    def test_a_savepoint_that_is_rolled_back_is_not_told(self, case: Case) -> None:
        with case.edit() as session:
            kept = add_record(session, Person, {"name": "kept"})
            savepoint = session.begin_nested()
            lost = add_record(session, Person, {"name": "lost"})
            savepoint.rollback()
            also = add_record(session, Person, {"name": "also kept"})
        assert told(case, lost) == []
        assert [op for op, *_ in told(case, kept) + told(case, also)] == ["I", "I"]
        case.judge()

    def test_a_record_that_comes_and_goes_in_one_edit_is_told_as_both(self, case: Case) -> None:
        with case.edit() as session:
            key = add_record(session, Person, {"name": "A"})
            delete_record(session, key)
        assert told(case, key) == [("I", None, None), ("D", None, None), ("X", "name", "A")]
        case.judge()

    def test_changes_are_numbered_upwards_from_zero_in_each_entry(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "parties", [])
        case.sql("UPDATE agreement SET title = 'outside', summary = 'too'")
        case.delete(sample.minister)
        numbers: dict[int, list[int]] = {}
        for changeset, number in case.sql("SELECT changeset, ord FROM change ORDER BY n"):
            numbers.setdefault(changeset, []).append(number)
        assert len(numbers) > 5
        for found in numbers.values():
            assert found[0] == 0
            assert found == sorted(set(found))

    def test_two_changes_of_one_entry_cannot_have_one_number(self, case: Case, sample: Sample) -> None:
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            case.sql("INSERT INTO change(n, changeset, ord, op, kind, record) SELECT 999, 1, 0, 'I', 'tag', x'00'")


class TestOutside:
    """Another program's edit is logged as nobody's."""

    def test_it_is_marked_as_external(self, case: Case, sample: Sample) -> None:
        case.sql("UPDATE agreement SET title = 'outside'")
        entry = case.entries()[0]
        assert (entry.author, entry.label, entry.changes) == ("", "", 1)
        assert told(case, sample.agreement)[-1] == ("U", "title", "outside")
        case.judge()

    def test_each_row_is_an_entry_of_its_own(self, case: Case) -> None:
        case.sql("INSERT INTO person(id, name) VALUES(randomblob(16), 'A'), (randomblob(16), 'B')")
        assert len(case.entries()) == 2
        case.judge()

    def test_replacing_without_recursive_triggers_is_told(self, case: Case) -> None:
        key = case.add(Person, name="A", honorific="Dr")
        case.sql("PRAGMA recursive_triggers = OFF")
        case.sql("INSERT OR REPLACE INTO person(pk, id, name) SELECT pk, id, 'B' FROM person")
        assert told(case, key)[-1][0] == "U"
        assert {field: value for op, field, value in told(case, key) if op == "U"}["honorific"] is None
        case.judge()

    def test_it_takes_part_in_the_order(self, case: Case, sample: Sample) -> None:
        case.sql("UPDATE agreement SET title = 'outside'")
        case.put(sample.agreement, "title", "inside")
        parents = case.sql(
            """SELECT x.value, p.value FROM change x JOIN change p ON p.n = x.parent
               WHERE x.field = 'title' AND x.op = 'U' AND p.op = 'U'"""
        )
        assert parents == [("inside", "outside")]


class TestParents:
    def test_a_setting_names_the_one_before_and_the_first_one_the_creation(self, case: Case) -> None:
        key = case.add(Person, name="A")
        case.put(key, "name", "B")
        case.put(key, "name", "C")
        chain = case.sql(
            """SELECT x.value, p.op, p.value FROM change x JOIN change p ON p.n = x.parent
               WHERE x.record = ? AND x.op = 'U' ORDER BY x.n""",
            key.bytes,
        )
        assert chain == [("B", "I", None), ("C", "U", "B")]

    def test_fields_have_chains_of_their_own(self, case: Case) -> None:
        key = case.add(Person, name="A")
        case.put(key, "name", "B")
        case.put(key, "honorific", "Dr")
        (parent,) = case.sql("SELECT p.op FROM change x JOIN change p ON p.n = x.parent WHERE x.field = 'honorific'")[
            -1
        ]
        assert parent == "I"

    def test_a_deletion_knows_the_newest_of_every_field(self, case: Case) -> None:
        key = case.add(Person, name="A")
        for name, value in [("name", "B"), ("name", "C"), ("honorific", "Dr")]:
            case.put(key, name, value)
        case.delete(key)
        known = case.sql(
            """SELECT p.op, p.value FROM change x JOIN change_parent l ON l.n = x.n JOIN change p ON p.n = l.parent
               WHERE x.op = 'D' AND x.record = ? ORDER BY p.n""",
            key.bytes,
        )
        assert known == [("I", None), ("U", "C"), ("U", "Dr")]

    def test_setting_a_field_in_conflict_names_all_rivals(self, case: Case) -> None:
        key = case.add(Person, name="A")
        other = case.fork()
        case.put(key, "name", "B")
        other.put(key, "name", "C")
        case.merge(other)
        case.put(key, "name", "both")
        (newest,) = case.sql("SELECT max(n) FROM change WHERE op = 'U'")[0]
        rivals = case.sql(
            """SELECT value FROM change WHERE n IN (SELECT parent FROM change_parent WHERE n = ?
               UNION SELECT parent FROM change WHERE n = ?)""",
            newest,
            newest,
        )
        assert sorted(rivals) == [("B",), ("C",)]
        assert case.sql("SELECT * FROM head") == []
        other.close()


class TestRecordTable:
    def test_it_follows_creation_marking_and_deletion(self, case: Case) -> None:
        key = case.add(Person, name="A", marking="GREEN")
        row = "SELECT kind, marking FROM record WHERE id = ?"
        assert case.sql(row, key.bytes) == [("person", "GREEN")]
        case.put(key, "marking", "RED")
        assert case.sql(row, key.bytes) == [("person", "RED")]
        case.sql("UPDATE person SET marking = NULL")
        assert case.sql(row, key.bytes) == [("person", None)]
        case.delete(key)
        assert case.sql(row, key.bytes) == []

    def test_an_id_names_one_record_of_one_kind(self, case: Case) -> None:
        key = case.add(Person, name="A")
        with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: record\.id"):
            case.sql("INSERT INTO post(id, label) VALUES(?, 'x')", key.bytes)


class TestIdentity:
    def test_an_id_cannot_change(self, case: Case) -> None:
        case.add(Person, name="A")
        with pytest.raises(sqlite3.IntegrityError, match="identity of a record cannot change"):
            case.sql("UPDATE person SET id = randomblob(16)")

    @pytest.mark.parametrize(
        "statement", ["UPDATE party SET organization_id = :id", "UPDATE party SET agreement_id = :id"]
    )
    def test_the_ends_of_a_link_cannot_change(self, case: Case, sample: Sample, statement: str) -> None:
        with pytest.raises(DatabaseError, match="identity of a record cannot change"), case.edit() as session:
            session.execute(text(statement), {"id": new_id().bytes})
        case.judge()

    def test_saying_the_same_id_again_is_no_change(self, case: Case) -> None:
        case.add(Person, name="A")
        case.sql("UPDATE person SET id = id, name = name")
        assert case.labels() == ["Add person"]


class TestClock:
    def test_time_never_runs_backwards_in_a_file(self, case: Case) -> None:
        for now in (2_000_000_000_000, 1_000_000_000_000, 3_000_000_000_000, 0):
            with case.edit(now=now) as session:
                add_record(session, Person, {"name": "A"})
        case.sql("UPDATE person SET notes = 'outside'")
        clock = [hlc for (hlc,) in case.sql("SELECT hlc FROM changeset ORDER BY k")]
        assert clock == sorted(set(clock))
        assert clock[1] == clock[0] + 1

    def test_two_edits_in_one_millisecond_stay_in_order(self, case: Case) -> None:
        for _ in range(3):
            with case.edit(now=1_700_000_000_000) as session:
                add_record(session, Person, {"name": "A"})
        clock = [hlc for (hlc,) in case.sql("SELECT hlc FROM changeset ORDER BY k")]
        assert clock == [(1_700_000_000_000 << 16) + step for step in range(3)]

    def test_ids_are_ordered_by_time_and_marked_as_such(self) -> None:
        key = new_id()
        assert (key.version, key.variant) == (7, uuid.RFC_4122)


class TestRevision:
    def test_equal_where_the_same_is_known(self, case: Case, sample: Sample) -> None:
        other = case.fork()
        assert _revision(case) == _revision(other)
        other.put(sample.agreement, "title", "x")
        assert _revision(case) != _revision(other)
        case.merge(other)
        assert _revision(case) == _revision(other)
        other.close()


def _revision(case: Case) -> str:
    with case.raw() as connection:
        return revision(connection)


class TestFailures:
    """An edit that cannot be written is one typed error in words, and nothing of it is kept."""

    def unharmed(self, case: Case, rows: object) -> None:
        assert case.rows() == rows
        case.judge()
        case.add(Person, name="goes on")

    def test_the_disk_is_full(self, case: Case, sample: Sample) -> None:
        rows = case.rows()
        (pages,) = case.sql("PRAGMA page_count")[0]
        case.sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FileNotWritten, match=r"disk is full.*Nothing was changed"):
            case.put(sample.agreement, "summary", "x" * 100_000)
        case.sql("PRAGMA max_page_count = 1000000")
        self.unharmed(case, rows)

    def test_the_disk_is_full_in_an_undo(self, case: Case, sample: Sample) -> None:
        case.put(sample.agreement, "summary", "x" * 100_000)
        case.put(sample.agreement, "summary", None)
        rows = case.rows()
        (pages,) = case.sql("PRAGMA page_count")[0]
        case.sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FileNotWritten, match="disk is full"):
            case.undo_last()
        case.sql("PRAGMA max_page_count = 1000000")
        self.unharmed(case, rows)

    def test_the_disk_is_full_in_a_merge(self, case: Case, sample: Sample) -> None:
        other = case.fork()
        other.put(sample.agreement, "summary", "x" * 100_000)
        rows = case.rows()
        (pages,) = case.sql("PRAGMA page_count")[0]
        case.sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FileNotWritten, match="disk is full"):
            case.merge(other)
        case.sql("PRAGMA max_page_count = 1000000")
        self.unharmed(case, rows)
        other.close()

    def test_another_program_writes(self, case: Case, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
        case.reopen()
        rows = case.rows()
        other = sqlite3.connect(case.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FileNotWritten, match="another program"):
            case.put(sample.agreement, "title", "x")
        other.execute("ROLLBACK")
        other.close()
        self.unharmed(case, rows)

    def test_another_program_reads_when_it_is_to_be_kept(
        self, case: Case, sample: Sample, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
        case.reopen()
        rows = case.rows()
        other = sqlite3.connect(case.path, isolation_level=None)
        other.execute("BEGIN")
        other.execute("SELECT * FROM agreement").fetchall()
        with pytest.raises(FileNotWritten, match="another program"):
            case.put(sample.agreement, "title", "x")
        other.execute("ROLLBACK")
        other.close()
        self.unharmed(case, rows)

    def test_the_file_is_open_for_reading(self, case: Case, sample: Sample) -> None:
        with engine.open_engine(case.path).connect() as link:
            sessions = engine.open_sessions(link.engine)
        with pytest.raises(FileNotWritten, match="it can only be read now"), edit(sessions, ANALYST, "x") as session:
            set_field(session, sample.agreement, "title", "x")
        link.engine.dispose()
        case.judge()

    def test_a_mistake_of_ours_is_not_passed_off_as_a_full_disk(self, case: Case) -> None:
        with pytest.raises(DatabaseError, match="no such table"), case.edit() as session:
            session.execute(text("SELECT * FROM nowhere"))

    def test_a_second_thread_waits_for_the_first(self, case: Case) -> None:
        """There is one writer: edits of two threads come one after the other, never mixed."""

        def write(name: str) -> None:
            for _ in range(10):
                with edit(case.sessions, Editor(ANALYST.id, "Analyst"), name) as session:
                    session.execute(insert(Person), [{"id": new_id(), "name": name} for _ in range(5)])

        threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [entry.changes for entry in case.entries()].count(5) == 19, "the first one introduced the author"
        assert case.sql("SELECT count(*) FROM person") == [(100,)]
        case.judge()


def test_an_author_can_be_renamed(case: Case) -> None:
    case.add(Person, name="A")
    with case.edit("Rename") as session:
        set_field(session, session.query(Author).one().id, "name", "New name")
    assert [entry.author for entry in case.entries()] == ["New name", "New name"]
