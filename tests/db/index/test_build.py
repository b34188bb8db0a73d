"""The index says what the file says: after any edit, merge, interruption and damage."""

import sqlite3
import stat
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import LaterEdit, RecordInUse
from db.index import build
from db.index.build import advance
from db.index.documents import KINDS, documents_of
from db.index.location import index_path
from db.log import Editor
from db.models import (
    Acceptance,
    Agreement,
    Citation,
    Claim,
    Note,
    Organization,
    OtherName,
    PartyAction,
    Post,
    Signatory,
    Source,
)
from tests.db.case import Case, Sample
from tests.db.index.conftest import Searched


def _index(path: Path) -> dict[bytes, tuple[object, ...]]:
    """What the index holds, by record."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        """SELECT id, d.pk, kind, root, root_kind, title, body, coalesce(text, '')
           FROM document d LEFT JOIN script s ON s.pk = d.pk"""
    ).fetchall()
    for table in ("word_index", "script_index"):
        connection.execute(f"INSERT INTO {table}({table}, rank) VALUES('integrity-check', 1)")
    connection.close()
    return {row[0]: row[1:] for row in rows}


def _expected(case: Case) -> dict[bytes, tuple[object, ...]]:
    """What it has to hold."""
    found: dict[bytes, tuple[object, ...]] = {}
    with case.raw() as connection:
        for kind in KINDS:
            ids = [key for (key,) in connection.execute(f"SELECT id FROM {kind}")]
            for d in documents_of(connection, kind, ids):
                found[d.id] = (d.pk, d.kind, d.root, d.root_kind, d.title, d.body, d.script)
    return found


def _agrees(searched: Searched) -> bool:
    searched.refresh()
    return _index(searched.path) == _expected(searched.case)


def test_a_new_index_holds_every_text(searched: Searched, sample: Sample) -> None:
    assert _agrees(searched)
    assert {sample.agreement.bytes, sample.japan.bytes, sample.minister.bytes} <= _index(searched.path).keys()


def test_progress_is_told(searched: Searched, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "STEP", 2)
    steps = [searched.step() for _ in range(30)]
    assert [step.done for step in steps] == sorted(step.done for step in steps)
    assert all(step.done <= step.total for step in steps)
    assert not steps[0].is_ready
    assert steps[-1].is_current


def test_edits_reach_it_one_by_one(searched: Searched, sample: Sample) -> None:
    case = searched.case
    searched.refresh()
    case.put(sample.agreement, "summary", "On 木原")
    assert searched.step().is_current
    assert _agrees(searched)
    note = case.add(Note, text="Ask again")
    assert searched.found("again") == {note}
    case.delete(note)
    assert searched.found("again") == set()
    case.undo_last()
    assert searched.found("again") == {note}
    assert _agrees(searched)


def test_nothing_of_a_deleted_record_stays(searched: Searched, sample: Sample) -> None:
    note = searched.case.add(Note, text="unutterable 秘密保護")
    searched.refresh()
    searched.case.delete(note)
    searched.refresh()
    assert note.bytes not in _index(searched.path)
    connection = sqlite3.connect(searched.path)
    for table, text in (("word_index", "unutterable"), ("script_index", "秘密保")):
        assert not connection.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH ?", (text,)).fetchall()
    assert not connection.execute("SELECT 1 FROM document WHERE body || title LIKE '%unutter%'").fetchall()


def test_a_part_that_moves_takes_its_own_parts_along(searched: Searched, sample: Sample) -> None:
    case = searched.case
    other = case.add(Agreement, title="Other")
    action = case.add(PartyAction, agreement=sample.agreement, action="signature")
    case.add(Signatory, action=action, as_reported="both ministers")
    assert searched.found("both ministers") == {sample.agreement}
    case.put(action, "agreement", other)
    assert searched.found("both ministers") == {other}
    assert _agrees(searched)


def test_it_goes_on_where_it_stopped(searched: Searched, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "STEP", 1)
    for _ in range(3):
        searched.step()
    searched.case.put(sample.agreement, "title", "Treaty")
    searched.case.delete(sample.minister)
    before = searched.step()
    assert before.done > 0
    assert not before.is_current
    assert _agrees(searched)


def test_two_processes_may_take_turns(searched: Searched, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both begin at the same place; the second finds that the first has gone on, and writes nothing."""
    monkeypatch.setattr(build, "STEP", 2)
    real = build._write
    left: list[build.State | None] = []

    def overtaken(index: sqlite3.Connection, known: build.State | None, step: build._Step) -> None:
        monkeypatch.setattr(build, "_write", real)
        searched.step()
        searched.step()
        left.append(build.read_state(index))
        real(index, known, step)
        left.append(build.read_state(index))

    searched.step()
    monkeypatch.setattr(build, "_write", overtaken)
    searched.step()
    assert left[0] == left[1] is not None
    assert _agrees(searched)


def test_a_merge_reaches_it(searched: Searched, sample: Sample) -> None:
    case = searched.case
    theirs = case.fork()
    note = theirs.add(Note, text="Heard in Oslo")
    theirs.put(sample.minister, "name", "B. A. Gram")
    searched.refresh()
    case.merge(theirs)
    assert searched.found("oslo") == {note}
    assert _agrees(searched)
    case.undo_last()
    assert searched.found("oslo") == set()
    assert _agrees(searched)
    theirs.close()


def test_what_a_merge_brings_back_without_a_word_in_the_log(searched: Searched) -> None:
    """One deletes a ministry, the other puts an office under it: the ministry lives, and no change says so."""
    case = searched.case
    ministry = case.add(Organization, name="Ministry of Supply")
    theirs = case.fork()
    office = theirs.add(Organization, name="Office", parent=ministry)
    case.delete(ministry)
    assert searched.found("supply") == set()
    case.merge(theirs)
    assert searched.found("supply") == {ministry}
    assert _agrees(searched)
    case.put(office, "parent", None)
    assert _agrees(searched)
    theirs.close()


def test_what_a_merge_takes_away_without_a_word_in_the_log(searched: Searched) -> None:
    case = searched.case
    ministry = case.add(Organization, name="Ministry of Supply")
    post = case.add(Post, label="Minister", organization=ministry)
    theirs, third = case.fork(), case.fork(Editor(uuid.UUID(int=3), "Third"))
    case.put(post, "organization", None)
    case.delete(ministry)
    office = theirs.add(Organization, name="Office", parent=ministry)
    case.merge(theirs)
    assert searched.found("supply") == {ministry}
    third.merge(theirs)
    third.put(office, "parent", None)
    case.merge(third)
    assert _agrees(searched)
    theirs.close()
    third.close()


def test_a_fork_gets_an_index_of_its_own(searched: Searched, sample: Sample) -> None:
    theirs = searched.case.fork()
    assert theirs.read(index_path, searched.folder) != searched.path
    theirs.close()


def test_another_copy_in_the_place_of_the_file_is_noticed(searched: Searched, sample: Sample) -> None:
    theirs = searched.case.fork()
    theirs.add(Note, text="Only here")
    searched.case.add(Note, text="Only there")
    searched.case.add(Note, text="And this")
    searched.refresh()
    while not theirs.read(advance, searched.path).is_current:
        pass
    assert _index(searched.path) == _expected(theirs)
    theirs.close()


def test_an_older_copy_in_the_place_of_the_file_is_noticed(searched: Searched, sample: Sample) -> None:
    older = searched.case.fork()
    searched.case.add(Note, text="Later")
    searched.refresh()
    while not older.read(advance, searched.path).is_current:
        pass
    assert _index(searched.path) == _expected(older)
    older.close()


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, None])
def test_damage_is_repaired_without_a_word(searched: Searched, sample: Sample, damage: bytes | None) -> None:
    searched.refresh()
    for suffix in ("-wal", "-shm"):
        searched.path.with_name(searched.path.name + suffix).unlink(missing_ok=True)
    whole = searched.path.read_bytes()
    torn = whole[: len(whole) // 2 // 4096 * 4096]
    searched.path.write_bytes(torn if damage is None else damage)
    searched.refresh()
    assert _agrees(searched)
    assert searched.found("memorandum") == {sample.agreement}


def test_an_index_of_another_version_is_made_anew(searched: Searched, sample: Sample) -> None:
    searched.refresh()
    connection = sqlite3.connect(searched.path)
    connection.execute("PRAGMA user_version = 1")
    connection.execute("DROP TABLE script")
    connection.close()
    assert _agrees(searched)


def test_damage_met_by_a_search(searched: Searched, sample: Sample) -> None:
    searched.refresh()
    connection = sqlite3.connect(searched.path)
    connection.execute("DELETE FROM word_index_data")
    connection.commit()
    connection.close()
    with pytest.raises(Exception, match="not ready"):
        searched.ask("memorandum")
    assert searched.found("memorandum") == {sample.agreement}


def test_nobody_else_may_read_it(searched: Searched, sample: Sample) -> None:
    searched.refresh()
    assert stat.S_IMODE(searched.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(searched.folder.stat().st_mode) == 0o700


def test_the_case_file_is_never_written(searched: Searched, sample: Sample) -> None:
    before = searched.case.path.read_bytes()
    searched.hits("memorandum")
    assert searched.case.path.read_bytes() == before
    assert {path.name for path in searched.case.path.parent.iterdir()} == {searched.case.path.name, "cache"}


def test_after_a_step_no_lock_is_held(searched: Searched, sample: Sample) -> None:
    with searched.case.sessions() as session:
        advance(session, searched.path)
        assert not session.in_transaction()


_STEPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 50), st.booleans()), max_size=14)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(_STEPS)
def test_after_any_edits_it_is_as_if_made_anew(searched: Searched, steps: list[tuple[int, int, bool]]) -> None:
    case = searched.case
    known: list[uuid.UUID] = [case.add(Organization, name="Ministry")]
    for kind, pick, look in steps:
        _do(case, known, kind, known[pick % len(known)])
        if look:
            searched.step()
    assert _agrees(searched)


def _do(case: Case, known: list[uuid.UUID], kind: int, target: uuid.UUID) -> None:
    present = {row for (row,) in case.sql("SELECT id FROM record")}
    if target.bytes not in present:
        return
    if kind == 0:
        known.append(case.add(Organization, name="省 office", parent=known[0] if known[0].bytes in present else None))
    elif kind == 1:
        known.append(case.add(OtherName, record=target, name="Other name 木原"))
    elif kind == 2:
        source = case.add(Source, title="Source")
        citation = case.add(Citation, source=source, quotation="words")
        claim = case.add(Claim, subject=target, property="existence", value="value", citation=citation)
        case.add(Acceptance, subject=target, property="existence", claim=claim, reason="because")
        known.append(source)
    elif kind == 3 and case.sql("SELECT 1 FROM organization WHERE id = ?", target.bytes):
        case.put(target, "notes", "Notes of it")
    elif kind == 4:
        with suppress(RecordInUse):
            case.delete(target)
    elif kind >= 5 and len(case.entries()) > 2:
        with suppress(LaterEdit):
            case.undo_last()
