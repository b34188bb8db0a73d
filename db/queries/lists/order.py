"""What each column of a list is sorted by, as SQL about the record that a query is at."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Text, case, func, null, select, type_coerce
from sqlalchemy.orm import aliased

from db.collation import title_order
from db.fields import Field, FieldType
from db.marks import is_cited, is_disputed, is_uncited, is_unproven
from db.models import ENTITIES, Citation, Entity, Membership, Organization, Person, Post
from db.models.base import Key, Term
from db.queries.agreements import status_day, status_rank
from db.queries.lists import columns
from db.queries.lists.columns import columns_of
from db.queries.titles import entity
from db.triggers import table_of

_LONGEST = 120
"""Characters of a running text that its order looks at."""
LAST_OF_EVIDENCE = 4
"""The rank of a record that nothing is said about and that needs no source."""


def sort_key(cls: type[Entity], name: str) -> ColumnElement[Any]:
    """What a column is sorted by; nothing where there is no value, which comes last in either direction."""
    if name in columns.DAYS:
        return status_day(columns.DAYS[name])
    match name:
        case columns.TITLE:
            return _title(cls)
        case columns.STATUS:
            return status_rank()
        case columns.ENTERED:
            return table_of(cls).c.pk
        case columns.CITATIONS:
            citation = table_of(Citation)
            return _of(select(func.count()).where(citation.c.source_id == table_of(cls).c.id), cls)
        case columns.POST:
            return _of(current_post().where(table_of(Membership).c.person_id == table_of(Person).c.id), cls)
        case columns.EVIDENCE:
            return case(
                (is_disputed(cls), 0), (is_unproven(cls), 1), (is_uncited(cls), 2), (is_cited(cls), 3),
                else_=LAST_OF_EVIDENCE,
            )  # fmt: skip
    field = columns_of(cls)[name].field
    assert field is not None, name
    return _members(cls, field) if field.link else _value(cls, field)


@cache
def kinds_in_order(cls: type[Entity], name: str) -> frozenset[str]:
    """The kinds (tables) of the records that a column's order is told by: an edit of one moves all that point at it."""
    if name == columns.POST:
        return frozenset({Post.__tablename__, Organization.__tablename__})
    field = columns_of(cls)[name].field
    if name == columns.TITLE:
        pointing = [table_of(cls).c[part] for part in cls.TITLE]
    elif field is not None and field.link is not None:
        pointing = [table_of(field.link).c[end] for end in field.link.ENDS[1:]]
    else:
        pointing = [table_of(cls).c[field.column]] if field is not None else []
    every = tuple(kind.__tablename__ for kind in ENTITIES)
    kinds = (column.info["kinds"] or every for column in pointing if isinstance(column.type, Key))
    return frozenset(kind for some in kinds for kind in some)


def current_post() -> Select[str]:
    """What a person's latest membership is of: the post, or else the organization. One that has not ended is later."""
    membership, post, organization = table_of(Membership), table_of(Post), table_of(Organization)
    return (
        select(func.coalesce(post.c.label, organization.c.name))
        .select_from(membership)
        .outerjoin(post, post.c.id == membership.c.post_id)
        .outerjoin(organization, organization.c.id == membership.c.organization_id)
        .order_by(membership.c.end_date.is_not(None), membership.c.start_date.desc(), membership.c.pk.desc())
        .limit(1)
    )


def _of(query: Select[Any], cls: type[Entity]) -> ColumnElement[Any]:
    return query.correlate(table_of(cls)).scalar_subquery()


def _title(cls: type[Entity]) -> ColumnElement[Any]:
    table = table_of(cls)
    if cls is Person:
        return title_order("coalesce(person.sort_name, person.name)")
    parts = [_text(table.c[name]) for name in cls.TITLE]
    if len(parts) == 1:
        return parts[0]
    told = [func.coalesce(part, "") for part in parts]
    return _joined(told)


def _joined(parts: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.op("||")(" ").op("||")(part)
    return whole.collate("NOCASE")


def _text(column: Column[Any]) -> ColumnElement[Any]:
    """A column as words: a reference by the title of what it points at."""
    if isinstance(column.type, Key):
        return _target(column, column.info["kinds"])
    if isinstance(column.type, Term) or not isinstance(column.type, Text):
        return type_coerce(column, Text)
    name = f"{column.table.name}.{column.name}"
    return title_order(f"substr({name}, 1, {_LONGEST})" if column.info.get("long") else name)


def _target(column: ColumnElement[Any], kinds: tuple[str, ...]) -> ColumnElement[Any]:
    """The first words of the title of whatever a reference points at."""
    found = []
    for kind in kinds or [cls.__tablename__ for cls in ENTITIES]:
        table = aliased(table_of(entity(kind)))
        title = entity(kind).TITLE[0]
        if not isinstance(table.c[title].type, Key):
            found.append(select(type_coerce(table.c[title], Text)).where(table.c.id == column).scalar_subquery())
    return (func.coalesce(*found, null()) if found else null()).collate("NOCASE")


def _value(cls: type[Entity], field: Field) -> ColumnElement[Any]:
    column = table_of(cls).c[field.column]
    match field.holds:
        case FieldType.TERM:
            assert field.vocabulary is not None
            return case({term: rank for rank, term in enumerate(field.vocabulary)}, value=column)
        case FieldType.DATE:
            return type_coerce(column, Text)
        case FieldType.INTEGER | FieldType.FLAG:
            return column
    return _text(column)


def _members(cls: type[Entity], field: Field) -> ColumnElement[Any]:
    """The members of a set, in order and joined."""
    assert field.link is not None
    link = aliased(table_of(field.link))
    owner, *ends = (link.c[name] for name in field.link.ENDS)
    words = [_target(end, field.kinds) if isinstance(end.type, Key) else type_coerce(end, Text) for end in ends]
    word = func.coalesce(*words, null()).label("word")
    inner = select(word).where(owner == table_of(cls).c.id).order_by(word).correlate(table_of(cls)).subquery()
    return select(func.group_concat(inner.c.word, "; ", type_=Text())).scalar_subquery().collate("NOCASE")
