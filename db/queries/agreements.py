"""Agreements with what follows from their actions: the status, per party and as a whole, and the day of signature."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, Subquery, Text, and_, case, func, literal_column, or_, select, type_coerce
from sqlalchemy.orm import Session

from db.dates import Edtf, earliest, latest
from db.models import Agreement, Organization, Party, PartyAction
from db.models.base import Key
from db.models.vocabulary import Action, InstrumentType
from db.queries.titles import chunks
from db.status import STATUS_AFTER, Deed, Status, has_happened, status_of, status_of_whole
from db.triggers import table_of

RANKS = {status: rank for rank, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party of an agreement and how far it has come."""

    id: uuid.UUID
    """Of the organization."""
    name: str
    status: Status


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement as lists show it. `signed`: the agreement's own signature, or else the last of its parties'."""

    id: uuid.UUID
    title: str
    instrument_type: InstrumentType | None
    status: Status
    signed: Edtf | None
    parties: tuple[PartyRow, ...]
    planned: Status | None = None
    """What it is to reach on a day that is still to come, where it has reached nothing yet."""


def agreement_status(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, AgreementRow]:
    """The rows of those of the ids that are agreements, with their derived status."""
    rows: dict[uuid.UUID, AgreementRow] = {}
    for chunk in chunks(list(ids)):
        deeds, parties = _deeds(session, chunk), _parties(session, chunk)
        query = select(Agreement.id, Agreement.title, Agreement.instrument_type).where(Agreement.id.in_(chunk))
        for key, title, instrument in session.execute(query):
            happened = [deed for deed in deeds.get(key, []) if has_happened(deed, _today())]
            row = _row(key, title, instrument, happened, parties.get(key, []))
            rows[key] = row if happened else replace(row, planned=_planned(deeds.get(key, [])))
    return rows


def _planned(deeds: Iterable[Deed]) -> Status | None:
    status = status_of(deed for deed in deeds if deed.date and deed.date.is_date)
    return None if status is Status.NOT_KNOWN else status


def _today() -> str:
    """The day that a status is asked for: what is only planned has not been reached."""
    return datetime.now(UTC).date().isoformat()


def _deeds(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Deed]]:
    query = select(PartyAction.agreement_id, PartyAction.action, PartyAction.organization_id, PartyAction.date).where(
        PartyAction.agreement_id.in_(ids)
    )
    found: dict[uuid.UUID, list[Deed]] = {}
    for agreement, action, party, date in session.execute(query.order_by(PartyAction.pk)):
        found.setdefault(agreement, []).append(Deed(action, party, date))
    return found


def _parties(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
    query = (
        select(Party.agreement_id, Party.organization_id, Organization.name)
        .join(Organization, Organization.id == Party.organization_id)
        .where(Party.agreement_id.in_(ids))
        .order_by(Organization.name, Organization.id)  # a set has no order of its own
    )
    found: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = {}
    for agreement, organization, name in session.execute(query):
        found.setdefault(agreement, []).append((organization, name))
    return found


def _row(
    key: uuid.UUID,
    title: str,
    instrument: InstrumentType | None,
    deeds: list[Deed],
    parties: list[tuple[uuid.UUID, str]],
) -> AgreementRow:
    whole = status_of_whole(deeds, [organization for organization, _ in parties])
    each = tuple(
        PartyRow(organization, name, status_of(deed for deed in deeds if deed.party == organization))
        for organization, name in parties
    )
    return AgreementRow(key, title, instrument, whole, _signed(deeds), each)


def _signed(deeds: Iterable[Deed]) -> Edtf | None:
    signatures = [deed for deed in deeds if STATUS_AFTER.get(deed.action) is Status.SIGNED and deed.date]
    own = [deed for deed in signatures if deed.party is None]
    return max(_dates(own or signatures), key=lambda date: date.earliest, default=None)


def _dates(deeds: Iterable[Deed]) -> Iterator[Edtf]:
    return (deed.date for deed in deeds if deed.date)


def standing_at(statuses: Collection[Status]) -> Select[uuid.UUID]:
    """The agreements whose status is one of these."""
    return select(Agreement.id).where(status_rank().in_([RANKS[status] for status in statuses]))


_ID: ColumnElement[uuid.UUID] = literal_column(f"{Agreement.__tablename__}.id", Key())
"""Of the agreement that a query is at, named so that it is found from any depth."""


_ACTION: ColumnElement[str] = literal_column(f"+{PartyAction.__tablename__}.action", Text())
"""Of a deed; the plus keeps SQLite from looking for the deeds of one agreement in the index of all deeds by day."""


def status_rank() -> ColumnElement[int]:
    """The rank (`RANKS`) of the agreement that a query is at: `db.status.status_of_whole` said in SQL."""
    scopes = _scope_ranks()
    is_party = and_(Party.agreement_id == _ID, Party.organization_id == scopes.c.organization_id)
    of_party = case((Party.pk.is_not(None), scopes.c.rank))
    reached = (
        select(
            func.coalesce(func.max(case((scopes.c.organization_id.is_(None), scopes.c.rank))), 0).label("whole"),
            func.count(of_party).label("acting"),
            func.min(of_party).label("lowest"),
            func.max(of_party).label("highest"),
        )
        .outerjoin(Party, is_party)
        .subquery()
    )
    number = select(func.count()).select_from(Party).where(Party.agreement_id == _ID).scalar_subquery()
    lowest = case((and_(number > 0, reached.c.acting == number), reached.c.lowest), else_=0)  # who did nothing: none
    ended = and_(number == 2, func.coalesce(reached.c.highest == RANKS[Status.ENDED], False))
    rank = case((ended, RANKS[Status.ENDED]), (reached.c.whole > lowest, reached.c.whole), else_=lowest)
    return select(rank).select_from(reached).scalar_subquery()


def status_day(status: Status) -> ColumnElement[str | None]:
    """The stored date on which the agreement that a query is at reached a status: its own, or the last party's."""
    deed = table_of(PartyAction)
    own_first = case((deed.c.organization_id.is_(None), "1"), else_="0")
    written = type_coerce(deed.c.date, Text)
    last = (
        select(func.max(own_first.op("||")(written)))
        .where(deed.c.agreement_id == _ID, _ACTION.in_(actions_to(status)), *has_come(deed.c.date))
        .scalar_subquery()
    )
    return func.substr(last, 2, type_=Text())


def actions_to(status: Status) -> list[Action]:
    """The actions that lead to a status."""
    return sorted(action for action, after in STATUS_AFTER.items() if after is status)


def has_come(date: ColumnElement[Edtf]) -> tuple[ColumnElement[bool], ...]:
    """That a date was read and its earliest day is not still to come."""
    written = type_coerce(date, Text)
    return written < "|", written < f"{_today()}|~"


def _scope_ranks() -> Subquery:
    """The rank that each party, and the agreement as a whole (no organization), has reached by its own actions."""
    suspension = RANKS[Status.SUSPENDED]
    rank = case({action: RANKS[status] for action, status in STATUS_AFTER.items()}, value=PartyAction.action, else_=0)
    lifted = func.max(case((rank != suspension, rank), else_=0))
    return (
        select(
            PartyAction.organization_id,
            case((_was_resumed(), lifted), else_=func.max(rank)).label("rank"),
        )
        .where(PartyAction.agreement_id == _ID)
        .where(or_(PartyAction.date.is_(None), earliest(PartyAction.date) <= _today()))
        .group_by(PartyAction.organization_id)
        .subquery()
    )


def _was_resumed() -> ColumnElement[bool]:
    """Whether some entry into force of a scope is known to be later than each of its suspensions."""
    first, last = earliest(PartyAction.date), latest(PartyAction.date)
    suspension = PartyAction.action == Action.SUSPENSION
    entered = func.max(case((PartyAction.action == Action.ENTRY_INTO_FORCE, first)))
    undated = func.count(case((and_(suspension, first.is_(None)), 1)))
    return and_(undated == 0, entered > func.max(case((suspension, last))))
