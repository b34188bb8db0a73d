"""Adding a signatory, with the post in which somebody signed where the file does not know of it yet."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Membership, Post, Signatory
from db.models.vocabulary import StartMeaning
from db.operations.records import Values, add_record


@dataclass(frozen=True, slots=True)
class NewTenure:
    """A post that somebody held: what it is called, of which body, and from when (empty where nobody knows)."""

    title: str
    organization: uuid.UUID | None
    start: str


def add_signatory(session: Session, values: Values, held: NewTenure | None = None) -> uuid.UUID:
    """Add a signatory and give its id; `held` is added as a post of the person and becomes that of the signature.

    Raises InvalidValue.
    """
    if held is None:
        return add_record(session, Signatory, values)
    tenure: dict[str, object] = {"person": values["person"], "post": _post(session, held)}
    if held.start.strip():
        tenure |= {"start_date": held.start, "start_meaning": StartMeaning.STARTED}
    return add_record(session, Signatory, {**values, "membership": add_record(session, Membership, tenure)})


def _post(session: Session, held: NewTenure) -> uuid.UUID:
    """The post of that name and body, added where there is none."""
    title = held.title.strip()
    same = select(Post.id).where(Post.label == title, Post.organization_id.is_(held.organization))
    found = session.scalar(same.order_by(Post.pk).limit(1))
    return found or add_record(session, Post, {"label": title, "organization": held.organization})
