"""Every crafted file: a worded refusal or a sound read, and nothing else of anybody's is touched."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bench import Bench
from tests.hostile.case import CORPUS, make_case
from tests.hostile.corpus import craft


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def case(place: Path) -> Path:
    return make_case(place / "sound.casefile")


@pytest.fixture(scope="module")
def bench(place: Path, case: Path, home_of_module: None) -> Iterator[Bench]:
    work = place / "work"
    work.mkdir()
    bench = Bench(case, work)
    yield bench
    bench.close()


@pytest.mark.parametrize("name", CORPUS)
def test_crafted(name: str, place: Path, case: Path, bench: Bench) -> None:
    crafted, folder = CORPUS[name], place / name
    try:
        path = craft(crafted, case, folder)
        assert bench.faults(path, folder, crafted.ending) == []
    finally:
        shutil.rmtree(folder)


def test_there_are_enough() -> None:
    assert len(CORPUS) >= 60
