"""The columns that a list of each kind can have: its fields, and what is derived of a record."""

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from db.fields import Field, FieldType, fields_of
from db.models import Agreement, Entity, Event, Membership, Organization, Person, Publication, Source, Task
from db.status import Status

TITLE = "title"
STATUS, SIGNED, IN_FORCE = "status", "signed", "in_force"
POST, CITATIONS = "post", "citations"
CHANGED, ENTERED, EVIDENCE = "changed", "entered", "evidence"
DAYS = {SIGNED: Status.SIGNED, IN_FORCE: Status.IN_FORCE}
"""The columns of agreements that hold the day on which a status was reached."""


class Shape(Enum):
    """What stands in a column, and so how it is laid out."""

    TITLE = auto()
    WORDS = auto()
    STATUS = auto()
    DATE = auto()
    NUMBER = auto()
    MARK = auto()
    TAGS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. Derived ones have no field."""

    name: str
    shape: Shape
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list: by a column, and among equals by when they were entered."""

    column: str = TITLE
    descending: bool = False


@cache
def columns_of(cls: type[Entity]) -> dict[str, Column]:
    """The columns of a kind by name: the title, what is derived, the fields, and what every record has."""
    fields = [field for field in fields_of(cls).values() if _is_own(cls, field)]
    made = [
        Column(TITLE, Shape.TITLE),
        *_DERIVED.get(cls, ()),
        *(Column(field.name, _shape(field), field) for field in fields),
        Column(EVIDENCE, Shape.MARK),
        Column(CHANGED, Shape.DATE),
        Column(ENTERED, Shape.DATE),
    ]
    return {column.name: column for column in made}


@cache
def shown_at_first(cls: type[Entity]) -> tuple[str, ...]:
    """The columns that a list shows until somebody chooses others."""
    if cls in _FIRST:
        return (TITLE, *_FIRST[cls])
    short = [name for name, column in columns_of(cls).items() if column.field and column.field.holds in _SHORT]
    return (TITLE, *[name for name in short if name not in _LEFT_OUT][:2])


def _is_own(cls: type[Entity], field: Field) -> bool:
    """Whether a field is a column of its own: what makes up the title is not."""
    return field.column not in cls.TITLE and field.holds is not FieldType.CONTENT


def _shape(field: Field) -> Shape:
    if field.name == "tags":
        return Shape.TAGS
    return {FieldType.DATE: Shape.DATE, FieldType.INTEGER: Shape.NUMBER}.get(field.holds, Shape.WORDS)


_DERIVED: dict[type[Entity], tuple[Column, ...]] = {
    Agreement: (Column(STATUS, Shape.STATUS), Column(SIGNED, Shape.DATE), Column(IN_FORCE, Shape.DATE)),
    Person: (Column(POST, Shape.WORDS),),
    Source: (Column(CITATIONS, Shape.NUMBER),),
}
_FIRST: dict[type[Entity], tuple[str, ...]] = {
    Agreement: (STATUS, SIGNED),
    Person: (CHANGED,),
    Organization: ("classification", "iso_code"),
    Source: ("issued", CITATIONS),
    Publication: ("country",),
    Membership: ("start_date", "end_date"),
    Event: ("date", "place"),
    Task: ("outcome", "due"),
}
_SHORT = (FieldType.TERM, FieldType.DATE, FieldType.REFERENCE, FieldType.FLAG, FieldType.INTEGER, FieldType.TEXT)
_LEFT_OUT = ("marking", "merged_into")
