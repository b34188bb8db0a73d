"""Mutations of real case files, some in every run and thousands in a soak."""

import shutil
import uuid
from pathlib import Path

import pytest

from db.log import Editor
from db.trust import Trust
from desktop.sample import make_sample
from tests.hostile.bench import Bench
from tests.hostile.case import Ending
from tests.hostile.mutations import mutate

IN_CI, IN_ALL, AT_ONCE = 200, 2000, 20
SAMPLES = 5
"""One in so many is of the sample, which holds more and takes longer."""


@pytest.fixture(scope="module")
def sample(place: Path) -> Path:
    path = place / "sample.casefile"
    make_sample(path, Trust(place / "trust"), Editor(uuid.UUID(int=1), "Analyst")).close()
    return path


def shares() -> list[object]:
    """The first seeds of some at once; most only in a soak."""
    later = [pytest.param(first, marks=pytest.mark.soak) for first in range(IN_CI, IN_ALL, AT_ONCE)]
    return [*range(0, IN_CI, AT_ONCE), *later]


@pytest.mark.parametrize("first", shares())
def test_mutated(first: int, place: Path, case: Path, sample: Path, bench: Bench) -> None:
    faults: dict[int, list[str]] = {}
    for seed in range(first, first + AT_ONCE):
        folder = place / f"mutated-{seed}"
        folder.mkdir()
        path = mutate(sample if seed % SAMPLES == 0 else case, folder, seed)
        faults[seed] = bench.faults(path, folder, Ending.EITHER, whole=first >= IN_CI)
        shutil.rmtree(folder)
    assert {seed: found for seed, found in faults.items() if found} == {}
