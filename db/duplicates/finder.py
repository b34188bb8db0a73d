"""The likely duplicates of a file as rows: which two records, how likely, why, and what somebody said of it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.duplicates.classes import classes_of, rank
from db.duplicates.kinds import COMPARING, KINDS
from db.duplicates.likeness import LEAST, Likeness
from db.duplicates.profiles import Reading
from db.duplicates.search import Judgements, Spot, in_order, judgements, search
from db.errors import InvalidValue
from db.models import BY_PLURAL, Entity
from db.models.base import Duplicable
from db.queries.titles import class_of, titles


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one kind that may be one."""

    kind: str
    """The plural of their kind."""
    first: uuid.UUID
    """The one that would stand for both."""
    second: uuid.UUID
    titles: tuple[str, str]
    score: float
    """From 0 to 1: an order of what to look at first, and no probability."""
    reasons: tuple[str, ...]
    """What speaks for it and against it in sentences, the strongest first."""
    weights: tuple[float, ...]
    """What each reason adds to the score; less than 0 speaks against it."""
    state: str
    """A short hash of what makes them alike: a judgement holds for this and no other."""
    distinction: uuid.UUID | None = None
    """The record that says that they are not the same."""
    why_not: str = ""
    """Why somebody said that they are not the same."""


def duplicates(session: Session, kinds: Collection[type[Entity]] = KINDS, *, judged: bool = False) -> list[Pair]:
    """The likely duplicates of some kinds, the likeliest first; with `judged`, those that somebody told apart instead.

    Joined records count as one. Takes some seconds for 100,000 records of a kind.
    """
    spots = [spot for step in search(session, kinds) for spot in step.spots if spot.is_judged == judged]
    return [pair for pair in told(session, sorted(spots, key=likeliest_first)) if pair is not None]


def likeliest_first(spot: Spot) -> tuple[float, bytes, bytes]:
    """The order in which they are offered."""
    return -spot.score, spot.first, spot.second


def told(session: Session, spots: Sequence[Spot]) -> list[Pair | None]:
    """Likely duplicates in words, as they are now: None where they are none any more, or not of that sort."""
    pairs: dict[Spot, Pair] = {}
    for plural in dict.fromkeys(spot.kind for spot in spots):
        pairs |= _told(session, BY_PLURAL[plural], [spot for spot in spots if spot.kind == plural])
    return [pairs.get(spot) for spot in spots]


def _told(session: Session, cls: type[Entity], spots: Sequence[Spot]) -> dict[Spot, Pair]:
    reading = Reading.of(session, cls, {end for spot in spots for end in spot[1:3]})
    profiles, apart = COMPARING[cls].read(reading), judgements(session, reading.classes)
    found: dict[tuple[bytes, bytes], Likeness] = {}
    now = {spot: in_order(*(reading.classes.of(end) for end in spot[1:3])) for spot in spots}
    for spot, ends in now.items():
        if ends[0] != ends[1] and ends[0] in profiles and ends[1] in profiles:
            likeness = COMPARING[cls].compare(profiles[ends[0]], profiles[ends[1]])
            if likeness.score >= LEAST and (likeness.state in apart.get(ends, ())) == spot.is_judged:
                found[ends] = likeness
    words = dict(zip(found, _in_words(session, cls, found, apart), strict=True))
    return {spot: words[ends] for spot, ends in now.items() if ends in words}


def pair_of(session: Session, first: uuid.UUID, second: uuid.UUID) -> Pair:
    """What speaks for two records being the same, likely or not.

    Raises RecordNotFound, and InvalidValue where the two cannot be one, or are one already.
    """
    cls = kind_of_both(session, first, second)
    classes = classes_of(session, cls)
    ends = in_order(classes.of(first.bytes), classes.of(second.bytes))
    if ends[0] == ends[1]:
        raise InvalidValue("These two are the same record already. Nothing was changed.")
    return _in_words(session, cls, {ends: _likeness(session, cls, ends)}, judgements(session, classes))[0]


def kind_of_both(session: Session, *records: uuid.UUID) -> type[Entity]:
    """The kind of records that may have been entered twice. Raises RecordNotFound, InvalidValue."""
    kinds = dict.fromkeys(class_of(session, record) for record in records)
    cls = next(iter(kinds))
    if len(kinds) > 1:
        raise InvalidValue(f"They are of different kinds: {', '.join(kind.PLURAL for kind in kinds)}.")
    if not issubclass(cls, Duplicable):
        raise InvalidValue(f"{cls.PLURAL} cannot be joined: what they are about tells them apart.")
    return cls


def _likeness(session: Session, cls: type[Entity], ends: tuple[bytes, bytes]) -> Likeness:
    if cls not in COMPARING:
        return Likeness()
    profiles = COMPARING[cls].read(Reading.of(session, cls, ends))
    return COMPARING[cls].compare(profiles[ends[0]], profiles[ends[1]])


def _in_words(
    session: Session, cls: type[Entity], found: Mapping[tuple[bytes, bytes], Likeness], apart: Judgements
) -> list[Pair]:
    names = titles(session, {uuid.UUID(bytes=end) for ends in found for end in ends})
    rows = []
    for ends, likeness in found.items():
        first, second = (uuid.UUID(bytes=end) for end in sorted(ends, key=rank))
        distinction, why = apart.get(ends, {}).get(likeness.state, (None, ""))
        rows.append(
            Pair(
                kind=cls.PLURAL,
                first=first,
                second=second,
                titles=(names.get(first, ""), names.get(second, "")),
                score=likeness.score,
                reasons=tuple(reason.words for reason in likeness.reasons),
                weights=tuple(reason.weight for reason in likeness.reasons),
                state=likeness.state,
                distinction=distinction,
                why_not=why,
            )
        )
    return rows
