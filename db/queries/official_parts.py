"""What an official's page shows: names in all scripts, and what was signed, in which post."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.models import Agreement, OtherName, PartyAction, Signatory
from db.models.vocabulary import Action, HeldPost
from db.queries.lifecycle import held_by
from db.queries.portions import Portion, fetch
from db.queries.related import RelatedRow
from db.queries.tenures import Tenure, tenures_of


@dataclass(frozen=True, slots=True)
class NameRow:
    """Another name of a record."""

    id: uuid.UUID
    name: str
    language: str
    script: str
    valid_from: Edtf | None
    valid_to: Edtf | None
    notes: str


@dataclass(frozen=True, slots=True)
class SigningRow:
    """That a person put a name to an action of an agreement."""

    id: uuid.UUID
    """Of the signatory."""
    action: uuid.UUID
    deed: Action
    date: Edtf | None
    agreement: RelatedRow
    tenure: Tenure | None
    held: HeldPost


def other_names(session: Session, record: uuid.UUID, limit: int) -> Portion[NameRow]:
    """The other names of a record, as they were entered."""
    query = select(OtherName).where(OtherName.record_id == record).order_by(OtherName.pk)
    rows, count = fetch(session, query, limit)
    found = (
        NameRow(row.id, row.name, row.language or "", row.script or "", row.valid_from, row.valid_to, row.notes or "")
        for (row,) in rows
    )
    return Portion(tuple(found), count)


def signed_by(session: Session, person: uuid.UUID, limit: int) -> Portion[SigningRow]:
    """What a person signed, the latest first."""
    query = (
        select(Signatory.id, Signatory.membership_id, PartyAction, Agreement.id, Agreement.title)
        .join(PartyAction, PartyAction.id == Signatory.action_id)
        .join(Agreement, Agreement.id == PartyAction.agreement_id)
        .where(Signatory.person_id == person)
        .order_by(PartyAction.date.is_(None), PartyAction.date.desc(), Signatory.pk)
    )
    rows, count = fetch(session, query, limit)
    posts = tenures_of(session, {membership for _, membership, *_ in rows if membership})
    found = []
    for signatory, membership, deed, agreement, title in rows:
        tenure = posts.get(membership)
        held = held_by(person, tenure, deed.date)
        found.append(SigningRow(signatory, deed.id, deed.action, deed.date, RelatedRow(agreement, title), tenure, held))
    return Portion(tuple(found), count)
