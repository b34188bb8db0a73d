"""A full check tells everything that is wrong, works in any folder, and needs no writable home."""

import sqlite3
from pathlib import Path

import pytest

from db.engine import connect
from db.errors import FileRefused
from db.inspection import Check
from db.models import Agreement
from db.opening import check_case, new_file, private_copy
from db.operations.records import add_record
from db.queries.records import count_records
from db.trust import Trust
from tests.db.casefiles import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def path(desk: Desk) -> Path:
    path = desk.create("a.casefile")
    desk.write(path, lambda session: [add_record(session, Agreement, {"title": title}) for title in "ab"])
    return path


def unlogged(path: Path, *statements: str) -> None:
    connection = connect(path, writable=True)
    connection.execute("UPDATE context SET mode = 'merge'")
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.execute("UPDATE context SET mode = 'external'")
    connection.close()


def test_a_sound_file(path: Path) -> None:
    assert check_case(path) == ()


def test_every_disagreement_with_the_log(path: Path) -> None:
    unlogged(path, "INSERT INTO agreement(id, title) VALUES(randomblob(16), 'x'), (randomblob(16), 'y')")
    assert [(found.check, found.kind) for found in check_case(path)] == [(Check.LOG, "agreement")] * 2


def test_a_reference_to_nothing(path: Path) -> None:
    unlogged(path, "UPDATE agreement SET depositary_id = randomblob(16) WHERE title = 'a'")
    assert {found.check for found in check_case(path)} == {Check.REFERENCES}


def test_another_schema(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE more(x)")
    connection.close()
    assert [found.check for found in check_case(path)] == [Check.SCHEMA]


def test_damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20480] = b"\xa5" * 12288
    path.write_bytes(data)
    assert {found.check for found in check_case(path)} == {Check.INTEGRITY}


def test_the_first_finding_refuses_a_foreign_file(path: Path, tmp_path: Path) -> None:
    unlogged(path, "INSERT INTO agreement(id, title) VALUES(randomblob(16), 'x')")
    with pytest.raises(FileRefused, match="contradicts itself: agreement"), private_copy(path, Trust(tmp_path / "new")):
        pass


def test_a_package_of_the_working_folder_is_not_mistaken_for_ours(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert check_case(Path(path.name)) == ()


def test_an_unwritable_home_only_means_another_inspection(desk: Desk, path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with private_copy(path, Trust(tmp_path / "file" / "trust")) as copy:
        assert copy.read_bytes() == path.read_bytes()
    assert desk.read(path, count_records)["agreements"] == 2


def test_a_new_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new"
    with pytest.raises(IsADirectoryError), new_file(path) as draft:
        (draft.parent / "half").write_text(draft.parent.read_text())
    assert list(tmp_path.iterdir()) == []
    with new_file(path) as draft:
        draft.write_text("whole")
        assert not path.exists()
    assert path.read_text() == "whole"
    with pytest.raises(FileRefused, match="already"), new_file(path):
        pass
    with new_file(path, replace=True) as draft:
        draft.write_text("other")
    assert path.read_text() == "other"
    assert list(tmp_path.iterdir()) == [path]
