"""Nothing that a sheet says is left off the paper."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from itertools import count

from db.models.vocabulary import AssessmentForm, HeldPost, Standing, Tlp
from exports.briefing.sheet import AgreementSheet, Marking, StepState, Support
from exports.pdf import render
from tests.exports.pdf.reading import all_text, compact

NOT_WORDS = {"language", "quotation_language"}
NEVER_SHOWN = {("Fact", "title"), ("Fact", "status"), ("Fact", "summary")}  # a heading or the type size says it


class Filler:
    """Fills every field of a sheet with something of its own, and remembers the words."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers = count(1)

    def fill(self, wanted: typing.Any, name: str = "") -> typing.Any:
        if isinstance(wanted, types.UnionType):
            return self.fill(next(part for part in typing.get_args(wanted) if part is not type(None)), name)
        if typing.get_origin(wanted) is tuple:
            inner = typing.get_args(wanted)[0]
            return (1,) if inner is int else (self.fill(inner, name),)
        if wanted is Support:
            return replace(self._record(Support, name), standing=Standing.DISPUTED)
        if is_dataclass(wanted):
            return self._record(wanted, name)
        if isinstance(wanted, type) and issubclass(wanted, Enum):
            return next(iter(wanted))
        return self._plain(wanted, name)

    def _plain(self, wanted: typing.Any, name: str) -> typing.Any:
        if wanted is str:
            return "" if name in NOT_WORDS else self._word(name)
        return {bool: False, int: 1}.get(wanted)

    def _record(self, wanted: typing.Any, owner: str) -> typing.Any:
        hints = typing.get_type_hints(wanted)
        values = {field.name: self.fill(hints[field.name], field.name) for field in fields(wanted)}
        if (wanted.__name__, owner) in NEVER_SHOWN:
            self.words.remove(values["label"])
        return wanted(**values)

    def _word(self, name: str) -> str:
        word = f"w{next(self._numbers):04}w"
        word = f"https://example.org/{word}" if name.endswith("url") else word
        self.words.append(word)
        return word


def test_every_word_of_a_full_sheet_is_printed() -> None:
    filler = Filler()
    sheet: AgreementSheet = filler.fill(AgreementSheet)
    assert sheet.ladder is not None
    filler.words.remove(sheet.ladder.name)  # only a screen reader hears the name of the main ladder
    text = compact(all_text(render(replace(sheet, language="en-GB"))))
    assert len(filler.words) > 120
    assert [word for word in filler.words if compact(word) not in text] == []


def test_every_kind_of_assessment_step_and_post_is_printed() -> None:
    sheet: AgreementSheet = Filler().fill(AgreementSheet)
    assert sheet.ladder is not None
    kinds = tuple(replace(sheet.assessments[0], form=form, judgement=f"as {form}") for form in AssessmentForm)
    steps = tuple(replace(sheet.ladder.steps[0], label=f"step {state}", state=state) for state in StepState)
    held = tuple(replace(sheet.signatories[0], name=f"signed {post}", held_post=post) for post in HeldPost)
    sheet = replace(
        sheet,
        language="en-GB",
        marking=Marking(Tlp.RED),
        assessments=kinds,
        ladder=replace(sheet.ladder, steps=steps),
        signatories=held,
    )
    text = all_text(render(sheet))
    assert all(f"as {form}" in text for form in AssessmentForm)
    assert all(f"step {state}" in text for state in StepState)
    assert all(f"signed {post}" in text for post in HeldPost)
    assert "in post that day: not shown" in text
