"""Every crafted file: a worded refusal or a sound read, and nothing else of anybody's is touched."""

import shutil
from pathlib import Path

import pytest

from tests.hostile.bench import Bench
from tests.hostile.case import CORPUS, Ending
from tests.hostile.corpus import craft

_ONE_IN = 6
"""Of the files that are let in, so that the whole program is used on them, one in so many is judged in every run."""
_HEAVY = {
    "fifty-thousand-tables",
    "schema-of-fifty-megabytes",
    "statistics-a-million-long",
    "statistics-of-another-type",
    "text-of-a-hundred-megabytes",
    "text-of-twenty-megabytes",
    "value-of-fifty-megabytes",
    "agreement-of-three-thousand-parts",
    "agreement-of-two-thousand-parties",
    "chain-of-sources",
    "edits-of-nothing-fifty-thousand",
    "field-with-ten-thousand-claims",
    "life-of-thirty-thousand-edits",
    "life-of-which-each-edit-knows-all",
    "portrait-of-eighty-million-pixels",
    "rivals-thirty-thousand",
    "row-that-nobody-created-in-bulk",
    "thirty-thousand-notes",
    "title-of-a-million-letters",
    "title-of-a-million-lines",
    "title-of-a-million-marks",
    "title-of-two-hundred-thousand-words",
    "words-of-many-lines",
    "words-piled-up",
    "words-without-a-space",
}
"""Seconds each, because megabytes are read or thousands of records are printed."""


def shares() -> list[object]:
    """All names; some of those that take long only in a soak."""
    used = [each.name for each in CORPUS.values() if each.ending is not Ending.REFUSED and each.name not in _HEAVY]
    later = _HEAVY | {name for number, name in enumerate(used) if number % _ONE_IN}
    return [pytest.param(name, marks=pytest.mark.soak) if name in later else name for name in CORPUS]


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
