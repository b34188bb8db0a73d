"""Opening what may be anything: a case file, or one worded refusal that leaves the original as it was."""

import os
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import db.inspection
from db.audit import disagreements
from db.engine import connect
from db.errors import CaseFileError, FileInUse, FileNotWritten, FileRefused, InvalidValue
from db.log import edit
from db.models import Agreement, Organization, Person
from db.opening import OpenCase, close_case, create_case, open_case, private_copy
from db.operations.records import add_record
from db.queries.records import count_records, list_records
from db.trust import Trust, digest_of
from tests.db.case import ANALYST
from tests.db.test_header import patched

HOME = Path(db.inspection.__file__).parent.parent
"""Where a process of its own finds the program."""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case file with a little in it, written by another installation."""
    folder = tmp_path_factory.mktemp("elsewhere")
    trust, path = Trust(folder / "trust"), folder / "original.casefile"
    create_case(path, trust, ANALYST, {"title": "Case"})
    with closing_case(open_case(path, trust, writable=True)) as case:
        with edit(case.sessions, ANALYST, "Enter") as session:
            japan = add_record(session, Organization, {"name": "Japan", "iso_code": "JPN"})
            add_record(session, Agreement, {"title": "Memorandum", "parties": [japan]})
        with edit(case.sessions, ANALYST, "More") as session:
            add_record(session, Organization, {"name": "Nippon", "iso_code": "JPN"})
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """A copy of it in a folder of its own, as it comes from somebody else."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    path = folder / "a.casefile"
    path.write_bytes(original.read_bytes())
    return path


@contextmanager
def closing_case(case: OpenCase) -> Iterator[OpenCase]:
    """An open case file for as long as a block runs."""
    try:
        yield case
    finally:
        close_case(case)


def counts(path: Path, trust: Trust, *, writable: bool = False) -> dict[str, int]:
    with closing_case(open_case(path, trust, writable=writable)) as case, case.sessions() as session:
        return count_records(session)


def folder_of(path: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in the file's folder, by name, with bytes and time of the last change."""
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in path.parent.iterdir() if file.is_file()}


def outside(path: Path, *statements: str) -> None:
    """What another program does to the file, without a word in the log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE context SET mode = 'merge'")
        for statement in statements:
            connection.execute(statement)
        connection.execute("UPDATE context SET mode = 'external' WHERE mode = 'merge'")


class TestACaseFile:
    @pytest.mark.parametrize("writable", [False, True])
    def test_from_somebody_else_is_inspected_and_opened(self, path: Path, trust: Trust, writable: bool) -> None:
        before = folder_of(path)
        assert counts(path, trust, writable=writable) == {
            "agreements": 1,
            "authors": 1,
            "case-files": 1,
            "organizations": 1,
            "parties": 1,
        }
        assert folder_of(path) == before
        assert trust.knows(digest_of(path)), "it need not be inspected again"

    def test_that_is_known_takes_no_worker(self, path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
        trust.remember(digest_of(path))
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a worker was started"))
        assert counts(path, trust)["agreements"] == 1

    def test_that_was_changed_since_is_inspected_again(self, path: Path, trust: Trust) -> None:
        trust.remember(digest_of(path))
        outside(path, "UPDATE agreement SET summary = CAST(x'ff' AS TEXT)")
        with pytest.raises(FileRefused, match="not UTF-8"):
            open_case(path, trust)

    def test_that_we_wrote_is_trusted_when_it_is_closed(
        self, path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with closing_case(open_case(path, trust, writable=True)) as case, edit(case.sessions, ANALYST, "x") as session:
            add_record(session, Person, {"name": "A"})
        monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a worker was started"))
        assert counts(path, trust)["officials"] == 1

    def test_is_read_while_it_is_written(self, path: Path, trust: Trust) -> None:
        with closing_case(open_case(path, trust, writable=True)) as case:
            with edit(case.sessions, ANALYST, "x") as session:
                add_record(session, Person, {"name": "A"})
            assert counts(path, trust)["officials"] == 1
            with pytest.raises(FileInUse, match=rf"open for editing: .+ \(process {os.getpid()}\)"):
                open_case(path, trust, writable=True)

    def test_with_a_strange_name(self, path: Path, trust: Trust) -> None:
        strange = path.rename(path.with_name("木原 100%?mode=memory#&'.casefile"))
        assert counts(strange, trust, writable=True)["agreements"] == 1

    def test_in_the_working_folder(self, path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(path.parent)
        assert counts(Path("a.casefile"), trust, writable=True)["agreements"] == 1


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def sql(*statements: str) -> Callable[[Path], None]:
    return lambda path: outside(path, *statements)


def bytes_at(offset: int, data: bytes) -> Callable[[Path], object]:
    return lambda path: patched(path, offset, data)


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE moz_places(x)")


def write_ahead(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE x(y)")


def scramble_pages(path: Path) -> None:
    patched(path, 4096, b"\xa5" * 40960)


def hostile_trigger(path: Path) -> None:
    """A trigger that would delete everything at the first edit."""
    outside(path, "CREATE TRIGGER evil AFTER INSERT ON changeset BEGIN DELETE FROM agreement; END")


def writable_schema(path: Path) -> None:
    """A known trigger's text, edited in place."""
    outside(
        path,
        "PRAGMA writable_schema = ON",
        """UPDATE sqlite_schema SET sql = replace(sql, 'randomblob(16)', 'zeroblob(16)')
           WHERE name = 'told_edit'""",
    )


NOT_KNOWN = "does not have the tables and rules of a case file"
REFUSALS: list[tuple[str, Callable[[Path], object], str]] = [
    ("nothing", Path.unlink, "There is no file"),
    ("folder", make_folder, "is a folder, not a file"),
    ("empty", lambda path: path.write_bytes(b""), "is empty: it has no bytes at all"),
    ("text", lambda path: path.write_text("Dear colleague, " * 100), "is not a Depositary case file"),
    ("other database", other_database, "is a database of another program"),
    ("newer", bytes_at(60, struct.pack(">I", 2)), "made by a newer version"),
    ("truncated", truncate, "is not whole"),
    ("more pages than the file has", bytes_at(28, struct.pack(">I", 2**31)), "is not whole"),
    ("write-ahead log", write_ahead, "keeps part of its data in a second file"),
    ("scrambled pages", scramble_pages, "damaged"),
    ("another table", sql("CREATE TABLE more(x)"), NOT_KNOWN),
    ("a view", sql("CREATE VIEW more AS SELECT * FROM agreement"), NOT_KNOWN),
    ("a trigger", hostile_trigger, NOT_KNOWN),
    ("a changed trigger", writable_schema, NOT_KNOWN),
    ("a lost trigger", sql("DROP TRIGGER log_agreement_update"), NOT_KNOWN),
    ("a virtual table", sql("CREATE VIRTUAL TABLE more USING fts5(x)"), NOT_KNOWN),
    (
        "a dangling reference",
        sql("UPDATE agreement SET depositary_id = randomblob(16)"),
        "points at a record that is not",
    ),
    ("text that is none", sql("UPDATE agreement SET summary = CAST(x'ff' AS TEXT)"), "holds a text that is not UTF-8"),
    ("a name that is none", sql("UPDATE author SET name = CAST(x'c328' AS TEXT)"), "holds a text that is not UTF-8"),
    ("a log of other types", sql("UPDATE change SET value = x'00' WHERE value = 'Nippon'"), "contradicts itself"),
    ("copied in an edit", sql("UPDATE context SET mode = 'log'"), "it was copied in the middle of an edit"),
    ("a log that says otherwise", sql("UPDATE organization SET name = 'x'"), "contradicts itself"),
    ("a share copy", sql("INSERT INTO withheld VALUES(randomblob(16), 'title')"), "it is a share copy"),
]


@pytest.mark.parametrize(
    ("make", "words"), [(make, words) for _, make, words in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_a_refused_file_is_told_in_one_sentence_and_not_touched(
    path: Path, trust: Trust, make: Callable[[Path], object], words: str
) -> None:
    make(path)
    before = folder_of(path)
    with pytest.raises(FileRefused, match=words) as caught:
        open_case(path, trust, writable=True)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert path.name in str(caught.value)
    assert folder_of(path) == before
    assert not path.is_file() or not trust.knows(digest_of(path))
    assert not trust.had_open(path)


@pytest.mark.parametrize("name", ["text", "a trigger", "copied in an edit"])
def test_the_same_holds_for_reading_and_for_merging(path: Path, trust: Trust, name: str) -> None:
    make, words = next((make, words) for title, make, words in REFUSALS if title == name)
    make(path)
    before = folder_of(path)
    with pytest.raises(FileRefused, match=words):
        open_case(path, trust)
    with pytest.raises(FileRefused, match=words), private_copy(path, trust):
        pass
    assert folder_of(path) == before


class TestForeignJournals:
    @pytest.fixture
    def journal(self, path: Path) -> Path:
        """A hot journal that would set the file back, planted beside it."""
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("PRAGMA cache_spill = 1")
            connection.execute("BEGIN")
            connection.execute("UPDATE context SET mode = 'merge'")
            connection.execute("UPDATE agreement SET summary = ?", ("x" * 100_000,))
            journal = path.with_name(path.name + "-journal")
            content, half = journal.read_bytes(), path.read_bytes()
            connection.execute("ROLLBACK")
        journal.write_bytes(content)
        path.write_bytes(half)
        return journal

    @pytest.mark.parametrize("writable", [False, True])
    def test_are_not_applied(self, path: Path, trust: Trust, journal: Path, writable: bool) -> None:
        before = folder_of(path)
        with pytest.raises(FileRefused, match=r"copied while it was in use: a journal lies beside it\. Ask for a copy"):
            open_case(path, trust, writable=writable)
        with pytest.raises(FileRefused, match="a journal lies beside it"), private_copy(path, trust):
            pass
        assert folder_of(path) == before

    def test_not_even_beside_a_file_that_we_know(self, path: Path, trust: Trust, journal: Path) -> None:
        trust.remember(digest_of(path))
        before = folder_of(path)
        with pytest.raises(FileRefused, match="a journal lies beside it"):
            open_case(path, trust, writable=True)
        assert folder_of(path) == before

    @pytest.mark.parametrize("suffix", ["-journal", "-wal"])
    def test_of_nonsense(self, path: Path, trust: Trust, suffix: str) -> None:
        path.with_name(path.name + suffix).write_bytes(b"nonsense")
        before = folder_of(path)
        with pytest.raises(FileRefused, match="a journal lies beside it"):
            open_case(path, trust)
        assert folder_of(path) == before

    def test_our_own_is_applied(self, path: Path, trust: Trust, journal: Path) -> None:
        """This installation had the file open and never closed it: it crashed."""
        trust.note_open(path)
        assert counts(path, trust, writable=True)["agreements"] == 1
        assert not journal.exists()
        with closing_case(open_case(path, trust)) as case, case.sessions() as session:
            assert list_records(session, Agreement)[0]["summary"].value is None
        assert not trust.had_open(path)

    def test_our_own_is_applied_for_reading_too(self, path: Path, trust: Trust, journal: Path) -> None:
        trust.note_open(path)
        assert counts(path, trust)["agreements"] == 1
        assert not journal.exists()


class TestCreation:
    def test_a_new_file_is_a_whole_case_file(self, tmp_path: Path, trust: Trust) -> None:
        path = tmp_path / "new.casefile"
        create_case(path, trust, ANALYST, {"title": "New", "default_marking": "GREEN"})
        assert {file.name for file in tmp_path.iterdir()} == {"new.casefile", "trust"}
        assert counts(path, trust) == {"authors": 1, "case-files": 1}
        with closing(connect(path)) as connection:
            assert list(disagreements(connection)) == []

    def test_a_file_that_is_there_stays(self, path: Path, trust: Trust) -> None:
        before = folder_of(path)
        with pytest.raises(FileRefused, match=r"There is a file .* already\. It was not touched"):
            create_case(path, trust, ANALYST, {"title": "New"})
        assert folder_of(path) == before

    @pytest.mark.parametrize(
        ("name", "error", "words"),
        [
            ("missing/new.casefile", FileRefused, "There is no folder"),
            ("", FileRefused, "is a folder"),
            ("x" * 300, FileRefused, "cannot be read or written: File name too long"),
        ],
    )
    def test_a_place_where_none_can_be(
        self, tmp_path: Path, trust: Trust, name: str, error: type[CaseFileError], words: str
    ) -> None:
        with pytest.raises(error, match=words):
            create_case(tmp_path / name, trust, ANALYST, {"title": "New"})
        assert list(tmp_path.iterdir()) == []

    def test_values_that_do_not_fit_leave_nothing(self, tmp_path: Path, trust: Trust) -> None:
        with pytest.raises(InvalidValue):
            create_case(tmp_path / "new.casefile", trust, ANALYST, {"title": ""})
        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_written(
        self, tmp_path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("tempfile.TemporaryFile", refuse)
        with pytest.raises(FileRefused, match=r"The folder .* cannot be written: Permission denied"):
            create_case(tmp_path / "new.casefile", trust, ANALYST, {"title": "New"})


class TestUnderUs:
    """Things that happen to a file while it is open."""

    def test_it_is_deleted(self, path: Path, trust: Trust) -> None:
        case = open_case(path, trust, writable=True)
        path.unlink()
        close_case(case)
        assert not trust.had_open(path)
        assert list(path.parent.iterdir()) == [], "the lock is gone"

    def test_another_one_is_put_in_its_place(self, path: Path, trust: Trust, original: Path) -> None:
        """As a synchronising folder does: what we did not write is not trusted."""
        case = open_case(path, trust, writable=True)
        hostile = path.with_name("hostile")
        hostile.write_bytes(original.read_bytes())
        outside(hostile, "CREATE TRIGGER evil AFTER INSERT ON changeset BEGIN DELETE FROM agreement; END")
        hostile.replace(path)
        close_case(case)
        assert not trust.knows(digest_of(path))
        with pytest.raises(FileRefused, match=NOT_KNOWN):
            open_case(path, trust)

    def test_a_failure_to_open_gives_the_lock_back(self, path: Path, trust: Trust, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(FileRefused, match="could not be recovered after a crash, so it was not opened"):
            open_case(path, Trust(tmp_path / "file"), writable=True)
        with closing_case(open_case(path, trust, writable=True)):
            pass


FULL_DISK = """
import resource, sys, uuid
from pathlib import Path
from db.errors import FileNotWritten
from db.log import Editor, edit
from db.models import Agreement
from db.opening import close_case, create_case, open_case
from db.operations.records import add_record
from db.trust import Trust

path, folder, room = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
trust, editor = Trust(folder), Editor(uuid.UUID(int=1), "Analyst")
try:
    if path.exists():
        case = open_case(path, trust, writable=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room,) * 2)
        for number in range(1000):
            with edit(case.sessions, editor, "Edit") as session:
                add_record(session, Agreement, {"title": str(number), "summary": "x" * 20_000})
            print(number, flush=True)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        create_case(path, trust, editor, {"title": "New"})
except FileNotWritten as error:
    print(error)
"""


class TestFullDisk:
    """No file may grow beyond a limit, in a process of its own: what SQLite meets is a disk that takes no more."""

    def run(self, path: Path, folder: Path, room: int) -> list[str]:
        command = [sys.executable, "-c", FULL_DISK, str(path), str(folder), str(room)]
        result = subprocess.run(command, capture_output=True, text=True, cwd=HOME, check=False)
        assert result.stderr == ""
        return result.stdout.splitlines()

    def test_an_edit_fails_in_words_and_the_file_stays_whole(self, path: Path, trust: Trust, tmp_path: Path) -> None:
        *done, words = self.run(path, tmp_path / "trust", 300_000)
        assert words == "The case file could not be written: the disk does not take it. Nothing was changed."
        assert len(done) > 2
        assert counts(path, trust, writable=True)["agreements"] == 1 + len(done)
        with closing(connect(path)) as connection:
            assert list(disagreements(connection)) == []
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def test_a_new_file_is_not_left_half(self, tmp_path: Path) -> None:
        folder = tmp_path / "new"
        folder.mkdir()
        (words,) = self.run(folder / "a.casefile", tmp_path / "trust", 300_000)
        assert words.startswith("The case file could not be written: ")
        assert list(folder.iterdir()) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes, where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk; TestFullDisk shows the same by a limit on the file's size")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_really_full(small_disk: Path, trust: Trust) -> None:
    path = small_disk / "a.casefile"
    create_case(path, trust, ANALYST, {"title": "x"})
    case = open_case(path, trust, writable=True)
    done = 0

    def fill() -> None:
        nonlocal done
        while True:
            with edit(case.sessions, ANALYST, "Edit") as session:
                add_record(session, Agreement, {"title": "x", "summary": "x" * 20_000})
            done += 1

    with pytest.raises(FileNotWritten, match="disk is full"):
        fill()
    with case.sessions() as session:
        assert count_records(session).get("agreements", 0) == done
    close_case(case)
    assert counts(path, trust).get("agreements", 0) == done
