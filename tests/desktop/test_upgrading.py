"""upgrade, and what other commands do with a file of an older version."""

from pathlib import Path

import pytest

from db.backups import Why, backups_of
from desktop.folders import backup_folder
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
        "It was not touched. `depositary upgrade` does that.",
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
