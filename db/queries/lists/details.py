"""What stands under the title in a list, and what is derived of a record: parties and type, post, publication."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.dates.column import decode
from db.fields import FieldType
from db.models import Agreement, Citation, Entity, Membership, Person, Post, Publication, Source
from db.queries.agreements import AgreementRow, status_day
from db.queries.lists import columns
from db.queries.lists.columns import columns_of
from db.queries.lists.words import date_words
from db.queries.records import display
from db.queries.titles import titles
from db.triggers import table_of

_MOST_PARTIES = 4
SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class Details:
    """Lines and derived cells of the rows of a page."""

    cls: type[Entity]
    lines: Mapping[uuid.UUID, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, uuid.UUID], str] = field(default_factory=dict)

    def line(self, stored: Mapping[Any, Any], names: Mapping[uuid.UUID, str]) -> str:
        """What stands under the title of a row; for kinds without more to say, its first short fields."""
        if stored["id"] in self.lines:
            return self.lines[stored["id"]]
        return SEPARATOR.join(_short(self.cls, stored, names))

    def cell(self, name: str, key: uuid.UUID) -> str:
        """The words of a derived column."""
        return self.cells.get((name, key), "")


def details(
    session: Session,
    cls: type[Entity],
    keys: Sequence[uuid.UUID],
    agreements: Mapping[uuid.UUID, AgreementRow],
    dated: Callable[[object], str] = date_words,
) -> Details:
    """What a page of a kind shows besides the fields; `dated` gives the words of a date."""
    if cls is Agreement:
        return Details(cls, {key: _parties(row) for key, row in agreements.items()}, _days(session, keys, dated))
    if cls is Person:
        return _of_people(session, keys)
    return _of_sources(session, keys) if cls is Source else Details(cls)


def _parties(row: AgreementRow) -> str:
    names = [party.name for party in row.parties]
    if len(names) > _MOST_PARTIES + 1:
        names = [*names[:_MOST_PARTIES], f"{len(names) - _MOST_PARTIES} more"]
    kind = _capital(row.instrument_type.value) if row.instrument_type else ""
    return SEPARATOR.join(filter(None, [" – ".join(names), kind]))


def _days(
    session: Session, keys: Sequence[uuid.UUID], dated: Callable[[object], str]
) -> dict[tuple[str, uuid.UUID], str]:
    """The day on which each status was reached, as the list sorts it."""
    table = table_of(Agreement)
    query = select(table.c.id, *(status_day(status) for status in columns.DAYS.values())).where(table.c.id.in_(keys))
    return {
        (name, key): dated(decode(day))
        for key, *days in session.execute(query)
        for name, day in zip(columns.DAYS, days, strict=True)
        if day
    }


def _of_people(session: Session, keys: Sequence[uuid.UUID]) -> Details:
    """The latest membership of each: one that has not ended comes first, then the one that began last."""
    columns_ = (Membership.person_id, Post.label, Membership.organization_id, Post.organization_id)
    query = (
        select(*columns_)
        .outerjoin(Post, Post.id == Membership.post_id)
        .where(Membership.person_id.in_(keys))
        .order_by(Membership.end_date.is_(None), Membership.start_date, Membership.pk)
    )
    latest = {person: (label, own or of_post) for person, label, own, of_post in session.execute(query)}
    names = titles(session, {body for _, body in latest.values() if body})
    bodies = {person: names.get(body, "") if body else "" for person, (_, body) in latest.items()}
    posts = {person: (label or bodies[person], bodies[person]) for person, (label, _) in latest.items()}
    lines = dict.fromkeys(keys, "")
    lines |= {person: label if body in label else f"{label}, {body}" for person, (label, body) in posts.items()}
    cells = {(columns.POST, person): label for person, (label, _) in posts.items()}
    return Details(Person, lines, cells)


def _of_sources(session: Session, keys: Sequence[uuid.UUID]) -> Details:
    query = (
        select(Source.id, func.coalesce(Publication.name, Source.container_title, Source.publisher), Source.source_type)
        .outerjoin(Publication, Publication.id == Source.publication_id)
        .where(Source.id.in_(keys))
    )
    lines = {
        key: SEPARATOR.join(
            filter(None, [where, _capital(kind.value.replace("-", " ").replace("_", " ")) if kind else ""])
        )
        for key, where, kind in session.execute(query)
    }
    counts = select(Citation.source_id, func.count()).where(Citation.source_id.in_(keys)).group_by(Citation.source_id)
    cells = dict.fromkeys(((columns.CITATIONS, key) for key in keys), "0")
    return Details(Source, lines, cells | {(columns.CITATIONS, key): f"{n:,}" for key, n in session.execute(counts)})


def _short(cls: type[Entity], stored: Mapping[Any, Any], names: Mapping[uuid.UUID, str]) -> list[str]:
    """The first short fields of a row that say something."""
    told = []
    for column in columns_of(cls).values():
        if column.field and column.field.column and column.field.holds in _SHORT and column.name not in _LEFT_OUT:
            value = stored[column.field.column]
            told.append(date_words(value) if isinstance(value, Edtf) else display(value, names))
    return [_capital(words) for words in told if words][:3]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_SHORT = (FieldType.TERM, FieldType.DATE, FieldType.TEXT)
_LEFT_OUT = ("marking", "merged_into")
