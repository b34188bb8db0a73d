"""What an agreement consists of besides its life: provisions, texts, and how it stands to other agreements."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from db.models import AgreementText, Party, PartyAction, Provision, Relation, Signatory
from db.models.vocabulary import ProvisionKind, Publicity, RelationType
from db.queries.agreements import agreement_status
from db.queries.portions import Portion, fetch
from db.queries.related import RelatedRow
from db.queries.titles import chunks, titles
from db.status import Status
from db.triggers import table_of


def with_parts(session: Session, agreements: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Agreements and what they consist of, by ids: whatever is about a part is about its agreement."""
    found = set(agreements)
    for chunk in chunks(sorted(agreements)):
        for cls in (Party, PartyAction, Provision, Relation, AgreementText):
            table = table_of(cls)
            found.update(session.scalars(select(table.c.id).where(table.c.agreement_id.in_(chunk))))
        actions = select(PartyAction.id).where(PartyAction.agreement_id.in_(chunk))
        found.update(session.scalars(select(Signatory.id).where(Signatory.action_id.in_(actions))))
    return found


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """What one part of the agreement regulates."""

    id: uuid.UUID
    kind: ProvisionKind
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How the agreement stands to another one, told from this side."""

    id: uuid.UUID
    relation_type: RelationType
    forward: bool
    """Whether the relation is told from this agreement; else the other one tells it."""
    other: uuid.UUID
    title: str
    status: Status

    @property
    def phrase(self) -> str:
        """The relation as a verb whose subject is this agreement."""
        return self.relation_type.value if self.forward else self.relation_type.inverse


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text in one language, and whether and where it can be read."""

    id: uuid.UUID
    language: str
    authentic: bool | None
    publicity: Publicity | None
    annexes: str
    location: str
    source: RelatedRow | None


def provisions(session: Session, agreement: uuid.UUID, limit: int) -> Portion[ProvisionRow]:
    """The provisions by kind, in the order of the vocabulary, then as they were entered."""
    rank = case({kind: place for place, kind in enumerate(ProvisionKind)}, value=Provision.provision_kind)
    query = select(Provision).where(Provision.agreement_id == agreement).order_by(rank, Provision.pk)
    rows, count = fetch(session, query, limit)
    return Portion(
        tuple(ProvisionRow(row.id, row.provision_kind, row.text or "", row.article or "") for (row,) in rows), count
    )


def relations(session: Session, agreement: uuid.UUID, limit: int) -> Portion[RelationRow]:
    """The relations both ways, those that this agreement tells first."""
    forward = Relation.agreement_id == agreement
    query = select(Relation).where(forward | (Relation.target_id == agreement)).order_by(forward.desc(), Relation.pk)
    rows, count = fetch(session, query, limit)
    pairs = [(row, row.target_id if row.agreement_id == agreement else row.agreement_id) for (row,) in rows]
    others = agreement_status(session, {other for _, other in pairs})
    return Portion(
        tuple(
            RelationRow(
                row.id,
                row.relation_type,
                row.agreement_id == agreement,
                other,
                others[other].title,
                others[other].status,
            )
            for row, other in pairs
        ),
        count,
    )


def texts(session: Session, agreement: uuid.UUID, limit: int) -> Portion[TextRow]:
    """The texts as they were entered."""
    query = select(AgreementText).where(AgreementText.agreement_id == agreement).order_by(AgreementText.pk)
    rows, count = fetch(session, query, limit)
    names = titles(session, {row.source_id for (row,) in rows if row.source_id})
    return Portion(
        tuple(
            TextRow(
                id=row.id,
                language=row.language or "",
                authentic=row.authentic,
                publicity=row.publicity,
                annexes=row.annexes or "",
                location=row.location or "",
                source=RelatedRow(row.source_id, names.get(row.source_id, "")) if row.source_id else None,
            )
            for (row,) in rows
        ),
        count,
    )
