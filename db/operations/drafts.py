"""Records that somebody makes on the way to another one: they are written with it, in one edit, or not at all."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from db.countries import names_state, state_name
from db.errors import InvalidValue
from db.models import Entity, Organization
from db.operations.records import Values, add_record, find_existing

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A record that is not in the file yet. `key` stands for its id wherever something else points at it."""

    key: uuid.UUID
    cls: type[Entity]
    values: Values
    title: str
    needs: tuple["Drafted", ...] = ()
    """Records that it points at and that are not in the file yet either."""


def check_draft(session: Session, cls: type[Entity], values: Values) -> None:
    """Raise InvalidValue where the file would refuse the record, or where a state's code is not that of its name."""
    find_existing(session, cls, values)
    code, name = str(values.get("iso_code") or ""), str(values.get("name") or "")
    if cls is Organization and (state := state_name(code)) and not names_state(name, code):
        raise InvalidValue(
            f"“{code}” is the code of {state}, and “{name}” is not known as a name of it. "
            "Write the state's name, or leave the code empty; further names can be added on its page."
        )


def with_drafts(
    session: Session, drafts: Sequence[Drafted], operation: Callable[..., T], *args: Any, **kwargs: Any
) -> T:
    """Add drafted records, then do an operation in whose arguments their keys stand for them. Raises InvalidValue."""
    known: dict[uuid.UUID, uuid.UUID] = {}
    for draft in _in_order(drafts):
        if draft.key not in known:
            known[draft.key] = add_record(session, draft.cls, _told(draft.values, known))
    return operation(session, *_told(args, known), **_told(kwargs, known))


def _in_order(drafts: Sequence[Drafted]) -> Iterator[Drafted]:
    """What others point at comes first."""
    for draft in drafts:
        yield from _in_order(draft.needs)
        yield draft


def _told(value: Any, known: Mapping[uuid.UUID, uuid.UUID]) -> Any:
    """A value with ids in the place of keys, however deep they are in it."""
    if isinstance(value, uuid.UUID):
        return known.get(value, value)
    if isinstance(value, str):  # a claim says which record it means in words
        for key, record in known.items():
            value = value.replace(str(key), str(record))
        return value
    if isinstance(value, Mapping):
        return {name: _told(item, known) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return type(value)(_told(item, known) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _told(getattr(value, field.name), known) for field in fields(value)})
    return value
