"""A case file of an older version, which only tests know, and the road from there."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.models import Citation, Claim, Person, Source
from tests.db.case import COLLEAGUE, Case, add_sample, make_empty
from tests.db.casefiles import Desk
from tests.db.migrations.ancestor import age, lay_road


@dataclass(frozen=True)
class Aged:
    """A file of version 0, and what it was before it was made one: with the same rows, under their new names."""

    path: Path
    content: bytes
    present: Path


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def present_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a history of the column that had another name: edits, a conflict, a deletion, a claim."""
    case = Case(make_empty(tmp_path_factory.mktemp("present") / "present.casefile"))
    sample = add_sample(case)
    case.put(sample.minister, "birth_date", "1978")
    gone = case.add(Person, name="Gone", birth_date="1960")
    case.delete(gone)
    citation = case.add(Citation, source=case.add(Source, title="Readout"), quotation="木原 稔")
    case.add(Claim, subject=sample.minister, property="birth_date", value="1979-05", citation=citation)
    other = case.fork(COLLEAGUE)
    case.put(sample.minister, "birth_date", "1979-05")
    other.put(sample.minister, "birth_date", "1979-06")
    case.merge(other)
    for each in (other, case):
        each.close()
    return case.path


@pytest.fixture
def aged(present_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Aged:
    """This file as version 0, alone in its folder."""
    lay_road(monkeypatch)
    (tmp_path / "files").mkdir()
    path = Path(shutil.copy(present_file, tmp_path / "files" / "Case.casefile"))
    return Aged(path, age(path), present_file)
