"""The piece of a text that shows why it was found, with what was found marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.index.folding import fold_with_places, latin_of
from db.index.terms import Term, Terms

LENGTH = 160
_BEFORE = 48
_LONG = 8_000
"""Characters beyond which only the neighbourhood of a likely hit is looked at closely."""
_MOST_MARKS = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text, and whether it is what was looked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A field, a snippet of it, and how many of the terms it has."""

    field: str
    segments: tuple[Segment, ...]
    found: int


def best_passage(texts: Mapping[str, str], terms: Terms) -> Passage:
    """Of the texts by field, the first of those with the most terms."""
    passages = [passage(field, text, terms) for field, text in texts.items()]
    return max(passages, key=lambda passage: passage.found, default=Passage("", (), 0))


def passage(field: str, text: str, terms: Terms) -> Passage:
    """A snippet of one text: around the first place where most of the terms are close together."""
    line, cut = _neighbourhood(_one_line(text), terms)
    spans, found = _spans(line, terms)
    start, end = _window(line, spans)
    before = "…" if cut or start else ""
    after = "…" if end < len(line) or len(line) == _LONG else ""
    inside = [(max(start, first), min(end, last)) for first, last in spans if first < end and last > start]
    return Passage(field, tuple(_segments(line, start, end, inside, before, after)), found)


def marked(text: str, terms: Terms) -> tuple[Segment, ...]:
    """A whole text with its hits marked."""
    spans, _ = _spans(text[:_LONG], terms)
    return tuple(_segments(text, 0, len(text), spans, "", ""))


def _one_line(text: str) -> str:
    return " ".join(text[: _LONG * 200].split())


def _neighbourhood(line: str, terms: Terms) -> tuple[str, bool]:
    """The part of a long text that a hit is likely to be in, and whether something comes before it."""
    if len(line) <= _LONG:
        return line, False
    lowered = line.lower()
    places = [lowered.find(_first_word(term)) for term in terms.terms]
    start = max(0, min((place for place in places if place >= 0), default=0) - 2 * _BEFORE)
    return line[start : start + _LONG], start > 0


def _first_word(term: Term) -> str:
    return term.text.split()[0]


def _spans(text: str, terms: Terms) -> tuple[list[tuple[int, int]], int]:
    """Where the terms stand in a text, joined where they overlap, and how many of the terms there are."""
    folded = fold_with_places(text)
    latin = latin_of(folded.text)
    spans: list[tuple[int, int]] = []
    found = 0
    for term, pattern in zip(terms.terms, terms.patterns, strict=True):
        hits = [
            hit.span()
            for hit, _ in zip(
                pattern.finditer(folded.text if term.is_foreign else latin), range(_MOST_MARKS), strict=False
            )
        ]
        found += bool(hits)
        spans += [folded.original(*hit) for hit in hits]
    return _joined(spans), found


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """A stretch of about `LENGTH` characters with as many hits as fit, which begins and ends between words."""
    if len(text) <= LENGTH or not spans:
        return 0, min(len(text), _between_words(text, LENGTH)) if len(text) > LENGTH else len(text)
    first = max(spans, key=lambda span: sum(span[0] <= other[0] < span[0] + LENGTH - _BEFORE for other in spans))[0]
    start = max(0, min(first - _BEFORE, len(text) - LENGTH))
    start = start if start == 0 else _after_space(text, start, first)
    return start, _between_words(text, start + LENGTH)


def _after_space(text: str, start: int, latest: int) -> int:
    space = text.find(" ", start, latest)
    return space + 1 if space >= 0 else start


def _between_words(text: str, end: int) -> int:
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - _BEFORE // 2, end)
    return space if space > 0 else end


def _segments(
    text: str, start: int, end: int, spans: Iterable[tuple[int, int]], before: str, after: str
) -> Iterable[Segment]:
    place = start
    lead = before
    for first, last in spans:
        if lead + text[place:first]:
            yield Segment(lead + text[place:first])
        yield Segment(text[first:last], is_hit=True)
        place, lead = last, ""
    if lead + text[place:end] + after:
        yield Segment(lead + text[place:end] + after)
