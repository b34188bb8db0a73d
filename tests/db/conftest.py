"""Case files for the tests of the db layer: empty and open, or with a few records."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.trust import Trust
from tests.db.case import Case, Sample, add_sample, make_empty


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that only has the schema; copy it."""
    return make_empty(tmp_path_factory.mktemp("empty") / "empty.casefile")


@pytest.fixture
def case(empty_file: Path, tmp_path: Path) -> Iterator[Case]:
    """An empty case file, open for writing."""
    case = Case(Path(shutil.copy(empty_file, tmp_path / "Analyst.casefile")))
    yield case
    case.close()


@pytest.fixture
def sample(case: Case) -> Sample:
    """A few records in the case file."""
    return add_sample(case)


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    """What an installation remembers; nothing yet."""
    return Trust(tmp_path / "trust")
