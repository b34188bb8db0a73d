"""The order of mixed text, against Unicode's own conformance data (unicode/README.md)."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from exports.pdf.bidi import base_level, resolve, text_levels, turns, visual_order

DATA = Path(__file__).parent / "unicode"
REMOVED = {"LRE", "RLE", "LRO", "RLO", "PDF", "BN"}
SAMPLED = 37  # every so many-th line of the long table, in a short run


def rows(name: str) -> Iterator[str]:
    with lzma.open(DATA / f"{name}.xz", "rt", encoding="utf-8") as lines:
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))


def class_cases() -> Iterator[tuple[list[str], int, str, str]]:
    """Classes, what base directions to try (bits), levels and order of BidiTest.txt."""
    levels = order = ""
    for row in rows("BidiTest.txt"):
        if row.startswith("@Levels:"):
            levels = row.partition(":")[2]
        elif row.startswith("@Reorder:"):
            order = row.partition(":")[2]
        elif not row.startswith("@"):
            names, bits = row.split(";")
            yield names.split(), int(bits), levels, order


def wrong_class_cases(step: int) -> list[str]:
    wrong = []
    for names, bits, levels, order in islice(class_cases(), 0, None, step):
        bases = [base_level(names) or 0] * (bits & 1) + [0] * (bits >> 1 & 1) + [1] * (bits >> 2 & 1)
        for base in bases:
            found = resolve(names, base)
            told = ["x" if name in REMOVED else str(level) for name, level in zip(names, found, strict=True)]
            kept = [index for index, name in enumerate(names) if name not in REMOVED]
            seen = [str(kept[place]) for place in visual_order([found[index] for index in kept])]
            if told != levels.split() or seen != order.split():
                wrong.append(f"{names} in {base}: {told}, not {levels}")
    return wrong


def test_classes_are_ordered_as_unicode_says() -> None:
    assert wrong_class_cases(SAMPLED) == []


@pytest.mark.soak
def test_all_classes_are_ordered_as_unicode_says() -> None:
    assert wrong_class_cases(1) == []


def test_characters_are_ordered_as_unicode_says() -> None:
    wrong, cases = [], 0
    for row in rows("BidiCharacterTest.txt"):
        codes, _asked, base, levels, order = row.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        found = text_levels(text, int(base))
        told = levels.split()
        kept = [index for index, level in enumerate(told) if level != "x"]
        seen = [str(kept[place]) for place in visual_order([found[index] for index in kept])]
        if any(told[index] != str(found[index]) for index in kept) or seen != order.split():
            wrong.append(row)
        cases += 1
    assert cases > 90_000
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "base"), [("abc", 0), ("שלום", 1), ("1 שלום", 1), ("\u2067שלום\u2069 abc", 0), ("123", None)]
)
def test_the_first_strong_character_gives_the_direction(text: str, base: int | None) -> None:
    from exports.pdf.bidi import classes_of

    assert base_level(classes_of(text)) == base


@pytest.mark.parametrize(("text", "expected"), [("Łódź 木原 12", False), ("a\u200fb", True), ("محمد", True)])
def test_what_can_change_its_order(text: str, expected: bool) -> None:
    assert turns(text) is expected
