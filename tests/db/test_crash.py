"""kill -9 at any moment: nothing that was acknowledged is lost, and nothing is half there."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import db
from db.engine import connect
from db.log import revision
from db.models import Agreement, Organization, Provision
from db.operations.records import add_record, add_records
from db.queries.history import entries
from db.queries.records import count_records, list_records
from db.trust import Trust
from desktop.workspace import Workspace
from tests.db.crashing import EDITOR, EDITS
from tests.db.replicas import judge

HOME = Path(db.__file__ or "").parent.parent
KILLS = [20, pytest.param(100, marks=pytest.mark.soak)]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")


@pytest.fixture
def path(tmp_path: Path, trust: Trust) -> Path:
    (tmp_path / "files").mkdir()
    path = tmp_path / "files" / "a.casefile"
    workspace = Workspace.create(path, trust, EDITOR, {"title": "Case"})
    workspace.write("Enter", add_record, Agreement, {"title": "0"})
    workspace.close()
    return path


@pytest.fixture
def other(path: Path, trust: Trust) -> Path:
    """A colleague's copy with much that is new."""
    other = path.with_name("other.casefile")
    shutil.copy(path, other)
    with Workspace.open(other, trust, EDITOR, writable=True) as workspace:
        rows = [{"title": f"Agreement {number}", "subjects": ["procurement"]} for number in range(400)]
        workspace.write("Much", add_records, Agreement, rows)
    return other


def killed(path: Path, tmp_path: Path, verb: str, kills: int) -> Iterator[tuple[Path, str]]:
    """Each file that a killed process left, and the last thing that the process had acknowledged."""
    command = [sys.executable, "-m", "tests.db.crashing", path.parent, tmp_path / "trust", verb, kills]
    run = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True, cwd=HOME)
    assert run.stderr == ""
    undisturbed, *told = run.stdout.split()
    assert undisturbed == (str(EDITS) if verb == "edit" else "merged"), "the work that is killed is long enough"
    assert len(told) == kills
    for number, last in enumerate(told, 1):
        yield path.parent / str(number) / path.name, last


def check_whole(path: Path) -> None:
    """The file agrees with its log and with SQLite, and nothing of the dead process lies beside it."""
    with closing(connect(path)) as connection:
        judge(connection)
    assert {file.name for file in path.parent.iterdir()} <= {"a.casefile", "other.casefile"}


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_editing(path: Path, trust: Trust, tmp_path: Path, kills: int) -> None:
    moments = set()
    for left, last in killed(path, tmp_path, "edit", kills):
        acknowledged = int(last) if last.isdigit() else 0
        with Workspace.open(left, trust, EDITOR, writable=True) as workspace:
            (agreement,) = workspace.read(list_records, Agreement)
            done = int(agreement.title)
            assert done in (acknowledged, acknowledged + 1)
            labels = [entry.label for entry in workspace.read(entries)]
            assert labels == [*map(str, range(done, 0, -1)), "Enter", "New case file"]
            articles = [row["article"].text for row in workspace.read(list_records, Provision)]
            assert articles == [str(number) for number in range(1 + done // 3, done + 1)]
            workspace.write("Goes on", add_record, Organization, {"name": "x"})
        check_whole(left)
        moments.add(done)
    assert len(moments) > 5, "in the middle of the work, too"


@pytest.mark.parametrize("kills", KILLS)
def test_killed_while_merging(path: Path, other: Path, trust: Trust, tmp_path: Path, kills: int) -> None:
    before, after = knows(path), knows(other)
    for left, last in killed(path, tmp_path, "merge", kills):
        with Workspace.open(left, trust, EDITOR, writable=True) as workspace:
            agreements = workspace.read(count_records)["agreements"]
            receipts = [entry for entry in workspace.read(entries) if entry.label == "Merge of other.casefile"]
        assert (knows(left), agreements, len(receipts)) in [(before, 1, 0), (after, 401, 1)]
        assert knows(left) == after or last != "merged"
        check_whole(left)


def knows(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)
