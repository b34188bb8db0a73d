"""What happened and with what: events, statements, equipment and programmes."""

import uuid

from sqlalchemy.orm import Mapped

from db.dates import Edtf
from db.models.base import Duplicable, Entity, Link, long_text, reference, term
from db.models.vocabulary import EventType, Wording

ACTORS = ("person", "organization")


class Equipment(Duplicable, Entity):
    """A type of equipment; its kind is SIPRI's weapon description."""

    __tablename__ = "equipment"
    PLURAL = "equipment"
    TITLE = ("designation",)

    designation: Mapped[str]
    equipment_kind: Mapped[str | None]
    manufacturer_id: Mapped[uuid.UUID | None] = reference("organization")
    notes: Mapped[str | None] = long_text()


class EquipmentOperator(Link):
    """Who operates a type of equipment."""

    __tablename__ = "equipment_operator"
    ENDS = ("equipment_id", "organization_id")
    FIELD = "operators"

    equipment_id: Mapped[uuid.UUID] = reference("equipment", required=True, owner=True)
    organization_id: Mapped[uuid.UUID] = reference("organization", required=True)


class Programme(Duplicable, Entity):
    """A common effort on equipment, and the agreements that it rests on."""

    __tablename__ = "programme"
    PLURAL = "programmes"
    TITLE = ("name",)

    name: Mapped[str]
    purpose: Mapped[str | None] = long_text()


class ProgrammeEquipment(Link):
    """What equipment a programme is about."""

    __tablename__ = "programme_equipment"
    ENDS = ("programme_id", "equipment_id")
    FIELD = "equipment"

    programme_id: Mapped[uuid.UUID] = reference("programme", required=True, owner=True)
    equipment_id: Mapped[uuid.UUID] = reference("equipment", required=True)


class ProgrammeOrganization(Link):
    """Who takes part in a programme."""

    __tablename__ = "programme_organization"
    ENDS = ("programme_id", "organization_id")
    FIELD = "organizations"

    programme_id: Mapped[uuid.UUID] = reference("programme", required=True, owner=True)
    organization_id: Mapped[uuid.UUID] = reference("organization", required=True)


class ProgrammeAgreement(Link):
    """An agreement that a programme rests on."""

    __tablename__ = "programme_agreement"
    ENDS = ("programme_id", "agreement_id")
    FIELD = "agreements"

    programme_id: Mapped[uuid.UUID] = reference("programme", required=True, owner=True)
    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True)


class Event(Duplicable, Entity):
    """An occasion: a meeting, a visit, an exercise, a deployment."""

    __tablename__ = "event"
    PLURAL = "events"
    TITLE = ("title",)

    title: Mapped[str]
    event_type: Mapped[EventType | None] = term(EventType)
    date: Mapped[Edtf | None]
    place: Mapped[str | None]
    notes: Mapped[str | None] = long_text()


class Participation(Entity):
    """That a person or an organization took part in an event."""

    __tablename__ = "participation"
    PLURAL = "participations"
    TITLE = ("participant_id", "role")
    MEMBERS = "participants"
    ENDS = ("event_id", "participant_id")

    event_id: Mapped[uuid.UUID] = reference("event", required=True, owner=True)
    participant_id: Mapped[uuid.UUID] = reference("record", required=True, kinds=ACTORS)
    role: Mapped[str | None]


class Statement(Entity):
    """What someone said, and through whose hands it came to us: speaker, relayed by, reported in."""

    __tablename__ = "statement"
    PLURAL = "statements"
    TITLE = ("speaker_id", "text")

    speaker_id: Mapped[uuid.UUID] = reference("record", required=True, kinds=ACTORS)
    text: Mapped[str] = long_text(required=True)
    wording: Mapped[Wording | None] = term(Wording)
    language: Mapped[str | None]
    translation: Mapped[str | None] = long_text()
    date: Mapped[Edtf | None]
    occasion_id: Mapped[uuid.UUID | None] = reference("event")
    relayed_by_id: Mapped[uuid.UUID | None] = reference("record", kinds=ACTORS)
    source_id: Mapped[uuid.UUID | None] = reference("source")
