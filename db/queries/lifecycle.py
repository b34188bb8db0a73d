"""The life of an agreement: what was done, by the agreement as a whole and by each party, who signed, in which post."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.errors import RecordNotFound
from db.models import Party, PartyAction, Signatory
from db.models.vocabulary import Action, HeldPost
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.portions import Portion
from db.queries.tenures import Tenure, tenures_of
from db.queries.titles import titles
from db.status import STATUS_AFTER, Deed, Status, has_happened, status_of

MILESTONES: dict[Status, Action] = {
    Status.SIGNED: Action.SIGNATURE,
    Status.IN_FORCE: Action.ENTRY_INTO_FORCE,
    Status.ENDED: Action.TERMINATION,
}
"""The statuses whose day is entered as if it were a field, each with the action that is added for it."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who put a name to an action."""

    id: uuid.UUID
    """Of the signatory."""
    name: str
    target: uuid.UUID | None
    """The person or organization; none for words as reported."""
    is_person: bool
    tenure: Tenure | None
    """The post that a person signed in."""
    on_behalf_of: str
    held: HeldPost | None
    """Whether the person is shown to have held the post that day; none for organizations and words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action. `happened`: its day has come, or nobody knows the day."""

    id: uuid.UUID
    action: Action
    party: uuid.UUID | None
    date: Edtf | None
    happened: bool
    place: str
    on_behalf_of: str
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """What one party did, or (`party` is None) the agreement as a whole, in the order of days."""

    party: uuid.UUID | None
    name: str
    is_party: bool
    """Whether the agreement names it as a party; somebody else may act too."""
    status: Status
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PartyStanding:
    """A party, its role, and how far it has come."""

    id: uuid.UUID
    """Of the party's own record."""
    organization: uuid.UUID
    name: str
    role: str
    status: Status
    acted: bool
    """Whether it did something of its own; else only what the agreement as a whole did tells how far it has come."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """The day of a status, and the actions behind it: the agreement's own, or else its parties'."""

    status: Status
    date: Edtf | None
    actions: tuple[tuple[uuid.UUID, Action], ...]
    is_own: bool
    """Whether they are the agreement's as a whole."""
    happened: bool

    @property
    def can_be_set(self) -> bool:
        """Whether one day is meant: that of the one action of the whole agreement, or of the one that is added."""
        return not self.actions or (self.is_own and len(self.actions) == 1)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All of it. `ladders`: the whole agreement first, then the parties by name; only those that did something."""

    agreement: uuid.UUID
    status: Status
    ladders: tuple[Ladder, ...]
    milestones: tuple[Milestone, ...]


def lifecycle(session: Session, agreement: uuid.UUID, day: str = "") -> Lifecycle:
    """The life of an agreement as it stands on a day (YYYY-MM-DD; today, if none is given). Raises RecordNotFound."""
    steps = _steps(session, agreement, day or datetime.now(UTC).date().isoformat())
    row = _standing(session, agreement)
    return Lifecycle(
        agreement=agreement,
        status=row.status,
        ladders=tuple(_ladders(session, steps, {party.id for party in row.parties})),
        milestones=tuple(milestone(status, steps) for status in MILESTONES),
    )


def parties(session: Session, agreement: uuid.UUID, limit: int) -> Portion[PartyStanding]:
    """The parties of an agreement by name, and how far each has come by today. Raises RecordNotFound."""
    row = _standing(session, agreement)
    own = select(Party.organization_id, Party.id, Party.role).where(Party.agreement_id == agreement)
    records = {organization: (key, role or "") for organization, key, role in session.execute(own)}
    acting = set(session.scalars(select(PartyAction.organization_id).where(PartyAction.agreement_id == agreement)))
    shown = tuple(
        PartyStanding(records[each.id][0], each.id, each.name, records[each.id][1], each.status, each.id in acting)
        for each in row.parties[:limit]
    )
    return Portion(shown, len(row.parties))


def _standing(session: Session, agreement: uuid.UUID) -> AgreementRow:
    rows = agreement_status(session, [agreement])
    if agreement not in rows:
        raise RecordNotFound(f"There is no agreement {agreement} in this file.")
    return rows[agreement]


def milestone(status: Status, steps: Iterable[Step]) -> Milestone:
    """The day of a status: of the agreement's own action, or else of the last party's."""
    leading = [step for step in steps if STATUS_AFTER.get(step.action) is status]
    own = [step for step in leading if step.party is None]
    behind = own or leading
    dated = [step for step in behind if step.date] or behind
    last = max(dated, key=_day, default=None)
    return Milestone(
        status=status,
        date=last.date if last else None,
        actions=tuple((step.id, step.action) for step in behind),
        is_own=bool(own),
        happened=last is not None and last.happened,
    )


def _ladders(session: Session, steps: Sequence[Step], parties: Collection[uuid.UUID]) -> Iterable[Ladder]:
    names = titles(session, {step.party for step in steps if step.party})
    order = sorted(
        {step.party for step in steps if step.party}, key=lambda key: (key not in parties, names.get(key, ""))
    )
    for party in (None, *order):
        own = tuple(step for step in steps if step.party == party)
        if own:
            status = status_of(Deed(step.action, party, step.date) for step in own if step.happened)
            yield Ladder(party, names.get(party, "") if party else "", party in parties, status, own)


def _steps(session: Session, agreement: uuid.UUID, day: str) -> list[Step]:
    rows = session.scalars(
        select(PartyAction).where(PartyAction.agreement_id == agreement).order_by(PartyAction.pk)
    ).all()
    behalf = titles(session, {row.on_behalf_of_id for row in rows if row.on_behalf_of_id})
    signers = _signers(session, agreement, {row.id: row.date for row in rows})
    steps = [
        Step(
            id=row.id,
            action=row.action,
            party=row.organization_id,
            date=row.date,
            happened=has_happened(Deed(row.action, row.organization_id, row.date), day),
            place=row.place or "",
            on_behalf_of=behalf.get(row.on_behalf_of_id, "") if row.on_behalf_of_id else "",
            signers=tuple(signers.get(row.id, ())),
        )
        for row in rows
    ]
    return sorted(steps, key=_day)


def _day(step: Step) -> tuple[str, str]:
    """Undated last; among equals in the order of entry."""
    return (step.date.earliest, step.date.latest) if step.date and step.date.is_date else ("~", "")


def _signers(
    session: Session, agreement: uuid.UUID, days: dict[uuid.UUID, Edtf | None]
) -> dict[uuid.UUID, list[Signer]]:
    query = select(Signatory).join(PartyAction, PartyAction.id == Signatory.action_id)
    rows = session.scalars(query.where(PartyAction.agreement_id == agreement).order_by(Signatory.pk)).all()
    posts = tenures_of(session, {row.membership_id for row in rows if row.membership_id})
    mentioned = {key for row in rows for key in (row.person_id, row.organization_id, row.on_behalf_of_id) if key}
    names = titles(session, mentioned)
    found: dict[uuid.UUID, list[Signer]] = {}
    for row in rows:
        tenure = posts.get(row.membership_id) if row.membership_id else None
        found.setdefault(row.action_id, []).append(_signer(row, tenure, names, days[row.action_id]))
    return found


def _signer(row: Signatory, tenure: Tenure | None, names: dict[uuid.UUID, str], day: Edtf | None) -> Signer:
    target = row.person_id or row.organization_id
    behalf = names.get(row.on_behalf_of_id, "") if row.on_behalf_of_id else ""
    return Signer(
        id=row.id,
        name=names.get(target, "") if target else row.as_reported or "",
        target=target,
        is_person=row.person_id is not None,
        tenure=tenure,
        on_behalf_of=behalf or (tenure.on_behalf_of if tenure else ""),
        held=held_by(row.person_id, tenure, day) if row.person_id else None,
    )


def held_by(person: uuid.UUID, tenure: Tenure | None, day: Edtf | None) -> HeldPost:
    """Whether a person is shown to have held the post that they are said to have signed in."""
    return tenure.held_on(day) if tenure and tenure.person == person else HeldPost.NOT_SHOWN
