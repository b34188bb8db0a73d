"""What can be asked of a record beside its fields: whether anything proves, disputes or concerns it, and who edited it.

What is said of a part (an action of an agreement, a signatory of that action) is said of the record that owns it.
Everything is SQL that starts from the few rows that say something, so it costs little in a file of a million records.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Select,
    Text,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from db.facts import lacking, leading, names_source
from db.fields import Field, FieldType, fields_of
from db.models import (
    ENTITIES,
    LOGGED,
    Author,
    Change,
    Changeset,
    Claim,
    Concern,
    Entity,
    Head,
    Logged,
    Task,
)
from db.models.annotations import CONCERNING
from db.models.base import Duplicable, Key
from db.models.vocabulary import Outcome
from db.triggers import references, table_of

JOINED = ("joined", "duplicate")
"""What `is:` calls a record that another one stands for."""
SAID = table_of(Claim).alias("said")
"""The claims about a record, under a name that claims about claims need."""
Ids = Select[Any]
Test = ColumnElement[bool]


def conditions(cls: type[Entity]) -> Mapping[str, Callable[[], Test]]:
    """What `is:` can ask of records of a kind, by the word."""
    table = table_of(cls)
    known: dict[str, Callable[[], Test]] = {
        "cited": partial(is_cited, cls),
        "uncited": partial(is_uncited, cls),
        "unproven": partial(is_unproven, cls),
        "disputed": partial(is_disputed, cls),
        "conflict": partial(is_in_conflict, cls),
    }
    if issubclass(cls, Duplicable):
        known |= dict.fromkeys(JOINED, lambda: table.c.merged_into_id.is_not(None))
    if cls is Task:
        known |= {_word(outcome.value): partial(_has_outcome, outcome) for outcome in Outcome}
    return known


def possessions(cls: type[Entity]) -> Mapping[str, Callable[[], Test]]:
    """What `has:` can ask of records of a kind besides their fields, by the word for one of it."""
    known: dict[str, Callable[[], Test]] = {}
    for other in ENTITIES:
        columns = [column for column in references(other) if column.info["target"] in ("record", cls.__tablename__)]
        if columns and other is not cls:
            known[_singular(other.PLURAL)] = partial(_is_pointed_at, cls, columns[0])
    for kind in ENTITIES:
        if kind.__tablename__ in CONCERNING:
            known[_singular(kind.PLURAL)] = partial(_is_concerned, cls, kind)
    known |= {word: partial(is_claimed, cls) for word in ("claim", "evidence")}
    return known | {"dispute": partial(is_disputed, cls), "conflict": partial(is_in_conflict, cls)}


def is_claimed(cls: type[Entity]) -> Test:
    """Whether a claim is about the record or a part of it."""
    return owning(cls, select(SAID.c.subject_id).correlate(None))


def is_uncited(cls: type[Entity]) -> Test:
    """Whether any fact of the record or of a part of it lacks a source (`db.facts`)."""
    return _any_of(_of_part(cls, kind, condition) for kind in (cls, *parts_of(cls)) for condition in _lacking(kind))


def is_unproven(cls: type[Entity]) -> Test:
    """Whether one of the facts that come first lacks a source: what the dashed ring of a list says."""
    found = ((kind, leading(cls, kind)) for kind in (cls, *parts_of(cls)) if issubclass(kind, Entity))
    return _any_of(_of_part(cls, kind, condition) for kind, lacks in found for condition in lacks.values())


def is_cited(cls: type[Entity]) -> Test:
    """Whether there is a source for something of the record or of a part of it, and nothing lacks one."""
    return and_(or_(is_claimed(cls), names_its_source(cls)), ~is_uncited(cls))


def names_its_source(cls: type[Entity]) -> Test:
    """Whether the record, or a part of it, says itself which source it is from."""
    kinds = [kind for kind in (cls, *parts_of(cls)) if issubclass(kind, Entity) and names_source(kind)]
    return _any_of(_of_part(cls, kind, names_source(kind)) for kind in kinds if issubclass(kind, Entity))


def _lacking(kind: type[Logged]) -> Iterable[str]:
    return lacking(kind).values() if issubclass(kind, Entity) else ()


def _of_part(cls: type[Entity], kind: type[Logged], condition: str) -> str:
    """A condition on a part as one on its owner: asked of each row, so that the first hit comes at once."""
    for column in () if kind is cls else parts_of(cls)[kind]:
        owner = f"{column.table.name}.{column.name} = {column.info['target']}.id"
        condition = f"EXISTS (SELECT 1 FROM {column.table.name} WHERE {owner} AND {condition})"
    return condition


def _any_of(conditions: Iterable[str]) -> Test:
    """Whether one of them holds. In a CASE, SQLite asks no further once one does."""
    return literal_column(f"(CASE WHEN {' OR '.join(conditions) or '0'} THEN 1 ELSE 0 END)", Boolean())


def is_disputed(cls: type[Entity]) -> Test:
    """Whether a claim about the record or a part of it says otherwise than its field."""
    return or_(*(_owning_part(cls, kind, _disputed(kind)) for kind in (cls, *parts_of(cls))))


def is_in_conflict(cls: type[Entity]) -> Test:
    """Whether two people set a field of the record or a part of it apart from each other."""
    rivals = (
        select(Head.record)
        .join(Change, Change.n == Head.n)
        .group_by(Head.record, Head.field)
        .having(func.count(func.quote(Change.value).distinct()) > 1)
    )
    return owning(cls, rivals.correlate(None))


def was_edited(cls: type[Entity], first: str, last: str, *, entered: bool = False) -> Test:
    """Whether the record or anything of it was edited, or the record entered, between two days (UTC)."""
    day = func.date(Changeset.written / 1000, "unixepoch")
    changesets = select(Changeset.k).where(day.between(first, last))
    return _changed_in(cls, changesets, (cls,), "I") if entered else _changed_in(cls, changesets, (cls, *touching(cls)))


def was_edited_by(cls: type[Entity], named: Callable[[Column[Any]], Test]) -> Test:
    """Whether somebody whose name passes a test edited the record or anything of it."""
    people = select(Author.id).where(named(table_of(Author).c.name))
    return _changed_in(cls, select(Changeset.k).where(Changeset.author.in_(people)), (cls, *touching(cls)))


def _changed_in(cls: type[Entity], changesets: Ids, kinds: Iterable[type[Logged]], op: str = "") -> Test:
    """Whether one of these edits changed a row of these kinds that is the record's."""
    query = select(Change.record).where(Change.changeset.in_(changesets)).correlate(None)
    query = query.where(Change.op == op) if op else query
    # where nobody has such a part, the log is not searched for one
    any_of = {kind: exists(select(literal(1)).select_from(table_of(kind)).correlate(None)) for kind in kinds}
    told = ((kind, query.where(there, Change.kind == kind.__tablename__)) for kind, there in any_of.items())
    return or_(*(_owning_part(cls, kind, ids) for kind, ids in told))


def owning(cls: type[Entity], ids: Ids) -> Test:
    """Whether a record, or a part of it, is one of these."""
    return or_(*(_owning_part(cls, kind, ids) for kind in (cls, *parts_of(cls))))


Path = tuple[Column[Any], ...]
"""The columns that lead from a part to its owner, and on to that one's owner."""


@cache
def parts_of(cls: type[Entity]) -> dict[type[Logged], Path]:
    """The kinds of record that belong to a kind."""
    return dict(_parts(cls, (), frozenset({cls}), ENTITIES, frozenset()))


@cache
def touching(cls: type[Entity]) -> dict[type[Logged], Path]:
    """All kinds of rows whose edit is an edit of the record: its parts, members of its sets, and what is said of it."""
    return dict(_parts(cls, (), frozenset({cls}), LOGGED, frozenset({"record"})))


def _parts(
    cls: type[Logged],
    path: Path,
    seen: frozenset[type[Logged]],
    among: Iterable[type[Logged]],
    targets: frozenset[str],
) -> Iterator[tuple[type[Logged], Path]]:
    for part in among:
        owner = next((column for column in references(part) if _can_own(cls, column)), None)
        if owner is not None and part not in seen and owner.info["target"] in {cls.__tablename__, *targets}:
            yield part, (owner, *path)
            yield from _parts(part, (owner, *path), seen | {part}, ENTITIES, frozenset())


def _can_own(cls: type[Logged], column: Column[Any]) -> bool:
    return column.info["owner"] and cls.__tablename__ in (column.info["kinds"] or (cls.__tablename__,))


def _owning_part(cls: type[Entity], kind: type[Logged], ids: Ids) -> Test:
    """Whether the part of that kind of a record, or the record itself, is one of these."""
    for column in () if kind is cls else touching(cls)[kind]:
        ids = select(column).where(column.table.c.id.in_(ids)).correlate(None)
    return table_of(cls).c.id.in_(ids)


def _disputed(kind: type[Logged]) -> Ids:
    table = table_of(kind)
    return select(table.c.id).join(SAID, SAID.c.subject_id == table.c.id).where(disputing(kind)).correlate(None)


def disputing(kind: type[Logged]) -> Test:
    """Whether a claim disputes what its record shows: a condition on the table joined with SAID (see `db.disputes`)."""
    assert issubclass(kind, Entity)
    fields = [field for field in fields_of(kind).values() if field.holds is not FieldType.CONTENT]
    shown = case({field.name: _shown(kind, field) for field in fields}, value=SAID.c.property, else_=null())
    words = (kind.__tablename__, SAID.c.property, shown, SAID.c.value, SAID.c.original_language)
    return case((shown.is_(SAID.c.value), 0), else_=func.disputes(*words)) == 1  # equal as they stand: no call


def _shown(kind: type[Logged], field: Field) -> ColumnElement[Any]:
    """A field as the file stores it; the members of a set as one text."""
    if field.link is None:
        return table_of(kind).c[field.column]
    link = aliased(table_of(field.link))
    owner, *ends = (link.c[name] for name in field.link.ENDS)
    member = func.coalesce(*(func.hex(end) if isinstance(end.type, Key) else end for end in ends), literal(""))
    members = select(func.group_concat(func.nullif(member, ""), "; ", type_=Text()))
    return members.where(owner == table_of(kind).c.id).correlate(table_of(kind)).scalar_subquery()


def _is_pointed_at(cls: type[Entity], column: Column[Any]) -> Test:
    return table_of(cls).c.id.in_(select(column).where(column.is_not(None)).correlate(None))


def _is_concerned(cls: type[Entity], kind: type[Entity]) -> Test:
    concern, table = table_of(Concern), table_of(kind)
    subjects = select(concern.c.subject_id).join(table, table.c.id == concern.c.record_id)
    return table_of(cls).c.id.in_(subjects.correlate(None))


def _has_outcome(outcome: Outcome) -> Test:
    return table_of(Task).c.outcome == outcome


def _word(term: str) -> str:
    return term.replace(",", "").replace(" ", "_")


def _singular(name: str) -> str:
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")
