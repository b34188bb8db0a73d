"""Filter text to an SQL condition on the records of one kind, so that the file does all the work.

Words occur in the kind's text fields, its other names, or the titles that its own title is made of.
Letters match in either case: SQLite's LIKE knows that of ASCII only, so other words become GLOB with both cases.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache, partial
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    false,
    literal,
    or_,
    select,
    true,
    type_coerce,
)

from db.countries import state_code
from db.dates import Edtf, earliest, latest, understand
from db.dates.edtf import FIRST_DAY, LAST_DAY
from db.errors import FilterError
from db.fields import Field, FieldType, fields_of
from db.filters import Condition, Either, Every, Not, Term, Word, parse
from db.marks import JOINED, conditions, possessions, was_edited, was_edited_by
from db.models import BY_TABLE, ENTITIES, Agreement, Entity, Organization, OtherName, PartyAction
from db.models.base import Duplicable, Key
from db.models.base import Term as Terms
from db.models.vocabulary import Action
from db.queries.agreements import RANKS, status_rank
from db.status import STATUS_AFTER, Status
from db.triggers import table_of

T = TypeVar("T", bound=StrEnum)
Ids = Select[uuid.UUID]
K = TypeVar("K")
Possession = Callable[[], ColumnElement[bool]]
ANYTHING = "*"
"""As a value: the field has one, whichever."""


def matching(cls: type[Entity], text: str) -> ColumnElement[bool]:
    """What a filter says, as a condition on the table of a kind. Raises FilterError, which points at the place."""
    return _expression(cls, parse(text))


def listed(cls: type[Entity], text: str = "") -> ColumnElement[bool] | None:
    """What a list shows: what its filter says, without records that another one stands for unless it asks for those.

    None: everything. Raises FilterError.
    """
    term = parse(text)
    alone = None if _asks_for_joined(term) else standing(cls)
    told = [_expression(cls, term)] if text.strip() else []
    return and_(*told, alone) if alone is not None else told[0] if told else None


def standing(cls: type[Entity]) -> ColumnElement[bool] | None:
    """That a record stands for itself; None where records of a kind cannot be joined.

    The few that were joined are looked up once, so that walking an index of titles costs what it did.
    """
    if not issubclass(cls, Duplicable):
        return None
    joined = table_of(cls).alias("joined")
    return table_of(cls).c.pk.not_in(select(joined.c.pk).where(joined.c.merged_into_id.is_not(None)))


def _asks_for_joined(term: Term) -> bool:
    match term:
        case Not():
            return _asks_for_joined(term.term)
        case Every() | Either():
            return any(map(_asks_for_joined, term.terms))
        case Condition():
            of_them = term.field == "is" and term.value.casefold() in JOINED
            return of_them or term.field == "merged_into" or (term.field == "has" and term.value == "merged_into")
    return False


def _expression(cls: type[Entity], term: Term) -> ColumnElement[bool]:
    match term:
        case Word():
            return _word(cls, term.text)
        case Not():
            return _expression(cls, term.term).is_not(true())
        case Every():
            return and_(true(), *(_expression(cls, inner) for inner in term.terms))
        case Either():
            return or_(false(), *(_expression(cls, inner) for inner in term.terms))
        case Condition():
            return _condition(cls, term)


def _word(cls: type[Entity], text: str) -> ColumnElement[bool]:
    table = table_of(cls)
    columns = [table.c[field.column] for field in fields_of(cls).values() if field.holds in _TEXTS]
    terms = [table.c[name] for name in cls.TITLE if isinstance(table.c[name].type, Terms)]
    targets = [table.c[name] for name in cls.TITLE if isinstance(table.c[name].type, Key)]
    return or_(
        *(contains(column, text) for column in [*columns, *terms]),
        *(column.in_(ids) for column in targets for ids in _called(column.info["kinds"], text)),
        table.c.id.in_(_other_names(text)),
    )


_TEXTS = (FieldType.TEXT, FieldType.LONG_TEXT)


def contains(column: ColumnElement[str] | ColumnElement[str | None], text: str) -> ColumnElement[bool]:
    """Whether a text column holds these letters, in either case."""
    words = type_coerce(column, Text)
    if text.isascii():
        return words.contains(text, autoescape=True)
    return words.op("GLOB", is_comparison=True)(literal(f"*{''.join(map(_either_case, text))}*", Text))


def _either_case(character: str) -> str:
    """A GLOB class of the letter in both cases, which also keeps `*`, `?` and `[` from meaning anything."""
    cases = sorted({c for c in (character, character.lower(), character.upper()) if len(c) == 1})
    return character if character == "]" else f"[{''.join(cases)}]"


def _other_names(text: str) -> Ids:
    return select(OtherName.record_id).where(contains(table_of(OtherName).c.name, text)).correlate(None)


def _called(kinds: Iterable[str], text: str) -> list[Ids]:
    """The records of some kinds (all, if none are named) that have the text in their title or another name."""
    found: list[Ids] = [_other_names(text)]
    for cls in [BY_TABLE[kind] for kind in kinds] or list(ENTITIES):
        table = table_of(cls)
        titles = [table.c[name] for name in getattr(cls, "TITLE", ()) if not isinstance(table.c[name].type, Key)]
        if titles:
            found.append(select(table.c.id).where(or_(*(contains(column, text) for column in titles))).correlate(None))
    return found


def _condition(cls: type[Entity], condition: Condition) -> ColumnElement[bool]:
    match condition.field:
        case "is":
            return _known(cls, conditions(cls), condition)()
        case "has":
            return _possession(cls, condition)
        case "changed" | "entered":
            return was_edited(cls, *_days(condition), entered=condition.field == "entered")
        case "by":
            return was_edited_by(cls, partial(contains, text=condition.value))
    if cls is Agreement:
        if condition.field == "status":
            return status_rank().in_([RANKS[status] for status in _terms(Status, condition)])
        if condition.field in _deed_names():
            return table_of(cls).c.id.in_(_with_deed(condition))
    field = _field(cls, condition)
    return _members(cls, field, condition) if field.link else _value(cls, field, condition)


def _known(cls: type[Entity], known: Mapping[str, K], condition: Condition) -> K:
    """What stands for the value of `is:` or `has:`, in either number."""
    word = condition.value.casefold().replace("-", "_").replace(" ", "_")
    for spelling in (word, _singular(word)):
        if spelling in known:
            return known[spelling]
    raise FilterError(
        f"“{condition.field}:” cannot ask {cls.PLURAL} for “{condition.value}”. It can: {', '.join(sorted(known))}.",
        condition.position,
    )


def _possession(cls: type[Entity], condition: Condition) -> ColumnElement[bool]:
    """Something that points at the record, or any value in a field."""
    names = (*fields_of(cls), *(_deed_names() if cls is Agreement else ()))
    fields: dict[str, Possession] = {_singular(name): partial(_has_value, cls, name, condition) for name in names}
    return _known(cls, fields | dict(possessions(cls)), condition)()


def _has_value(cls: type[Entity], name: str, condition: Condition) -> ColumnElement[bool]:
    return _condition(cls, replace(condition, field=name, value=ANYTHING))


def _field(cls: type[Entity], condition: Condition) -> Field:
    fields = fields_of(cls)
    found = fields.get(condition.field) or {_singular(name): field for name, field in fields.items()}.get(
        condition.field
    )
    if found is None:
        known = ", ".join(
            [*fields, "status", "signed and in_force (or any other action)"] if cls is Agreement else fields
        )
        raise FilterError(
            f"{cls.PLURAL.capitalize()} have no field “{condition.field}”. They have: {known}. "
            "Put quotation marks around words that hold a colon.",
            condition.start,
        )
    return found


def _singular(name: str) -> str:
    """What one member of a set-valued field is called: party of parties, subject of subjects."""
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")


@cache
def _deed_names() -> dict[str, frozenset[Action]]:
    """The names by which the date of an action can be asked for: of the status it leads to, or its own."""
    leading = {
        status: frozenset(action for action, after in STATUS_AFTER.items() if after is status) for status in Status
    }
    by_status = {_identifier(status): actions for status, actions in leading.items() if actions}
    return by_status | {_identifier(action): frozenset({action}) for action in Action}


def _identifier(term: StrEnum) -> str:
    return term.value.replace(" ", "_")


def _with_deed(condition: Condition) -> Ids:
    actions = sorted(_deed_names()[condition.field])
    query = select(PartyAction.agreement_id).where(PartyAction.action.in_(actions)).correlate(None)
    if condition.value == ANYTHING:
        return query
    return query.where(_within(table_of(PartyAction).c.date, condition))


def _within(column: ColumnElement[Edtf], condition: Condition) -> ColumnElement[bool]:
    """Whether a date may fall into the time that is asked for: what is vague or lasts counts where it overlaps."""
    first, last = _days(condition)
    return and_(earliest(column) <= last, latest(column) >= first)


def _days(condition: Condition) -> tuple[str, str]:
    date = understand(condition.value)
    if date is not None:
        return date.earliest, date.latest
    start, dots, end = condition.value.partition("..")
    first, last = (understand(part) if part.strip() else None for part in (start, end))
    if not dots or not (first or last) or bool(start.strip()) > bool(first) or bool(end.strip()) > bool(last):
        raise FilterError(
            f"“{condition.value}” is no date. Write a day (2024-09-03), a month (2024-09), a year (2024), "
            "or from..to with either end left out.",
            condition.position,
        )
    days = first.earliest if first else FIRST_DAY, last.latest if last else LAST_DAY
    if days[0] > days[1]:
        raise FilterError(f"“{condition.value}” ends before it begins.", condition.position)
    return days


def _value(cls: type[Entity], field: Field, condition: Condition) -> ColumnElement[bool]:
    column = table_of(cls).c[field.column]
    if condition.value == ANYTHING:
        return column.is_not(None)
    match field.holds:
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return contains(column, condition.value)
        case FieldType.TERM:
            return _is_term(column, field, condition)
        case FieldType.DATE:
            return _within(column, condition)
        case FieldType.INTEGER:
            return _between(column, condition)
        case FieldType.FLAG:
            return column.is_(_flag(condition))
        case FieldType.REFERENCE:
            return _points_at(column, field.kinds, condition)
    raise FilterError(f"“{field.name}” holds bytes, which no filter can read.", condition.start)


def _members(cls: type[Entity], field: Field, condition: Condition) -> ColumnElement[bool]:
    assert field.link is not None
    link = table_of(field.link)
    owner, *ends = (link.c[name] for name in field.link.ENDS)
    tests = [
        _is_term(end, field, condition) if field.vocabulary else _points_at(end, end.info["kinds"], condition)
        for end in ends
        if condition.value != ANYTHING and isinstance(end.type, Key | Terms)
    ]
    return table_of(cls).c.id.in_(select(owner).where(or_(*tests) if tests else true()).correlate(None))


def _is_term(column: ColumnElement[StrEnum], field: Field, condition: Condition) -> ColumnElement[bool]:
    assert field.vocabulary is not None
    return column.in_(_terms(field.vocabulary, condition))


def _terms(vocabulary: type[T], condition: Condition) -> list[T]:
    """The term of that name, or else all that have the text in them."""
    wanted = condition.value.casefold().replace("_", " ")
    known = {term: term.value.casefold() for term in vocabulary}
    for spelling in (wanted, wanted.replace("-", " ")):
        found = [term for term, words in known.items() if words == spelling]
        found = found or [term for term, words in known.items() if spelling in words]
        if found:
            return found
    raise FilterError(
        f"“{condition.value}” is no value of “{condition.field}”. It can be: {'; '.join(vocabulary)}.",
        condition.position,
    )


def _between(column: ColumnElement[int], condition: Condition) -> ColumnElement[bool]:
    start, dots, end = condition.value.partition("..")
    first = _number(start, condition) if start.strip() else None
    last = (_number(end, condition) if end.strip() else None) if dots else first
    if first is None and last is None:
        raise FilterError(f"“{condition.value}” names no number.", condition.position)
    return and_(
        true() if first is None else column >= literal(first), true() if last is None else column <= literal(last)
    )


def _number(text: str, condition: Condition) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 2**63
    if not -(2**63) <= number < 2**63:
        raise FilterError(f"“{text}” is no whole number that a field can hold.", condition.position)
    return number


def _flag(condition: Condition) -> ColumnElement[bool]:
    answers: dict[str, ColumnElement[bool]] = {"yes": true(), "no": false()}
    if condition.value.casefold() not in answers:
        raise FilterError(f"“{condition.field}” is yes or no; “{condition.value}” is neither.", condition.position)
    return answers[condition.value.casefold()]


def _points_at(column: ColumnElement[uuid.UUID], kinds: tuple[str, ...], condition: Condition) -> ColumnElement[bool]:
    """By id, by the code of a state where it may be one, or by a part of what the record is called."""
    key = _id(condition.value)
    if key is not None:
        return column == key
    code = state_code(condition.value) if "organization" in kinds or not kinds else None
    if code is not None:
        return column.in_(select(Organization.id).where(Organization.iso_code == code).correlate(None))
    return or_(*(column.in_(ids) for ids in _called(kinds, condition.value)))


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
