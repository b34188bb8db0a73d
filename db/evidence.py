"""How well a field is known: which claims support it, how many independent origins they have, and who disputes it."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import and_, func, select, true
from sqlalchemy.orm import Session

from db.dates import Edtf, read, understand
from db.duplicates.classes import classes_of
from db.fields import Field, FieldType, FieldValue, canonical, fields_of
from db.models import Acceptance, Author, Citation, Claim, Entity, Head, Source
from db.models.base import Duplicable, Key
from db.models.vocabulary import Standing
from db.names import says_less, says_same_name
from db.queries.records import values_of
from db.queries.titles import chunks, class_of, entity, kinds_of
from db.triggers import table_of

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
    path: tuple[uuid.UUID, ...]
    """The sources that lead from the cited one to the origin, which comes last; empty where it is the origin."""
    original_text: str
    original_language: str
    analyst: str
    accepted: bool
    reason: str
    """Why the analyst accepted it; empty for the others."""
    notes: str


@dataclass(frozen=True, slots=True)
class FieldStanding:
    """How well a field is known, in a few numbers."""

    standing: Standing
    origins: int
    """Independent origins among the claims that support the value or are compatible with it."""
    disputing: int
    """Independent origins among the claims that dispute it."""
    exact: bool
    """Whether any claim says the very value; the others only say what is compatible with it."""
    departs: bool = False
    """Whether a claim was accepted and the value is no longer what that says."""


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

    def summary(self) -> FieldStanding:
        """What a mark beside the field shows."""
        disputing = {claim.origin for claim in self.by(Verdict.DISPUTES)}
        departs = any(claim.accepted and claim.verdict is not Verdict.SUPPORTS for claim in self.claims)
        return FieldStanding(self.standing, self.origins, len(disputing), bool(self.by(Verdict.SUPPORTS)), departs)


def weigh(
    session: Session, cls: type[Entity], shown: Mapping[uuid.UUID, Mapping[str, FieldValue]]
) -> Iterator[FieldEvidence]:
    """The evidence of many records of one kind, given what they show: of each field with a value or a claim."""
    claims = _claims(session, shown.keys())
    every = [claim for told in claims.values() for claim in told]
    onward, duplicates = _repeaters(session, every), _duplicates(session, cls, shown, every)
    for subject, values in shown.items():
        own = claims.get(subject, [])
        names = [name for name, value in values.items() if canonical(value)] + [claim.property for claim in own]
        weighing = _Weighing(subject, own, onward, duplicates)
        yield from (weighing.of(name, fields_of(cls).get(name), values.get(name)) for name in dict.fromkeys(names))


def evidence(session: Session, subject: uuid.UUID) -> dict[str, FieldEvidence]:
    """The evidence of every field of a record that has a value or a claim. Raises RecordNotFound."""
    cls = class_of(session, subject)
    return {found.property: found for found in weigh(session, cls, values_of(session, cls, [subject]))}


def evidence_of(session: Session, subject: uuid.UUID, property: str) -> FieldEvidence:
    """The evidence of one field, with or without claims. Raises RecordNotFound."""
    found = evidence(session, subject).get(property)
    return found or FieldEvidence(subject, property, None, (), Standing.UNKNOWN, 0)


def _standing(field: Field | None, value: str | None, claims: Sequence[ClaimRow], origins: int) -> Standing:
    if any(claim.verdict is Verdict.DISPUTES for claim in claims):
        return Standing.DISPUTED
    if origins:
        return Standing.SUPPORTED if origins > 1 else Standing.SINGLE
    return Standing.UNCITED if value or field is None else Standing.UNKNOWN


@dataclass(frozen=True, slots=True)
class _Stored:
    """A claim as the file holds it, with its citation's source and what that repeats."""

    subject: uuid.UUID
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

    def row(self, verdict: Verdict, path: tuple[uuid.UUID, ...]) -> ClaimRow:
        return ClaimRow(
            id=self.id,
            property=self.property,
            value=self.value,
            as_of=self.as_of,
            verdict=verdict,
            citation=self.citation,
            source=self.source,
            origin=path[-1] if path else self.source,
            path=path,
            original_text=self.original_text or "",
            original_language=self.original_language or "",
            analyst=self.analyst or "",
            accepted=self.accepted is not None,
            reason=self.reason or "",
            notes=self.notes or "",
        )


def _claims(session: Session, subjects: Collection[uuid.UUID]) -> dict[uuid.UUID, list[_Stored]]:
    """The claims about each record, in the order they were entered."""
    accepted = and_(
        Acceptance.claim_id == Claim.id,
        Acceptance.subject_id == Claim.subject_id,
        Acceptance.property == Claim.property,
    )
    query = (
        select(
            Claim.subject_id,
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
        .order_by(Claim.pk)
    )
    claims: dict[uuid.UUID, list[_Stored]] = {}
    for chunk in chunks(sorted(subjects)):
        for row in session.execute(query.where(Claim.subject_id.in_(chunk))):
            claims.setdefault(row[0], []).append(_Stored(*list(row)))
    return claims


@dataclass(frozen=True, slots=True)
class _Weighing:
    """All that one record's claims are weighed with."""

    subject: uuid.UUID
    claims: Sequence[_Stored]
    onward: Mapping[uuid.UUID, uuid.UUID]
    """The source that a source leads on to."""
    duplicates: Mapping[uuid.UUID, uuid.UUID]
    """The record that stands for one which was entered twice."""

    def of(self, name: str, field: Field | None, value: FieldValue) -> FieldEvidence:
        own = [claim for claim in self.claims if claim.property == name]
        chain = {**self.onward, **{claim.source: claim.relays for claim in own if claim.relays}}
        rows = tuple(claim.row(self._verdict(field, value, claim), _path(claim, chain)) for claim in own)
        independent = len({claim.origin for claim in rows if claim.verdict is not Verdict.DISPUTES})
        shown = canonical(value)
        return FieldEvidence(self.subject, name, shown, rows, _standing(field, shown, rows, independent), independent)

    def _verdict(self, field: Field | None, value: FieldValue, claim: _Stored) -> Verdict:
        shown, claimed = canonical(value), claim.value
        if field is None or (shown or "") == (claimed or ""):
            return Verdict.SUPPORTS
        if shown is None or claimed is None:
            return Verdict.DISPUTES
        if field.holds in _SETS or field.holds is FieldType.REFERENCE:
            ours, theirs = self._items(shown), self._items(claimed)
            if ours == theirs:
                return Verdict.SUPPORTS
            return Verdict.COMPATIBLE if theirs < ours else Verdict.DISPUTES
        return (
            Verdict.COMPATIBLE if _is_compatible(field, value, claimed, claim.original_language) else Verdict.DISPUTES
        )

    def _items(self, text: str) -> set[str]:
        """The members of a value in canonical form, each record by the one that stands for it."""
        return {str(_path_from(key, self.duplicates)[-1]) if (key := _key(item)) else item for item in text.split("; ")}


_SETS = (FieldType.REFERENCES, FieldType.TERMS)


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _repeaters(session: Session, claims: Sequence[_Stored]) -> dict[uuid.UUID, uuid.UUID]:
    """Sources that lead on to one other: entered twice and joined, or repeating it with all that is cited of them.

    Only those that the claims lead to: a case may have very many sources.
    """
    onward: dict[uuid.UUID, uuid.UUID] = {}
    seen: set[uuid.UUID] = set()
    pending = {source for claim in claims for source in (claim.source, claim.relays) if source}
    steps = 0
    while pending:
        steps += 1
        if steps > _MOST_STEPS:  # a chain that nobody wrote by hand: all sources at once, not one statement for each
            return onward | dict(_next_sources(session, None))
        seen |= pending
        found = {key: target for chunk in chunks(sorted(pending)) for key, target in _next_sources(session, chunk)}
        onward |= found
        pending = set(found.values()) - seen
    return onward


_MOST_STEPS = 32


def _next_sources(session: Session, sources: Sequence[uuid.UUID] | None) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Those of some sources, or of all, that lead on to one other, with that one."""
    whole = (
        select(Citation.source_id, func.min(Citation.relays_id, type_=Key()))
        .where(true() if sources is None else Citation.source_id.in_(sources))
        .group_by(Citation.source_id)
        .having(func.count() == func.count(Citation.relays_id), func.count(Citation.relays_id.distinct()) == 1)
    )
    told = [(source, target) for source, target in session.execute(whole) if target]
    return told + _joined(session, Source, sources)


def _joined(
    session: Session, cls: type[Entity], records: Sequence[uuid.UUID] | None
) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Which of the records, or of all, were entered twice, with the one that stands for both.

    One field cannot say that two people joined a record with different ones: then whole classes are asked.
    """
    table = table_of(cls)
    if session.scalar(select(Head.n).where(Head.field == table.c.merged_into_id.name).limit(1)) is not None:
        classes = classes_of(session, cls)
        wanted = classes.others() if records is None else (key.bytes for key in records)
        ends = [(key, classes.of(key)) for key in wanted]
        return [(uuid.UUID(bytes=key), uuid.UUID(bytes=stands)) for key, stands in ends if key != stands]
    query = select(table.c.id, table.c.merged_into_id)
    pairs = session.execute(
        query.where(true() if records is None else table.c.id.in_(records), table.c.merged_into_id.is_not(None))
    )
    return [(record, target) for record, target in pairs]


def _duplicates(
    session: Session,
    cls: type[Entity],
    shown: Mapping[uuid.UUID, Mapping[str, FieldValue]],
    claims: Sequence[_Stored],
) -> dict[uuid.UUID, uuid.UUID]:
    """The records named by claims or their fields that were entered twice, with those that stand for them."""
    told = [claim for claim in claims if (field := fields_of(cls).get(claim.property)) and field.holds in _REFERENCES]
    texts = [text for claim in told for text in (claim.value, canonical(shown[claim.subject].get(claim.property)))]
    pending = {key for text in texts for item in (text or "").split("; ") if (key := _key(item))}
    onward: dict[uuid.UUID, uuid.UUID] = {}
    while pending:
        found = dict(_all_joined(session, pending))
        pending = set(found.values()) - found.keys() - onward.keys()
        onward |= found
    return onward


_REFERENCES = (FieldType.REFERENCE, FieldType.REFERENCES)


def _all_joined(session: Session, records: set[uuid.UUID]) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    by_kind: dict[str, list[uuid.UUID]] = {}
    for key, kind in kinds_of(session, records).items():
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        if issubclass(entity(kind), Duplicable):
            for chunk in chunks(keys):
                yield from _joined(session, entity(kind), chunk)


def path_of_source(session: Session, source: uuid.UUID) -> tuple[uuid.UUID, ...]:
    """The sources that lead from one, all of whose passages repeat one other, to the origin; empty where it is none."""
    onward: dict[uuid.UUID, uuid.UUID] = {}
    current = source
    while current not in onward and (found := _next_sources(session, [current])):
        onward[current] = found[-1][1]
        current = onward[current]
    return _path_from(source, onward)[1:]


def _path(claim: _Stored, onward: Mapping[uuid.UUID, uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """From the cited source to the origin: what this very passage repeats comes before what its source does."""
    if claim.relays is None or claim.relays == claim.source:
        return _path_from(claim.source, onward)[1:]
    path = _path_from(claim.relays, onward)
    return () if path[-1] == claim.source else path


def _path_from(start: uuid.UUID, onward: Mapping[uuid.UUID, uuid.UUID]) -> tuple[uuid.UUID, ...]:
    """Follow who repeats whom. A cycle, which a merge can make, counts as one origin: its smallest id."""
    steps: dict[uuid.UUID, None] = {}
    current = start
    while current not in steps:
        steps[current] = None
        if current not in onward:
            return tuple(steps)
        current = onward[current]
    path = list(steps)
    end = min(path[path.index(current) :])
    return (*path[: path.index(end)], end)


def _is_compatible(field: Field, value: FieldValue, claimed: str, language: str | None) -> bool:
    """Whether the claim says the same less precisely, in another language, or in another order of names."""
    if isinstance(value, Edtf):
        date = understand(claimed) or read(claimed)
        return date.covers(value) or date.says_same(value)
    if field.holds in (FieldType.TEXT, FieldType.LONG_TEXT):
        return (
            bool(language and language != "en") or says_same_name(str(value), claimed) or says_less(claimed, str(value))
        )
    return False
