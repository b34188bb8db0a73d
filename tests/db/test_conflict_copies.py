"""Conflict copies are known by their names, as the services give them."""

from functools import partial
from pathlib import Path

import pytest

from db.conflict_copies import News, conflict_copies, is_conflict_copy, news_in
from db.errors import FileRefused
from db.models import Organization
from db.operations.records import add_record
from tests.db.casefiles import Desk

COPIES = [
    "Nordic (Ann's conflicted copy 2026-11-23).casefile",
    "Nordic (conflicted copy 2026-11-23 141500).casefile",
    "Nordic (DESKTOP-1's conflicted copy 2026-11-23 1).casefile",
    "Nordic (In Konflikt stehende Kopie von Ann 2026-11-23).casefile",
    "Nordic-DESKTOP-1.casefile",
    "Nordic-Anns-MacBook-2.casefile",
    "Nordic.sync-conflict-20261123-141500-ABCDEFG.casefile",
    "Nordic_conflict-20261123-141500.casefile",
    "Nordic (1).casefile",
    "Nordic 2.casefile",
    "Nordic (SFConflict ann@example.org 2026-11-23-14-15-00).casefile",
    "Nordic (ann-PC_2026-11-23_Conflict).casefile",
    "Nordic.Conflict.casefile",
]
OTHERS = [
    "Nordic.casefile",
    "Nordic agreements.casefile",
    "Nordic (draft).casefile",
    "Nordic (1).pdf",
    "Nordics-DESKTOP-1.casefile",
    "Baltic (1).casefile",
    "Nordic.casefile-journal",
    ".~lock.Nordic.casefile#",
    "Nordic 2026.casefile",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known(name: str) -> None:
    assert is_conflict_copy(name, "Nordic.casefile")


@pytest.mark.parametrize("name", OTHERS)
def test_another_file_is_not(name: str) -> None:
    assert not is_conflict_copy(name, "Nordic.casefile")


def test_a_file_with_dots_and_brackets_in_its_name() -> None:
    assert is_conflict_copy("a.b (2) (1).casefile", "a.b (2).casefile")
    assert is_conflict_copy("plain (1)", "plain")


def test_they_are_found_beside_their_file(tmp_path: Path) -> None:
    for name in (*COPIES[:2], *OTHERS[:3]):
        (tmp_path / name).touch()
    (tmp_path / COPIES[8]).mkdir()
    assert [path.name for path in conflict_copies(tmp_path / "Nordic.casefile")] == sorted(COPIES[:2])
    assert conflict_copies(tmp_path / "none" / "x.casefile") == ()


class TestNews:
    @pytest.fixture
    def desk(self, tmp_path: Path) -> Desk:
        return Desk(tmp_path)

    @pytest.fixture
    def path(self, desk: Desk) -> Path:
        return desk.create("Nordic.casefile")

    def test_of_a_copy_that_knows_more(self, desk: Desk, path: Path) -> None:
        copy = desk.copy(path, COPIES[0])
        assert news_in(copy, path, desk.trust) is None
        for name in ("Iceland", "Norway"):
            desk.write(copy, partial(add_record, cls=Organization, values={"name": name}))
        assert news_in(copy, path, desk.trust) == News(copy, 2, ("Analyst",))
        assert news_in(path, copy, desk.trust) is None

    def test_of_another_case(self, desk: Desk, path: Path) -> None:
        assert news_in(desk.create(COPIES[8]), path, desk.trust) is None

    def test_of_what_is_no_case_file(self, desk: Desk, path: Path) -> None:
        copy = desk.folder / COPIES[4]
        copy.write_text("Not a database.")
        with pytest.raises(FileRefused):
            news_in(copy, path, desk.trust)
