"""The open case file as the desktop sees it: reads, labelled writes, undo, merge; and typed errors only."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db import engine
from db.errors import FileInUse, FileNotWritten, FileRefused, InvalidValue, LaterEdit, MergeRefused, RecordNotFound
from db.log import Editor
from db.models import Agreement, CaseFile, Person
from db.operations.records import add_record, set_field
from db.queries.history import entries
from db.queries.records import count_records, list_records, record
from db.trust import Trust
from desktop.workspace import Workspace

ANALYST = Editor(uuid.UUID(int=1), "Analyst")
COLLEAGUE = Editor(uuid.UUID(int=2), "Colleague")


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(tmp_path / "trust")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.casefile"


@pytest.fixture
def workspace(path: Path, trust: Trust) -> Iterator[Workspace]:
    workspace = Workspace.create(path, trust, ANALYST, {"title": "Case", "default_marking": "GREEN"})
    yield workspace
    workspace.close()


def labels(workspace: Workspace) -> list[str]:
    return [entry.label for entry in workspace.read(entries)]


def title(workspace: Workspace, key: uuid.UUID) -> str:
    return workspace.read(record, key).title


class TestCopy:
    def test_is_whole_and_goes_on_by_itself(
        self, workspace: Workspace, path: Path, trust: Trust, tmp_path: Path
    ) -> None:
        key = workspace.write("Enter", add_record, Agreement, {"title": "Memorandum"})
        with workspace.copied(tmp_path / "copy.casefile") as copy:
            copy.write("Set", set_field, key, "title", "Better")
        assert title(workspace, key) == "Memorandum"
        with Workspace.open(tmp_path / "copy.casefile", trust, ANALYST, writable=True) as copy:
            assert (title(copy, key), labels(copy)[0]) == ("Better", "Set")

    def test_appears_only_when_all_went_well(self, workspace: Workspace, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue), workspace.copied(tmp_path / "copy.casefile") as copy:
            copy.write("Enter", add_record, Agreement, {"title": ""})
        assert [file.name for file in tmp_path.glob("*copy*")] == []

    def test_never_takes_the_place_of_a_file_in_use(
        self, workspace: Workspace, path: Path, trust: Trust, tmp_path: Path
    ) -> None:
        other = Workspace.create(tmp_path / "b.casefile", Trust(tmp_path / "other"), COLLEAGUE, {"title": "Other"})
        for taken in (path, other.path):
            with pytest.raises(FileRefused, match="is open"), workspace.copied(taken):
                pass
        other.close()


class TestOpening:
    def test_a_new_file_is_open_for_writing(self, workspace: Workspace, path: Path) -> None:
        assert workspace.path == path
        assert workspace.editor == ANALYST
        (case,) = workspace.read(list_records, CaseFile)
        assert (case.title, case["default_marking"].text) == ("Case", "GREEN")
        assert labels(workspace) == ["New case file"]

    def test_what_was_written_is_there_when_it_is_opened_again(
        self, workspace: Workspace, path: Path, trust: Trust
    ) -> None:
        key = workspace.write("Enter", add_record, Agreement, {"title": "Memorandum"})
        workspace.close()
        with Workspace.open(path, trust) as again:
            assert title(again, key) == "Memorandum"

    def test_a_second_writer_is_refused_and_a_reader_is_not(
        self, workspace: Workspace, path: Path, trust: Trust
    ) -> None:
        with pytest.raises(FileInUse), Workspace.open(path, trust, COLLEAGUE, writable=True):
            pass
        with Workspace.open(path, trust) as reader:
            workspace.write("Enter", add_record, Agreement, {"title": "Memorandum"})
            assert reader.read(count_records)["agreements"] == 1

    def test_the_lock_is_given_back_whatever_happens(self, workspace: Workspace, path: Path, trust: Trust) -> None:
        workspace.close()
        with pytest.raises(ZeroDivisionError), Workspace.open(path, trust, ANALYST, writable=True):
            raise ZeroDivisionError
        with Workspace.open(path, trust, ANALYST, writable=True) as again:
            again.write("Enter", add_record, Agreement, {"title": "x"})

    def test_closing_twice_does_no_harm(self, workspace: Workspace, path: Path, trust: Trust) -> None:
        workspace.close()
        with Workspace.open(path, trust, ANALYST, writable=True):
            workspace.close()
            assert trust.had_open(path), "the other one may crash yet"
            with pytest.raises(FileInUse), Workspace.open(path, trust, COLLEAGUE, writable=True):
                pass

    def test_a_file_that_is_there_is_not_made_anew(self, workspace: Workspace, path: Path, trust: Trust) -> None:
        with pytest.raises(FileRefused, match="already"):
            Workspace.create(path, trust, ANALYST, {"title": "Other"})


class TestWriting:
    def test_one_operation_is_one_entry_and_gives_its_result(self, workspace: Workspace) -> None:
        def two(session: Session, first: str, *, second: str) -> list[uuid.UUID]:
            return [add_record(session, Person, {"name": name}) for name in (first, second)]

        keys = workspace.write("Two", two, "A", second="B")
        assert [title(workspace, key) for key in keys] == ["A", "B"]
        assert labels(workspace) == ["Two", "New case file"]

    def test_what_fails_leaves_nothing(self, workspace: Workspace) -> None:
        def half(session: Session) -> None:
            add_record(session, Person, {"name": "A"})
            add_record(session, Person, {"name": ""})

        with pytest.raises(InvalidValue):
            workspace.write("Half", half)
        assert "officials" not in workspace.read(count_records)
        assert labels(workspace) == ["New case file"]

    def test_rows_can_be_read_after_the_session(self, workspace: Workspace) -> None:
        workspace.write("Enter", add_record, Person, {"name": "A"})

        def first(session: Session) -> Person:
            return session.query(Person).one()

        assert workspace.read(first).name == "A"

    def test_a_reading_workspace_does_not_write(self, workspace: Workspace, path: Path, trust: Trust) -> None:
        with Workspace.open(path, trust, COLLEAGUE) as reader:
            with pytest.raises(FileNotWritten, match=r"it can only be read now\. Nothing was changed"):
                reader.write("Enter", add_record, Person, {"name": "A"})
            with pytest.raises(FileNotWritten, match="it can only be read now"):
                reader.revert(reader.read(entries)[0].id)

    def test_another_program_in_the_way_is_told(
        self, workspace: Workspace, path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        workspace.close()
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.01)
        with Workspace.open(path, trust, ANALYST, writable=True) as again:
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                with pytest.raises(FileNotWritten, match="another program is using it"):
                    again.write("Enter", add_record, Person, {"name": "A"})
            again.write("Enter", add_record, Person, {"name": "A"})


class TestUndo:
    def test_undo_and_redo(self, workspace: Workspace) -> None:
        key = workspace.write("Enter", add_record, Person, {"name": "A"})
        workspace.write("Rename", set_field, key, "name", "B")
        assert workspace.revert(workspace.read(entries)[0].id) == "Undo: Rename"
        assert title(workspace, key) == "A"
        assert workspace.revert(workspace.read(entries)[0].id) == "Redo: Rename"
        assert title(workspace, key) == "B"

    def test_a_later_edit_stands_in_the_way_unless_it_is_overruled(self, workspace: Workspace) -> None:
        key = workspace.write("Enter", add_record, Person, {"name": "A"})
        workspace.write("Rename", set_field, key, "name", "B")
        entry = workspace.read(entries)[0].id
        workspace.write("Rename again", set_field, key, "name", "C")
        with pytest.raises(LaterEdit, match="by “Rename again”"):
            workspace.revert(entry)
        workspace.revert(entry, over_later=True)
        assert title(workspace, key) == "A"

    def test_of_nothing(self, workspace: Workspace) -> None:
        with pytest.raises(RecordNotFound):
            workspace.revert(uuid.UUID(int=7))


class TestMerge:
    @pytest.fixture
    def other(self, workspace: Workspace, path: Path, tmp_path: Path) -> Path:
        """What a colleague made of a copy, on another machine."""
        other = tmp_path / "other.casefile"
        other.write_bytes(path.read_bytes())
        with Workspace.open(other, Trust(tmp_path / "elsewhere"), COLLEAGUE, writable=True) as theirs:
            theirs.write("Enter", add_record, Person, {"name": "New"})
        return other

    def test_brings_what_the_other_knows(self, workspace: Workspace, other: Path) -> None:
        before = other.read_bytes()
        receipt = workspace.merge(other)
        assert (receipt.origin, receipt.edits, receipt.added) == ("other.casefile", 1, {"author": 1, "person": 1})
        assert labels(workspace) == ["Merge of other.casefile", "Enter", "New case file"]
        assert other.read_bytes() == before
        assert workspace.merge(other).edits == 0

    def test_a_dry_run_tells_the_same_and_changes_nothing(self, workspace: Workspace, other: Path) -> None:
        preview = workspace.merge(other, dry_run=True)
        assert "officials" not in workspace.read(count_records)
        receipt = workspace.merge(other)
        assert (preview.edits, preview.changes, preview.added) == (receipt.edits, receipt.changes, receipt.added)

    def test_can_be_taken_back(self, workspace: Workspace, other: Path) -> None:
        receipt = workspace.merge(other)
        assert workspace.revert(receipt.id) == "Undo: merge of other.casefile"
        assert "officials" not in workspace.read(count_records)

    def test_with_itself_brings_nothing(self, workspace: Workspace, path: Path) -> None:
        assert workspace.merge(path).edits == 0

    def test_of_a_file_that_is_refused(self, workspace: Workspace, tmp_path: Path, other: Path) -> None:
        other.write_text("Dear colleague")
        with pytest.raises(FileRefused, match="is not a Depositary case file"):
            workspace.merge(other)
        with pytest.raises(FileRefused, match="There is no file"):
            workspace.merge(tmp_path / "nothing")
        assert labels(workspace) == ["New case file"]

    def test_of_a_file_that_tells_a_common_edit_differently(
        self, workspace: Workspace, path: Path, tmp_path: Path
    ) -> None:
        """Sound by itself, but its past is not ours: somebody rewrote an edit that both files have."""
        key = workspace.write("Enter", add_record, Person, {"name": "A"})
        workspace.write("Rename", set_field, key, "name", "B")
        other = tmp_path / "other.casefile"
        other.write_bytes(path.read_bytes())
        with closing(sqlite3.connect(other, isolation_level=None)) as connection:
            connection.execute("UPDATE context SET mode = 'merge'")
            connection.execute("UPDATE person SET name = 'C'")
            connection.execute("UPDATE change SET value = 'C' WHERE value = 'B'")
            connection.execute("UPDATE context SET mode = 'external'")
        with pytest.raises(
            MergeRefused, match=r"tells one of the changes that both files know differently\. Neither file"
        ):
            workspace.merge(other)
        assert title(workspace, key) == "B"
