"""Status ladders: what the whole did, what each party did, and nothing that contradicts either."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from db.models import Agreement, Organization, PartyAction
from exports.briefing.agreement import agreement_chapter
from exports.briefing.compilation import Compilation
from exports.briefing.document import Ladders
from exports.briefing.sheet import StepState
from tests.exports.briefing.cases import OPTIONS, Written, only, section, written

Told = list[tuple[str, list[tuple[str, StepState, str]]]]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Written]:
    with written(tmp_path) as found:
        yield found


def told(case: Written, *actions: Mapping[str, str]) -> Told:
    """The ladders of an agreement of A and B, on which these actions are on file; A and B name their parties."""
    states = {name: case.add(Organization, name=name, classification="state") for name in ("A", "B")}
    agreement = case.add(Agreement, title="An agreement", parties=list(states.values()))
    for action in actions:
        values: dict[str, object] = {name: value for name, value in action.items() if name != "party"}
        if "party" in action:
            values["organization"] = states[action["party"]]
        case.add(PartyAction, agreement=agreement, **values)
    block = only(section(agreement_chapter(Compilation(case.session, OPTIONS), agreement), "status"), Ladders)
    return [(each.name, [(step.label, step.state, step.date) for step in each.steps]) for each in block.ladders]


def test_a_party_is_told_by_its_own_steps_alone(case: Written) -> None:
    signed = {"action": "signature", "date": "2017-05-22"}
    approved = {"action": "acceptance or approval", "date": "2019-01-17", "party": "A"}
    assert told(case, signed, approved) == [
        ("", [("Signed", StepState.REACHED, "22 May 2017"), ("In force", StepState.UNKNOWN, "")]),
        ("A", [("Acceptance or approval", StepState.REACHED, "17 January 2019")]),
    ]


def test_what_every_party_did_the_whole_did(case: Written) -> None:
    first = {"action": "signature", "date": "2017-05-22", "party": "A"}
    (_, steps), *parties = told(case, first, {"action": "signature", "date": "2017-05-23", "party": "B"})
    assert steps[0] == ("Signed", StepState.REACHED, "23 May 2017")
    assert [name for name, _ in parties] == ["A", "B"]


def test_what_one_party_did_is_not_unknown_of_the_whole(case: Written) -> None:
    signed = {"action": "signature", "date": "2017-05-22", "party": "A"}
    assert [[label for label, _, _ in steps] for _, steps in told(case, signed)] == [["In force"], ["Signed"]]


def test_a_day_that_nobody_can_read_is_none_to_come(case: Written) -> None:
    (_, steps), *_ = told(case, {"action": "signature", "date": "bananas"})
    assert steps[0] == ("Signed", StepState.UNKNOWN, "bananas")
