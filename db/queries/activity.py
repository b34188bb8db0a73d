"""What happened around a record: events, statements, equipment and programmes, and how each is connected with it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, or_, select, union
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.models import (
    Concern,
    Equipment,
    EquipmentOperator,
    Event,
    Organization,
    Participation,
    Programme,
    ProgrammeAgreement,
    ProgrammeEquipment,
    ProgrammeOrganization,
    Statement,
)
from db.models.vocabulary import EventType, Wording
from db.queries.portions import Portion, fetch
from db.queries.related import RelatedRow
from db.queries.titles import chunks, titles


class Bond(StrEnum):
    """How an event or a statement is connected with a record."""

    SPEAKER = "speaker"
    RELAYED = "relayed by"
    TOOK_PART = "took part"
    ABOUT = "about"
    PROGRAMME = "about a programme"
    """About a programme that the agreement is one of those it rests on."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An occasion."""

    id: uuid.UUID
    title: str
    event_type: EventType | None
    date: Edtf | None
    place: str
    bond: Bond
    role: str
    """In which the record took part."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What somebody said, and through whose hands it came."""

    id: uuid.UUID
    text: str
    wording: Wording | None
    language: str
    translation: str
    date: Edtf | None
    speaker: RelatedRow
    relayed_by: RelatedRow | None
    occasion: RelatedRow | None
    source: RelatedRow | None
    bond: Bond


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A type of equipment, or a programme. `bodies` operate it or take part; `parts` are the programme's equipment."""

    id: uuid.UUID
    name: str
    is_programme: bool
    text: str
    """Of equipment its kind, of a programme its purpose."""
    maker: RelatedRow | None
    bodies: tuple[RelatedRow, ...]
    parts: tuple[RelatedRow, ...]


def events_around(session: Session, record: uuid.UUID, limit: int) -> Portion[EventRow]:
    """The events that a record took part in or that are about it or its programmes, the latest first."""
    inside = union(select(Participation.event_id).where(Participation.participant_id == record), _about(record))
    query = select(Event).where(Event.id.in_(inside)).order_by(Event.date.is_(None), Event.date.desc(), Event.pk)
    rows, count = fetch(session, query, limit)
    events = [row[0] for row in rows]
    roles = _roles(session, record, [event.id for event in events])
    direct = _concerning(session, record, [event.id for event in events])
    return Portion(
        tuple(
            EventRow(
                id=event.id,
                title=event.title,
                event_type=event.event_type,
                date=event.date,
                place=event.place or "",
                bond=Bond.TOOK_PART if event.id in roles else Bond.ABOUT if event.id in direct else Bond.PROGRAMME,
                role=roles.get(event.id, ""),
            )
            for event in events
        ),
        count,
    )


def statements_around(session: Session, record: uuid.UUID, limit: int) -> Portion[StatementRow]:
    """The statements that a record made or passed on, or that are about it or its programmes, the latest first."""
    own = or_(Statement.speaker_id == record, Statement.relayed_by_id == record, Statement.id.in_(_about(record)))
    query = select(Statement).where(own).order_by(Statement.date.is_(None), Statement.date.desc(), Statement.pk)
    rows, count = fetch(session, query, limit)
    told = [row[0] for row in rows]
    direct = _concerning(session, record, [row.id for row in told])
    mentioned = {
        key for row in told for key in (row.speaker_id, row.relayed_by_id, row.occasion_id, row.source_id) if key
    }
    names = titles(session, mentioned)
    return Portion(tuple(_statement(row, names, _bond(row, record, direct)) for row in told), count)


def things_around(session: Session, agreement: uuid.UUID, limit: int) -> Portion[ThingRow]:
    """The programmes that rest on an agreement, then the equipment that is about it."""
    resting = select(ProgrammeAgreement.programme_id).where(ProgrammeAgreement.agreement_id == agreement)
    concerning = select(Concern.record_id).where(Concern.subject_id == agreement)
    own = Programme.id.in_(union(resting, concerning))
    programmes, first = fetch(session, select(Programme).where(own).order_by(Programme.name, Programme.pk), limit)
    types = select(Equipment).where(Equipment.id.in_(concerning)).order_by(Equipment.designation, Equipment.pk)
    equipment, second = fetch(session, types, limit)
    rows = [*_programmes(session, programmes), *_equipment(session, equipment)]
    return Portion(tuple(rows[:limit]), first + second)


def _about(record: uuid.UUID) -> Select[*tuple[Any, ...]]:
    """What concerns a record, or a programme that rests on it."""
    resting = select(ProgrammeAgreement.programme_id).where(ProgrammeAgreement.agreement_id == record)
    return select(Concern.record_id).where(or_(Concern.subject_id == record, Concern.subject_id.in_(resting)))


def _concerning(session: Session, record: uuid.UUID, keys: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these are about the record itself."""
    query = select(Concern.record_id).where(Concern.subject_id == record)
    return {key for chunk in chunks(keys) for key in session.scalars(query.where(Concern.record_id.in_(chunk)))}


def _roles(session: Session, record: uuid.UUID, keys: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    query = select(Participation.event_id, Participation.role).where(Participation.participant_id == record)
    return {
        event: role or ""
        for chunk in chunks(keys)
        for event, role in session.execute(query.where(Participation.event_id.in_(chunk)))
    }


def _bond(row: Statement, record: uuid.UUID, direct: set[uuid.UUID]) -> Bond:
    if row.speaker_id == record:
        return Bond.SPEAKER
    if row.relayed_by_id == record:
        return Bond.RELAYED
    return Bond.ABOUT if row.id in direct else Bond.PROGRAMME


def _statement(row: Statement, names: dict[uuid.UUID, str], bond: Bond) -> StatementRow:
    def named(key: uuid.UUID | None) -> RelatedRow | None:
        return RelatedRow(key, names.get(key, "")) if key else None

    return StatementRow(
        id=row.id,
        text=row.text,
        wording=row.wording,
        language=row.language or "",
        translation=row.translation or "",
        date=row.date,
        speaker=RelatedRow(row.speaker_id, names.get(row.speaker_id, "")),
        relayed_by=named(row.relayed_by_id),
        occasion=named(row.occasion_id),
        source=named(row.source_id),
        bond=bond,
    )


def _programmes(session: Session, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[ThingRow]:
    found = [row[0] for row in rows]
    bodies = _members(session, ProgrammeOrganization.programme_id, ProgrammeOrganization.organization_id, found)
    parts = _members(session, ProgrammeEquipment.programme_id, ProgrammeEquipment.equipment_id, found)
    return [
        ThingRow(row.id, row.name, True, row.purpose or "", None, bodies.get(row.id, ()), parts.get(row.id, ()))
        for row in found
    ]


def _equipment(session: Session, rows: Iterable[Row[*tuple[Any, ...]]]) -> list[ThingRow]:
    found = [row[0] for row in rows]
    bodies = _members(session, EquipmentOperator.equipment_id, EquipmentOperator.organization_id, found)
    query = select(Organization.id, Organization.name)
    makers: dict[uuid.UUID, str] = {}
    for chunk in chunks(sorted({row.manufacturer_id for row in found if row.manufacturer_id})):
        makers.update((key, name) for key, name in session.execute(query.where(Organization.id.in_(chunk))))
    return [
        ThingRow(
            id=row.id,
            name=row.designation,
            is_programme=False,
            text=row.equipment_kind or "",
            maker=RelatedRow(row.manufacturer_id, makers[row.manufacturer_id]) if row.manufacturer_id else None,
            bodies=bodies.get(row.id, ()),
            parts=(),
        )
        for row in found
    ]


def _members(
    session: Session, owner: Any, member: Any, rows: Iterable[Programme | Equipment]
) -> dict[uuid.UUID, tuple[RelatedRow, ...]]:
    """The members of a set of several records, by their titles."""
    pairs = [
        (key, target)
        for chunk in chunks([row.id for row in rows])
        for key, target in session.execute(select(owner, member).where(owner.in_(chunk)))
    ]
    names = titles(session, {target for _, target in pairs})
    found: dict[uuid.UUID, list[RelatedRow]] = {}
    for key, target in pairs:
        found.setdefault(key, []).append(RelatedRow(target, names.get(target, "")))
    return {key: tuple(sorted(members, key=lambda each: each.title)) for key, members in found.items()}
