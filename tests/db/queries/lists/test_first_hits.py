"""What a filter finds first, with the side index and without."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import open_sessions
from db.index.build import advance
from db.index.location import index_path
from db.log import edit
from db.models import Agreement
from db.operations.records import set_field
from db.queries.lists import HEAD, Slice, Sort, comes_late, hits, rows, snapshot
from db.queries.lists.order import sort_key
from tests.benchmarks.large import ANALYST, make_register, open_file

COUNT = 300


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.casefile"
    make_register(path, COUNT)
    return path


@pytest.fixture
def session(register: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A file whose twenty newest records are looked at before the index, and two that are called by rare words."""
    monkeypatch.setattr("db.queries.lists.first_hits._NEWEST", 20)
    with open_file(register) as engine:
        with edit(open_sessions(engine), ANALYST, "Rename") as session:
            first, second = session.scalars(select(Agreement.id).order_by(Agreement.pk).limit(2))
            set_field(session, first, "title", "Quokka agreement")
            set_field(session, second, "title", "Agreement on quokkas, postquokkal")
        with open_sessions(engine)() as session:
            yield session


def pks_of(slices: list[Slice]) -> list[int]:
    """The hits, after a look at how they are told."""
    found = array("q")
    for piece in slices:
        assert piece.start == len(found)
        found.extend(piece.pks)
    assert [piece.is_last for piece in slices] == [False] * (len(slices) - 1) + [True]
    return list(found)


def test_words_find_the_same_with_and_without_an_index(session: Session, tmp_path: Path) -> None:
    expected = sorted(pk for piece in snapshot(session, Agreement, "quokka") for pk in piece.pks)
    assert len(expected) == 2
    assert sorted(pks_of(list(hits(session, Agreement, "quokka")))) == expected
    assert sorted(pks_of(list(hits(session, Agreement, "quokka", tmp_path)))) == expected
    while not advance(session, index_path(session, tmp_path)).is_current:
        pass
    for text in ("quokka", "quokkas", "QUOKKA agree", "okkal"):
        whole = sorted(pk for piece in snapshot(session, Agreement, text) for pk in piece.pks)
        assert sorted(pks_of(list(hits(session, Agreement, text, tmp_path)))) == whole


def test_the_index_tells_rare_words_before_all_is_looked_at(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    while not advance(session, index_path(session, tmp_path)).is_current:
        pass
    monkeypatch.setattr("db.queries.lists.first_hits._SOON", 60.0)
    told = list(hits(session, Agreement, "quokka", tmp_path))
    assert len(told[0].pks) == 2
    assert not told[0].is_last


def test_an_index_that_is_behind_adds_nothing_wrong(session: Session, tmp_path: Path, register: Path) -> None:
    while not advance(session, index_path(session, tmp_path)).is_current:
        pass
    session.rollback()
    with open_file(register) as engine, edit(open_sessions(engine), ANALYST, "Rename") as other:
        set_field(other, other.scalars(select(Agreement.id).order_by(Agreement.pk).limit(1)).one(), "title", "Numbat")
    assert len(pks_of(list(hits(session, Agreement, "quokka", tmp_path)))) == 1
    (numbat,) = rows(session, Agreement, pks_of(list(hits(session, Agreement, "numbat", tmp_path))))
    assert numbat is not None
    assert numbat.title == "Numbat"


def test_frequent_words_show_the_newest_and_no_more_than_a_screen(session: Session) -> None:
    newest = sorted((pk for piece in snapshot(session, Agreement, "e") for pk in piece.pks), reverse=True)
    assert len(newest) > HEAD
    assert pks_of(list(hits(session, Agreement, "e"))) == newest[:HEAD]


def test_only_what_other_tables_say_comes_late() -> None:
    late = {"status", "parties", "subjects", "tags", "evidence"}
    assert all(comes_late(Agreement, Sort(name)) for name in late)
    assert not any(comes_late(Agreement, Sort(name)) for name in ("title", "signed", "entered", "place_signed"))
    assert comes_late(Agreement, Sort("changed"))
    assert not comes_late(Agreement, Sort("changed", descending=True))


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["status", "parties", "signed"])
def test_what_takes_long_tells_how_far_it_is(
    session: Session, monkeypatch: pytest.MonkeyPatch, name: str, descending: bool
) -> None:
    monkeypatch.setattr("db.queries.lists.grouped._STRETCH", 50)
    slices = list(snapshot(session, Agreement, "", Sort(name, descending)))
    shares = [piece.share for piece in slices if piece.share is not None]
    assert len(shares) == COUNT / 50
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0, abs=0.01)
    assert all(len(piece.pks) == 0 for piece in slices if piece.share is not None)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["status", "parties", "subjects", "tags", "evidence", "signed", "in_force"])
def test_one_walk_sorts_as_sqlite_does(
    session: Session, monkeypatch: pytest.MonkeyPatch, name: str, descending: bool
) -> None:
    """With heads of one row, so that every key that is said to come first is taken at its word."""
    monkeypatch.setattr("db.queries.lists.grouped.HEAD", 1)
    monkeypatch.setattr("db.queries.lists.grouped._STRETCH", 50)
    key, pk = sort_key(Agreement, name), Agreement.pk
    by = (key.desc(), pk.desc()) if descending else (key, pk)
    present = list(session.scalars(select(pk).where(key.is_not(None)).order_by(*by)))
    absent = list(session.scalars(select(pk).where(key.is_(None)).order_by(pk.desc() if descending else pk)))
    slices = snapshot(session, Agreement, "", Sort(name, descending))
    assert [number for piece in slices for number in piece.pks] == present + absent
