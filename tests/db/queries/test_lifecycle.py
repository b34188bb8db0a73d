"""The life of an agreement as its page tells it: ladders in the order of days, signatories in their posts."""

import uuid

import pytest
from sqlalchemy import event

from db.models import Membership, Organization, Party, PartyAction, Person, Post, Signatory
from db.models.vocabulary import Action, HeldPost
from db.operations.records import add_records
from db.queries.agreements import agreement_status, standing_at
from db.queries.lifecycle import Lifecycle, Signer, lifecycle, parties
from db.queries.tenures import fitting, tenures
from db.status import Status
from tests.db.case import Case, Sample


def life(case: Case, agreement: uuid.UUID) -> Lifecycle:
    return case.read(lifecycle, agreement, "2026-01-01")


def act(case: Case, sample: Sample, action: Action, **values: object) -> uuid.UUID:
    return case.add(PartyAction, agreement=sample.agreement, action=action, **values)


def sole_signer(case: Case, sample: Sample) -> Signer:
    ((signer,),) = [step.signers for step in life(case, sample.agreement).ladders[0].steps]
    return signer


def test_nothing_is_known_of_an_agreement_without_actions(case: Case, sample: Sample) -> None:
    found = life(case, sample.agreement)
    assert (found.ladders, found.status) == ((), Status.NOT_KNOWN)
    assert all(milestone.can_be_set and milestone.date is None for milestone in found.milestones)


def test_the_whole_comes_first_then_the_parties_by_name_then_others(case: Case, sample: Sample) -> None:
    guest = case.add(Organization, name="Austria")
    for organization in (sample.norway, guest, None, sample.japan):
        act(case, sample, Action.SIGNATURE, date="2020", organization=organization)
    ladders = life(case, sample.agreement).ladders
    assert [ladder.name for ladder in ladders] == ["", "Japan", "Norway", "Austria"]
    assert [ladder.is_party for ladder in ladders] == [False, True, True, False]


def test_steps_are_in_the_order_of_days_and_undated_ones_last(case: Case, sample: Sample) -> None:
    act(case, sample, Action.RESERVATION)
    act(case, sample, Action.ENTRY_INTO_FORCE, date="2021")
    act(case, sample, Action.SIGNATURE, date="c. May 2020")
    (ladder,) = life(case, sample.agreement).ladders
    assert [step.action for step in ladder.steps] == [Action.SIGNATURE, Action.ENTRY_INTO_FORCE, Action.RESERVATION]


def test_what_is_planned_has_not_happened(case: Case, sample: Sample) -> None:
    act(case, sample, Action.SIGNATURE, date="2025")
    act(case, sample, Action.ENTRY_INTO_FORCE, date="2027")
    (ladder,) = life(case, sample.agreement).ladders
    assert [step.happened for step in ladder.steps] == [True, False]
    assert ladder.status is Status.SIGNED


def test_a_signatory_is_told_with_the_post_and_whether_it_was_held(case: Case, sample: Sample) -> None:
    post = case.add(Post, label="Minister of Defence", organization=sample.norway)
    membership = case.add(
        Membership, person=sample.minister, post=post, start_date="2022-04-12", start_meaning="started",
        end_date="2024-09-01", end_meaning="last evidence",
    )  # fmt: skip
    action = act(case, sample, Action.SIGNATURE, date="2023-05-05")
    case.add(Signatory, action=action, person=sample.minister, membership=membership)
    signer = sole_signer(case, sample)
    assert signer.tenure
    assert (signer.name, signer.tenure.post, signer.tenure.organization) == (
        "Bjørn Arild Gram",
        "Minister of Defence",
        "Norway",
    )
    assert signer.held is HeldPost.YES
    for day, held in (("2024-09-03", HeldPost.NOT_SHOWN), ("2020", HeldPost.NO), ("", HeldPost.NOT_SHOWN)):
        case.put(action, "date", day)
        assert sole_signer(case, sample).held is held


def test_the_post_of_somebody_else_shows_nothing(case: Case, sample: Sample) -> None:
    other = case.add(Person, name="Other")
    membership = case.add(
        Membership, person=other, start_date="2020", start_meaning="started", end_date="2024", end_meaning="ended"
    )
    action = act(case, sample, Action.SIGNATURE, date="2022")
    case.add(Signatory, action=action, person=sample.minister, membership=membership)
    assert sole_signer(case, sample).held is HeldPost.NOT_SHOWN


def test_bodies_and_words_hold_no_posts(case: Case, sample: Sample) -> None:
    action = act(case, sample, Action.SIGNATURE, date="2022")
    case.add(Signatory, action=action, organization=sample.japan, on_behalf_of=sample.norway)
    body = sole_signer(case, sample)
    assert (body.name, body.on_behalf_of, body.held, body.is_person) == ("Japan", "Norway", None, False)
    case.delete(body.id)
    case.add(Signatory, action=action, as_reported="a “senior” official")
    words = sole_signer(case, sample)
    assert (words.name, words.target, words.held) == ("a “senior” official", None, None)


def test_parties_tell_their_role_and_how_far_they_have_come(case: Case, sample: Sample) -> None:
    case.add(Party, agreement=sample.agreement, organization=sample.japan, role="host")
    act(case, sample, Action.RATIFICATION, organization=sample.norway, date="2020")
    found = case.read(parties, sample.agreement, 10)
    told = [(party.name, party.role, party.status, party.acted) for party in found.rows]
    assert told == [("Japan", "host", Status.NOT_KNOWN, False), ("Norway", "", Status.CONSENTED, True)]
    assert case.read(parties, sample.agreement, 1).count == 2


def test_many_parties_and_signatories_take_few_statements(case: Case, sample: Sample) -> None:
    """The number of statements does not grow with the number of rows."""
    action = act(case, sample, Action.SIGNATURE, date="2020")

    def statements() -> int:
        count = 0

        def tick(*args: object) -> None:
            nonlocal count
            count += 1

        event.listen(case.engine, "before_cursor_execute", tick)
        life(case, sample.agreement)
        event.remove(case.engine, "before_cursor_execute", tick)
        return count

    def sign(number: int) -> None:
        with case.edit("Many") as session:
            people = add_records(session, Person, [{"name": f"Signatory {n}"} for n in range(number)])
            posts = add_records(session, Membership, [{"person": person, "start_date": "2019"} for person in people])
            rows = [
                {"action": action, "person": who, "membership": post} for who, post in zip(people, posts, strict=True)
            ]
            add_records(session, Signatory, rows)

    sign(2)
    few = statements()
    sign(300)
    assert statements() == few
    assert len(life(case, sample.agreement).ladders[0].steps[0].signers) == 302


def test_the_post_that_fits_the_day_is_offered_first(case: Case, sample: Sample) -> None:
    def hold(label: str, start: str, end: str) -> None:
        post = case.add(Post, label=label)
        case.add(
            Membership, person=sample.minister, post=post, start_date=start, start_meaning="started", end_date=end,
            end_meaning="ended",
        )  # fmt: skip

    hold("Mayor", "2000", "2005")
    hold("Minister", "2010", "2015")
    case.add(Membership, person=sample.minister, organization=sample.norway)
    action = act(case, sample, Action.SIGNATURE, date="2012-06-01")
    day = life(case, sample.agreement).ladders[0].steps[0].date
    offered = case.read(fitting, sample.minister, day)
    assert [(tenure.title, held) for tenure, held in offered] == [
        ("Minister", HeldPost.YES),
        ("Norway", HeldPost.NOT_SHOWN),
        ("Mayor", HeldPost.NO),
    ]
    assert [tenure.title for tenure in case.read(tenures, sample.minister)] == ["Minister", "Mayor", "Norway"]
    assert action


@pytest.mark.parametrize(
    ("written", "status", "planned"),
    [
        ("next Tuesday", Status.NOT_KNOWN, None),
        ("2934-09-03", Status.NOT_KNOWN, Status.SIGNED),
        (None, Status.SIGNED, None),
        ("2024", Status.SIGNED, None),
    ],
)
def test_a_day_that_is_not_read_reaches_nothing_and_a_planned_one_is_planned(
    case: Case, sample: Sample, written: str | None, status: Status, planned: Status | None
) -> None:
    act(case, sample, Action.SIGNATURE, **({"date": written} if written else {}))
    row = case.read(agreement_status, [sample.agreement])[sample.agreement]
    assert (row.status, row.planned) == (status, planned)
    assert case.read(lifecycle, sample.agreement).status is status
    with case.sessions() as session:
        assert sample.agreement in session.scalars(standing_at([status])).all()
