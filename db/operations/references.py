"""Whether what records point at is there and of the right kind: one check for many rows."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.fields import Field, FieldType, FieldValue
from db.models import Content
from db.queries.titles import kinds_of

Kinds = Mapping[uuid.UUID | Any, str]


def check_references(session: Session, fields: Collection[Field], rows: Sequence[Mapping[str, FieldValue]]) -> Kinds:
    """Refuse what points nowhere or at the wrong kind; give the kinds of all that is pointed at.

    Raises InvalidValue.
    """
    wanted: dict[Field, set[uuid.UUID]] = {
        field: {target for row in rows for target in targets_of(row.get(field.name))}
        for field in fields
        if field.holds in (FieldType.REFERENCE, FieldType.REFERENCES)
    }
    kinds = kinds_of(session, set().union(*wanted.values()))
    for field in fields:
        if field.holds is FieldType.CONTENT:
            _check_content(session, field, {digest for row in rows if isinstance(digest := row.get(field.name), bytes)})
    for field, targets in wanted.items():
        for target in targets:
            _check_target(field, target, kinds.get(target))
    return kinds


def targets_of(value: FieldValue) -> set[uuid.UUID]:
    """The records that a value names."""
    items = value if isinstance(value, frozenset) else {value}
    return {item for item in items if isinstance(item, uuid.UUID)}


def _check_target(field: Field, target: uuid.UUID, kind: str | None) -> None:
    if kind is None:
        raise InvalidValue(f"“{field.name}” points at {target}, which is not in this file.")
    if field.kinds and kind not in field.kinds:
        raise InvalidValue(f"“{field.name}” must point at {' or '.join(field.kinds)}, not at {kind}.")


def _check_content(session: Session, field: Field, digests: set[bytes]) -> None:
    for digest in digests:
        if session.scalar(select(Content.pk).where(Content.sha256 == digest)) is None:
            raise InvalidValue(f"“{field.name}” names bytes that are not in this file.")
