"""Weighing claims: which one the analyst believes."""

import uuid

from sqlalchemy.orm import Session

from db.fields import fields_of
from db.models import Acceptance
from db.operations.records import add_record, set_field
from db.queries.records import record
from db.queries.titles import class_of


def accept(session: Session, claim: uuid.UUID, reason: str, analyst: uuid.UUID | None = None) -> uuid.UUID:
    """Believe a claim: its value becomes the field's, and the reason is kept. Gives the acceptance's id.

    Raises RecordNotFound and InvalidValue.
    """
    row = record(session, claim)
    subject, name = row["subject"].value, str(row["property"].value)
    assert isinstance(subject, uuid.UUID)
    cls = class_of(session, subject)
    field = fields_of(cls).get(name)
    if field is not None and not field.identity:
        set_field(session, subject, name, row["value"].value)
    values = {"subject": subject, "property": name, "claim": claim, "reason": reason, "analyst": analyst}
    return add_record(session, Acceptance, values)
