"""The history as a window shows it: page by page, newest first, however long it is.

Entries are in the order in which this file learnt them. That is the order of `changeset.k`: a changeset and its
changes are numbered together, here and when a merge appends what another file knows.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, true
from sqlalchemy.orm import Session

from db.index.folding import fold
from db.log import driver_connection
from db.models import Author, Change, Changeset, Receipt
from db.queries.history import moment, record_scope, undone_entries
from db.queries.subjects import subjects

PAGE = 200
MANY = 10_000
"""Changes of one entry that are counted; beyond, there are just many."""
_MERGE, _EDIT = 1, 0
Position = tuple[int, int]
"""Where an entry stands: the number of its changeset; a merge stands right above the last one that it brought."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One edit, or one merge (`origin` then names the other file). `author` is None for another program's edit."""

    position: Position
    id: uuid.UUID
    author: uuid.UUID | None
    name: str
    at: datetime
    label: str
    changes: int
    """At most MANY; of the record, where one is looked at."""
    undo_of: uuid.UUID | None = None
    undone: bool = False
    from_future: bool = False
    """Its clock was ahead of ours: flagged, never refused."""
    origin: str = ""
    about: str = ""
    """What the one record is called that it is about; empty for several, and where one record is looked at."""

    @property
    def is_merge(self) -> bool:
        """Whether this tells that another file was taken in."""
        return self.position[1] == _MERGE


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are looked for: those about a record and its parts, by an author, with words in their label."""

    record: uuid.UUID | None = None
    author: uuid.UUID | None = None
    by_other_program: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page of entries. `after` is where the next one begins, None at the end."""

    entries: tuple[Entry, ...]
    after: Position | None


@dataclass(frozen=True, slots=True)
class AuthorRow:
    """Somebody who edited this file; `id` is None for other programs."""

    id: uuid.UUID | None
    name: str


def entry_page(
    session: Session,
    wanted: Wanted = Wanted(),
    after: Position | None = None,
    *,
    limit: int = PAGE,
    now: datetime | None = None,
) -> EntryPage:
    """The entries that stand right below a position, newest first. Raises RecordNotFound."""
    edits = _edits(session, wanted, after, limit)
    merges = [] if wanted.record else _merges(session, wanted, after, limit)
    found = sorted([*edits, *merges], key=lambda row: row.position, reverse=True)
    shown = found[:limit]
    undone = undone_entries(session) if shown else set()
    numbers = {row.position[0] for row in shown}
    sizes = _sizes(session, wanted, numbers)
    about = {} if wanted.record else subjects(session, numbers)
    ahead = (now or datetime.now(UTC)) + timedelta(days=1)
    entries = tuple(row.entry(sizes, about, row.id in undone, ahead) for row in shown)
    return EntryPage(entries, shown[-1].position if len(found) >= limit else None)


@dataclass(frozen=True, slots=True)
class _Found:
    """An entry before everything about it is known."""

    position: Position
    id: uuid.UUID
    author: uuid.UUID | None
    name: str | None
    written: int
    label: str
    undo_of: uuid.UUID | None = None
    origin: str = ""
    changes: int | None = None

    def entry(self, sizes: Mapping[int, int], about: Mapping[int, str], undone: bool, ahead: datetime) -> Entry:
        """All of it."""
        at = moment(self.written)
        changes = sizes.get(self.position[0], 0) if self.changes is None else self.changes
        future = at > ahead and not self.origin
        subject = "" if self.origin else about.get(self.position[0], "")
        return Entry(
            self.position, self.id, self.author, self.name or "", at, self.label, changes, self.undo_of, undone, future,
            self.origin, subject,
        )  # fmt: skip


def _sizes(session: Session, wanted: Wanted, changesets: Collection[int]) -> dict[int, int]:
    """How many changes each made, of a record where one is looked at; without what was only told of creation."""
    if wanted.record is not None:
        scope = record_scope(session, wanted.record, None)
        query = select(Change.changeset, func.count()).where(scope, Change.op != "X", Change.changeset.in_(changesets))
        return dict(session.execute(query.group_by(Change.changeset)).all())
    numbers = ", ".join(map(str, changesets))
    told = f"SELECT 1 FROM change WHERE changeset = s.k AND op <> 'X' LIMIT {MANY}"
    counted = f"SELECT s.k, (SELECT count(*) FROM ({told})) FROM changeset s WHERE s.k IN ({numbers})"
    return dict(driver_connection(session.connection()).execute(counted))


def _edits(session: Session, wanted: Wanted, after: Position | None, limit: int) -> list[_Found]:
    query = (
        select(Changeset.k, Changeset.id, Changeset.author, Author.name, Changeset.written, Changeset.label)
        .add_columns(Changeset.undo_of)
        .outerjoin(Author, Author.id == Changeset.author)
        .where(_below_edit(after), _by(wanted, Changeset.author), _about(session, wanted))
        .order_by(Changeset.k.desc())
    )
    return [
        _Found((k, _EDIT), key, author, name, written, label, undo_of)
        for k, key, author, name, written, label, undo_of in _matching(session, query, wanted.words, limit)
    ]


def _below_edit(after: Position | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    k, kind = after
    return Changeset.k <= k if kind == _MERGE else Changeset.k < k


def _about(session: Session, wanted: Wanted) -> ColumnElement[bool]:
    if wanted.record is None:
        return exists().where(Change.changeset == Changeset.k)
    scope = record_scope(session, wanted.record, None)
    return Changeset.k.in_(select(Change.changeset).where(scope).distinct())


def _by(wanted: Wanted, author: Any) -> ColumnElement[bool]:
    if wanted.by_other_program:
        return author.is_(None)  # type: ignore[no-any-return]
    return true() if wanted.author is None else author == wanted.author


def _matching(session: Session, query: Select[Any], words: str, limit: int) -> list[Any]:
    """The first rows whose label has all the words, whatever their case, accents and width."""
    if not words.strip():
        return list(session.execute(query.limit(limit)))
    driver_connection(session.connection()).create_function("has_words", 2, _has_words, deterministic=True)
    return list(session.execute(query.where(func.has_words(Changeset.label, fold(words))).limit(limit)))


def _has_words(label: str, words: str) -> bool:
    folded = label.lower() if label.isascii() else fold(label)  # most labels: three times as fast
    return all(word in folded for word in words.split())


def _merges(session: Session, wanted: Wanted, after: Position | None, limit: int) -> list[_Found]:
    """Merges are few; each stands above the last changeset that it brought."""
    query = (
        select(Receipt, Author.name, Change.changeset)
        .join(Change, Change.n == Receipt.last)
        .outerjoin(Author, Author.id == Receipt.author)
        .where(_by(wanted, Receipt.author))
        .order_by(Receipt.last.desc())
    )
    rows = [
        _Found(
            (k, _MERGE), receipt.id, receipt.author, name, receipt.learnt, receipt.origin,
            origin=receipt.origin or "?", changes=receipt.last - receipt.first + 1,
        )
        for receipt, name, k in session.execute(query)
    ]  # fmt: skip
    words = fold(wanted.words)
    return [row for row in rows if (after is None or row.position < after) and _has_words(row.label, words)][:limit]


def authors(session: Session) -> list[AuthorRow]:
    """Everybody who edited this file, by name; other programs last, if there were any."""
    known = session.execute(select(Author.id, Author.name).order_by(Author.name, Author.id))
    found = [AuthorRow(key, name) for key, name in known]
    others = session.scalar(select(exists().where(Changeset.author.is_(None))))
    return [*found, AuthorRow(None, "")] if others else found
