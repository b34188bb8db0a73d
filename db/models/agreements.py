"""Agreements: their parties, what the parties did, and how agreements stand to each other."""

import uuid

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.collation import title_order
from db.dates import Edtf
from db.models.base import Duplicable, Entity, Link, long_text, reference, strict, term
from db.models.vocabulary import (
    Action,
    InstrumentType,
    LegallyBinding,
    ProvisionKind,
    Publicity,
    RelationType,
    RenewalType,
    Subject,
)


class Agreement(Duplicable, Entity):
    """Something that states or organizations agreed, or mean to. Its status follows from its actions."""

    __tablename__ = "agreement"
    __table_args__ = strict(CheckConstraint("length(id) = 16"), Index("agreement_title_order", title_order("title")))
    PLURAL = "agreements"
    TITLE = ("title",)

    title: Mapped[str]
    instrument_type: Mapped[InstrumentType | None] = term(InstrumentType)
    legally_binding: Mapped[LegallyBinding | None] = term(LegallyBinding)
    summary: Mapped[str | None] = long_text()
    place_signed: Mapped[str | None]
    term_span: Mapped[str | None]
    """How long it runs: an ISO 8601 duration such as P5Y."""
    renewal_type: Mapped[RenewalType | None] = term(RenewalType)
    renewal_years: Mapped[int | None]
    unts_number: Mapped[str | None]
    treaty_number: Mapped[str | None]
    depositary_id: Mapped[uuid.UUID | None] = reference("organization")


class AgreementSubject(Link):
    """One of the subjects of an agreement."""

    __tablename__ = "agreement_subject"
    ENDS = ("agreement_id", "subject")
    FIELD = "subjects"

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    subject: Mapped[Subject] = term(Subject, required=True)


class Party(Entity):
    """A state or organization that an agreement is between, signed or not yet."""

    __tablename__ = "party"
    PLURAL = "parties"
    TITLE = ("organization_id",)
    MEMBERS = "parties"
    ENDS = ("agreement_id", "organization_id")

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    organization_id: Mapped[uuid.UUID] = reference("organization", required=True)
    role: Mapped[str | None]


class PartyAction(Entity):
    """What one party, or the agreement as a whole, did: signature, entry into force, and so on (ECOLEX)."""

    __tablename__ = "party_action"
    PLURAL = "actions"
    TITLE = ("action", "date", "organization_id")

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    organization_id: Mapped[uuid.UUID | None] = reference("organization")
    """The party; none where the agreement as a whole is meant."""
    action: Mapped[Action] = term(Action, required=True)
    date: Mapped[Edtf | None]
    place: Mapped[str | None]
    on_behalf_of_id: Mapped[uuid.UUID | None] = reference("organization")


Index("party_action_day", PartyAction.action, PartyAction.date)


class Signatory(Entity):
    """Who put a name to an action: a person in a post, an organization, or words as reported."""

    __tablename__ = "signatory"
    PLURAL = "signatories"
    TITLE = ("person_id", "organization_id", "as_reported")
    MEMBERS = "signatories"
    ENDS = ("action_id", "person_id", "organization_id", "as_reported")

    action_id: Mapped[uuid.UUID] = reference("party_action", required=True, owner=True)
    person_id: Mapped[uuid.UUID | None] = reference("person")
    organization_id: Mapped[uuid.UUID | None] = reference("organization")
    as_reported: Mapped[str | None]
    membership_id: Mapped[uuid.UUID | None] = reference("membership")
    """The post that the person signed in."""
    on_behalf_of_id: Mapped[uuid.UUID | None] = reference("organization")


class Relation(Entity):
    """How one agreement stands to another, told from the first."""

    __tablename__ = "relation"
    PLURAL = "relations"
    TITLE = ("relation_type", "target_id")
    ENDS = ("agreement_id", "relation_type", "target_id")

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    relation_type: Mapped[RelationType] = term(RelationType, required=True)
    target_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)


class Provision(Entity):
    """What one part of an agreement regulates."""

    __tablename__ = "provision"
    PLURAL = "provisions"
    TITLE = ("provision_kind", "text")

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    provision_kind: Mapped[ProvisionKind] = term(ProvisionKind, required=True)
    text: Mapped[str | None] = long_text()
    article: Mapped[str | None]


class AgreementText(Entity):
    """A text of an agreement in one language, and whether and where it can be read."""

    __tablename__ = "agreement_text"
    PLURAL = "texts"
    TITLE = ("language", "publicity")

    agreement_id: Mapped[uuid.UUID] = reference("agreement", required=True, owner=True)
    language: Mapped[str | None]
    authentic: Mapped[bool | None]
    annexes: Mapped[str | None]
    publicity: Mapped[Publicity | None] = term(Publicity)
    location: Mapped[str | None] = mapped_column(info={"long": True})
    source_id: Mapped[uuid.UUID | None] = reference("source")
