"""Every crafted file: a worded refusal or a sound read, and nothing else of anybody's is touched."""

import shutil
from pathlib import Path

import pytest

from tests.hostile.bench import Bench
from tests.hostile.case import CORPUS, Crafted, Ending
from tests.hostile.corpus import craft

_SLOW = 3
"""Of the files that are let in, so that the whole program is used on them, one in three in every run."""


def shares() -> list[object]:
    """All names; some of those that take long only in a soak."""
    long = [crafted.name for crafted in CORPUS.values() if _is_long(crafted)]
    later = {name for number, name in enumerate(long) if number % _SLOW}
    return [pytest.param(name, marks=pytest.mark.soak) if name in later else name for name in CORPUS]


def _is_long(crafted: Crafted) -> bool:
    return crafted.ending is not Ending.REFUSED


@pytest.mark.parametrize("name", shares())
def test_crafted(name: str, place: Path, case: Path, bench: Bench, request: pytest.FixtureRequest) -> None:
    crafted, folder = CORPUS[name], place / name
    whole = "not soak" not in str(request.config.getoption("-m"))
    try:
        assert bench.faults(craft(crafted, case, folder), folder, crafted.ending, whole=whole) == []
    finally:
        shutil.rmtree(folder)


def test_there_are_enough_and_all_sorts_of_endings() -> None:
    assert len(CORPUS) >= 60
    assert {crafted.ending for crafted in CORPUS.values()} == set(Ending)
