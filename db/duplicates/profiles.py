"""What records of one kind are compared by, read for all at once: a joined class counts as its canonical record."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from db.duplicates.classes import Classes, classes_of
from db.duplicates.likeness import Ground, Reason
from db.log import driver_connection
from db.models import Entity, Organization, Post
from db.review.scope import select

MOST_NAMES = 12
"""Names of one record that are compared."""
Sets = dict[bytes, set[bytes]]
Texts = dict[bytes, list[str]]


class Days(NamedTuple):
    """The days that a date may mean, as ISO text."""

    earliest: str
    latest: str

    @property
    def is_one(self) -> bool:
        """Whether it is one very day."""
        return self.earliest == self.latest

    def overlap(self, other: "Days") -> bool:
        """Whether both may mean the same day."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def years(self) -> range:
        """The years that it may lie in; none where they are too many to tell anything."""
        first, last = int(self.earliest[:4]), int(self.latest[:4])
        return range(first, last + 1) if last - first < 3 else range(0)


def days_of(stored: str | None) -> Days | None:
    """The days of a date as the file stores it; None where it is none or could not be read."""
    earliest, bar, rest = (stored or "").partition("|")
    latest = rest.partition("|")[0]
    return Days(earliest, latest) if bar and earliest and latest else None


@dataclass(frozen=True)
class Reading:
    """The records of one kind that are compared, and how what is said of them is read."""

    session: Session
    cls: type[Entity]
    classes: Classes
    bodies: Classes
    """The joined organizations."""
    posts: Classes
    """The joined posts."""
    only: tuple[bytes, ...] = ()
    """Those that are read, with their whole classes."""

    @classmethod
    def of(cls, session: Session, kind: type[Entity], only: Collection[bytes] = ()) -> "Reading":
        """Some records of a kind; `parts` has all of them."""
        kinds: tuple[type[Entity], ...] = (kind, Organization, Post)
        joined = {each: classes_of(session, each) for each in dict.fromkeys(kinds)}
        return cls(session, kind, joined[kind], joined[Organization], joined[Post])._only(only)

    def parts(self, size: int) -> Iterator["Reading"]:
        """All records of the kind, so many at a time: each part is read by statements that are short."""
        others = set(self.classes.others())
        found = self.connection.execute(f"SELECT id FROM {self.cls.__tablename__} ORDER BY pk").fetchall()
        ids = [record for (record,) in found if record not in others]
        return (self._only(ids[start : start + size]) for start in range(0, len(ids), size))

    def _only(self, records: Collection[bytes]) -> "Reading":
        named = {each for record in records for each in self.classes.all_of(record)}
        return replace(self, only=tuple(sorted(named)))

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """The session's own."""
        return driver_connection(self.session.connection())

    def rows(self, query: str, column: str, more: str = "") -> Iterator[tuple[Any, ...]]:
        """Rows whose first value is the canonical record; `column` names the record, `more` is a further condition."""
        found = select(self.connection, f"{query} WHERE {more or 1} AND {column} IN ({{ids}})", self.only)
        canonical = self.classes.canonical
        return ((canonical.get(record, record), *values) for record, *values in found)

    def names(self) -> Texts:
        """The other names of the records."""
        table = self.cls.__tablename__
        joined = f"SELECT o.record_id, o.name FROM other_name o JOIN {table} t ON t.id = o.record_id"
        names: Texts = {}
        for record, name in self.rows(joined, "o.record_id"):
            names.setdefault(record, []).append(name)
        return names

    def identifiers(self) -> dict[bytes, set[tuple[str, str]]]:
        """How other systems call the records, by scheme."""
        table = self.cls.__tablename__
        joined = f"SELECT i.record_id, i.scheme, i.identifier FROM identifier i JOIN {table} t ON t.id = i.record_id"
        found: dict[bytes, set[tuple[str, str]]] = {}
        for record, scheme, identifier in self.rows(joined, "i.record_id"):
            found.setdefault(record, set()).add((scheme.casefold().strip(), identifier.strip()))
        return found


def several(names: Collection[str | None]) -> tuple[str, ...]:
    """The different names among some, in order, as many as are compared."""
    return tuple(islice(dict.fromkeys(name for name in names if name and name.strip()), MOST_NAMES))


def same_identifier(first: set[tuple[str, str]], second: set[tuple[str, str]]) -> Reason | None:
    """That another system calls both the same, or one differently."""
    both = sorted(first & second)
    if both:
        scheme, identifier = both[0]
        words = f"Both are {identifier} in {scheme}."
        return Reason(Ground.IDENTIFIER, words, 0.9, tuple("=".join(each) for each in both))
    ours, theirs = dict(first), dict(second)
    odd = sorted(ours.keys() & theirs.keys())
    if not odd:
        return None
    words = f"{odd[0]} has another identifier for each: {ours[odd[0]]}, {theirs[odd[0]]}."
    basis = tuple(f"{scheme}={value}" for scheme in odd for value in (ours[scheme], theirs[scheme]))
    return Reason(Ground.IDENTIFIER, words, -0.4, basis)


def same_days(
    first: Collection[Days], second: Collection[Days], what: str, weights: tuple[float, float, float]
) -> Reason | None:
    """What two dates say: the same day, days that may be the same, or that they cannot be; by these weights."""
    same, maybe, never = weights
    if not first or not second:
        return None
    pairs = [(ours, theirs) for ours in first for theirs in second]
    one = next((ours for ours, theirs in sorted(pairs) if ours == theirs and ours.is_one), None)
    if one is not None:
        return Reason(Ground.DATE, f"Both were {what} on {one.earliest}.", same, one)
    basis = tuple(day for days in sorted({*first, *second}) for day in days)
    if any(ours.overlap(theirs) for ours, theirs in pairs):
        return Reason(Ground.DATE, f"Both may have been {what} on the same day.", maybe, basis)
    return Reason(Ground.DATE, f"They were {what} on different days.", never, basis)
