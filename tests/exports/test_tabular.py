"""Lists as CSV and as lines for the clipboard: every letter kept, nothing that a spreadsheet would run."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.engine import open_engine, open_sessions
from db.log import edit
from db.models import Agreement
from db.operations.records import add_record
from db.queries.lists import Sort
from exports.tabular import Progress, Table, harmless, tab_separated, write_csv
from tests.benchmarks.large import ANALYST, make_file

TITLES = ['=HYPERLINK("http://x")', 'Says "yes", twice', "Zwei\nZeilen", "日本との協定", "-1", "Plain\tTab"]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "few.casefile"
    make_file(path)
    engine = open_engine(path, writable=True)
    with edit(open_sessions(engine), ANALYST, "Fill") as session:
        for title in TITLES:
            add_record(session, Agreement, {"title": title})
    with open_sessions(engine)() as session:
        yield session
    engine.dispose()


TABLE = Table(Agreement, {"title": "Title", "status": "Status"}, sort=Sort("entered"))


@pytest.mark.parametrize("with_mark", [True, False])
def test_a_file_says_what_the_list_says(session: Session, tmp_path: Path, with_mark: bool) -> None:
    path = tmp_path / "list.csv"
    steps = list(write_csv(session, TABLE, path, with_mark=with_mark))
    assert steps[-1] == Progress(len(TITLES), len(TITLES))
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is with_mark
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["Title", "Status"]
    assert [row[0] for row in rows] == [harmless(title) for title in TITLES]


def test_only_some_rows_of_a_filter(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    list(write_csv(session, Table(Agreement, {"title": "Title"}, "協定"), path))
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["Title", "日本との協定"]
    list(write_csv(session, Table(Agreement, {"title": "Title"}, "nothing"), path))
    assert path.read_text(encoding="utf-8-sig").splitlines() == ["Title"]


def test_what_is_called_off_leaves_no_file(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "out" / "list.csv"
    path.parent.mkdir()
    writing = write_csv(session, TABLE, path)
    next(writing)
    writing.close()  # type: ignore[attr-defined]
    assert list(path.parent.iterdir()) == []


def test_lines_for_the_clipboard_hold_one_row_each(session: Session) -> None:
    table = Table(Agreement, {"title": "Title", "status": "Status"}, pks=(1, 2, 3, 4, 5, 6))
    lines = tab_separated(session, table).splitlines()
    assert len(lines) == len(TITLES)
    assert all(line.count("\t") == 1 for line in lines)


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.removeprefix("'") or cell == text
