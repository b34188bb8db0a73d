"""Which posts somebody held and when, and which of them fits a day."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from db.dates import Edtf
from db.models import Membership, Organization, Post
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning
from db.queries.portions import Portion
from db.queries.titles import chunks
from db.tenure import held_on

_ORDER = (HeldPost.YES, HeldPost.NOT_SHOWN, HeldPost.NO)


@dataclass(frozen=True, slots=True)
class Tenure:
    """That a person held a post, or belonged to a body, from when to when as far as evidence shows."""

    id: uuid.UUID
    """Of the membership."""
    person: uuid.UUID
    post: str
    """What the post is called, else the body; empty where neither is known."""
    organization: str
    """The body, unless the post's name says it already."""
    on_behalf_of: str
    start: Edtf | None
    start_meaning: StartMeaning | None
    end: Edtf | None
    end_meaning: EndMeaning | None
    acting: bool

    @property
    def title(self) -> str:
        """Post and body: Director, Ministry of Defence."""
        return ", ".join(filter(None, (self.post, self.organization)))

    def held_on(self, day: Edtf | None) -> HeldPost:
        """Whether the post was held on a day, by what evidence shows."""
        return held_on(day, self.start, self.start_meaning, self.end, self.end_meaning)


def tenures(session: Session, person: uuid.UUID) -> list[Tenure]:
    """The posts of a person, the latest first; those without a date last."""
    found = [_tenure(row) for row in session.execute(_query().where(Membership.person_id == person))]
    return sorted(found, key=_when, reverse=True)


def posts_held(session: Session, person: uuid.UUID, limit: int) -> Portion[Tenure]:
    """The first of a person's posts, in the same order."""
    found = tenures(session, person)
    return Portion(tuple(found[:limit]), len(found))


def tenures_of(session: Session, memberships: Collection[uuid.UUID]) -> dict[uuid.UUID, Tenure]:
    """Memberships by their ids; those that are not there are left out."""
    return {tenure.id: tenure for tenure in _each(session, sorted(memberships))}


def fitting(session: Session, person: uuid.UUID, day: Edtf | None) -> list[tuple[Tenure, HeldPost]]:
    """The posts of a person, those first that were held on a day, and last those that were not."""
    judged = [(tenure, tenure.held_on(day)) for tenure in tenures(session, person)]
    return sorted(judged, key=lambda pair: _ORDER.index(pair[1]))


def _query() -> Select[*tuple[Any, ...]]:
    body, behalf = aliased(Organization), aliased(Organization)
    return (
        select(Membership, Post.label, body.name, behalf.name)
        .outerjoin(Post, Post.id == Membership.post_id)
        .outerjoin(body, body.id == func.coalesce(Membership.organization_id, Post.organization_id))
        .outerjoin(behalf, behalf.id == Membership.on_behalf_of_id)
        .order_by(Membership.pk.desc())
    )


def _each(session: Session, keys: list[uuid.UUID]) -> Iterator[Tenure]:
    for chunk in chunks(keys):
        yield from map(_tenure, session.execute(_query().where(Membership.id.in_(chunk))))


def _tenure(row: Row[*tuple[Any, ...]]) -> Tenure:
    held, label, body, behalf = row
    post = label or body or ""
    return Tenure(
        id=held.id,
        person=held.person_id,
        post=post,
        organization=body if body and body.casefold() not in post.casefold() else "",
        on_behalf_of=behalf or "",
        start=held.start_date,
        start_meaning=held.start_meaning,
        end=held.end_date,
        end_meaning=held.end_meaning,
        acting=bool(held.acting),
    )


def _when(tenure: Tenure) -> tuple[str, str]:
    start, end = (date.earliest if date and date.is_date else "" for date in (tenure.start, tenure.end))
    return start or end, end
