"""Dismissing findings of the review with a reason, and taking that back."""

import uuid
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.models import Dismissal
from db.operations.records import add_records, delete_record
from db.review.findings import Finding, findings_at
from db.review.register import Spot


def dismiss(session: Session, finding: Finding, reason: str, analyst: uuid.UUID | None = None) -> uuid.UUID:
    """Say that a finding is none, as it is now; give the dismissal's id. Raises InvalidValue without a reason."""
    return _dismiss(session, [finding], reason, analyst)[0]


def dismiss_at(session: Session, spots: Sequence[Spot], reason: str, analyst: uuid.UUID | None = None) -> int:
    """Dismiss all that is found at these spots now; gives how many. Raises InvalidValue without a reason."""
    found = [finding for finding in findings_at(session, spots) if finding and not finding.dismissal]
    return len(_dismiss(session, found, reason, analyst))


def restore_at(session: Session, spots: Sequence[Spot]) -> int:
    """Take back the dismissals of what is found at these spots; gives how many."""
    away = [finding.dismissal for finding in findings_at(session, spots) if finding and finding.dismissal]
    for dismissal in away:
        delete_record(session, dismissal)
    return len(away)


def restore(session: Session, finding: Finding) -> None:
    """Take back the dismissal of a finding, if there is one."""
    if finding.dismissal is not None:
        delete_record(session, finding.dismissal)


def _dismiss(session: Session, findings: Sequence[Finding], reason: str, analyst: uuid.UUID | None) -> list[uuid.UUID]:
    if not reason.strip():
        raise InvalidValue("A finding is dismissed with a reason. Nothing was changed.")
    values = [
        {
            "subject": finding.record,
            "finding": finding.kind,
            "property": finding.field or None,
            "state": finding.state,
            "reason": reason.strip(),
            "analyst": analyst,
        }
        for finding in findings
    ]
    return add_records(session, Dismissal, values)
