"""The sentence of each kind of finding, in the field's own words."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from babel.lists import format_list

from db.dates import describe, read
from db.dates.column import decode
from db.fields import Field, FieldType, fields_of
from db.models import Entity
from db.models.vocabulary import FindingKind
from db.queries.titles import shorten
from db.review.scope import Hit
from db.tenure import is_before

Names = Mapping[bytes, str]
"""Titles of records, by id."""
_GRADES = {
    "E": "unreliable (E)",
    "5": "improbable (5)",
    "F": "of a reliability that cannot be judged (F)",
    "6": "of a truth that cannot be judged (6)",
}
_MOST = 3


def sentence(hit: Hit, cls: type[Entity], names: Names) -> str:
    """What a finding says."""
    return _SENTENCES[hit.kind](_Words(hit, cls, names))


def ids_in(hit: Hit) -> Iterator[bytes]:
    """The records that a finding's sentence names."""
    parts = [item for part in hit.basis for item in (part if isinstance(part, frozenset) else (part,))]
    for part in parts:
        if isinstance(part, bytes) and len(part) == 16:
            yield part
        elif isinstance(part, str):
            yield from (key.bytes for item in part.split("; ") if len(item) == 36 and (key := _key(item)))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class _Words:
    """A finding with what its sentence needs."""

    def __init__(self, hit: Hit, cls: type[Entity], names: Names) -> None:
        self.basis = hit.basis
        self.field: Field | None = fields_of(cls).get(hit.field)
        self.name = hit.field.replace("_", " ")
        self._names = names

    def record(self, key: bytes | None) -> str:
        """A record by its title."""
        return f"“{self._names.get(key, '')}”" if key and self._names.get(key) else "a record that is not in this file"

    def value(self, value: Any) -> str:
        """A value of the field, as a claim or the file keeps it."""
        if value is None or value == "":
            return "no value"
        if isinstance(value, frozenset):
            return listed(sorted(map(self.value, value)))
        if isinstance(value, bytes):
            return self.record(value)
        keys = [_key(item) for item in str(value).split("; ")]
        if all(keys):
            return listed(sorted(self.record(key.bytes) for key in keys if key))
        if self.field and self.field.holds is FieldType.DATE:
            return f"“{date(str(value)) if '|' in str(value) else describe(read(str(value)))}”"
        return f"“{shorten(str(value))}”"

    @property
    def shown(self) -> str:
        """What the record shows in the field, which such a basis begins with; what is no field goes by its name."""
        if self.field is None:
            return f"its {self.name}" if self.name else "it"
        return self.value(self.basis[0])


def listed(items: Sequence[str], most: int = _MOST) -> str:
    """Items in one phrase, not too many of them."""
    rest = len(items) - most
    shown = [*items[:most], f"{rest} more"] if rest > 0 else list(items)
    return format_list(shown, locale="en_GB")


def date(stored: str | None) -> str:
    """A stored date in words."""
    return describe(decode(stored)) if stored else "an unknown day"


def _uncited(words: _Words) -> str:
    return f"No source is given for {words.shown}."


def _single(words: _Words) -> str:
    return f"All that supports {words.shown} goes back to one source: {words.record(words.basis[1])}."


def _disputed(words: _Words) -> str:
    rivals = list(dict.fromkeys(words.value(rival) for rival in words.basis[1::2]))
    return f"It says {words.shown} here; other sources say {listed(rivals)}."


def _poor(words: _Words) -> str:
    return f"All that supports {words.shown} is {_graded(words.basis[1:], 'E5')}."


def _not_judged(words: _Words) -> str:
    return f"What supports {words.shown} is {_graded(words.basis[1:], 'F6')}."


def _graded(grades: Sequence[str], marks: str) -> str:
    found = [mark for mark in marks if any(mark in grade for grade in grades)]
    return " or ".join(_GRADES[mark] for mark in found)


def _ungraded(words: _Words) -> str:
    return f"Nobody has graded what supports {words.shown}."


def _not_held(words: _Words) -> str:
    _, membership, day, start, end = words.basis
    if is_before(decode(day), decode(start) if start else None):
        return f"{words.record(membership)}: from {date(start)} on, which is after {date(day)}."
    return f"{words.record(membership)}: until {date(end)}, which is before {date(day)}."


def _not_shown(words: _Words) -> str:
    person, membership, day, *_ = words.basis
    if membership is None:
        return f"It is not on file in which post {words.record(person)} signed."
    if day is None:
        return f"Without a day, nothing shows {words.record(membership)} for it."
    return f"Nothing on file shows {words.record(membership)} for {date(day)}."


def _out_of_order(words: _Words) -> str:
    action, day, *rivals = words.basis
    told = [f"{rival} ({date(when)})" for rival, when in zip(rivals[::2], rivals[1::2], strict=True)]
    return f"The {action} ({date(day)}) is earlier than {listed(told)}."


def _overlapping(words: _Words) -> str:
    spans = [words.basis[start : start + 4] for start in range(0, len(words.basis), 4)]
    told = [f"{words.record(person).strip('“”')} ({first} to {last})" for _, person, first, last in spans]
    return f"It is shown for several people at once: {listed(told)}."


def _no_target(words: _Words) -> str:
    fault, *keys = words.basis
    if fault == "claim":
        return f"A claim on the {words.name} names {len(keys)} record(s) that are not in this file."
    if fault == "itself":
        return "It relates an agreement to itself."
    if fault == "joined":
        return f"{words.record(keys[0])} was joined with {words.record(keys[1])}."
    return f"Of {words.record(keys[0])}, nothing but the title is on file."


def _unread(words: _Words) -> str:
    return f"“{shorten(words.basis[0])}” could not be read as a date and is kept as text."


def _no_source(words: _Words) -> str:
    return "It is not on file where this statement was reported."


def _conflict(words: _Words) -> str:
    values = [words.value(value) for value in words.basis[1:]]
    return f"Several people set it without knowing of each other: {listed(values)}."


_SENTENCES: Mapping[FindingKind, Callable[[_Words], str]] = {
    FindingKind.CONFLICT: _conflict,
    FindingKind.DISPUTED: _disputed,
    FindingKind.POST_NOT_HELD: _not_held,
    FindingKind.OUT_OF_ORDER: _out_of_order,
    FindingKind.OVERLAPPING: _overlapping,
    FindingKind.NO_TARGET: _no_target,
    FindingKind.UNREAD_DATE: _unread,
    FindingKind.NO_SOURCE: _no_source,
    FindingKind.POST_NOT_SHOWN: _not_shown,
    FindingKind.POOR: _poor,
    FindingKind.UNCITED: _uncited,
    FindingKind.NOT_JUDGED: _not_judged,
    FindingKind.UNGRADED: _ungraded,
    FindingKind.SINGLE_ORIGIN: _single,
}
