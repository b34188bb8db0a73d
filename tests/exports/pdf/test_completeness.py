"""Nothing that a briefing says is left off the paper."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import count
from uuid import UUID

from db.models.vocabulary import Standing, Tlp
from exports.briefing.document import (
    Block,
    Briefing,
    Cell,
    Front,
    Item,
    Ladders,
    Link,
    NotesPlace,
    Portrait,
    Row,
    RowKind,
    Table,
)
from exports.briefing.drawing import Drawing, Label
from exports.briefing.labels import Labels
from exports.briefing.sheet import Ladder, Marking, Step, StepState, Support
from exports.pdf import render
from tests.exports.pdf import dossiers, sheets
from tests.exports.pdf.reading import all_text, compact
from tests.exports.pdf.sheets import with_section

NOT_WORDS = {"language", "quotation_language", "alternative"}
NEVER_SHOWN = {("Fact", "title", "label"), ("Fact", "cover", "label"), ("Section", "sections", "name")}


class Filler:
    """Fills every field of a briefing with something of its own, and remembers the words."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers = count(1)

    def fill(self, wanted: typing.Any, name: str = "") -> typing.Any:
        known = self._known(wanted)
        if known is not None:
            return known
        if isinstance(wanted, types.UnionType):
            return self.fill(next(part for part in typing.get_args(wanted) if part is not type(None)), name)
        if typing.get_origin(wanted) is tuple:
            return self._several(typing.get_args(wanted), name)
        if wanted is Support:
            return replace(self._record(Support, name), standing=Standing.DISPUTED)
        if is_dataclass(wanted):
            return self._record(wanted, name)
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return next(iter(wanted))
        return self._plain(wanted, name)

    def _known(self, wanted: typing.Any) -> typing.Any:
        """What cannot be made of words."""
        if wanted is Labels:
            return sheets.LABELS
        if wanted is Link:
            return Link(sheets.RECORD)
        if wanted is Portrait:
            return Portrait(dossiers.picture(), "A person")
        if wanted is Drawing:
            return Drawing(300, 40, (self._record(Label, ""),), "A word")
        return UUID(int=7) if wanted is UUID else None

    def _several(self, inner: tuple[typing.Any, ...], name: str) -> tuple[typing.Any, ...]:
        if len(inner) == 2 and inner[1] is not Ellipsis:
            return tuple(self.fill(each, name) for each in inner)
        if inner[0] == Block:
            return tuple(self.fill(each, name) for each in typing.get_args(Block))
        return (1,) if inner[0] is int else (self.fill(inner[0], name),)

    def _plain(self, wanted: typing.Any, name: str) -> typing.Any:
        if wanted is str:
            return "" if name in NOT_WORDS else self._word(name)
        return {bool: False, int: 1, float: 10.0}.get(wanted)

    def _record(self, wanted: typing.Any, owner: str) -> typing.Any:
        hints = typing.get_type_hints(wanted)
        values = {field.name: self.fill(hints[field.name], field.name) for field in fields(wanted)}
        for name, value in values.items():
            if (wanted.__name__, owner, name) in NEVER_SHOWN:
                self.words.remove(value)
        return wanted(**values)

    def _word(self, name: str) -> str:
        word = f"w{next(self._numbers):04}w"
        word = f"https://example.org/{word}" if name.endswith("url") else word
        self.words.append(word)
        return word


def full() -> tuple[Briefing, list[str]]:
    filler = Filler()
    made: Briefing = filler.fill(Briefing)
    return replace(made, front=replace(made.front, language="en-GB")), filler.words


def test_every_word_of_a_full_briefing_is_printed() -> None:
    briefing, words = full()
    for cover in (briefing.cover, None):
        for place in NotesPlace:
            text = compact(all_text(render(replace(briefing, cover=cover, notes_place=place)).pdf))
            unprinted = [word for word in words if compact(word) not in text]
            assert unprinted == ([] if cover else _of_cover(briefing)), place
    assert len(words) > 85


def _of_cover(briefing: Briefing) -> list[str]:
    """What only a cover says."""
    assert briefing.cover is not None
    support = briefing.cover.support
    assert support is not None
    rivals = [words for rival in support.rivals for words in (rival.text, rival.reported_by)]
    return [briefing.cover.text, *rivals, support.reason]


def test_the_chapters_title_is_printed_once_with_and_without_a_front() -> None:
    assert {field.name for field in fields(Front)} >= {"case_title", "revision", "marking", "date", "withheld"}
    briefing, _ = full()
    front = replace(briefing.front, marking=Marking(Tlp.RED))
    text = all_text(render(replace(briefing, front=front)).pdf)
    assert text.count(briefing.front.withheld) == 1


def test_every_kind_of_step_is_printed() -> None:
    steps = tuple(Step(f"step {state}", state) for state in StepState)
    text = all_text(render(with_section(sheets.empty(), "status", Ladders((Ladder(steps),)))).pdf)
    assert all(f"step {state}" in text for state in StepState)


def test_every_kind_of_row_is_printed() -> None:
    rows = tuple(
        Row(
            (dossiers.line(f"row {kind}"),) if kind is RowKind.GROUP else (dossiers.line(f"row {kind}"), Cell(())) * 2,
            kind,
        )
        for kind in RowKind
    )
    text = all_text(render(with_section(sheets.empty(), "facts", Table(dossiers.COLUMNS, rows))).pdf)
    assert all(f"row {kind}" in text for kind in RowKind)


def test_an_item_in_a_cell_says_all_that_it_says_elsewhere() -> None:
    filler = Filler()
    item: Item = filler.fill(Item)
    table = Table(dossiers.COLUMNS, (Row((Cell((item,)), Cell(()), Cell(()), Cell(()))),))
    briefing = replace(with_section(sheets.empty(), "facts", table), notes=(dossiers.note(1),))
    text = compact(all_text(render(briefing).pdf))
    assert [word for word in filler.words if word not in text] == []
