"""What a file that contradicts itself is told by: every lie is found, whoever told it."""

import hashlib
import sqlite3
from pathlib import Path

import pytest

from db.audit import disagreements
from db.models import Content, Person, Tag
from tests.db.case import Case, Sample
from tests.db.replicas import judge

UUID = "x'00112233445566778899aabbccddeeff'"


def lie(case: Case, *statements: str) -> list[str]:
    """Change the file behind the log's back, and give what the audit finds."""
    with case.raw() as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE context SET mode = 'merge'")
        for statement in statements:
            connection.execute(statement)
        connection.execute("UPDATE context SET mode = 'external' WHERE mode = 'merge'")
        return [f"{found.kind} {found.text}" for found in disagreements(connection)]


@pytest.fixture
def told(case: Case, sample: Sample) -> Case:
    """A case with some history: edits, a deletion, a second author's conflict, a tag."""
    case.put(sample.agreement, "title", "Changed")
    case.put(sample.agreement, "instrument_type", "treaty")
    case.put(sample.agreement, "instrument_type", "protocol")
    case.put(sample.agreement, "depositary", sample.norway)
    case.put(sample.agreement, "renewal_years", 5)
    case.put(sample.minister, "birth_date", "1979")
    case.put(sample.minister, "birth_date", None)
    gone = case.add(Person, name="Gone")
    case.put(gone, "name", "Really gone")
    case.delete(gone)
    case.add(Tag, name="urgent", colour="red")
    return case


def test_a_file_with_a_history_is_sound(told: Case) -> None:
    told.judge()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        # rows that the log does not know
        (f"INSERT INTO person(id, name) VALUES({UUID}, 'x')", "person is here, but the log does not tell how it came"),
        ("DELETE FROM person", "record is gone, but the log does not tell how it went"),
        ("DELETE FROM agreement_subject", "record is gone, but the log does not tell"),
        ("UPDATE agreement SET title = 'x'", "agreement holds another value in “title” than the log"),
        ("UPDATE agreement SET depositary_id = NULL", "agreement holds another value in “depositary_id” than the log"),
        # a log that does not know the rows
        ("UPDATE change SET value = 'x' WHERE value = 'Changed'", "holds another value in “title” than the log"),
        ("DELETE FROM change WHERE op = 'I' AND kind = 'party'", "party is here, but the log does not tell"),
        ("UPDATE change SET op = 'T' WHERE op = 'D'", "is gone, but the log does not tell"),
        ("DELETE FROM change_parent WHERE n IN (SELECT n FROM change WHERE op = 'D')", "should be here"),
        # a log that contradicts itself
        ("UPDATE change SET parent = 99999 WHERE value = 'Changed'", "a parent that is missing, later, or another"),
        ("UPDATE change SET parent = n WHERE value = 'Changed'", "a parent that is missing, later, or another"),
        ("UPDATE change SET parent = 1 WHERE value = 'Changed'", "a parent that is missing, later, or another"),
        ("INSERT INTO change_parent VALUES(99999, 1)", "a parent that is missing, later, or another"),
        ("UPDATE change SET kind = 'nothing' WHERE n = 1", "which this version does not know"),
        ("UPDATE change SET field = 'nothing' WHERE value = 'Changed'", "which this version does not know"),
        ("UPDATE change SET field = NULL WHERE value = 'treaty'", "a change of a field names none"),
        ("UPDATE change SET field = 'title' WHERE n = 1", "a change of a field names none, or another one names"),
        ("UPDATE change SET kind = 'event' WHERE value = 'treaty'", "is told as two kinds of record"),
        (
            "INSERT INTO reason SELECT n, 'x' FROM change WHERE op = 'X' LIMIT 1",
            "reason a reason is given for a change",
        ),
        # values that their fields cannot hold
        ("UPDATE change SET value = 5 WHERE value = 'treaty'", "once held in “instrument_type” what that cannot hold"),
        ("UPDATE change SET value = 'pact' WHERE value = 'treaty'", "once held in “instrument_type” what that cannot"),
        ("UPDATE change SET value = x'00' WHERE value = 'Memorandum'", "once held in “title” what that cannot hold"),
        ("UPDATE change SET value = NULL WHERE value = 'Memorandum'", "once held in “title” what that cannot hold"),
        ("UPDATE change SET value = 'x' WHERE value LIKE '%|1979|%'", "once held in “birth_date” what that cannot"),
        ("UPDATE change SET value = x'01' WHERE field = 'depositary_id' AND op = 'U'", "“depositary_id” what that"),
        ("UPDATE change SET value = 'five' WHERE field = 'renewal_years' AND op = 'U'", "“renewal_years” what that"),
        # texts, ids and numbers
        ("UPDATE person SET honorific = CAST(x'ff' AS TEXT)", "person holds a text that is not UTF-8"),
        ("UPDATE changeset SET label = CAST(x'eda080' AS TEXT)", "changeset holds a text that is not UTF-8"),
        ("UPDATE change SET value = CAST(x'ff' AS TEXT) WHERE value = 'Memorandum'", "change holds a text that is not"),
        ("UPDATE person SET honorific = 'a' || char(0) || 'b'", "person holds an id, a number or a text that no case"),
        ("UPDATE person SET notes = hex(zeroblob(2000001))", "person holds an id, a number or a text that no case"),
        ("UPDATE changeset SET author = x'01'", "changeset holds an id, a number or a text that no case file holds"),
        ("UPDATE changeset SET undo_of = x''", "changeset holds an id, a number or a text that no case file holds"),
        ("UPDATE changeset SET hlc = 9223372036854775807 WHERE k = 1", "changeset holds an id, a number"),
        ("UPDATE changeset SET hlc = -1 WHERE k = 1", "changeset holds an id, a number"),
        ("UPDATE change SET ord = 9223372036854775807 WHERE n = 1", "change holds an id, a number"),
        ("UPDATE change SET record = x'01' WHERE n = 1", "change holds an id"),
        # dates, names and kinds
        ("UPDATE person SET birth_date = '1979'", "person holds a date in “birth_date” that is none"),
        ("UPDATE party SET id = x'00112233445566578899aabbccddeeff' WHERE pk = 1", "party does not join what its name"),
        ("UPDATE record SET kind = 'event' WHERE kind = 'person'", "record is not the same in its own table"),
        ("UPDATE record SET marking = 'RED'", "record is not the same in its own table"),
        (f"INSERT INTO record(id, kind) VALUES({UUID}, 'person')", "record is not the same in its own table"),
        ("DELETE FROM record WHERE kind = 'tag'", "record is not the same in its own table"),
        # conflicts
        ("INSERT INTO head SELECT record, field, n FROM change WHERE value = 'Changed'", "has a conflict that is not"),
        # content and state
        (
            "INSERT INTO content(sha256, data) VALUES(zeroblob(32), x'00')",
            "content holds other bytes than its name",
        ),
        ("UPDATE context SET mode = 'log'", "it was copied in the middle of an edit"),
        ("DELETE FROM context", "it was copied in the middle of an edit"),
        ("INSERT INTO withheld SELECT record, 'title' FROM change WHERE n = 1", "it is a share copy"),
        ("UPDATE change SET pruned = 1 WHERE value = 'treaty'", "it is a share copy"),
    ],
)
def test_a_lie_is_found(told: Case, statement: str, words: str) -> None:
    found = lie(told, statement)
    assert [text for text in found if words in text], found


def test_a_forgotten_conflict_is_found(told: Case, sample: Sample) -> None:
    other = told.fork()
    told.put(sample.agreement, "title", "Ours")
    other.put(sample.agreement, "title", "Theirs")
    told.merge(other)
    other.close()
    told.judge()
    assert lie(told, "DELETE FROM head") == ["head has a conflict that is not told as the log has it"]


def test_a_claim_about_the_wrong_kind_is_found(told: Case, sample: Sample) -> None:
    """References to any record are checked for their kind by the audit: the file's own keys cannot."""
    found = lie(
        told,
        f"INSERT INTO event(id, title) VALUES({UUID}, 'x')",
        f"""INSERT INTO participation(id, participant_id, event_id)
            SELECT x'ff112233445566778899aabbccddeeff', id, {UUID} FROM agreement""",
    )
    assert "participation points with “participant_id” at the wrong kind of record" in found


def test_bytes_under_their_own_name_are_fine(case: Case) -> None:
    with case.edit() as session:
        session.add(Content(sha256=hashlib.sha256(b"x").digest(), data=b"x"))
    case.judge()


def test_the_judge_of_the_tests_judges(told: Case) -> None:
    with told.raw() as connection:
        connection.execute("UPDATE context SET mode = 'merge'")
        connection.execute("UPDATE agreement SET title = 'x'")
        connection.execute("UPDATE context SET mode = 'external'")
        with pytest.raises(AssertionError, match="holds another value"):
            judge(connection)


def test_nothing_is_written_by_an_audit(told: Case) -> None:
    told.close()
    before = told.path.read_bytes()
    connection = sqlite3.connect(f"file:{told.path}?mode=ro", uri=True)
    assert list(disagreements(connection)) == []
    connection.close()
    assert Path(told.path).read_bytes() == before
