"""The place where hostile files are judged: a folder, a sound file, and a judge that outlives the tests of a module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import USER_FOLDERS
from tests.hostile.bench import Bench
from tests.hostile.case import make_case


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def case(place: Path) -> Path:
    return make_case(place / "sound.casefile")


@pytest.fixture(scope="module")
def bench(place: Path, case: Path) -> Iterator[Bench]:
    """The judge, with a home of its own."""
    work, home = place / "work", place / "home"
    work.mkdir()
    folders = {variable: str(home / folder) for variable, folder in USER_FOLDERS.items()}
    for folder in folders.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    bench = Bench(case, work, {**os.environ, **folders})
    yield bench
    bench.close()
