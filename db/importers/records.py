"""Records from a document that people can read and review: tables named by the plural of their kind.

An entry names itself by `key` (a state by its ISO code), its fields as the kind does, and other entries by their
keys. Entries that belong to it may stand inside it, under their own plural. Claims give the value of a field as
the field itself is written. The source of the format is TOML 1.0, but any mapping of that shape will do.
"""

import tomllib
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import CaseFileError, InvalidValue
from db.evidence import EXISTENCE, STATUS
from db.fields import Field, FieldType, FieldValue, canonical, field_of, read_value
from db.models import BY_PLURAL, CaseFile, Claim, Entity
from db.operations.records import add_record, set_field
from db.triggers import references

CASE_FILE = "case_file"
OBSERVED = (EXISTENCE, STATUS)
"""Properties of claims that are no field: their values stay the words that were written."""
_REFERENCES = (FieldType.REFERENCE, FieldType.REFERENCES)
_SETS = (FieldType.TERMS, FieldType.REFERENCES)
_NATIVE = ((bool, FieldType.FLAG), (int, FieldType.INTEGER))


class DocumentError(CaseFileError):
    """A document cannot be loaded, and nothing of it should be kept. Says where: which kind, entry and field."""

    def __init__(self, message: str, kind: str = "", key: str = "", field: str = "") -> None:
        place = ", ".join(part for part in (f"{kind} “{key}”" if key else kind, field and f"“{field}”") if part)
        super().__init__(f"{place}: {message}" if place else message)
        self.kind, self.key, self.field = kind, key, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the document writes it. `values` holds its owner's key where it stands inside another."""

    cls: type[Entity]
    key: str
    values: Mapping[str, object]

    def unusable(self, message: str, field: str = "") -> DocumentError:
        """The error that names this entry."""
        return DocumentError(message, self.cls.PLURAL, self.key, field)


def read_document(path: Path) -> dict[str, object]:
    """Read a TOML file as a document. Raises DocumentError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DocumentError(f"{path.name} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path.name} is not a TOML file: {error}.") from error


def load_records(session: Session, document: Mapping[str, object]) -> dict[str, uuid.UUID]:
    """Add every record of a document and give their ids by key, those without a key by their place.

    Raises DocumentError at the first entry that cannot be used; the caller then drops the transaction.
    """
    if CASE_FILE in document:
        _describe_case_file(session, document[CASE_FILE])
    loading = _Loading(session, _index(document))
    return loading.add_all()


def _index(document: Mapping[str, object]) -> dict[str, Entry]:
    """All entries by key, in the order of the document."""
    entries: dict[str, Entry] = {}
    for kind, tables in document.items():
        for entry in _entries(kind, tables, None) if kind != CASE_FILE else ():
            if entry.key in entries:
                raise entry.unusable("this key stands for another entry already.")
            entries[entry.key] = entry
    return entries


def _describe_case_file(session: Session, table: object) -> None:
    """A case file says what it is in one record, which may be there already."""
    if not isinstance(table, dict):
        raise DocumentError("it must be one table.", CASE_FILE)
    entry = Entry(CaseFile, CASE_FILE, table)
    values = {name: _read(entry, _field(entry, name), value) for name, value in table.items()}
    present = session.scalar(select(CaseFile.id))
    if present is None:
        add_record(session, CaseFile, values)
    else:
        for name, value in values.items():
            set_field(session, present, name, value)


def _entries(kind: str, tables: object, owner: Entry | None) -> Iterator[Entry]:
    """The entries of an array of tables, each followed by those that stand inside it."""
    if kind not in BY_PLURAL:
        message = f"there is no such kind. There are: {', '.join(sorted(BY_PLURAL))}."
        raise owner.unusable(message, kind) if owner else DocumentError(message, kind)
    if not _is_tables(tables):
        raise DocumentError("it must be an array of tables.", kind)
    cls = BY_PLURAL[kind]
    for number, table in enumerate(cast(list[dict[str, object]], tables), 1):
        place = f"{owner.key} / {kind} {number}" if owner else f"{kind} {number}"
        inside = {name: value for name, value in table.items() if _is_tables(value)}
        values = {name: value for name, value in table.items() if name not in inside and name != "key"}
        entry = Entry(cls, _key(kind, table) or place, values)
        if owner:
            values[_owner_field(entry, owner)] = owner.key
        yield entry
        for child, parts in inside.items():
            yield from _entries(child, parts, entry)


def _key(kind: str, table: Mapping[str, object]) -> str:
    """What others call an entry: its key, or a state's code; empty where nobody needs to."""
    key = table.get("key", table.get("iso_code", ""))
    if not isinstance(key, str):
        raise DocumentError(f"a key is text; {key!r} is not.", kind, field="key")
    return key


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _owner_field(entry: Entry, owner: Entry) -> str:
    """The field by which an entry belongs to the one that it stands in."""
    kind = owner.cls.__tablename__
    fitting = [
        column
        for column in references(entry.cls)
        if column.name != "merged_into_id" and kind in (column.info["kinds"] or (kind,))
    ]
    fitting.sort(key=lambda column: (not column.info["owner"], column.nullable))
    if not fitting:
        raise entry.unusable(f"it cannot stand inside {owner.cls.PLURAL}, which it does not point at.")
    name = fitting[0].name.removesuffix("_id")
    if name in entry.values:
        raise entry.unusable(f"it stands inside “{owner.key}”, which says this already.", name)
    return name


def _field(entry: Entry, name: str) -> Field:
    try:
        return field_of(entry.cls, name)
    except InvalidValue as error:
        raise entry.unusable(str(error), name) from None


def _read(entry: Entry, field: Field, value: object) -> FieldValue:
    """A value that is no reference, from what TOML makes of it."""
    if isinstance(value, list) and field.holds in _SETS:
        return frozenset().union(*(cast(frozenset[str], _read(entry, field, item)) for item in value))
    if (type(value), field.holds) in _NATIVE:
        return cast(int | bool, value)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    if not isinstance(value, str):
        raise entry.unusable(f"it cannot hold {value!r}.", field.name)
    try:
        return read_value(field, value)
    except InvalidValue as error:
        raise entry.unusable(str(error), field.name) from None


class _Loading:
    """One document on its way into the file: what is written so far, and what an entry still waits for."""

    def __init__(self, session: Session, entries: Mapping[str, Entry]) -> None:
        self.ids: dict[str, uuid.UUID] = {}
        self._session = session
        self._entries = entries
        self._waiting: list[str] = []

    def add_all(self) -> dict[str, uuid.UUID]:
        """Write every entry; give their ids."""
        for key in self._entries:
            self.add(key)
        return self.ids

    def add(self, key: str) -> uuid.UUID:
        """Write an entry once, and before it whatever it points at; give its id."""
        if key in self.ids:
            return self.ids[key]
        entry = self._entries[key]
        if key in self._waiting:
            raise entry.unusable(f"it points at itself, by way of {' → '.join([*self._waiting, key])}.")
        self._waiting.append(key)
        values: dict[str, FieldValue] = {name: self._value(entry, name) for name in entry.values}
        try:
            self.ids[key] = add_record(self._session, entry.cls, values)
        except InvalidValue as error:
            raise entry.unusable(str(error)) from None
        self._waiting.pop()
        return self.ids[key]

    def _value(self, entry: Entry, name: str) -> FieldValue:
        if entry.cls is Claim and name == "value":
            return self._claimed(entry)
        return self._typed(entry, _field(entry, name), entry.values[name])

    def _typed(self, entry: Entry, field: Field, value: object) -> FieldValue:
        if field.holds not in _REFERENCES:
            return _read(entry, field, value)
        keys = value if isinstance(value, list) and field.holds is FieldType.REFERENCES else [value]
        found = [self._target(entry, field, key) for key in keys]
        return frozenset(found) if field.holds is FieldType.REFERENCES else found[0]

    def _target(self, entry: Entry, field: Field, key: object) -> uuid.UUID:
        target = self._entries.get(key) if isinstance(key, str) else None
        if target is None:
            raise entry.unusable(f"no entry has the key {key!r}.", field.name)
        if field.kinds and target.cls.__tablename__ not in field.kinds:
            allowed = " or ".join(field.kinds)
            raise entry.unusable(f"it must name {allowed}; “{key}” is one of the {target.cls.PLURAL}.", field.name)
        return self.add(target.key)

    def _claimed(self, claim: Entry) -> FieldValue:
        """The value of a claim, in the canonical form of the field that it is about."""
        written = claim.values["value"]
        name, about = claim.values.get("property"), self._entries.get(str(claim.values.get("subject")))
        if about is None or not isinstance(name, str) or name in OBSERVED:
            return _read(claim, _field(claim, "value"), written)
        try:
            field = field_of(about.cls, name)
        except InvalidValue as error:
            raise claim.unusable(str(error), "property") from None
        return canonical(self._typed(claim, field, written))
