"""The status ladder: the steps of an agreement's life as a figure, with the words below it as text."""

from __future__ import annotations

from collections.abc import Sequence

from exports.briefing.labels import Labels
from exports.briefing.sheet import Ladder, Step, StepState
from exports.pdf.evidence import Evidence
from exports.pdf.flow import Block, Columns, Leaf, Stack
from exports.pdf.ornaments import circle
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import ACCENT, MICRO, MICRO_QUIET, MICRO_STRONG, MUTED
from exports.pdf.tags import Element, Node
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas

_MOST_STEPS = 6  # side by side
_FEWEST_COLUMNS = 4  # so that short ladders have the same pitch as long ones
_GUTTER = 8.0
_RADIUS = 3.4
_HEIGHT = 12.0


class Rungs(Leaf):
    """The figure: a disc for a step reached, a ring for one that is not, a dashed ring where nobody knows."""

    keeps_next = True

    def __init__(self, states: Sequence[StepState], pitch: float, alternative: str) -> None:
        self._states = states
        self._pitch = pitch
        self._node = Node("Figure", alternative=alternative)

    def height(self, width: float) -> float:
        """One row of shapes."""
        return _HEIGHT

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """A figure is not divided."""
        return (self, None) if height >= _HEIGHT else (None, self)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw line and shapes as the content of a Figure with a bounding box."""
        y, end = top - _HEIGHT / 2, x + self._pitch * (len(self._states) - 1) + 2 * _RADIUS
        box = f"{x:.2f} {top - _HEIGHT:.2f} {end:.2f} {top:.2f}"
        self._node.attributes = f"<</O/Layout/Placement/Block/BBox[{box}]>>".encode()
        canvas.open(self._node.under(parent))
        canvas.code.append("q")
        for index, state in enumerate(self._states):
            centre = x + _RADIUS + index * self._pitch
            if index + 1 < len(self._states):
                canvas.code.append(_line(canvas, centre, y, self._pitch, self._states[index + 1]))
            canvas.code.append(_rung(canvas, state, centre, y))
        canvas.code.append("Q")
        canvas.close()


def _line(canvas: PdfCanvas, x: float, y: float, pitch: float, towards: StepState) -> str:
    """The line to the next step: strong when that step was reached."""
    reached = towards in (StepState.REACHED, StepState.ENDED)
    colour, width = (ACCENT, 1.4) if reached else (MUTED, 0.6)
    start, end = x + _RADIUS + 1.5, x + pitch - _RADIUS - 1.5
    return f"{canvas.stroke(colour)} {width} w [] 0 d {start:.2f} {y:.2f} m {end:.2f} {y:.2f} l S"


def _rung(canvas: PdfCanvas, state: StepState, x: float, y: float) -> str:
    path = circle(x, y, _RADIUS)
    if state is StepState.REACHED:
        return f"{canvas.fill(ACCENT)} {path} f"
    if state is StepState.ENDED:
        side = _RADIUS * 1.9
        return f"{canvas.fill(MUTED)} {x - side / 2:.2f} {y - side / 2:.2f} {side:.2f} {side:.2f} re f"
    dash = "[1.6 1.3] 0 d" if state is StepState.UNKNOWN else "[] 0 d"
    return f"{canvas.stroke(MUTED)} 0.9 w {dash} {path} S [] 0 d"


def ladder_block(ladder: Ladder, width: float, evidence: Evidence, labels: Labels) -> Block:
    """Figure and words of a ladder, in as many rows as its steps need."""
    steps = ladder.steps
    rows = [steps[start : start + _MOST_STEPS] for start in range(0, len(steps), _MOST_STEPS)]
    count = max(_FEWEST_COLUMNS, len(rows[0]))
    pitch = (width + _GUTTER) / count
    return Stack([_row(row, pitch, ladder.name, evidence, labels) for row in rows])


def _row(steps: Sequence[Step], pitch: float, name: str, evidence: Evidence, labels: Labels) -> Block:
    figure = Rungs([step.state for step in steps], pitch, alternative_text(steps, name, labels))
    words = [_words(step, evidence, labels) for step in steps]
    rivals = [paragraph for step in steps for paragraph in evidence.rivals(step.support, _where(step, labels))]
    below = [Stack([*rivals], before=4.0)] if rivals else []
    return Stack([figure, Columns(words, [pitch - _GUTTER] * len(words), _GUTTER), *below], after=4.0)


def _words(step: Step, evidence: Evidence, labels: Labels) -> Block:
    """The step's name, then its date with its evidence, or its state where there is no date."""
    where = _where(step, labels)
    reached = step.state in (StepState.REACHED, StepState.ENDED)
    name = Paragraph([Span(step.label, MICRO_STRONG if reached else MICRO)], where=where)
    style = MICRO if reached else MICRO_QUIET
    text = step.date or ("" if step.state is StepState.UNKNOWN else state_word(step.state, labels))
    date = Paragraph(evidence.value(text, style, step.support), where=where)
    return Stack([name, date], link=step.link)


def _where(step: Step, labels: Labels) -> str:
    return f"{labels.status}: {step.label}"


def state_word(state: StepState, labels: Labels) -> str:
    """A step's state as a word."""
    return {
        StepState.REACHED: labels.step_reached,
        StepState.NOT_REACHED: labels.step_not_reached,
        StepState.UNKNOWN: labels.step_unknown,
        StepState.ENDED: labels.step_ended,
    }[state]


def alternative_text(steps: Sequence[Step], name: str, labels: Labels) -> str:
    """The figure in words: "Japan: signature, reached, 3 September 2024; entry into force, not known"."""
    told = "; ".join(
        ", ".join(part for part in (step.label, state_word(step.state, labels), step.date) if part) for step in steps
    )
    return f"{name or labels.status}: {told}"
