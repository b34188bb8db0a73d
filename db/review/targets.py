"""Where something is pointed at that is not there: relations to a mere title, and claims that name no record."""

import uuid
from collections.abc import Iterator, Sequence
from functools import cache

from db.fields import FieldType, fields_of
from db.models import LOGGED, Agreement, Entity
from db.models.vocabulary import FindingKind
from db.review.scope import Hits, Scope, hit, select
from db.triggers import logged_fields, references


def relations(scope: Scope) -> Iterator[Hits]:
    """Relations to the agreement itself, to one that was joined with another, or to one of which only a title is known.

    Its basis: what is wrong, and the target.
    """
    query = """SELECT r.id, r.agreement_id, r.target_id, a.merged_into_id FROM relation r
               JOIN agreement a ON a.id = r.target_id WHERE r.id IN ({ids})"""
    rows = list(scope.rows(query))
    stubs = _stubs(scope, sorted({target for _, _, target, _ in rows}))
    for record, agreement, target, joined in rows:
        fault = "itself" if agreement == target else "joined" if joined else "stub" if target in stubs else ""
        if fault:
            yield hit(FindingKind.NO_TARGET, record, "target", (fault, target, joined))


def _stubs(scope: Scope, targets: Sequence[bytes]) -> set[bytes]:
    """Those of the agreements that have a title and nothing else."""
    empty = " AND ".join(
        f"{column} IS NULL" for column in logged_fields(Agreement) if column not in ("title", "marking")
    )
    bare = [
        row[0]
        for row in select(scope.connection, f"SELECT id FROM agreement WHERE id IN ({{ids}}) AND {empty}", targets)
    ]
    for table, column in _parts():
        if bare:
            known = select(scope.connection, f"SELECT {column} FROM {table} WHERE {column} IN ({{ids}})", bare)
            bare = sorted(set(bare) - {row[0] for row in known})
    return set(bare)


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    """What tells more of an agreement than its title, by table and column: all that belongs to it but relations."""
    return tuple(
        (cls.__tablename__, column.name)
        for cls in LOGGED
        if cls.__tablename__ not in _SAY_NOTHING
        for column in references(cls)
        if column.info["owner"] and column.info["target"] in ("agreement", "record")
    )


_SAY_NOTHING = ("relation", "dismissal", "tagging", "acceptance")


def claimed_records(scope: Scope) -> Iterator[Hits]:
    """Claims that give a field a record which is not in the file. Its basis: the missing ids."""
    names = _reference_names(scope.cls)
    if not names:
        return
    marks = ", ".join(f"'{name}'" for name in names)
    query = f"""SELECT subject_id, property, value FROM claim
                WHERE subject_id IN ({{ids}}) AND property IN ({marks}) AND value IS NOT NULL"""
    named = [(*row[:2], _keys(row[2])) for row in scope.rows(query)]
    wanted = sorted({key for *_, keys in named for key in keys})
    there = {row[0] for row in select(scope.connection, "SELECT id FROM record WHERE id IN ({ids})", wanted)}
    missing: dict[tuple[bytes, str], set[bytes]] = {}
    for subject, name, keys in named:
        if keys - there:
            missing.setdefault((subject, name), set()).update(keys - there)
    for (subject, name), keys in missing.items():
        yield hit(FindingKind.NO_TARGET, subject, name, ("claim", *sorted(keys)))


@cache
def _reference_names(cls: type[Entity]) -> tuple[str, ...]:
    kinds = (FieldType.REFERENCE, FieldType.REFERENCES)
    return tuple(field.name for field in fields_of(cls).values() if field.holds in kinds)


def _keys(value: str) -> set[bytes]:
    """The ids that a claim gives; words as reported are none."""
    return {key.bytes for item in value.split("; ") if (key := _key(item))}


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
