"""What a claim says, read as the field that it is about reads it: one form in the file, however it was typed."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.errors import InvalidValue, RecordNotFound
from db.evidence import EXISTENCE, STATUS
from db.fields import Field, FieldValue, canonical, field_of, read_value
from db.models import Agreement, Claim, Entity
from db.operations.references import Kinds, check_references
from db.queries.lookup import read_references
from db.queries.records import values_of
from db.queries.titles import class_of, entity

ABOUT = ("subject", "property", "value")
"""The fields of a claim that are read together."""
Row = dict[str, FieldValue]


def read_claims(session: Session, rows: Sequence[Row], kinds: Kinds) -> list[Row]:
    """New claims with their values in canonical form. Where that changes a date, its words are kept as original text.

    `kinds` are those of all that the rows point at. Raises InvalidValue for a field that the subject does not have,
    and for a value that the field cannot hold.
    """
    reader = _Reader(session)
    return [reader.read(row, entity(kinds[_subject(row)])) for row in rows]


def read_changed_claim(session: Session, claim: uuid.UUID, changes: Row) -> Row:
    """The changes of a claim with its value as the field reads it that the claim is about afterwards.

    Raises InvalidValue.
    """
    if not changes.keys() & set(ABOUT):
        return changes
    stored = session.execute(select(Claim.subject_id, Claim.property, Claim.value).where(Claim.id == claim)).one()
    about: Row = dict(zip(ABOUT, stored, strict=True)) | changes
    read = _Reader(session).read(about | {"original_text": ""}, class_of(session, _subject(about)))
    return changes | ({"value": read["value"]} if read["value"] != stored.value else {})


def _subject(row: Mapping[str, FieldValue]) -> uuid.UUID:
    subject = row["subject"]
    assert isinstance(subject, uuid.UUID)
    return subject


class _Reader:
    """Reads values as fields do, and each value of one field only once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[type[Entity], str, str], FieldValue] = {}

    def read(self, row: Row, cls: type[Entity]) -> Row:
        name, text = str(row["property"]), row.get("value")
        if name == EXISTENCE or (name == STATUS and cls is Agreement):
            return row
        field = field_of(cls, name)
        if not isinstance(text, str):
            return row
        value = self._value(cls, field, text)
        if not isinstance(value, Edtf):
            return row | {"value": canonical(value)}
        if not value.is_date and not self._is_shown(row, value):
            raise InvalidValue(f"“{text}” is no date. What a source says in other words goes into “original_text”.")
        told = {} if canonical(value) == text or row.get("original_text") is not None else {"original_text": text}
        return row | {"value": canonical(value)} | told

    def _value(self, cls: type[Entity], field: Field, text: str) -> FieldValue:
        key = (cls, field.name, text)
        if key not in self._known:
            try:
                value = read_value(field, read_references(self._session, field, text))
            except RecordNotFound as error:
                raise InvalidValue(str(error)) from None
            check_references(self._session, [field], [{field.name: value}])
            self._known[key] = value
        return self._known[key]

    def _is_shown(self, row: Row, value: Edtf) -> bool:
        """Whether a date in words is what the record shows: those can be claimed as they stand."""
        subject = _subject(row)
        shown = values_of(self._session, class_of(self._session, subject), [subject])[subject]
        return canonical(shown[str(row["property"])]) == canonical(value)
