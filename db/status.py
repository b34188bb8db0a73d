"""What an agreement's actions amount to: its status, per party and as a whole. Derived, never typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from db.dates import Edtf
from db.models.vocabulary import Action


class Status(StrEnum):
    """Where an agreement stands, in the order of a lifecycle."""

    NOT_KNOWN = "not known"
    ANNOUNCED = "announced"
    UNDER_NEGOTIATION = "under negotiation"
    AGREED = "agreed in principle"
    INITIALLED = "initialled"
    SIGNED = "signed"
    CONSENTED = "ratified"
    PROVISIONALLY_APPLIED = "provisionally applied"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    DENOUNCED = "denounced"
    ENDED = "ended"


STATUS_AFTER: dict[Action, Status] = {
    Action.ANNOUNCED: Status.ANNOUNCED,
    Action.NEGOTIATION_OPENED: Status.UNDER_NEGOTIATION,
    Action.AGREED_IN_PRINCIPLE: Status.AGREED,
    Action.INITIALLED: Status.INITIALLED,
    Action.SIGNATURE: Status.SIGNED,
    Action.SIMPLE_SIGNATURE: Status.SIGNED,
    Action.DEFINITIVE_SIGNATURE: Status.SIGNED,
    Action.RATIFICATION: Status.CONSENTED,
    Action.ACCEPTANCE_OR_APPROVAL: Status.CONSENTED,
    Action.ACCESSION: Status.CONSENTED,
    Action.NOTIFICATION: Status.CONSENTED,
    Action.PROVISIONAL_APPLICATION: Status.PROVISIONALLY_APPLIED,
    Action.ENTRY_INTO_FORCE: Status.IN_FORCE,
    Action.SUCCESSION: Status.IN_FORCE,
    Action.SUSPENSION: Status.SUSPENDED,
    Action.NOTICE_OF_DENUNCIATION: Status.DENOUNCED,
    Action.WITHDRAWAL: Status.ENDED,
    Action.EXPIRY: Status.ENDED,
    Action.TERMINATION: Status.ENDED,
}
"""A reservation changes no status."""


@dataclass(frozen=True, slots=True)
class Deed:
    """An action as far as a status needs it. `party` is None for the agreement as a whole."""

    action: Action
    party: object = None
    date: Edtf | None = None


def has_happened(deed: Deed, day: str) -> bool:
    """Whether a deed's date has come on a day (YYYY-MM-DD).

    One without a date is taken to have happened; of one whose date cannot be read ("next Tuesday") nobody knows.
    """
    return deed.date is None or (deed.date.is_date and deed.date.earliest <= day)


def status_of(deeds: Iterable[Deed]) -> Status:
    """The furthest status that the deeds reached; a suspension is lifted by a later entry into force.

    Unknown is not "none": an agreement without a known entry into force is not known to be in force.
    """
    order = list(Status)
    known = list(deeds)
    reached = {STATUS_AFTER[deed.action] for deed in known if deed.action in STATUS_AFTER}
    if Status.SUSPENDED in reached and _was_resumed(known):
        reached.discard(Status.SUSPENDED)
    return max(reached, key=order.index, default=Status.NOT_KNOWN)


def status_of_whole(deeds: Sequence[Deed], parties: Sequence[object]) -> Status:
    """The status of the agreement: what the whole reached, or else what every party has reached.

    One party's withdrawal ends a bilateral agreement, not one of many parties.
    """
    whole = status_of(deed for deed in deeds if deed.party is None)
    each = [status_of(deed for deed in deeds if deed.party == party) for party in parties]
    order = list(Status)
    if len(parties) == 2 and Status.ENDED in each:
        return Status.ENDED
    return max(whole, min(each, key=order.index, default=Status.NOT_KNOWN), key=order.index)


def _was_resumed(deeds: Sequence[Deed]) -> bool:
    """Whether some entry into force is known to be later than every suspension."""
    suspended = [deed.date for deed in deeds if deed.action is Action.SUSPENSION]
    resumed = [deed.date for deed in deeds if deed.action is Action.ENTRY_INTO_FORCE]
    return any(all(_is_later(entry, suspension) for suspension in suspended) for entry in resumed)


def _is_later(first: Edtf | None, second: Edtf | None) -> bool:
    if first is None or second is None or not (first.is_date and second.is_date):
        return False
    return first.earliest > second.latest
