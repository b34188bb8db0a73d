"""From what a person types to the record or edit that is meant: an id, a part of one, or a state's code."""

import re
import uuid
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.countries import state_code
from db.errors import InvalidValue, RecordNotFound
from db.fields import Field, FieldType
from db.models import Change, Changeset, Organization, Receipt, Record

SHORTEST = 8
"""Hexadecimal digits that a shortened id has at least: its beginning or, where many were made at once, its end."""
_DIGITS = re.compile(rf"[0-9a-f]{{{SHORTEST},31}}")
_MOST = 4


def find_record(session: Session, text: str) -> uuid.UUID:
    """The id of a record that is in the file. Raises InvalidValue if it is no id or means several, RecordNotFound."""
    return _find(session, text, "record", [Record.id])


def find_record_ever(session: Session, text: str) -> uuid.UUID:
    """The id of a record that is or was in the file, for its history. Raises InvalidValue, RecordNotFound."""
    return _find(session, text, "record", [Change.record])


def find_edit(session: Session, text: str) -> uuid.UUID:
    """The id of an edit, or of a merge by its receipt. Raises InvalidValue, RecordNotFound."""
    return _find(session, text, "edit", [Changeset.id, Receipt.id])


def read_references(session: Session, field: Field, text: str) -> str:
    """The value of a field with whatever it points at as full ids: for those, shortened ids and codes of states do.

    Other fields' values come back as they are. Raises InvalidValue, RecordNotFound.
    """
    if field.holds not in (FieldType.REFERENCE, FieldType.REFERENCES):
        return text
    items = text.split(";") if field.holds is FieldType.REFERENCES else [text]
    return ";".join(str(_target(session, field, item.strip())) for item in items if item.strip())


def _target(session: Session, field: Field, text: str) -> uuid.UUID | str:
    """The record that is meant; where a member may be words, anything that is no id or code stays as it is."""
    code = state_code(text) if not field.kinds or "organization" in field.kinds else None
    if code is None:
        return find_record(session, text) if _is_id(text) or not field.words else text
    found = session.scalar(select(Organization.id).where(Organization.iso_code == code).order_by(Organization.pk))
    if found is None:
        raise RecordNotFound(f"The state {code} is not in this file. Add it as an organization first.")
    return found


def _find(session: Session, text: str, noun: str, columns: Iterable[InstrumentedAttribute[uuid.UUID]]) -> uuid.UUID:
    key = _whole(text)
    digits = text.strip().lower().replace("-", "")
    if not _is_id(text):
        raise InvalidValue(f"“{text}” is no id. An id has 32 hexadecimal digits; {SHORTEST} from either end will do.")
    found = {row for column in columns for row in session.scalars(_query(column, key, digits))}
    if not found:
        raise RecordNotFound(f"There is no {noun} {text} in this file.")
    if len(found) > 1:
        shown = ", ".join(sorted(map(str, found))[: _MOST - 1]) + (", …" if len(found) >= _MOST else "")
        raise InvalidValue(f"“{text}” is ambiguous: it may be {shown}. Write more of the id.")
    return found.pop()


def _is_id(text: str) -> bool:
    return _whole(text) is not None or bool(_DIGITS.fullmatch(text.strip().lower().replace("-", "")))


def _whole(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None


def _query(column: InstrumentedAttribute[uuid.UUID], key: uuid.UUID | None, digits: str) -> Select[uuid.UUID]:
    condition: ColumnElement[bool] = column == key if key else _shortened(column, digits)
    return select(column).where(condition).distinct().limit(_MOST)


def _shortened(column: InstrumentedAttribute[uuid.UUID], digits: str) -> ColumnElement[bool]:
    written = func.hex(column)
    return or_(written.startswith(digits), written.endswith(digits))
