"""upgrade, and what other commands do with a file of an older version."""

import shutil
from pathlib import Path

import pytest

from db.backups import Why, backups_of
from db.errors import OlderFile
from db.header import check_header
from db.migrations.worker import UNWATCHED
from db.models import Organization
from db.operations.records import add_record
from db.queries.records import list_records
from db.schema import VERSION
from db.working_copy import SavedBack, WorkingCopy
from desktop.folders import backup_folder, copy_folder
from desktop.opening import open_workspace
from desktop.settings import trust
from tests.db.casefiles import EDITOR
from tests.db.migrations.ancestor import age, lay_road
from tests.desktop.command_line import Case, document, refusal, told


@pytest.fixture
def older(case: Case, monkeypatch: pytest.MonkeyPatch) -> Path:
    told("add", case.path, "organizations", "name=Iceland")
    lay_road(monkeypatch)
    age(case.path)
    return case.path


def test_a_file_of_an_older_version(older: Path, tmp_path: Path) -> None:
    before = older.read_bytes()
    assert "Iceland" in told("list", older, "organizations"), "it can be read"
    code, words = refusal("add", older, "organizations", "name=Finland")
    assert (code, words) == (
        3,
        f"{older.name} was written by an older version of Depositary. It has to be brought up to date to be edited. "
        "It was not touched. `depositary upgrade` brings it up to date.",
    )
    assert older.read_bytes() == before

    text = told("upgrade", older)
    (kept,) = backups_of(older, backup_folder())
    assert kept.why is Why.BEFORE_MIGRATION
    when = f"{kept.at:%Y-%m-%d %H:%M:%S}"
    assert " ".join(text.split()) == f"{older} is up to date. As it was until now, it is the backup of {when} UTC."
    told("add", older, "organizations", "name=Finland")
    assert told("upgrade", older) == f"{older} is up to date already.\n"
    assert document("upgrade", older) == {"file": str(older), "kept": None}
    told("restore", older, "newest", "-o", tmp_path / "again.casefile")
    names = {row["title"] for row in document("list", tmp_path / "again.casefile", "organizations")}
    assert "Iceland" in names
    assert "Finland" not in names


def test_a_colleagues_older_file_is_merged(case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.casefile"
    theirs.write_bytes(case.path.read_bytes())
    told("add", theirs, "organizations", "name=Iceland")
    lay_road(monkeypatch)
    before = age(theirs)
    assert "Iceland" in told("compare", case.path, theirs, code=1)
    merged = tmp_path / "merged.casefile"
    told("merge", case.path, theirs, "-o", merged)
    assert "Iceland" in told("list", merged, "organizations")
    assert theirs.read_bytes() == before


def test_one_on_a_medium_that_cannot_be_written_is_read(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.read_bytes()
    monkeypatch.setattr("db.opening.os.access", lambda path, mode: False)
    opened = open_workspace(older, trust(), EDITOR, UNWATCHED)
    assert "is protected from being written" in opened.holder
    assert (opened.workspace.is_writable, opened.workspace.home) == (False, older)
    assert "Iceland" in {row.title for row in opened.workspace.read(list_records, Organization)}
    opened.workspace.close()
    assert older.read_bytes() == before


def test_work_that_was_not_saved_back_before_the_update_is_not_lost(
    case: Case, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In a synchronised folder: both the file there and the local copy are of the older version then."""
    (tmp_path / "synchronised" / ".stfolder").mkdir(parents=True)
    path = Path(shutil.copy(case.path, tmp_path / "synchronised"))
    workspace = open_workspace(path, trust(), EDITOR).workspace
    workspace.write("Add", add_record, Organization, {"name": "Iceland"})
    workspace.close()
    copy = WorkingCopy(path, copy_folder())
    assert copy.holds_work
    lay_road(monkeypatch)
    age(copy.path)
    age(path)
    with pytest.raises(OlderFile):
        open_workspace(path, trust(), EDITOR).workspace.close()

    opened = open_workspace(path, trust(), EDITOR, UNWATCHED)
    assert opened.upgraded is not None
    assert opened.workspace.path == copy.path
    assert check_header(path) == check_header(copy.path) == VERSION
    assert "Iceland" in {row.title for row in opened.workspace.read(list_records, Organization)}
    away = opened.workspace.away
    assert away is not None
    assert away.copy.save_back(trust()) is SavedBack.CHANGED_THERE
    away.copy.take_in(opened.workspace.merge, trust())
    assert away.copy.save_back(trust()) is SavedBack.SAVED
    opened.workspace.close()
    assert "Iceland" in told("list", path, "organizations")
