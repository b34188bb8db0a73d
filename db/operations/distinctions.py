"""Telling two records apart that look like one, with a reason, and taking that back."""

import uuid

from sqlalchemy.orm import Session

from db.duplicates.finder import pair_of
from db.errors import InvalidValue
from db.models import Distinction
from db.operations.records import add_record, delete_record


def tell_apart(
    session: Session, first: uuid.UUID, second: uuid.UUID, reason: str, analyst: uuid.UUID | None = None
) -> uuid.UUID:
    """Say that two records are not the same, as they are now; give the judgement's id.

    They are not offered as duplicates again unless what makes them look alike changes. Raises InvalidValue without a
    reason and where they cannot be the same anyway, RecordNotFound.
    """
    if not reason.strip():
        raise InvalidValue("Two records are told apart with a reason. Nothing was changed.")
    pair = pair_of(session, first, second)
    smaller, larger = sorted((pair.first, pair.second), key=lambda key: key.bytes)
    values = {
        "first": smaller,
        "second": larger,
        "state": pair.state,
        "reason": reason.strip(),
        "analyst": analyst,
    }
    return add_record(session, Distinction, values)


def offer_again(session: Session, distinction: uuid.UUID) -> None:
    """Take back that two records are not the same. Raises RecordNotFound."""
    delete_record(session, distinction)
