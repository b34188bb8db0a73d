"""Weighing claims: which one the analyst believes."""

import uuid
from collections.abc import Mapping

from sqlalchemy.orm import Session

from db.dates import Edtf
from db.errors import InvalidValue
from db.evidence import EXISTENCE, STATUS
from db.fields import canonical, field_of, fields_of, read_value
from db.models import Acceptance, Agreement, Entity
from db.operations.records import add_record, set_field
from db.queries.lookup import read_references
from db.queries.records import record
from db.queries.titles import class_of


def add_claim(session: Session, cls: type[Entity], values: Mapping[str, object]) -> uuid.UUID:
    """Add a claim whose value is read as its field reads it: ids, codes, dates and terms as in a form.

    Raises InvalidValue for a field that the subject does not have, and for a value that the field cannot hold.
    """
    told = dict(values)
    if told.get("subject") and told.get("property") and told.get("value"):
        subject, name, text = uuid.UUID(str(told["subject"])), str(told["property"]), str(told["value"])
        told["value"] = _claimed_value(session, subject, name, text)
        if told["value"] != text:
            told.setdefault("original_text", text)
    return add_record(session, cls, told)


def _claimed_value(session: Session, subject: uuid.UUID, name: str, text: str) -> str | None:
    cls = class_of(session, subject)
    if name == EXISTENCE or (name == STATUS and cls is Agreement):
        return text
    field = field_of(cls, name)
    value = read_value(field, read_references(session, field, text))
    if isinstance(value, Edtf) and not value.is_date:
        raise InvalidValue(f"“{text}” is no date. What a source says in other words goes into “original_text”.")
    return canonical(value)


def add_acceptance(session: Session, cls: type[Entity], values: Mapping[str, object]) -> uuid.UUID:
    """Accept a claim, given as the fields of an acceptance; the field takes the claim's value. Raises InvalidValue."""
    if not values.get("claim"):
        return add_record(session, cls, values)
    claim = record(session, uuid.UUID(str(values["claim"])))
    for name in ("subject", "property"):
        if values.get(name) and str(values[name]) != str(claim[name].value):
            raise InvalidValue(f"The claim is about another {name} than the acceptance.")
    analyst = values.get("analyst")
    return accept(session, claim.id, str(values.get("reason") or ""), uuid.UUID(str(analyst)) if analyst else None)


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
