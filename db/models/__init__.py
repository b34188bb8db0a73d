"""The whole schema of a case file as mapped classes, one module per aggregate."""

from db.models.activity import (
    Equipment,
    EquipmentOperator,
    Event,
    Participation,
    Programme,
    ProgrammeAgreement,
    ProgrammeEquipment,
    ProgrammeOrganization,
    Statement,
)
from db.models.agreements import (
    Agreement,
    AgreementSubject,
    AgreementText,
    Party,
    PartyAction,
    Provision,
    Relation,
    Signatory,
)
from db.models.annotations import (
    Attachment,
    Author,
    CaseFile,
    Concern,
    ExternalIdentifier,
    Note,
    OtherName,
    Tag,
    Tagging,
    Task,
)
from db.models.base import Base, Entity, Link, Logged, Record
from db.models.evidence import Acceptance, Assessment, Claim, Dismissal, Distinction
from db.models.log import Change, ChangeParent, Changeset, Context, Head, Reason, Receipt, Withheld
from db.models.officials import Membership, Organization, Person, Post
from db.models.sources import Citation, Content, Contributor, Publication, Snapshot, Source, SourceVariable

LOGGED: tuple[type[Logged], ...] = tuple(
    sorted(
        (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Logged)),
        key=lambda cls: cls.__tablename__,
    )
)
ENTITIES: tuple[type[Entity], ...] = tuple(cls for cls in LOGGED if issubclass(cls, Entity))
LINKS: tuple[type[Link], ...] = tuple(cls for cls in LOGGED if issubclass(cls, Link))
BY_TABLE: dict[str, type[Logged]] = {cls.__tablename__: cls for cls in LOGGED}
BY_PLURAL: dict[str, type[Entity]] = {cls.PLURAL: cls for cls in ENTITIES}

__all__ = [
    "BY_PLURAL",
    "BY_TABLE",
    "ENTITIES",
    "LINKS",
    "LOGGED",
    "Acceptance",
    "Agreement",
    "AgreementSubject",
    "AgreementText",
    "Assessment",
    "Attachment",
    "Author",
    "Base",
    "CaseFile",
    "Change",
    "ChangeParent",
    "Changeset",
    "Citation",
    "Claim",
    "Concern",
    "Content",
    "Context",
    "Contributor",
    "Dismissal",
    "Distinction",
    "Entity",
    "Equipment",
    "EquipmentOperator",
    "Event",
    "ExternalIdentifier",
    "Head",
    "Link",
    "Logged",
    "Membership",
    "Note",
    "Organization",
    "OtherName",
    "Participation",
    "Party",
    "PartyAction",
    "Person",
    "Post",
    "Programme",
    "ProgrammeAgreement",
    "ProgrammeEquipment",
    "ProgrammeOrganization",
    "Provision",
    "Publication",
    "Reason",
    "Receipt",
    "Record",
    "Relation",
    "Signatory",
    "Snapshot",
    "Source",
    "SourceVariable",
    "Statement",
    "Tag",
    "Tagging",
    "Task",
    "Withheld",
]
