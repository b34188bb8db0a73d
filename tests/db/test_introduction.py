"""What is told of somebody else's file before it is opened."""

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from db.errors import FileRefused
from db.introduction import introduce, is_stranger
from db.log import Editor, edit
from db.models import Agreement, Note
from db.opening import close_case, open_case
from db.operations.records import add_record, delete_record, set_field
from db.queries.records import list_records
from db.trust import Trust
from tests.db.casefiles import Desk

KARI = Editor(uuid.UUID(int=7), "Kari Nordmann")


@pytest.fixture
def mine(tmp_path: Path) -> Desk:
    (tmp_path / "mine").mkdir()
    return Desk(tmp_path / "mine")


@pytest.fixture
def own(mine: Desk) -> Path:
    path = mine.create("own.casefile")
    for title in ("One", "Two"):
        mine.write(path, lambda session, title=title: add_record(session, Agreement, {"title": title}), title)  # type: ignore[misc]
    return path


def write_as_kari(path: Path, label: str, *, now: int | None = None) -> None:
    """Two agreements: one set, one gone; and a note, by somebody with an installation of her own."""
    case = open_case(path, Trust(path.parent / "hers"), writable=True)
    with edit(case.sessions, KARI, label, now=now) as session:
        first, *others = list_records(session, Agreement)
        set_field(session, first.id, "title", label)
        set_field(session, first.id, "summary", label)
        for other in others[:1]:
            delete_record(session, other.id)
        add_record(session, Note, {"text": label})
    close_case(case)


def test_own_files_are_no_strangers(mine: Desk, own: Path, tmp_path: Path) -> None:
    assert not is_stranger(own, mine.trust)
    assert is_stranger(own, Trust(tmp_path / "another"))
    assert not is_stranger(tmp_path / "nothing", mine.trust), "what is not there is refused when it is opened"


def test_a_look_is_no_letting_in(mine: Desk, own: Path, tmp_path: Path) -> None:
    trust = Trust(tmp_path / "another")
    introduction = introduce(own, trust)
    assert trust.knows(introduction.digest), "it need not be inspected again"
    assert is_stranger(own, trust)
    trust.remember(introduction.digest)
    assert not is_stranger(own, trust)
    assert not is_stranger(own, mine.trust)


def test_who_wrote_it_and_when(mine: Desk, own: Path) -> None:
    path = mine.copy(own, "theirs.casefile")
    write_as_kari(path, "Set by Kari")
    introduction = introduce(path, mine.trust)
    assert [(writer.name, writer.edits) for writer in introduction.writers] == [("Analyst", 3), ("Kari Nordmann", 1)]
    assert all(datetime.now(UTC) - writer.last < timedelta(minutes=10) for writer in introduction.writers)
    assert not any(writer.is_ahead for writer in introduction.writers)
    assert introduction.case.title == "Case"
    assert introduction.case.records["agreements"] == 1
    assert (introduction.size, introduction.news, introduction.was_here) == (path.stat().st_size, (), False)


def test_a_clock_that_is_ahead_is_told(mine: Desk, own: Path) -> None:
    path = mine.copy(own, "theirs.casefile")
    write_as_kari(path, "From the future", now=4_000_000_000_000)
    assert {writer.name: writer.is_ahead for writer in introduce(path, mine.trust).writers} == {
        "Analyst": False,
        "Kari Nordmann": True,
    }


def test_what_is_new_against_a_copy_of_ours(mine: Desk, own: Path) -> None:
    path = mine.copy(own, "theirs.casefile")
    other = mine.create("other.casefile")
    write_as_kari(path, "Set by Kari")
    mine.write(own, lambda session: add_record(session, Agreement, {"title": "Three"}))
    (news,) = introduce(path, mine.trust, [path, other, own, own.with_name("gone")]).news
    assert (news.path, news.edits, news.lacks) == (own, 1, 1)
    assert news.added == {"authors": 1, "notes": 1}
    assert (news.changed, news.deleted) == (2, 1)


def test_a_file_that_was_here_is_known_again(mine: Desk, own: Path) -> None:
    write_as_kari(own, "Elsewhere")
    introduction = introduce(own, mine.trust, [own])
    assert introduction.was_here
    assert introduction.news == ()


def test_a_copy_that_nobody_let_in_is_not_opened_for_a_comparison(mine: Desk, own: Path, tmp_path: Path) -> None:
    path = mine.copy(own, "theirs.casefile")
    assert introduce(path, Trust(tmp_path / "another"), [own]).news == ()


def test_a_refusal_is_in_words(mine: Desk, tmp_path: Path) -> None:
    path = tmp_path / "letter.casefile"
    path.write_text("Dear colleague," * 20)
    with pytest.raises(FileRefused, match="is not a Depositary case file"):
        introduce(path, mine.trust)
    with pytest.raises(FileRefused, match="There is no file"):
        introduce(tmp_path / "gone", mine.trust)
