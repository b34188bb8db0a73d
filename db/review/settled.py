"""Disputes that the analyst has settled: one claim is accepted and shown, and nothing disputes it since."""

import uuid
from collections.abc import Iterable, Sequence

from db.evidence import FieldEvidence, Verdict
from db.identity import link_id
from db.models import Acceptance
from db.review.scope import Scope, select

Place = tuple[uuid.UUID, str]


def settled(scope: Scope, found: Iterable[FieldEvidence]) -> set[Place]:
    """The disputed fields that show an accepted claim, whose rivals had all been told when it was accepted.

    Which came later is told by the clock of the edits, so that every file that knows the same says the same.
    """
    disputed = [field for field in found if field.by(Verdict.DISPUTES) and _shows_accepted(field)]
    rivals = [claim.id for field in disputed for claim in field.by(Verdict.DISPUTES)]
    accepted = {(field.subject, field.property): _acceptance(field) for field in disputed}
    told = _clocks(scope, "claim", _TOLD, rivals) | _clocks(scope, "acceptance", "1", list(accepted.values()))
    return {
        (field.subject, field.property)
        for field in disputed
        if max(told.get(claim.id, 0) for claim in field.by(Verdict.DISPUTES)) <= told.get(_acceptance(field), 0)
    }


_TOLD = "(op = 'I' OR field IN ('subject_id', 'property', 'value', 'original_language', 'citation_id'))"
"""The changes by which a claim says something, or something else, or on other grounds."""


def _shows_accepted(field: FieldEvidence) -> bool:
    return any(claim.accepted for claim in field.by(Verdict.SUPPORTS))


def _acceptance(field: FieldEvidence) -> uuid.UUID:
    return link_id(Acceptance.__tablename__, field.subject, field.property)


def _clocks(scope: Scope, kind: str, which: str, records: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """When each record was last told, or told anew."""
    query = f"""SELECT c.record, max(s.hlc) FROM change c JOIN changeset s ON s.k = c.changeset
                WHERE c.record IN ({{ids}}) AND c.kind = '{kind}' AND c.op IN ('I', 'U') AND {which}
                GROUP BY c.record"""
    rows = select(scope.connection, query, sorted(record.bytes for record in records))
    return {uuid.UUID(bytes=record): clock for record, clock in rows}
