"""The fields of each kind of record, derived from the mapped classes, for forms, importers, claims and filters."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import cache

from sqlalchemy import Column, Integer, LargeBinary

from db.dates import Edtf, EdtfType, read, understand
from db.errors import InvalidValue
from db.models import ENTITIES, LINKS, Entity, Link
from db.models.base import Flag, Key, Term
from db.triggers import references, stored_fields, table_of

Item = uuid.UUID | StrEnum | str
FieldValue = str | int | bool | bytes | Edtf | StrEnum | uuid.UUID | frozenset[Item] | None
_YES_NO = {"yes": True, "no": False}
LONGEST_TEXT = 1_000_000
_QUOTED = 80


class FieldType(Enum):
    """What a field holds, and so how it is edited, read and compared."""

    TEXT = auto()
    LONG_TEXT = auto()
    TERM = auto()
    DATE = auto()
    INTEGER = auto()
    FLAG = auto()
    REFERENCE = auto()
    CONTENT = auto()
    TERMS = auto()
    """A set of terms."""
    REFERENCES = auto()
    """A set of records."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind. Set-valued ones live in the rows of `link`; the others in `column`."""

    name: str
    holds: FieldType
    column: str = ""
    required: bool = False
    identity: bool = False
    """Part of what the record is: it can be given, but not changed."""
    vocabulary: type[StrEnum] | None = None
    kinds: tuple[str, ...] = ()
    """For references: the tables that may be meant; empty means any."""
    link: type[Link] | type[Entity] | None = None
    words: bool = False
    """For sets of records: a member may also be words, as a source reported it."""


@cache
def fields_of(cls: type[Entity]) -> dict[str, Field]:
    """The fields of a kind by name, in the order of its class, sets last."""
    columns = [_column_field(cls, table_of(cls).columns[name]) for name in stored_fields(cls)]
    marking = [field for field in columns if field.name == "marking"]
    ordered = [field for field in columns if field.name != "marking"]
    return {field.name: field for field in [*ordered, *_set_fields(cls), *marking]}


def field_of(cls: type[Entity], name: str) -> Field:
    """A field by name. Raises InvalidValue, which lists the names that there are."""
    fields = fields_of(cls)
    if name not in fields:
        raise InvalidValue(f"{cls.PLURAL} have no field “{name}”. They have: {', '.join(fields)}.")
    return fields[name]


def _column_field(cls: type[Entity], column: Column[object]) -> Field:
    name = column.name.removesuffix("_id") if isinstance(column.type, Key) else column.name
    return Field(
        name=name,
        holds=_type_of(column),
        column=column.name,
        required=not column.nullable and column.default is None,
        identity=column.name in cls.ENDS,
        vocabulary=column.type.vocabulary if isinstance(column.type, Term) else None,
        kinds=column.info.get("kinds", ()),
    )


def _type_of(column: Column[object]) -> FieldType:
    types: list[tuple[type, FieldType]] = [
        (Term, FieldType.TERM),
        (EdtfType, FieldType.DATE),
        (Flag, FieldType.FLAG),
        (Key, FieldType.REFERENCE),
        (Integer, FieldType.INTEGER),
        (LargeBinary, FieldType.CONTENT),
    ]
    plain = FieldType.LONG_TEXT if column.info.get("long") else FieldType.TEXT
    return next((field for sql, field in types if isinstance(column.type, sql)), plain)


def _set_fields(cls: type[Entity]) -> Iterable[Field]:
    for link in LINKS:
        owner, member = (table_of(link).columns[name] for name in link.ENDS)
        if cls.__tablename__ in (owner.info["kinds"] or (cls.__tablename__,)):
            terms = isinstance(member.type, Term)
            yield Field(
                name=link.FIELD,
                holds=FieldType.TERMS if terms else FieldType.REFERENCES,
                vocabulary=member.type.vocabulary if isinstance(member.type, Term) else None,
                kinds=member.info.get("kinds", ()),
                link=link,
            )
    for child in ENTITIES:
        if child.MEMBERS and table_of(child).columns[child.ENDS[0]].info["target"] == cls.__tablename__:
            words = any(not isinstance(table_of(child).columns[end].type, Key) for end in child.ENDS)
            kinds = tuple(_member_kinds(child))
            yield Field(child.MEMBERS, FieldType.REFERENCES, kinds=kinds, link=child, words=words)


def _member_kinds(child: type[Entity]) -> Iterable[str]:
    for column in references(child):
        if column.name in child.ENDS[1:]:
            yield from column.info["kinds"]


def read_value(field: Field, text: str) -> FieldValue:
    """What a person or a file wrote, as a value of the field; empty text is no value.

    References are ids. Raises InvalidValue, which says what could be written instead.
    """
    check_text(field, text)
    if not text.strip():
        if field.required:
            raise InvalidValue(f"“{field.name}” cannot be empty.")
        return frozenset() if field.holds in (FieldType.TERMS, FieldType.REFERENCES) else None
    match field.holds:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return text
        case FieldType.TERM:
            return _read_term(field, text)
        case FieldType.DATE:
            return understand(text) or read(text)
        case FieldType.INTEGER:
            return _read_integer(field, text)
        case FieldType.FLAG:
            return _read_flag(field, text)
        case FieldType.REFERENCE:
            return _read_id(field, text)
        case FieldType.TERMS:
            return frozenset(_read_term(field, item) for item in text.split(";"))
        case FieldType.REFERENCES:
            items = text.split(";") if field.words else text.replace(";", " ").split()
            return frozenset(_read_member(field, item.strip()) for item in items if item.strip())
        case FieldType.CONTENT:
            raise InvalidValue(f"“{field.name}” holds bytes and cannot be written as text.")


def check_text(field: Field, text: str) -> None:
    """Refuse a text that no file can keep. Raises InvalidValue."""
    if len(text) > LONGEST_TEXT:
        raise InvalidValue(f"“{field.name}” is longer than {LONGEST_TEXT:,} characters.")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidValue(f"“{field.name}” holds half a character that no file can store.") from None
    if "\x00" in text:
        raise InvalidValue(f"“{field.name}” holds a zero character, which no text may.")


def _read_term(field: Field, text: str) -> StrEnum:
    assert field.vocabulary is not None
    words = text.strip()
    for member in field.vocabulary:
        if words.casefold() in (member.value.casefold(), member.name.casefold()):
            return member
    known = "; ".join(member.value for member in field.vocabulary)
    raise InvalidValue(f"“{_shown(words)}” is no value of “{field.name}”. It can be: {known}.")


def _read_integer(field: Field, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise InvalidValue(f"“{field.name}” is a whole number; “{_shown(text)}” is not.") from None
    if not -(2**63) <= number < 2**63:
        raise InvalidValue(f"“{field.name}” cannot hold a number as large as {_shown(text)}.")
    return number


def _read_flag(field: Field, text: str) -> bool:
    if text.strip().casefold() not in _YES_NO:
        raise InvalidValue(f"“{field.name}” is yes or no; “{_shown(text)}” is neither.")
    return _YES_NO[text.strip().casefold()]


def _read_id(field: Field, text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        raise InvalidValue(f"“{field.name}” names a record by its id; “{_shown(text)}” is no id.") from None


def _read_member(field: Field, item: str) -> Item:
    try:
        return _read_id(field, item)
    except InvalidValue:
        if not field.words:
            raise
        return item


def _shown(text: str) -> str:
    """As much of what was written as a message can take."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def canonical(value: FieldValue) -> str | None:
    """A value as the text that claims keep and compare.

    Dates as EDTF, terms as their words, references as ids, sets as their sorted items joined by "; ".
    """
    if value is None:
        return None
    if isinstance(value, Edtf):
        return value.form or value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, frozenset):
        return "; ".join(sorted(str(item) for item in value))
    return value.hex() if isinstance(value, bytes) else str(value)
