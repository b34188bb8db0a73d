"""Officials and the bodies that they act for, in Popolo's terms."""

import uuid

from sqlalchemy.orm import Mapped

from db.dates import Edtf
from db.models.base import Duplicable, Entity, long_text, reference, term
from db.models.vocabulary import Classification, EndMeaning, StartMeaning


class Person(Duplicable, Entity):
    """A person (Popolo). The program's word is Official."""

    __tablename__ = "person"
    PLURAL = "officials"
    TITLE = ("name",)

    name: Mapped[str]
    sort_name: Mapped[str | None]
    family_name: Mapped[str | None]
    given_name: Mapped[str | None]
    honorific: Mapped[str | None]
    birth_date: Mapped[Edtf | None]
    image_id: Mapped[uuid.UUID | None] = reference("attachment")
    notes: Mapped[str | None] = long_text()


class Organization(Duplicable, Entity):
    """A body that acts (Popolo); a state is one, under an id that all files share."""

    __tablename__ = "organization"
    PLURAL = "organizations"
    TITLE = ("name",)

    name: Mapped[str]
    classification: Mapped[Classification | None] = term(Classification)
    parent_id: Mapped[uuid.UUID | None] = reference("organization")
    iso_code: Mapped[str | None]
    """ISO 3166-1 alpha-3, or ISO 3166-3 for a former state."""
    founding_date: Mapped[Edtf | None]
    dissolution_date: Mapped[Edtf | None]
    notes: Mapped[str | None] = long_text()


class Post(Duplicable, Entity):
    """An office that exists without its holder (Popolo)."""

    __tablename__ = "post"
    PLURAL = "posts"
    TITLE = ("label",)

    label: Mapped[str]
    role: Mapped[str | None]
    organization_id: Mapped[uuid.UUID | None] = reference("organization")


class Membership(Entity):
    """That a person held a post, and from when to when as far as evidence shows (Popolo; SFM for the dates)."""

    __tablename__ = "membership"
    PLURAL = "memberships"
    TITLE = ("person_id", "post_id", "organization_id")

    person_id: Mapped[uuid.UUID] = reference("person", required=True, owner=True)
    post_id: Mapped[uuid.UUID | None] = reference("post")
    organization_id: Mapped[uuid.UUID | None] = reference("organization")
    on_behalf_of_id: Mapped[uuid.UUID | None] = reference("organization")
    start_date: Mapped[Edtf | None]
    start_meaning: Mapped[StartMeaning | None] = term(StartMeaning)
    end_date: Mapped[Edtf | None]
    end_meaning: Mapped[EndMeaning | None] = term(EndMeaning)
    acting: Mapped[bool | None]
