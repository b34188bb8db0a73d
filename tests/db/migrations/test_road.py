"""An older file: what becomes of it row by row, how it is read, and that hostile ones are refused in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import db.migrations
from db.engine import connect
from db.errors import FileNotWritten, FileRefused, OlderFile
from db.header import check_header, is_older
from db.inspection import examine, survey
from db.migrations.copying import _moved, migrate
from db.migrations.step import Row, Step
from db.migrations.worker import UNWATCHED, main, migrate_apart
from db.models import Person
from db.opening import check_case, close_case, open_case, private_copy
from db.queries.history import changes, conflicts
from db.queries.records import list_records
from db.schema import VERSION, expected_schema, schema_of
from tests.db.case import Case
from tests.db.casefiles import Desk
from tests.db.migrations.conftest import Aged


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(connect(path)) as connection:
        tables = [name for kind, name, *_ in schema_of(connection) if kind == "table"]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables}


def test_a_migrated_file_is_one_of_this_version_to_the_letter(aged: Aged, tmp_path: Path) -> None:
    migrate(aged.path, tmp_path / "new.casefile")
    assert check_header(tmp_path / "new.casefile") == VERSION
    with closing(connect(tmp_path / "new.casefile")) as connection:
        assert schema_of(connection) == expected_schema()
    assert content(tmp_path / "new.casefile") == content(aged.present)
    assert survey(tmp_path / "new.casefile", "x") == ()
    assert aged.path.read_bytes() == aged.content


def test_its_past_is_told_in_the_words_of_now_and_can_be_undone(aged: Aged, tmp_path: Path) -> None:
    migrate(aged.path, tmp_path / "new.casefile")
    case = Case(tmp_path / "new.casefile")
    (conflict,) = case.read(conflicts)
    assert conflict.field == "birth_date"
    own = [entry for entry in case.entries() if not entry.label.startswith("Merge")]
    told = [each.field for entry in own for each in case.read(changes, entry.id)]
    assert told.count("birth_date") >= 3
    assert "born" not in told
    case.undo(next(entry.id for entry in own if entry.label == "Delete"))
    (back,) = [row for row in case.read(list_records, Person) if row["name"].text == "Gone"]
    assert back["birth_date"].text == "1960"
    case.judge()
    case.close()


def test_steps_follow_each_other() -> None:
    """A table that is renamed by one step and split by the next; another that only the second one knows of."""

    def rename(table: str, row: Row) -> Iterator[tuple[str, Row]]:
        yield "b", {**row, "first": True}

    def split(table: str, row: Row) -> Iterator[tuple[str, Row]]:
        yield "b", row
        yield "c", {"of": table, **row}

    steps = (Step(1, "", frozenset({"a"}), rename), Step(2, "", frozenset({"b"}), split))
    assert list(_moved("a", {"x": 1}, steps)) == [
        ("b", {"x": 1, "first": True}),
        ("c", {"of": "b", "x": 1, "first": True}),
    ]
    assert list(_moved("b", {"x": 2}, steps)) == [("b", {"x": 2}), ("c", {"of": "b", "x": 2})]
    assert list(_moved("d", {"x": 3}, steps)) == [("d", {"x": 3})]


def test_a_step_that_forgets_the_log_is_found_before_anything_is_replaced(
    aged: Aged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("db.migrations.STEPS", (replace(db.migrations.STEPS[0], tables=frozenset({"person"})),))
    migrate(aged.path, tmp_path / "new")
    assert "its log tells of person.born, which this version does not know" in {
        found.text for found in examine(tmp_path / "new")
    }


def test_there_is_a_road_only_without_a_gap(aged: Aged, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_older(aged.path)
    assert (check_header(aged.path, older=True), is_older(aged.present)) == (0, False)
    monkeypatch.setattr(db.migrations, "STEPS", ())
    with pytest.raises(FileRefused, match="has a version that Depositary never made"):
        check_header(aged.path, older=True)
    assert not is_older(aged.path)


def test_the_steps_of_this_program_lead_to_its_version() -> None:
    assert [step.version for step in db.migrations.STEPS] == list(range(VERSION - len(db.migrations.STEPS), VERSION))


def test_it_is_read_on_a_private_copy_and_not_written(aged: Aged, desk: Desk) -> None:
    case = open_case(aged.path, desk.trust)
    with case.sessions() as session:
        assert "Bjørn Arild Gram" in {row["name"].text for row in list_records(session, Person)}
    assert (case.original, case.path.name) == (aged.path, aged.path.name)
    close_case(case)
    assert not case.path.parent.exists()
    with pytest.raises(
        OlderFile, match=r"^Case\.casefile was written by an older version of Depositary\. It has to be"
    ):
        open_case(aged.path, desk.trust, writable=True)
    assert check_case(aged.path) == ()
    assert aged.path.read_bytes() == aged.content


HOSTILE = {
    "a view": ("CREATE VIEW v AS SELECT 1", "does not have the tables and rules of a case file"),
    "a trigger": ("CREATE TRIGGER t AFTER INSERT ON tag BEGIN DELETE FROM person; END", "does not have the tables"),
    "another column": ("ALTER TABLE person ADD COLUMN more TEXT", "does not have the tables and rules"),
    "a text that is none": ("UPDATE person SET name = CAST(x'c3' AS TEXT)", "is damaged"),
    "a value unlike its log": ("UPDATE person SET born = NULL", "holds another value in “birth_date” than the log"),
    "a log that lies": ("UPDATE change SET parent = n WHERE field = 'born'", "a change has a parent that is"),
    "a name of now": ("UPDATE change SET field = 'birth' WHERE field = 'born'", "which this version does not know"),
}


def spoil(path: Path, statement: str) -> bytes:
    """Change a file behind its log's back, and give its bytes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE context SET mode = 'merge'")
        connection.execute(statement)
        connection.execute("UPDATE context SET mode = 'external'")
    return path.read_bytes()


@pytest.mark.parametrize(("statement", "words"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_one_comes_to_nothing(
    aged: Aged,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    statement: str,
    words: str,
) -> None:
    """What the two workers say, without their processes."""
    monkeypatch.setattr("db.migrations.worker.confine", lambda seconds: None)
    spoil(aged.path, statement)
    main(str(aged.path), str(tmp_path / "new"), "9")
    said = capsys.readouterr().out
    assert words in (said or " ".join(found.text for found in examine(tmp_path / "new")))


@pytest.mark.parametrize("name", ["a trigger", "a value unlike its log"])
def test_a_hostile_one_is_refused_in_words(aged: Aged, desk: Desk, name: str) -> None:
    before = spoil(aged.path, HOSTILE[name][0])
    told = r"^Case\.casefile (does not have the tables|contradicts itself: person).*It was not touched\.$"
    with pytest.raises(FileRefused, match=told), private_copy(aged.path, desk.trust):
        pass
    assert aged.path.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "kind", "words"),
    [
        ("print('there is no room on the disk')", FileNotWritten, "was not brought up to date: there is no room"),
        ("import os; os.kill(os.getpid(), 11)", FileRefused, "x is damaged"),
        ("print(b'\\xff')", FileRefused, r"It was not touched\.$"),
    ],
)
def test_a_worker_that_is_lost_is_told(
    aged: Aged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, kind: type[Exception], words: str
) -> None:
    monkeypatch.setattr("db.migrations.worker.COMMAND", ("-c", code))
    with pytest.raises(kind, match=words):
        migrate_apart(aged.path, tmp_path / "new", "x", UNWATCHED)


def test_a_worker_that_hangs_is_given_up(aged: Aged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("db.migrations.worker.COMMAND", ("-c", "import time; time.sleep(600)"))
    monkeypatch.setattr("db.migrations.worker.patience", lambda path: 0.1)
    with pytest.raises(FileRefused, match="took too long to bring up to date, and was given up"):
        migrate_apart(aged.path, tmp_path / "new", "x", UNWATCHED)


def test_a_full_disk_is_told_by_the_worker(
    aged: Aged, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite's own answer, from a file that may not have more pages."""
    connects = sqlite3.connect

    def connect_to_a_full_disk(*args: object, **options: object) -> sqlite3.Connection:
        connection = connects(*args, **options)  # type: ignore[call-overload]
        connection.execute("PRAGMA max_page_count = 20")
        return connection  # type: ignore[no-any-return]

    monkeypatch.setattr("db.migrations.worker.confine", lambda seconds: None)
    monkeypatch.setattr("db.migrations.copying.sqlite3.connect", connect_to_a_full_disk)
    main(str(aged.path), str(tmp_path / "new"), "9")
    assert capsys.readouterr().out == "there is no room on the disk\n"
