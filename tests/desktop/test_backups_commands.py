"""backups, restore: on the command line."""

import shutil
from pathlib import Path

import pytest

from db.backups import Backup, Why, back_up
from desktop.folders import backup_folder
from tests.desktop.command_line import Case, document, refusal, told


@pytest.fixture
def backup(case: Case) -> Backup:
    """A backup, after which the file was edited."""
    made = back_up(case.path, Why.BEFORE_MERGE, backup_folder())
    told("add", case.path, "organizations", "name=Iceland")
    return made


def when(backup: Backup) -> str:
    return f"{backup.at:%Y-%m-%d %H:%M:%S}"


def names(path: Path) -> list[str]:
    return [row["title"] for row in document("list", path, "organizations")]


def test_a_file_without_backups(case: Case) -> None:
    assert told("backups", case.path) == f"There is no backup of {case.path}.\n"
    assert document("backups", case.path) == {"file": str(case.path), "backups": []}
    code, words = refusal("restore", case.path, "newest")
    assert (code, words) == (3, f"There is no such backup of {case.path}. `depositary backups` lists them.")


def test_they_are_listed_also_for_a_lost_file(case: Case, backup: Backup) -> None:
    case.path.unlink()
    text = told("backups", case.path)
    assert f"{when(backup)}  before merge" in text
    assert document("backups", case.path)["backups"] == [
        {
            "path": str(backup.path),
            "of": case.path.stem,
            "at": backup.at.isoformat(),
            "why": "before merge",
            "size": backup.size,
            "revision": backup.revision,
        }
    ]


def test_one_takes_the_place_of_its_file_and_back(case: Case, backup: Backup) -> None:
    done = document("restore", case.path, when(backup))
    assert "Iceland" not in names(case.path)
    assert done["kept"]["why"] == "before restore"
    text = told("restore", case.path, done["kept"]["path"])
    assert text.startswith(f"{case.path} is as it was on ")
    assert "Iceland" in names(case.path)


def test_one_becomes_a_new_file(case: Case, backup: Backup, tmp_path: Path) -> None:
    out = tmp_path / "then.casefile"
    done = document("restore", case.path, "newest", "-o", out)
    assert (done["file"], done["kept"]) == (str(out), None)
    assert "Iceland" in names(case.path)
    assert "Iceland" not in names(out)
    assert refusal("restore", case.path, "newest", "-o", out)[0] == 3


def test_copies_of_a_case_tell_their_backups_apart(case: Case, backup: Backup, tmp_path: Path) -> None:
    """The newest is a colleague's copy's; what is restored is the newest of this file."""
    copy = Path(shutil.copy(case.path, tmp_path / "colleague.casefile"))
    back_up(copy, Why.BEFORE_MERGE, backup_folder())
    assert [made["of"] for made in document("backups", case.path)["backups"]] == ["colleague", case.path.stem]
    out = tmp_path / "then.casefile"
    document("restore", case.path, "newest", "-o", out)
    assert "Iceland" not in names(out)


def test_words_that_mean_several_are_refused(case: Case, backup: Backup) -> None:
    back_up(case.path, Why.BY_HAND, backup_folder())
    code, words = refusal("restore", case.path, "20")
    assert (code, words.splitlines()[0]) == (2, "“20” can mean 2 backups.")
