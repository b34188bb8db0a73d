"""The close look at a file from elsewhere: whatever it holds, the answer is words, and what is let in can be used."""

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import db.inspection
from db.errors import CaseFileError, FileRefused
from db.evidence import evidence
from db.inspection import Check, examine, inspect, survey
from db.models import ENTITIES, Agreement, Base, Citation, Claim, Organization, Person, Provision, Source
from db.operations.records import set_field
from db.queries.history import changes, conflicts, entries, record_as_known
from db.queries.records import count_records, list_records, mentions
from tests.db.case import COLLEAGUE, Case, add_sample, make_empty
from tests.db.replicas import MEMORY
from tests.db.test_header import patched


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with edits of two people, a conflict, a deletion and a claim."""
    case = Case(make_empty(tmp_path_factory.mktemp("file") / "a.casefile"))
    sample = add_sample(case)
    case.add(Provision, agreement=sample.agreement, provision_kind="cost", text="x" * 9000)
    citation = case.add(Citation, source=case.add(Source, title="Readout"), quotation="木原 稔")
    case.add(Claim, subject=sample.agreement, property="title", value="Memorandum", citation=citation)
    case.put(sample.minister, "birth_date", "1979-05")
    other = case.fork(COLLEAGUE)
    case.put(sample.agreement, "title", "Ours")
    other.put(sample.agreement, "title", "Theirs")
    case.merge(other)
    case.delete(case.add(Person, name="Gone"))
    for each in (other, case):
        each.close()
    case.path.with_suffix(".incoming").unlink()
    return case.path


def answer(path: Path) -> str:
    """What the worker would say, without the process: nothing if the file is let in."""
    try:
        for found in islice(examine(path), 1):
            return found.text
    except CaseFileError as error:
        return str(error)
    except Exception:  # As in `db.inspection.main`: a hostile file raises anything.
        return "is damaged"
    return ""


def use(path: Path) -> None:
    """Everything that the program does with a file that was let in: no error may come of it."""
    case = Case(path)
    with case.sessions() as session:
        count_records(session)
        for cls in ENTITIES:
            for row in list_records(session, cls):
                evidence(session, row.id)
                mentions(session, row.id)
                record_as_known(session, row.id, 2**62)
        for entry in entries(session):
            if not entry.label.startswith("Merge of"):
                changes(session, entry.id)
        conflicts(session)
    key = case.add(Agreement, title="New")
    case.put(key, "title", "Newer")
    case.undo_last()
    agreements = [row.id for row in case.read(list_records, Agreement)]
    with case.edit() as session:
        for agreement in agreements:
            set_field(session, agreement, "title", "Same")
    case.judge()
    case.close()


def test_the_sound_file_is_let_in_and_used(path: Path, tmp_path: Path) -> None:
    assert answer(path) == ""
    use(Path(shutil.copy(path, tmp_path)))


FEWER = settings(max_examples=settings().max_examples // 3)
"""Each example reads the whole file."""
SIZE = 1_300_000
FLIPS = st.lists(st.tuples(st.integers(0, SIZE), st.integers(0, 255)), min_size=1, max_size=6)


def check_mutilated(path: Path, content: bytes) -> None:
    """A file is refused in words, or let in and then good for everything."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        copy = Path(folder) / "a.casefile"
        copy.write_bytes(content)
        if answer(copy) == "":
            use(copy)


@FEWER
@given(flips=FLIPS)
@example(flips=[(20, 255)])
@example(flips=[(44, 9)])
@example(flips=[(100, 2)])
def test_any_byte_may_be_wrong(path: Path, flips: list[tuple[int, int]]) -> None:
    content = bytearray(path.read_bytes())
    for offset, byte in flips:
        content[offset % len(content)] = byte
    check_mutilated(path, bytes(content))


def pages_in_use(path: Path) -> list[int]:
    """Offsets of the pages that hold rows, where a wrong byte is likely to matter."""
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = path.read_bytes()
    return [start for start in range(0, len(content), size) if any(content[start + 100 : start + size])]


@given(data=st.data())
def test_any_byte_of_a_page_with_rows_may_be_wrong(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    pages = pages_in_use(path)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.sampled_from(pages))
        used = [offset for offset in range(start, start + 4096) if content[offset]]
        offset = data.draw(st.sampled_from(used))
        content[offset] = data.draw(st.integers(0, 255))
    check_mutilated(path, bytes(content))


@FEWER
@given(cut=st.integers(0, SIZE), length=st.integers(1, 20_000), byte=st.sampled_from([0, 0xFF, 0xA5]))
def test_any_stretch_may_be_overwritten(path: Path, cut: int, length: int, byte: int) -> None:
    content = path.read_bytes()
    cut %= len(content)
    check_mutilated(path, (content[:cut] + bytes([byte]) * length + content[cut + length :])[: len(content)])


VALUES: st.SearchStrategy[Any] = (
    st.none()
    | st.sampled_from(["", "x", "木原", "a\x00b", "2024|x||", "treaty", b"", b"\xff", b"x" * 16, 0, -1, 2**63 - 1, 1])
    | st.sampled_from([2**62 + 1, -(2**63), "x" * 5_000_000])
)
COLUMNS = [
    ("agreement", "title"),
    ("agreement", "summary"),
    ("agreement", "depositary_id"),
    ("agreement", "renewal_years"),
    ("person", "birth_date"),
    ("person", "id"),
    ("organization", "marking"),
    ("party", "organization_id"),
    ("claim", "property"),
    ("claim", "value"),
    ("claim", "subject_id"),
    ("author", "name"),
    ("citation", "relays_id"),
    *((table, column) for table in ("change",) for column in ("n", "ord", "op", "kind", "record", "field", "parent")),
    ("change", "value"),
    ("change", "changeset"),
    ("change_parent", "parent"),
    *(("changeset", column) for column in ("k", "id", "author", "hlc", "written", "label", "undo_of")),
    ("head", "n"),
    ("record", "kind"),
    ("record", "id"),
    *(("receipt", column) for column in ("author", "learnt", "first", "last", "origin", "revision")),
    *(("context", column) for column in ("mode", "changeset", "first")),
]


@FEWER
@given(
    lies=st.lists(st.tuples(st.sampled_from(COLUMNS), VALUES, st.integers(0, 9), st.booleans()), min_size=1, max_size=3)
)
def test_any_value_of_any_table_may_be_wrong(path: Path, lies: list[tuple[tuple[str, str], Any, int, bool]]) -> None:
    """Whoever writes a file can put any value anywhere, as far as the tables let it."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        copy = Path(shutil.copy(path, folder))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for (table, column), value, row, logged in lies:
                if not logged:
                    connection.execute("UPDATE context SET mode = 'merge' WHERE mode = 'external'")
                tell(connection, table, column, value, row)
                connection.execute("UPDATE context SET mode = 'external' WHERE mode = 'merge'")
        if answer(copy) == "":
            use(copy)


def tell(connection: sqlite3.Connection, table: str, column: str, value: Any, row: int) -> None:
    key = "pk" if table not in ("change", "change_parent", "changeset", "head", "receipt", "context") else None
    key = key or {"change": "n", "changeset": "k", "receipt": "k", "context": "one"}.get(table, "n")
    rows = [found for (found,) in connection.execute(f"SELECT {key} FROM {table} ORDER BY {key}")]
    try:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, rows[row % len(rows)]))
    except (sqlite3.Error, IndexError):
        assert rows is not None  # the tables refuse it, or there is no row to lie about


def test_every_reference_to_nothing_is_found(path: Path, tmp_path: Path) -> None:
    """As SQLite itself finds them, for every foreign key that the file has."""
    asked = set()
    with closing(sqlite3.connect(shutil.copy(path, tmp_path), isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE context SET mode = 'merge'")
        for table in Base.metadata.sorted_tables:
            keys = connection.execute(f"PRAGMA foreign_key_list({table.name})").fetchall()
            assert {(key[2], key[3], key[4]) for key in keys} == {
                (key.column.table.name, key.parent.name, key.column.name) for key in table.foreign_keys
            }
            assert list(db.inspection._dangling(table, connection)) == []
            for column in [key[3] for key in keys]:
                value = "randomblob(16)" if column.endswith("id") else "999999"
                connection.execute("BEGIN")
                first = f"WHERE rowid = (SELECT min(rowid) FROM {table.name})"
                lies = connection.execute(f"UPDATE {table.name} SET {column} = {value} {first}").rowcount
                assert len(list(db.inspection._dangling(table, connection))) == lies, (table.name, column)
                connection.execute("ROLLBACK")
                asked |= {table.name} if lies else set()
    assert {"party", "agreement", "change", "citation", "claim"} <= asked


class TestWorker:
    """The real worker, in a process of its own."""

    def test_a_sound_file(self, path: Path) -> None:
        inspect(path, "a.casefile")
        assert survey(path, "a.casefile") == ()

    def test_its_words_name_the_file_as_the_user_knows_it(self, path: Path, tmp_path: Path) -> None:
        copy = patched(Path(shutil.copy(path, tmp_path / "copy")), 8192, b"\xa5" * 8192)
        with pytest.raises(FileRefused, match=r"^Her file\.casefile is damaged.*It was not touched\.$"):
            inspect(copy, "Her file.casefile")

    def test_all_findings_are_told_with_their_record(self, path: Path, tmp_path: Path) -> None:
        copy = Path(shutil.copy(path, tmp_path))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("UPDATE context SET mode = 'merge'")
            connection.execute("UPDATE organization SET name = 'x'")
            connection.execute("UPDATE context SET mode = 'external'")
        found = survey(copy, "x")
        assert [(each.check, each.kind) for each in found] == [(Check.LOG, "organization")] * 2
        assert {each.record for each in found} == set(states(path))
        assert len(survey(copy, "x", most=1)) == 1

    def test_one_that_hangs_is_given_up(self, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        fake = tmp_path / "python"
        fake.write_text("#!/bin/sh\nexec sleep 600\n")
        fake.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(fake))
        with pytest.raises(
            FileRefused, match=r"took longer than 0 seconds to check, and was given up\. It was not tou"
        ):
            inspect(path, "a.casefile", deadline=0.05)

    @pytest.mark.parametrize(
        "does",
        ["kill -SEGV $$", "exit 1", "exit 0", "echo nonsense", "echo '[1]'", "echo '{\"a\": 1}'", "printf '\\377'"],
    )
    def test_one_that_is_lost_is_a_refusal(
        self, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str
    ) -> None:
        fake = tmp_path / "python"
        fake.write_text(f"#!/bin/sh\n{does}\n")
        fake.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(fake))
        with pytest.raises(
            FileRefused, match=r"^a\.casefile is damaged so badly that it cannot be checked\. It was not"
        ):
            inspect(path, "a.casefile")

    def test_a_file_that_needs_more_time_gets_it(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[float] = []

        def run(command: list[str], *, timeout: float, **_: object) -> subprocess.CompletedProcess[bytes]:
            given.append(timeout)
            return subprocess.CompletedProcess(command, 0, b"[]")

        monkeypatch.setattr(subprocess, "run", run)
        inspect(path, "a")
        assert given == [30 + path.stat().st_size / 2**21]

    def test_it_cannot_take_more_than_its_share(self, path: Path) -> None:
        """Memory and time are bounded in the worker itself, where the platform can."""
        code = (
            "import db.inspection, resource; db.inspection.confine(7); print(resource.getrlimit(resource.RLIMIT_AS)[0],"
        )
        code += " resource.getrlimit(resource.RLIMIT_CPU)[0])"
        home = Path(db.inspection.__file__).parent.parent
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=home, check=True)
        assert result.stdout.split() == [str(4 << 30), str(7 * db.inspection._THREADS)]


def states(path: Path) -> list[uuid.UUID]:
    with closing(sqlite3.connect(path)) as connection:
        return [uuid.UUID(bytes=key) for (key,) in connection.execute("SELECT id FROM organization")]


def test_organizations_of_the_file_are_states(path: Path) -> None:
    assert {key.version for key in states(path)} == {5}
    assert Organization.PLURAL == "organizations"
