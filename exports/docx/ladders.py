"""Status ladders as small tables: a sign, the state and the date of every step in words, so that they can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.briefing.labels import Labels
from exports.briefing.sheet import Ladder, Step, StepState
from exports.docx import styles
from exports.docx.evidence import Evidence
from exports.docx.tables import cell, grid_widths, row, table
from exports.docx.text import Inline, Span, Writing

_MOST_STEPS = 6  # side by side
_FEWEST_COLUMNS = 4
_SIGNS = {StepState.REACHED: "●", StepState.NOT_REACHED: "○", StepState.UNKNOWN: "◌", StepState.ENDED: "■"}


@dataclass(frozen=True)
class LadderWriter:
    """Writes ladders in a width, in twentieths of a point."""

    writing: Writing
    evidence: Evidence
    labels: Labels
    width: int

    def blocks(self, ladder: Ladder) -> list[str]:
        """Its name, then its steps in as many tables as they need, each with what rivals say below it."""
        name = [self.writing.paragraph([Span(ladder.name)], styles.BODY, keeps_next=True)] if ladder.name else []
        starts = range(0, len(ladder.steps), _MOST_STEPS)
        count = max(_FEWEST_COLUMNS, min(_MOST_STEPS, len(ladder.steps)))
        made = name
        for start in starts:
            made += self._steps(ladder.steps[start : start + _MOST_STEPS], count, ladder.name)
        return made

    def _steps(self, steps: Sequence[Step], count: int, name: str) -> list[str]:
        widths = grid_widths([1.0] * count, self.width)[: len(steps)]
        heads = [self._head(step, width) for step, width in zip(steps, widths, strict=True)]
        states = [self._state(step, width) for step, width in zip(steps, widths, strict=True)]
        title = f"{name}: {self.labels.status}" if name else self.labels.status
        made = table(widths, [row(heads, is_header=True), row(states)], title=title)
        return [made, *(paragraph for step in steps for paragraph in self.evidence.rivals(step.support))]

    def _head(self, step: Step, width: int) -> str:
        reached = step.state in (StepState.REACHED, StepState.ENDED)
        spans = [Span(step.label, styles.STRONG if reached else "")]
        return cell(width, [self.writing.paragraph(spans, styles.CELL_HEAD)])

    def _state(self, step: Step, width: int) -> str:
        """The sign and the state; below it the date. The evidence follows the last of what is said."""
        sign: list[Inline] = [Span(f"{_SIGNS[step.state]} {state_word(step.state, self.labels)}", styles.SMALL_RUN)]
        date: list[Inline] = [Span(step.date, styles.SMALL_RUN)] if step.date else []
        marked = self.evidence.marked(step.support) if _is_told(step) else []
        lines = [sign, [*date, *marked]] if date else [[*sign, *marked]]
        return cell(width, [self.writing.paragraph(line, styles.CELL) for line in lines])


def _is_told(step: Step) -> bool:
    """Whether anything is said of it but that nothing is known."""
    return bool(step.date or step.support.notes) or step.state is not StepState.UNKNOWN


def state_word(state: StepState, labels: Labels) -> str:
    """A step's state as a word."""
    return {
        StepState.REACHED: labels.step_reached,
        StepState.NOT_REACHED: labels.step_not_reached,
        StepState.UNKNOWN: labels.step_unknown,
        StepState.ENDED: labels.step_ended,
    }[state]
