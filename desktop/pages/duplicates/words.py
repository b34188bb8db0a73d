"""How likely duplicates, and what hangs on each of them, are put into words."""

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from db.duplicates.finder import Pair
from db.duplicates.sides import Side
from db.models import BY_PLURAL
from db.operations.joining import Unfinished
from desktop.forms.captions import all_of, one_of

_MOST_COUNTS = 5
_MOST_NAMED = 3


def spoken(pair: Pair) -> str:
    """A row for somebody who hears it."""
    first, second = pair.titles
    words = _tr("{kind}, {first} and {second}, {reason}")
    return words.format(kind=one_of(pair.kind), first=first, second=second, reason=reason_line(pair))


def reason_line(pair: Pair) -> str:
    """What speaks most for it; of what was told apart, why."""
    return pair.why_not if pair.distinction else pair.reasons[0] if pair.reasons else ""


def tooltip(pair: Pair) -> str:
    """All that a row has to say, where there was no room for it."""
    return "<qt>" + "<br>".join(escape(line) for line in (*pair.titles, *pair.reasons)) + "</qt>"


def reasons(pair: Pair) -> tuple[list[str], list[str]]:
    """What speaks for it, and against it."""
    told = list(zip(pair.reasons, pair.weights, strict=True))
    return [words for words, weight in told if weight > 0], [words for words, weight in told if weight <= 0]


def count_words(side: Side) -> str:
    """What hangs on a record: 5 claims, 2 parties."""
    told = []
    for kind, count in side.counts[:_MOST_COUNTS]:
        noun = (one_of(kind) if count == 1 else all_of(kind)).lower() if kind in BY_PLURAL else kind
        told.append(f"{count:,} {noun}")
    rest = len(side.counts) - _MOST_COUNTS
    if rest > 0:
        told.append(_tr("and more"))
    return ", ".join(told) or _tr("nothing hangs on it")


def unfinished_words(left: Sequence[Unfinished]) -> str:
    """That joined records are not wholly one yet."""
    if not left:
        return ""
    names = ", ".join(f"“{each.title}”" for each in left[:_MOST_NAMED])
    if len(left) == 1:
        return _tr("{name} was joined by several people apart, or more was said of the others since.").format(
            name=names
        )
    words = _tr("{count} joined records are not wholly one yet: {names}")
    return words.format(count=f"{len(left):,}", names=names + (" …" if len(left) > _MOST_NAMED else ""))


def looked_at_words(counts: Mapping[str, int]) -> str:
    """What was compared, where nothing was found."""
    kinds = [
        f"{count:,} {(one_of(kind) if count == 1 else all_of(kind)).lower()}" for kind, count in counts.items() if count
    ]
    if not kinds:
        return _tr("There is nothing to compare yet.")
    words = _tr("Compared: {kinds}, by names and titles in any order and spelling, parties, dates, numbers, addresses.")
    return words.format(kinds=", ".join(kinds))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)
