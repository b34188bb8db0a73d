"""Whether a claim disputes a stored value, as a function that SQLite calls, so that a filter can ask it of a file.

The verdict is that of `db.evidence`; only records that were entered twice and joined are not followed here.
"""

import sqlite3
import uuid

from db.dates.column import decode
from db.fields import Field, FieldType, FieldValue, canonical, fields_of


def add_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the function `disputes(kind, property, shown, claimed, language)`."""
    connection.create_function("disputes", 5, disputes, deterministic=True)


def disputes(kind: str, name: str, shown: object, claimed: str | None, language: str | None) -> bool:
    """Whether a claim says otherwise than the value that the record's table holds; sets come as members joined by ;."""
    from db.evidence import _is_compatible  # here: it reads, and every reader's connection needs this function
    from db.queries.titles import entity

    field = fields_of(entity(kind)).get(name)
    if field is None:
        return False
    value = _typed(field, shown)
    words = canonical(value) or ""
    if words == (claimed or ""):
        return False
    if not words or not claimed:
        return True
    if field.holds in (FieldType.REFERENCES, FieldType.TERMS):
        return not set(claimed.split("; ")) <= set(words.split("; "))
    return not _is_compatible(field, value, claimed, language)


def _typed(field: Field, shown: object) -> FieldValue:
    """A stored value as what its field holds."""
    match field.holds:
        case FieldType.DATE if isinstance(shown, str):
            return decode(shown)
        case FieldType.REFERENCE if isinstance(shown, bytes):
            return uuid.UUID(bytes=shown)
        case FieldType.REFERENCES | FieldType.TERMS:
            return frozenset(_member(item) for item in str(shown).split("; ")) if shown else None
        case FieldType.FLAG if shown is not None:
            return bool(shown)
    return shown  # type: ignore[return-value]


def _member(item: str) -> uuid.UUID | str:
    try:
        return uuid.UUID(item)
    except ValueError:
        return item
