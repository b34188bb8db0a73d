"""How backups, and what restoring one would change, are put into words."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.backups import UNREADABLE, Backup, Why
from db.compare import Comparison, Difference, OwnRecord, Side
from db.queries.case_file import EditRow
from desktop.backups.preview import Effect, told
from desktop.backups.words import effect_words, size_words, summary_words, when_words, why_words

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
EDIT = EditRow(uuid.UUID(int=1), "Ann", NOW, "Set title")


def own(number: int, kind: str) -> OwnRecord:
    return OwnRecord(uuid.UUID(int=number), kind, f"Record {number}")


def compared(
    mine: tuple[OwnRecord, ...] = (), theirs: tuple[OwnRecord, ...] = (), edits: int = 0, fields: int = 0
) -> Comparison:
    difference = Difference(uuid.UUID(int=9), "agreements", "Memorandum", "title", "Now", "")
    return Comparison(Side("a", (EDIT,) * edits, mine), Side("b", (), theirs), (difference,) * fields)


def test_nothing_would_change() -> None:
    assert summary_words(told(compared())) == "The file is just as this backup. Nothing would change."


def test_what_would_change_is_counted_by_kind() -> None:
    found = told(
        compared(
            mine=(own(1, "agreements"), own(2, "claims"), own(3, "claims"), own(4, "authors")),
            theirs=(own(5, "officials"),),
            edits=1200,
            fields=1,
        )
    )
    assert summary_words(found) == (
        "1,200 edits made since would be taken away. Gone would be: 1 agreement, 2 claims. "
        "Back would be: 1 official. 1 field would be as before."
    )
    assert [(line.effect, effect_words(line)) for line in found.lines] == [
        (Effect.DIFFERS, "Title: Now → —"),
        (Effect.GOES, "would be gone"),
        (Effect.GOES, "would be gone"),
        (Effect.GOES, "would be gone"),
        (Effect.RETURNS, "would be back"),
    ]
    assert found.untold == 0


def test_of_very_many_the_first_are_told() -> None:
    found = told(compared(mine=tuple(own(number, "claims") for number in range(700)), fields=3))
    assert (len(found.lines), found.untold) == (500, 203)


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_words(why: Why) -> None:
    backup = Backup(Path("x"), NOW, why, 1, "0" * 12)
    assert why_words(backup)
    assert why_words(Backup(Path("x"), NOW, why, 1, UNREADABLE)) == "a file that could not be read"
    assert when_words(backup, NOW).startswith("Today, ")


def test_sizes() -> None:
    assert size_words(1_782_579) == "1.7 MB"
