"""How well a field is known: which claims support it, how many independent origins they have, and who disputes it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from db.dates import Edtf, read, understand
from db.fields import Field, FieldType, FieldValue, canonical, fields_of
from db.models import Acceptance, Author, Citation, Claim, Source
from db.models.base import Key
from db.models.vocabulary import Standing
from db.names import says_less, says_same_name
from db.queries.records import record
from db.queries.titles import entity, kinds_of

EXISTENCE = "existence"
STATUS = "status"


class Verdict(StrEnum):
    """How a claim stands to the accepted value of its field."""

    SUPPORTS = "supports"
    COMPATIBLE = "compatible"
    DISPUTES = "disputes"


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim on a field, and how it stands to the value that the record shows."""

    id: uuid.UUID
    property: str
    value: str | None
    as_of: Edtf | None
    verdict: Verdict
    citation: uuid.UUID
    source: uuid.UUID
    origin: uuid.UUID
    """The source at the end of the chain of those that repeat each other."""
    original_text: str
    original_language: str
    analyst: str
    accepted: bool
    reason: str
    """Why the analyst accepted it; empty for the others."""
    notes: str


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """All claims on one field and what they amount to."""

    subject: uuid.UUID
    property: str
    value: str | None
    """The value that the record shows, in canonical form."""
    claims: tuple[ClaimRow, ...]
    standing: Standing
    origins: int
    """Independent origins among the claims that support the value or are compatible with it."""

    def by(self, verdict: Verdict) -> tuple[ClaimRow, ...]:
        """The claims of one verdict."""
        return tuple(claim for claim in self.claims if claim.verdict is verdict)


def evidence(session: Session, subject: uuid.UUID) -> dict[str, FieldEvidence]:
    """The evidence of every field of a record that has a value or a claim. Raises RecordNotFound."""
    row = record(session, subject)
    cls = entity(kinds_of(session, [subject])[subject])
    claims = _claims(session, subject)
    shown = {field.name: row[field.name].value for field in fields_of(cls).values()}
    names = [name for name, value in shown.items() if canonical(value)] + [claim.property for claim in claims]
    onward = _repeaters(session) if claims else {}
    return {
        name: _weigh(subject, name, fields_of(cls).get(name), shown.get(name), claims, onward)
        for name in dict.fromkeys(names)
    }


def evidence_of(session: Session, subject: uuid.UUID, property: str) -> FieldEvidence:
    """The evidence of one field, with or without claims. Raises RecordNotFound."""
    found = evidence(session, subject).get(property)
    return found or FieldEvidence(subject, property, None, (), Standing.UNKNOWN, 0)


def _weigh(
    subject: uuid.UUID,
    name: str,
    field: Field | None,
    value: FieldValue,
    claims: Sequence["_Stored"],
    onward: Mapping[uuid.UUID, uuid.UUID],
) -> FieldEvidence:
    own = [claim for claim in claims if claim.property == name]
    chain = {**onward, **{claim.source: claim.relays for claim in own if claim.relays}}
    rows = tuple(
        claim.row(
            _verdict(field, value, claim.value, claim.original_language),
            _end_of_chain(claim.relays or claim.source, chain),
        )
        for claim in own
    )
    independent = len({claim.origin for claim in rows if claim.verdict is not Verdict.DISPUTES})
    shown = canonical(value)
    return FieldEvidence(subject, name, shown, rows, _standing(field, shown, rows, independent), independent)


def _standing(field: Field | None, value: str | None, claims: Sequence[ClaimRow], origins: int) -> Standing:
    if any(claim.verdict is Verdict.DISPUTES for claim in claims):
        return Standing.DISPUTED
    if origins:
        return Standing.SUPPORTED if origins > 1 else Standing.SINGLE
    return Standing.UNCITED if value or field is None else Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Stored:
    """A claim as the file holds it, with its citation's source and what that repeats."""

    id: uuid.UUID
    property: str
    value: str | None
    as_of: Edtf | None
    original_text: str | None
    original_language: str | None
    notes: str | None
    citation: uuid.UUID
    source: uuid.UUID
    relays: uuid.UUID | None
    analyst: str | None
    accepted: uuid.UUID | None
    reason: str | None

    def row(self, verdict: Verdict, origin: uuid.UUID) -> ClaimRow:
        return ClaimRow(
            id=self.id,
            property=self.property,
            value=self.value,
            as_of=self.as_of,
            verdict=verdict,
            citation=self.citation,
            source=self.source,
            origin=origin,
            original_text=self.original_text or "",
            original_language=self.original_language or "",
            analyst=self.analyst or "",
            accepted=self.accepted is not None,
            reason=self.reason or "",
            notes=self.notes or "",
        )


def _claims(session: Session, subject: uuid.UUID) -> list[_Stored]:
    accepted = and_(
        Acceptance.claim_id == Claim.id,
        Acceptance.subject_id == Claim.subject_id,
        Acceptance.property == Claim.property,
    )
    query = (
        select(
            Claim.id,
            Claim.property,
            Claim.value,
            Claim.as_of,
            Claim.original_text,
            Claim.original_language,
            Claim.notes,
            Citation.id,
            Citation.source_id,
            Citation.relays_id,
            Author.name,
            Acceptance.claim_id,
            Acceptance.reason,
        )
        .join(Citation, Citation.id == Claim.citation_id)
        .outerjoin(Author, Author.id == Claim.analyst_id)
        .outerjoin(Acceptance, accepted)
        .where(Claim.subject_id == subject)
        .order_by(Claim.pk)
    )
    return [_Stored(*list(row)) for row in session.execute(query)]


def _repeaters(session: Session) -> dict[uuid.UUID, uuid.UUID]:
    """Sources that lead on to one other: entered twice and joined, or repeating it with all that is cited of them."""
    joined = select(Source.id, Source.merged_into_id).where(Source.merged_into_id.is_not(None))
    whole = (
        select(Citation.source_id, func.min(Citation.relays_id, type_=Key()))
        .group_by(Citation.source_id)
        .having(func.count() == func.count(Citation.relays_id), func.count(Citation.relays_id.distinct()) == 1)
    )
    pairs = [*session.execute(whole), *session.execute(joined)]
    return {source: target for source, target in pairs if target}


def _end_of_chain(start: uuid.UUID, onward: Mapping[uuid.UUID, uuid.UUID]) -> uuid.UUID:
    """Follow who repeats whom. A cycle, which a merge can make, counts as one origin: its smallest id."""
    path: list[uuid.UUID] = []
    current = start
    while current not in path:
        path.append(current)
        if current not in onward:
            return current
        current = onward[current]
    return min(path[path.index(current) :])


def _verdict(field: Field | None, value: FieldValue, claimed: str | None, language: str | None) -> Verdict:
    shown = canonical(value)
    if field is None or (shown or "") == (claimed or ""):
        return Verdict.SUPPORTS
    if shown is None or claimed is None:
        return Verdict.DISPUTES
    return Verdict.COMPATIBLE if _is_compatible(field, value, claimed, language) else Verdict.DISPUTES


def _is_compatible(field: Field, value: FieldValue, claimed: str, language: str | None) -> bool:
    """Whether the claim says the same less precisely, in another language, or in another order of names."""
    if isinstance(value, Edtf):
        date = understand(claimed) or read(claimed)
        return date.covers(value) or date.says_same(value)
    if field.holds in (FieldType.REFERENCES, FieldType.TERMS):
        items = {str(item) for item in value} if isinstance(value, frozenset) else set()
        return set(claimed.split("; ")) < items
    if field.holds in (FieldType.TEXT, FieldType.LONG_TEXT):
        return (
            bool(language and language != "en") or says_same_name(str(value), claimed) or says_less(claimed, str(value))
        )
    return False
