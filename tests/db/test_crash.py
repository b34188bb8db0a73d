"""kill -9 at any moment: nothing that was acknowledged is lost, and nothing is half there."""

import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

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
IN_CI, IN_SOAK = 20, 100
MERGES_IN_CI, MERGES_IN_SOAK = 6, 100


def times(in_ci: int, in_soak: int) -> list[object]:
    """Seeds of the random moments; most of them only in a soak."""
    return [*range(in_ci), *(pytest.param(number, marks=pytest.mark.soak) for number in range(in_ci, in_soak))]


class Worker:
    """A process that works on a case file until it is killed."""

    def __init__(self, *command: object) -> None:
        arguments = [sys.executable, "-m", "tests.db.crashing", *map(str, command)]
        self._process = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=HOME)
        assert self._process.stdout is not None
        self._lines = self._process.stdout
        self._acknowledged: list[str] = []
        assert self.wait() == "open"

    def wait(self) -> str:
        """The next thing that it acknowledges."""
        self._acknowledged.append(self._lines.readline().strip())
        return self._acknowledged[-1]

    def kill(self) -> str:
        """Kill it, and give the last thing that it had acknowledged, read or not."""
        self._process.kill()
        self._acknowledged += self._lines.read().split()
        self._process.wait()
        self._lines.close()
        return self._acknowledged[-1]


@pytest.fixture
def path(tmp_path: Path, trust: Trust) -> Path:
    path = tmp_path / "a.casefile"
    workspace = Workspace.create(path, trust, EDITOR, {"title": "Case"})
    workspace.write("Enter", add_record, Agreement, {"title": "0"})
    workspace.close()
    return path


def check_whole(path: Path) -> None:
    """The file agrees with its log and with SQLite, and nothing of the dead process lies beside it."""
    with closing(connect(path)) as connection:
        judge(connection)
    assert [file.name for file in path.parent.iterdir() if file.name != "trust"] == [path.name]


@pytest.mark.parametrize("seed", times(IN_CI, IN_SOAK))
def test_killed_while_editing(path: Path, trust: Trust, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    worker = Worker(path, tmp_path / "trust", "edit")
    for _ in range(random.randrange(EDITS - 10)):
        worker.wait()
    time.sleep(random.random() * 0.02)  # the moment is random: somewhere in the edits that follow
    last = worker.kill()
    acknowledged = int(last) if last.isdigit() else 0

    with Workspace.open(path, trust, EDITOR, writable=True) as workspace:
        (agreement,) = workspace.read(list_records, Agreement)
        done = int(agreement.title)
        assert done in (acknowledged, acknowledged + 1)
        labels = [entry.label for entry in workspace.read(entries)]
        assert labels == [*map(str, range(done, 0, -1)), "Enter", "New case file"]
        articles = [row["article"].text for row in workspace.read(list_records, Provision)]
        assert articles == [str(number) for number in range(1 + done // 3, done + 1)]
        workspace.write("Goes on", add_record, Organization, {"name": "x"})
    check_whole(path)


@pytest.fixture
def other(path: Path, trust: Trust) -> Path:
    """A colleague's copy with much that is new."""
    other = path.with_name("other.casefile")
    shutil.copy(path, other)
    with Workspace.open(other, trust, EDITOR, writable=True) as workspace:
        rows = [{"title": f"Agreement {number}", "subjects": ["procurement"]} for number in range(400)]
        workspace.write("Much", add_records, Agreement, rows)
    return other


@pytest.mark.parametrize("seed", times(MERGES_IN_CI, MERGES_IN_SOAK))
def test_killed_while_merging(path: Path, other: Path, trust: Trust, tmp_path: Path, seed: int) -> None:
    before, after = knows(path), knows(other)
    random = Random(seed)
    worker = Worker(path, tmp_path / "trust", "merge", other)
    time.sleep(random.random() * 0.15)  # about as long as it takes
    last = worker.kill()

    with Workspace.open(path, trust, EDITOR, writable=True) as workspace:
        agreements = workspace.read(count_records)["agreements"]
        receipts = [entry for entry in workspace.read(entries) if entry.label == "Merge of other.casefile"]
    assert (knows(path), agreements, len(receipts)) in [(before, 1, 0), (after, 401, 1)]
    assert knows(path) == after or last == "open"
    other.unlink()
    check_whole(path)


def knows(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


def test_the_work_that_is_killed_is_long_enough(path: Path, trust: Trust, tmp_path: Path) -> None:
    """Undisturbed, it acknowledges every edit: the tests above kill it in the middle."""
    worker = Worker(path, tmp_path / "trust", "edit")
    assert [worker.wait() for _ in range(EDITS)] == [str(number) for number in range(1, EDITS + 1)]
    worker.kill()
    with Workspace.open(path, trust) as workspace:
        assert workspace.read(list_records, Agreement)[0].title == str(EDITS)
