"""What the index holds of a record: its folded words, and the record that a person opens to see them."""

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column

from db.fields import FieldType, fields_of
from db.index.folding import fold, latin_of
from db.models import BY_TABLE, ENTITIES, Claim, Entity
from db.queries.titles import CHUNK, chunks, entity
from db.triggers import references

CODES = frozenset(
    {
        "captured_at",
        "colour",
        "language",
        "media_type",
        "original_language",
        "property",
        "quotation_language",
        "script",
        "term_span",
    }
)
"""Fields of text that hold a code and no words: nobody looks for all that is `en`."""
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Document:
    """One record in the index. `pk` is that of its row in `record`; ids are their 16 bytes."""

    pk: int
    id: bytes
    kind: str
    root: bytes
    root_kind: str
    title: str
    body: str
    script: str
    """All its folded text, if some of it is not Latin; otherwise empty."""


@cache
def text_columns(cls: type[Entity]) -> tuple[str, ...]:
    """The columns of a kind that hold words, those of its title first."""
    names = [
        field.column
        for field in fields_of(cls).values()
        if field.holds in (FieldType.TEXT, FieldType.LONG_TEXT) and field.column not in CODES
    ]
    return tuple(sorted(names, key=lambda name: name not in cls.TITLE))


KINDS: tuple[str, ...] = tuple(cls.__tablename__ for cls in ENTITIES if text_columns(cls))
"""The tables whose records have words of their own."""
SHAPE = tuple((kind, text_columns(entity(kind))) for kind in KINDS)


@cache
def owner_column(cls: type[Entity]) -> Column[object] | None:
    """The column that says which record this one is a part of; None for kinds that stand alone."""
    return next((column for column in references(cls) if column.info["owner"]), None)


def documents_between(connection: sqlite3.Connection, kind: str, after: int, last: int) -> list[Document]:
    """What the index holds of the records of a kind, from behind one `pk` of its table up to another one."""
    return _documents(connection, kind, "t.pk > ? AND t.pk <= ?", (after, last))


def documents_of(connection: sqlite3.Connection, kind: str, ids: Collection[bytes]) -> list[Document]:
    """What the index holds of some records of a kind; of those that are gone or have no words, nothing."""
    found: list[Document] = []
    for chunk in chunks([uuid.UUID(bytes=key) for key in sorted(ids)]):
        marks = ", ".join("?" * len(chunk))
        found += _documents(connection, kind, f"t.id IN ({marks})", [key.bytes for key in chunk])
    return found


def _documents(
    connection: sqlite3.Connection, kind: str, condition: str, parameters: Sequence[object]
) -> list[Document]:
    cls = entity(kind)
    names = text_columns(cls)
    owner = owner_column(cls)
    columns = ", ".join(["NULL" if owner is None else f"t.{owner.name}", *(f"t.{name}" for name in names)])
    has_text = " OR ".join(f"t.{name} IS NOT NULL" for name in names)
    rows = connection.execute(
        f"SELECT r.pk, t.id, {columns} FROM {kind} t JOIN record r ON r.id = t.id WHERE {condition} AND ({has_text})",
        parameters,
    ).fetchall()
    roots = _roots(connection, {row[2] for row in rows if row[2]})
    in_title = sum(name in cls.TITLE for name in names)
    made = (_document(kind, row, roots.get(row[2]) or (row[1], kind), in_title) for row in rows)
    return [document for document in made if document.title or document.body or document.script]


def _document(kind: str, row: Sequence[object], root: tuple[bytes, str], in_title: int) -> Document:
    pk, key, _, *texts = row
    assert isinstance(pk, int)
    assert isinstance(key, bytes)
    folded = [fold(words_of(kind, text)) if isinstance(text, str) else "" for text in texts]
    latin = [latin_of(text) for text in folded]
    return Document(
        pk=pk,
        id=key,
        kind=kind,
        root=root[0],
        root_kind=root[1],
        title=_joined(latin[:in_title]),
        body=_joined(latin[in_title:]),
        script=" ".join(_joined(folded).split()) if folded != latin else "",
    )


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def words_of(kind: str, text: str) -> str:
    """The words of a field. A claim gives references as ids, which are no words."""
    if kind != Claim.__tablename__ or not _is_id(text.partition(";")[0]):
        return text
    return "; ".join(item for item in text.split("; ") if not _is_id(item))


def _is_id(text: str) -> bool:
    try:
        return len(text) == 36 and bool(uuid.UUID(text))
    except ValueError:
        return False


def _roots(connection: sqlite3.Connection, records: Collection[bytes]) -> dict[bytes, tuple[bytes, str]]:
    """For each record the one that stands at the end of its chain of owners, and its kind."""
    roots = {record: record for record in records}
    kinds: dict[bytes, str] = {}
    owners: dict[bytes, bytes] = {}
    for _ in range(_DEEPEST):
        fresh = _kinds(connection, set(roots.values()) - kinds.keys())
        kinds |= fresh
        owners |= _owners(connection, fresh)
        onward = {record: owners[root] for record, root in roots.items() if root in owners}
        if not onward:
            break
        roots |= onward
    return {record: (root, kinds[root]) for record, root in roots.items() if root in kinds}


def _kinds(connection: sqlite3.Connection, records: Collection[bytes]) -> dict[bytes, str]:
    return dict(_in_chunks(connection, "SELECT id, kind FROM record WHERE id IN ({})", records))


def _owners(connection: sqlite3.Connection, kinds: Mapping[bytes, str]) -> dict[bytes, bytes]:
    by_kind: dict[str, list[bytes]] = {}
    for record, kind in kinds.items():
        by_kind.setdefault(kind, []).append(record)
    found: dict[bytes, bytes] = {}
    for kind, records in by_kind.items():
        owner = owner_column(entity(kind))
        if owner is not None:
            query = f"SELECT id, {owner.name} FROM {kind} WHERE id IN ({{}})"
            found.update((key, value) for key, value in _in_chunks(connection, query, records) if value)
    return found


def _in_chunks(connection: sqlite3.Connection, query: str, records: Collection[bytes]) -> Iterator[tuple[bytes, Any]]:
    items = list(records)
    for start in range(0, len(items), CHUNK):
        part = items[start : start + CHUNK]
        yield from connection.execute(query.format(", ".join("?" * len(part))), part)


def parts_of(connection: sqlite3.Connection, record: bytes, kind: str) -> Iterator[tuple[bytes, str]]:
    """The records that a record owns, and what these own in turn, with their kinds."""
    pending, known = [(record, kind)], {record}
    while pending:
        owner, owner_kind = pending.pop()
        for cls in ENTITIES:
            column = owner_column(cls)
            if column is not None and column.info["target"] in ("record", owner_kind):
                rows = connection.execute(f"SELECT id FROM {cls.__tablename__} WHERE {column.name} = ?", (owner,))
                fresh = [(key, cls.__tablename__) for (key,) in rows if key not in known]
                known.update(key for key, _ in fresh)
                pending += fresh
                yield from fresh


def is_owner(kind: str, field: str | None) -> bool:
    """Whether a field says which record its record is a part of."""
    cls = BY_TABLE.get(kind)
    if cls is None or not issubclass(cls, Entity):
        return False
    column = owner_column(cls)
    return column is not None and column.name == field
