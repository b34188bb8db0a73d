"""Records that a person may mean while typing: what a field that points at records offers."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.countries import states_called
from db.duplicates.classes import Classes, classes_of
from db.identity import state_id
from db.models import BY_TABLE, ENTITIES, Entity
from db.models.base import Duplicable
from db.queries.titles import entity, kinds_of, titles
from db.search import matching
from db.triggers import table_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A record by its title and kind (table)."""

    id: uuid.UUID
    kind: str
    title: str


def suggest(session: Session, kinds: Iterable[str], text: str, limit: int = 12) -> list[Suggestion]:
    """The records of some kinds (all, if none are named) that are called like this; best first.

    Of records that were joined, the one that stands for all is offered, whichever of them is called so.
    """
    found: dict[uuid.UUID, str] = {}
    for cls in [entity(kind) for kind in kinds] or list(ENTITIES):
        classes = classes_of(session, cls) if issubclass(cls, Duplicable) else Classes()
        for record in session.scalars(_called(cls, text).limit(limit * 4)):
            found[uuid.UUID(bytes=classes.of(record.bytes))] = cls.__tablename__
    names = titles(session, found.keys())
    suggestions = [Suggestion(record, kind, names[record]) for record, kind in found.items()]
    return sorted(suggestions, key=lambda each: _distance(each.title, text))[:limit]


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered: records of the file, and states that are not in it yet, each by its alpha-3 code and name."""

    found: tuple[Suggestion, ...]
    states: tuple[tuple[str, str], ...] = ()


def offers(session: Session, kinds: Iterable[str], text: str, *, states: bool = False) -> Offers:
    """What may be meant; with `states` also those of ISO 3166 that are called like this in any language."""
    found = tuple(suggest(session, kinds, text))
    called = states_called(text) if states else []
    there = kinds_of(session, [state_id(code) for code, _ in called])
    return Offers(found, tuple((code, name) for code, name in called if state_id(code) not in there))


def title_of(session: Session, record: uuid.UUID) -> str:
    """What a record is called; empty where there is none."""
    return titles(session, [record]).get(record, "")


def suggestion_of(session: Session, record: uuid.UUID) -> Suggestion | None:
    """A record as it would be offered; None where there is none."""
    kind = kinds_of(session, [record]).get(record)
    return Suggestion(record, kind, title_of(session, record)) if kind else None


def kind_name(kind: str) -> str:
    """The plural of a kind by its table."""
    cls = BY_TABLE[kind]
    assert issubclass(cls, Entity)
    return cls.PLURAL


def _called(cls: type[Entity], text: str):  # type: ignore[no-untyped-def]
    table = table_of(cls)
    words = [word for word in text.replace('"', " ").split() if word]
    query = select(table.c.id)
    for word in words:
        query = query.where(matching(cls, f'"{word}"'))
    return query.order_by(table.c.pk.desc())


def _distance(title: str, text: str) -> tuple[bool, bool, int, str]:
    """Titles that begin with the text come first, then those with it at the beginning of a word, then short ones."""
    low, wanted = title.casefold(), text.strip().casefold()
    return not low.startswith(wanted), f" {wanted}" not in low, len(title), low
