"""Days of a status entered as fields: the action behind them takes the date, is added, or says why it cannot."""

import uuid

import pytest

from db.errors import InvalidValue
from db.models import Agreement, Note, PartyAction, Signatory
from db.models.vocabulary import Action
from db.operations.milestones import set_milestone
from db.operations.records import delete_record, set_field
from db.queries.lifecycle import Lifecycle, Milestone, lifecycle
from db.status import Status
from tests.db.case import Case, Sample


def set_day(case: Case, agreement: uuid.UUID, status: Status, day: object) -> uuid.UUID | None:
    with case.edit("Set day") as session:
        return set_milestone(session, agreement, status, day)


def act(case: Case, sample: Sample, action: Action, **values: object) -> uuid.UUID:
    return case.add(PartyAction, agreement=sample.agreement, action=action, **values)


def life(case: Case, agreement: uuid.UUID) -> Lifecycle:
    return case.read(lifecycle, agreement, "2026-01-01")


def day_of(case: Case, agreement: uuid.UUID, status: Status) -> Milestone:
    return next(found for found in life(case, agreement).milestones if found.status is status)


@pytest.mark.parametrize(
    ("status", "action"),
    [
        (Status.SIGNED, Action.SIGNATURE),
        (Status.IN_FORCE, Action.ENTRY_INTO_FORCE),
        (Status.ENDED, Action.TERMINATION),
    ],
)
def test_a_day_adds_an_action_of_the_whole_agreement(
    case: Case, sample: Sample, status: Status, action: Action
) -> None:
    key = set_day(case, sample.agreement, status, "3 Sept 2024")
    assert key
    row = case.record(key)
    assert (row["action"].value, row["organization"].value) == (action, None)
    assert row["date"].text == "3 September 2024"
    assert life(case, sample.agreement).status is status
    case.judge()


def test_a_day_is_set_on_the_action_that_is_there_and_undone_as_one_edit(case: Case, sample: Sample) -> None:
    action = act(case, sample, Action.DEFINITIVE_SIGNATURE, date="2020", place="Oslo")
    before = case.rows()
    assert set_day(case, sample.agreement, Status.SIGNED, "May 2021") == action
    assert case.record(action)["date"].text == "May 2021"
    assert case.record(action)["place"].text == "Oslo"
    case.undo_last()
    assert case.rows() == before


def test_a_date_that_cannot_be_read_is_kept_as_it_was_written(case: Case, sample: Sample) -> None:
    key = set_day(case, sample.agreement, Status.SIGNED, "some time in spring")
    assert key
    assert case.record(key)["date"].text == "some time in spring"


def test_clearing_the_day_removes_an_action_that_says_nothing_else(case: Case, sample: Sample) -> None:
    key = set_day(case, sample.agreement, Status.ENDED, "2024")
    assert set_day(case, sample.agreement, Status.ENDED, "  ") is None
    assert not life(case, sample.agreement).ladders
    case.undo_last()
    assert key
    assert case.record(key)["date"].text == "2024"


def test_nothing_is_added_without_a_day(case: Case, sample: Sample) -> None:
    entries = len(case.entries())
    assert set_day(case, sample.agreement, Status.SIGNED, " ") is None
    assert len(case.entries()) == entries


def test_clearing_the_day_keeps_an_action_that_says_more(case: Case, sample: Sample) -> None:
    placed = act(case, sample, Action.SIGNATURE, date="2020", place="Oslo")
    assert set_day(case, sample.agreement, Status.SIGNED, "") == placed
    assert case.value(placed, "date") is None
    signed = act(case, sample, Action.TERMINATION, date="2020")
    case.add(Signatory, action=signed, person=sample.minister)
    assert set_day(case, sample.agreement, Status.ENDED, "") == signed
    assert case.record(signed)["signatories"].value


def test_clearing_the_day_keeps_an_action_that_something_is_about(case: Case, sample: Sample) -> None:
    action = act(case, sample, Action.TERMINATION, date="2020")
    case.add(Note, text="Doubtful", concerns=[action])
    assert set_day(case, sample.agreement, Status.ENDED, "") == action
    assert case.value(action, "date") is None


def test_the_days_of_parties_are_not_set_at_once(case: Case, sample: Sample) -> None:
    first = act(case, sample, Action.SIGNATURE, date="2020-01-01", organization=sample.japan)
    second = act(case, sample, Action.SIGNATURE, date="2020-03-01", organization=sample.norway)
    found = day_of(case, sample.agreement, Status.SIGNED)
    assert (found.can_be_set, found.is_own) == (False, False)
    assert [key for key, _ in found.actions] == [first, second]
    assert found.date
    assert found.date.form == "2020-03-01"
    before = case.rows()
    with pytest.raises(InvalidValue, match="actions of its parties"):
        set_day(case, sample.agreement, Status.SIGNED, "2021")
    assert case.rows() == before


def test_several_actions_of_the_agreement_are_not_set_at_once(case: Case, sample: Sample) -> None:
    act(case, sample, Action.SIMPLE_SIGNATURE, date="2020")
    act(case, sample, Action.DEFINITIVE_SIGNATURE, date="2021")
    with pytest.raises(InvalidValue, match="several actions of the agreement"):
        set_day(case, sample.agreement, Status.SIGNED, "2022")


def test_the_agreements_own_action_comes_before_those_of_its_parties(case: Case, sample: Sample) -> None:
    act(case, sample, Action.SIGNATURE, date="2020", organization=sample.japan)
    own = act(case, sample, Action.SIGNATURE, date="2019")
    assert set_day(case, sample.agreement, Status.SIGNED, "2018") == own
    case.put(own, "organization", sample.norway)
    assert not day_of(case, sample.agreement, Status.SIGNED).can_be_set


def test_a_day_to_come_is_planned(case: Case, sample: Sample) -> None:
    set_day(case, sample.agreement, Status.IN_FORCE, "2030")
    assert not day_of(case, sample.agreement, Status.IN_FORCE).happened
    assert life(case, sample.agreement).ladders[0].status is Status.NOT_KNOWN


def test_other_agreements_are_left_alone(case: Case, sample: Sample) -> None:
    other = case.add(Agreement, title="Other")
    set_day(case, other, Status.SIGNED, "2020")
    set_day(case, sample.agreement, Status.SIGNED, "2021")
    found = day_of(case, other, Status.SIGNED)
    assert found.date
    assert found.date.form == "2020"
    with case.edit("Delete") as session:
        delete_record(session, found.actions[0][0])
        set_field(session, sample.agreement, "title", "Still there")
    assert day_of(case, sample.agreement, Status.SIGNED).date
