"""The rows of one page of a list: read by pk, a few statements per page whatever its length."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.fields import FieldType, FieldValue, Item
from db.marks import SAID, Path, disputing, is_uncited, is_unproven, names_its_source, parts_of, touching
from db.models import Agreement, Change, Changeset, Entity, Head, Logged, Tag, Tagging
from db.queries.agreements import agreement_status
from db.queries.lists import columns
from db.queries.lists.columns import columns_of
from db.queries.lists.details import Details, details
from db.queries.lists.words import date_form, date_words, day_words
from db.queries.records import display
from db.queries.titles import titles
from db.status import Status
from db.triggers import table_of


class Mark(IntEnum):
    """What the sources of a record and its parts amount to, at a glance."""

    NONE = 0
    """There is no source, and nothing that needs one."""
    CITED = 1
    PARTLY = 2
    """A fact lacks a source (`db.facts`), but none of those that come first."""
    UNPROVEN = 3
    """A fact that comes first lacks a source."""
    DISPUTED = 4


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag that a record carries."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record as a list shows it. `cells` are the words of the columns that were asked for, by name."""

    pk: int
    id: uuid.UUID
    title: str
    line: str
    """What stands under the title: parties and type, post, publication."""
    cells: Mapping[str, str]
    mark: Mark
    in_conflict: bool
    status: Status | None
    tags: tuple[TagRow, ...]


def rows(
    session: Session, cls: type[Entity], pks: Sequence[int], shown: Collection[str] = (), *, exact: bool = False
) -> list[ListRow | None]:
    """The rows of these pks in their order, with the words of some columns; None for a record that is gone.

    `exact` gives dates as other programs read them: EDTF.
    """
    table = table_of(cls)
    stored = {row["pk"]: row for row in session.execute(select(table).where(table.c.pk.in_(pks))).mappings()}
    keys = [row["id"] for row in stored.values()]
    page = _Page(session, cls, keys, [name for name in shown if name in columns_of(cls)], exact=exact)
    page.read_titles(session, [row["id"] for row in stored.values() if page.whole_title(row) is None])
    made = {pk: page.row(row) for pk, row in stored.items()}
    return [made.get(pk) for pk in pks]


def ids_of(session: Session, cls: type[Entity], pks: Sequence[int]) -> list[uuid.UUID]:
    """The ids of these pks, those that are gone left out, in their order."""
    table = table_of(cls)
    found: dict[int, uuid.UUID] = {}
    for start in range(0, len(pks), 10_000):
        chunk = list(pks[start : start + 10_000])
        found |= dict(_pairs(session, select(table.c.pk, table.c.id).where(table.c.pk.in_(chunk))))
    return [found[pk] for pk in pks if pk in found]


def rows_of(session: Session, cls: type[Entity], ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The pks of those of the ids that are records of the kind."""
    table = table_of(cls)
    return dict(_pairs(session, select(table.c.id, table.c.pk).where(table.c.id.in_(ids))))


class _Page:
    """What is read once for all rows of a page."""

    def __init__(
        self, session: Session, cls: type[Entity], keys: list[uuid.UUID], shown: list[str], *, exact: bool
    ) -> None:
        self.cls = cls
        self._dated = date_form if exact else date_words
        self.shown = shown
        self.agreements = agreement_status(session, keys) if cls is Agreement else {}
        self.details: Details = details(session, cls, keys, self.agreements, self._dated)
        self.sets = _sets(session, cls, keys, shown)
        self.tags = _tags(session, keys)
        self.marks = _marks(session, cls, keys)
        self.conflicts = _in_conflict(session, cls, keys)
        self.times = _times(session, cls, keys, shown, exact=exact)
        self.titles: Mapping[uuid.UUID, str] = {}
        self._pointed_at = self._targets(session, keys)

    def read_titles(self, session: Session, unnamed: Collection[uuid.UUID]) -> None:
        """Read what records are called: those that the shown fields point at, and these rows themselves."""
        self.titles = titles(session, {*unnamed, *self._pointed_at})

    def whole_title(self, stored: Mapping[Any, Any]) -> str | None:
        """What a record is called, where that is one text."""
        whole = stored[self.cls.TITLE[0]] if len(self.cls.TITLE) == 1 else None
        return whole if isinstance(whole, str) else None

    def _targets(self, session: Session, keys: list[uuid.UUID]) -> set[uuid.UUID]:
        """The records that the shown fields point at."""
        fields = [columns_of(self.cls)[name].field for name in self.shown]
        table = table_of(self.cls)
        pointing = [table.c[field.column] for field in fields if field and field.holds is FieldType.REFERENCE]
        found = {item for items in self.sets.values() for item in items if isinstance(item, uuid.UUID)}
        if pointing:
            for row in session.execute(select(*pointing).where(table.c.id.in_(keys))):
                found.update(key for key in row if key is not None)
        return found

    def row(self, stored: Mapping[Any, Any]) -> ListRow:
        key = stored["id"]
        agreement = self.agreements.get(key)
        return ListRow(
            pk=stored["pk"],
            id=key,
            title=self._title(stored),
            line=self.details.line(stored, self.titles),
            cells={name: self._cell(name, stored) for name in self.shown},
            mark=self.marks.get(key, Mark.NONE),
            in_conflict=key in self.conflicts,
            status=agreement.status if agreement else None,
            tags=self.tags.get(key, ()),
        )

    def _title(self, stored: Mapping[Any, Any]) -> str:
        whole = self.whole_title(stored)
        return self.titles.get(stored["id"], "") if whole is None else whole

    def _cell(self, name: str, stored: Mapping[Any, Any]) -> str:
        key = stored["id"]
        field = columns_of(self.cls)[name].field
        if field is not None:
            return self._words(stored[field.column] if field.link is None else self.sets.get((name, key)))
        match name:
            case columns.TITLE:
                return self._title(stored)
            case columns.STATUS:
                return self.agreements[key].status.value
            case columns.EVIDENCE:
                mark = self.marks.get(key, Mark.NONE)
                return mark.name.lower() if mark else ""
            case columns.CHANGED | columns.ENTERED:
                return self.times.get((name, key), "")
        return self.details.cell(name, key)

    def _words(self, value: FieldValue) -> str:
        return self._dated(value) or display(value, self.titles)


def _sets(
    session: Session, cls: type[Entity], keys: Sequence[uuid.UUID], shown: Collection[str]
) -> dict[tuple[str, uuid.UUID], frozenset[Item]]:
    """The members of the shown set-valued fields, by field and owner."""
    found: dict[tuple[str, uuid.UUID], set[Item]] = {}
    for name in shown:
        field = columns_of(cls)[name].field
        if field is not None and field.link is not None:
            table = table_of(field.link)
            owner, *ends = (table.c[end] for end in field.link.ENDS)
            for key, *members in session.execute(select(owner, *ends).where(owner.in_(keys))):
                found.setdefault((name, key), set()).update([m for m in members if m is not None][:1])
    return {place: frozenset(members) for place, members in found.items()}


def _tags(session: Session, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[TagRow, ...]]:
    query = (
        select(Tagging.record_id, Tag.name, Tag.colour)
        .join(Tag, Tag.id == Tagging.tag_id)
        .where(Tagging.record_id.in_(keys))
        .order_by(Tag.name)
    )
    found: dict[uuid.UUID, tuple[TagRow, ...]] = {}
    for key, name, colour in session.execute(query):
        found[key] = (*found.get(key, ()), TagRow(name, colour or ""))
    return found


def _marks(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Mark]:
    found: dict[uuid.UUID, Mark] = {}
    for key, unproven, uncited, sourced in session.execute(_sources_by_record(cls), {"keys": keys}):
        lacking = Mark.UNPROVEN if unproven else Mark.PARTLY if uncited else Mark.NONE
        found[key] = lacking or (Mark.CITED if sourced else Mark.NONE)
    for query in _claims_by_owner(cls):
        for key, disputed in session.execute(query, {"keys": keys}):
            found[key] = max(found.get(key, Mark.NONE), Mark.DISPUTED if disputed else Mark.CITED)
    return found


@cache
def _sources_by_record(cls: type[Entity]) -> Select[*tuple[Any, ...]]:
    """Whether a fact of each record lacks a source, one that comes first or any, and whether it names its source."""
    table = table_of(cls)
    query = select(table.c.id, is_unproven(cls), is_uncited(cls), names_its_source(cls))
    return query.where(table.c.id.in_(bindparam("keys", expanding=True)))


@cache
def _claims_by_owner(cls: type[Entity]) -> tuple[Any, ...]:
    """Whether any claim about a record disputes it: about itself, and about its parts of each kind."""
    owned = []
    kinds: dict[type[Logged], Path] = {cls: (), **parts_of(cls)}
    for kind, path in kinds.items():
        query = select(_owner(kind, path), func.max(disputing(kind))).select_from(table_of(kind))
        query = _joined(query, path).join(SAID, SAID.c.subject_id == table_of(kind).c.id)
        one_of = _owner(kind, path).in_(bindparam("keys", expanding=True))
        owned.append(query.where(one_of).group_by(_owner(kind, path)))
    return tuple(owned)


def _in_conflict(session: Session, cls: type[Entity], keys: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    if session.scalar(select(Head.n).limit(1)) is None:
        return set()
    rivals = select(Head.record).join(Change, Change.n == Head.n).group_by(Head.record, Head.field)
    rivals = rivals.having(func.count(func.quote(Change.value).distinct()) > 1)
    kinds: dict[type[Logged], Path] = {cls: (), **parts_of(cls)}
    return {
        key
        for kind, path in kinds.items()
        for key in session.scalars(
            _joined(select(_owner(kind, path)).select_from(table_of(kind)), path).where(
                _owner(kind, path).in_(keys), table_of(kind).c.id.in_(rivals)
            )
        )
    }


def _times(
    session: Session, cls: type[Entity], keys: Sequence[uuid.UUID], shown: Collection[str], *, exact: bool
) -> dict[tuple[str, uuid.UUID], str]:
    """When each record was entered and last changed, as far as that is shown."""
    changes: dict[tuple[str, uuid.UUID], int] = {}
    if columns.ENTERED in shown:
        query = select(Change.record, func.min(Change.n)).where(Change.record.in_(keys)).group_by(Change.record)
        changes |= {(columns.ENTERED, key): n for key, n in session.execute(query)}
    kinds: dict[type[Logged], Path] = {cls: (), **touching(cls)} if columns.CHANGED in shown else {}
    for kind, path in kinds.items():
        query = select(_owner(kind, path), func.max(Change.n)).select_from(table_of(kind))
        query = _joined(query, path).join(Change, Change.record == table_of(kind).c.id)
        for key, n in session.execute(query.where(_owner(kind, path).in_(keys)).group_by(_owner(kind, path))):
            changes[columns.CHANGED, key] = max(n, changes.get((columns.CHANGED, key), 0))
    told = select(Change.n, Changeset.written).join(Changeset, Changeset.k == Change.changeset)
    written = dict(_pairs(session, told.where(Change.n.in_(set(changes.values())))))
    return {place: day_words(written[n], exact=exact) for place, n in changes.items()}


def _owner(kind: type[Logged], path: Path) -> Any:
    return path[-1] if path else table_of(kind).c.id


def _joined(query: Any, path: Path) -> Any:
    """From a part to the row that names its owner."""
    for column, step in pairwise(path):
        query = query.join(step.table, step.table.c.id == column)
    return query


def _pairs(session: Session, query: Any) -> Sequence[tuple[Any, Any]]:
    return session.execute(query).all()
