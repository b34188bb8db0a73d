"""How much two records look alike: a score from reasons in words, and the pairs that are worth comparing at all."""

import hashlib
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

LEAST = 0.6
"""The score from which on two records are offered as likely duplicates."""
_SURE = 0.99
_FEW = 20
"""Records with the same key of which a weak one still tells something."""
_WINDOW = 40
"""Records with the same key that each one is compared with: those that stand next to it in the order of the block."""


class Ground(StrEnum):
    """What a reason speaks of."""

    IDENTIFIER = "identifier"
    NAME = "name"
    TITLE = "title"
    PARTIES = "parties"
    DATE = "date"
    POST = "post"
    BODY = "body"
    STATE = "state"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing for two records being the same, or against it."""

    ground: Ground
    words: str
    weight: float
    """What it adds to the score; less than 0 speaks against it."""
    basis: tuple[str, ...] = ()
    """What it was made of, the same in every file that says the same."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two records being the same, the strongest first."""

    reasons: tuple[Reason, ...] = ()

    @property
    def score(self) -> float:
        """From 0 to 1; an order of what to look at first, and no probability."""
        return round(max(0.0, min(_SURE, sum(reason.weight for reason in self.reasons))), 2)

    @property
    def state(self) -> str:
        """A short hash of all that it was made of: a judgement holds for this and no other."""
        told = sorted("\x1f".join((reason.ground, *sorted(reason.basis))) for reason in self.reasons)
        return hashlib.sha256("\x1e".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def strongest(reasons: Iterable[Reason | None]) -> Reason | None:
    """The one that says most, the same in every file whatever the order of its rows."""
    found = [reason for reason in reasons if reason is not None]
    return max(found, key=lambda reason: (reason.weight, reason.basis), default=None)


def likeness_of(reasons: Iterable[Reason | None]) -> Likeness:
    """All that was found together."""
    found = [reason for reason in reasons if reason is not None]
    return Likeness(tuple(sorted(found, key=lambda reason: -reason.weight)))


Key = tuple[Hashable, str | None]
"""What likely duplicates share, and by what many who share it are put in order; None: it tells nothing of many."""


def neighbours(blocks: Iterable[Sequence[tuple[str | None, bytes]]]) -> Iterator[tuple[bytes, bytes]]:
    """The pairs of records that share a key, and so a block, each once, the smaller id first.

    The pairs are never more than keys times a constant.
    """
    seen: set[bytes] = set()
    for block in blocks:
        if len(block) == 1 or (block[0][0] is None and len(block) > _FEW):
            continue
        ordered = [record for _, record in sorted({(order or "", record) for order, record in block})]
        for place, first in enumerate(ordered):
            for second in ordered[place + 1 : place + 1 + _WINDOW]:
                pair = first + second if first < second else second + first
                if first != second and pair not in seen:
                    seen.add(pair)
                    yield pair[:16], pair[16:]
