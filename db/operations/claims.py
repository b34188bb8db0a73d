"""Citing: what a source says about a field, and which of its claims the analyst believes."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.fields import canonical, fields_of
from db.identity import link_id
from db.models import Acceptance, Citation, Claim, Contributor, Entity, Source
from db.models.vocabulary import ContributorRole
from db.operations.records import Values, add_record, delete_record, set_field, set_fields
from db.queries.records import RecordRow, record
from db.queries.titles import class_of


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that is not in the file yet: its fields, and who wrote it."""

    values: Values
    author: str = ""


@dataclass(frozen=True, slots=True)
class NewCitation:
    """A passage that is not in the file yet: of which source, and its fields."""

    source: uuid.UUID | NewSource
    values: Values = field(default_factory=dict)


Cited = uuid.UUID | NewCitation


def cite(session: Session, subject: uuid.UUID, name: str, cited: Cited, values: Values | None = None) -> uuid.UUID:
    """Claim a field's value by a citation, with all that has to be added for it; give the claim's id.

    `values` are further fields of the claim. Without a `value` among them it is the value that the field shows.
    Raises InvalidValue, RecordNotFound; the caller then drops the transaction.
    """
    told = dict(values or {})
    if "value" not in told and name in fields_of(class_of(session, subject)):
        told["value"] = canonical(record(session, subject)[name].value)
    citation = _citation(session, cited)
    return add_record(session, Claim, {**told, "subject": subject, "property": name, "citation": citation})


def _citation(session: Session, cited: Cited) -> uuid.UUID:
    if isinstance(cited, uuid.UUID):
        return cited
    return add_record(session, Citation, {**cited.values, "source": _source(session, cited.source)})


def _source(session: Session, source: uuid.UUID | NewSource) -> uuid.UUID:
    if isinstance(source, uuid.UUID):
        return source
    key = add_record(session, Source, source.values)
    if source.author.strip():
        role = {"source": key, "contributor_role": ContributorRole.AUTHOR, "literal": source.author.strip()}
        add_record(session, Contributor, role)
    return key


def change_claim(
    session: Session, claim: uuid.UUID, values: Values, *, cited: Cited | None = None, passage: Values | None = None
) -> None:
    """Change a claim, let it rest on another citation (`cited`), or change the passage that it rests on.

    Where the claim is the accepted one and its field shows its value, the field follows the claim.
    Raises InvalidValue, RecordNotFound.
    """
    before = record(session, claim)
    follows = _is_accepted(session, claim) and _shows(session, before)
    told = dict(values) | ({"citation": _citation(session, cited)} if cited else {})
    set_fields(session, claim, told)
    after = record(session, claim)
    if passage:
        set_fields(session, _key(after, "citation"), passage)
    if follows and _is_settable(session, after) and not _shows(session, after):
        set_field(session, _key(after, "subject"), after["property"].text, after["value"].value)


def _is_accepted(session: Session, claim: uuid.UUID) -> bool:
    return session.scalar(select(Acceptance.pk).where(Acceptance.claim_id == claim)) is not None


def _shows(session: Session, claim: RecordRow) -> bool:
    """Whether the field shows what the claim says."""
    subject, name = _key(claim, "subject"), claim["property"].text
    shown = record(session, subject)[name].value if name in fields_of(class_of(session, subject)) else None
    return (canonical(shown) or "") == claim["value"].text


def _is_settable(session: Session, claim: RecordRow) -> bool:
    """Whether the claim is about a field that can change, and not about existence, a status or an identity."""
    about = fields_of(class_of(session, _key(claim, "subject"))).get(claim["property"].text)
    return about is not None and not about.identity


def _key(row: RecordRow, name: str) -> uuid.UUID:
    key = row[name].value
    assert isinstance(key, uuid.UUID)
    return key


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
    subject, name = _key(row, "subject"), row["property"].text
    if _is_settable(session, row):
        set_field(session, subject, name, row["value"].value)
    values = {"subject": subject, "property": name, "claim": claim, "reason": reason, "analyst": analyst}
    return add_record(session, Acceptance, values)


def withdraw_acceptance(session: Session, subject: uuid.UUID, name: str) -> None:
    """Believe none of a field's claims any more; its value stays. Raises RecordNotFound if none was accepted."""
    delete_record(session, link_id(Acceptance.__tablename__, subject, name))
