"""The tags of a case file and how often each is used."""

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Tag, Tagging


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with its colour, as it is stored, and how many records carry it."""

    id: uuid.UUID
    name: str
    colour: str
    count: int


def tags(session: Session) -> list[TagRow]:
    """Every tag by its name, whatever its case."""
    used = select(Tagging.tag_id, func.count().label("count")).group_by(Tagging.tag_id).subquery()
    query = (
        select(Tag.id, Tag.name, Tag.colour, func.coalesce(used.c.count, 0))
        .outerjoin(used, used.c.tag_id == Tag.id)
        .order_by(func.lower(Tag.name), Tag.name)
    )
    return [TagRow(key, name, colour or "", count) for key, name, colour, count in session.execute(query)]
