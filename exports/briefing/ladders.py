"""The status of an agreement and the ladder of steps that led there, from its actions."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from db.dates import Edtf
from db.models.vocabulary import Action
from db.queries.records import RecordRow
from db.status import STATUS_AFTER, Deed, Status, has_happened, status_of_whole
from exports.briefing.sheet import UNKNOWN, Ladder, Link, Step, StepState, Support
from exports.briefing.words import BriefingOptions

_ALWAYS = (Status.SIGNED, Status.IN_FORCE)
SIGNATURES = frozenset(action for action, reached in STATUS_AFTER.items() if reached is Status.SIGNED)


def deeds_of(actions: Sequence[RecordRow]) -> list[Deed]:
    """The actions as far as a status needs them."""
    return [Deed(_action(row), row["organization"].value, _date(row)) for row in actions]


def status(actions: Sequence[RecordRow], parties: Sequence[uuid.UUID], day: str) -> Status:
    """The status of the agreement as a whole on a day; what is only planned has not been reached."""
    return status_of_whole([deed for deed in deeds_of(actions) if has_happened(deed, day)], parties)


def ladders(
    actions: Sequence[RecordRow],
    parties: Collection[uuid.UUID],
    support: Callable[[RecordRow], Support],
    options: BriefingOptions,
    *,
    number_first: Callable[[RecordRow], None] = lambda _: None,
) -> tuple[Ladder, ...]:
    """The steps that the whole took, and for each party those that it took by itself; actions come by day.

    Of the whole, signature and entry into force are shown even when nobody knows of them, and also where each party has
    taken them. What only some have taken stands in their ladders.
    `number_first` gives the notes of an action their numbers: what rivals say of any step stands below all of them.
    """
    own: dict[str, list[RecordRow]] = {}
    for row in actions:
        own.setdefault(row["organization"].text, []).append(row)
    whole = _by_status(own.pop("", []))
    theirs = _by_status(row for row in actions if row["organization"].value is not None)
    for step in _ALWAYS:
        rows = theirs.get(step, [])
        if step not in whole and (not rows or set(parties) <= {row["organization"].value for row in rows}):
            whole[step] = rows[-1:]
    told = {"": whole} | {name: _by_status(rows) for name, rows in own.items()}
    made = (_ladder(name, steps, support, options, number_first) for name, steps in told.items())
    return tuple(each for each in made if each.steps)


def _by_status(actions: Iterable[RecordRow]) -> dict[Status, list[RecordRow]]:
    found: dict[Status, list[RecordRow]] = {}
    for row in actions:
        if _action(row) in STATUS_AFTER:
            found.setdefault(STATUS_AFTER[_action(row)], []).append(row)
    return found


def _ladder(
    name: str,
    by_status: Mapping[Status, Sequence[RecordRow]],
    support: Callable[[RecordRow], Support],
    options: BriefingOptions,
    number_first: Callable[[RecordRow], None],
) -> Ladder:
    shown = [step for step in Status if step in by_status]
    for step in shown:
        for latest in by_status[step][-1:]:
            number_first(latest)
    return Ladder(tuple(_step(step, by_status[step], support, options) for step in shown), name)


def _step(
    step: Status, actions: Sequence[RecordRow], support: Callable[[RecordRow], Support], options: BriefingOptions
) -> Step:
    label = options.vocabulary.term(step).capitalize()
    if not actions:
        return Step(label, StepState.UNKNOWN, support=UNKNOWN)
    latest = actions[-1]
    if step is Status.CONSENTED:  # ratification, approval, notification: each is its own word
        label = options.vocabulary.term(_action(latest)).capitalize()
    state = StepState.ENDED if step is Status.ENDED else StepState.REACHED
    deed = deeds_of([latest])[0]
    if not has_happened(deed, options.day):
        state = StepState.NOT_REACHED if deed.date and deed.date.is_date else StepState.UNKNOWN
    return Step(label, state, latest["date"].text, support(latest), Link(latest.id, "date"))


def _action(row: RecordRow) -> Action:
    return Action(str(row["action"].value))


def _date(row: RecordRow) -> Edtf | None:
    value = row["date"].value
    return value if isinstance(value, Edtf) else None
