"""What to look at before a briefing is printed: what stands weakly on it, and what the review finds at its records."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.models.vocabulary import FindingKind, Standing
from db.queries import Session
from db.queries.source_parts import last_accessed
from db.queries.titles import titles
from db.review.findings import Finding, told
from db.review.survey import review_of
from desktop.findings import field_words, heading_of
from desktop.words import tr
from exports.briefing.document import (
    Block,
    Briefing,
    FactTable,
    Item,
    ItemList,
    Ladders,
    Link,
    Table,
    is_said,
    standing_of,
)
from exports.briefing.sheet import Fact, Note, Step

MOST_POINTS = 500
"""More than that nobody reads before printing; the review has them all."""
_FRESH = timedelta(days=365)
_BY_STANDING = {
    Standing.DISPUTED: FindingKind.DISPUTED,
    Standing.UNCITED: FindingKind.UNCITED,
    Standing.SINGLE: FindingKind.SINGLE_ORIGIN,
}
_FROM_THE_SHEET = frozenset({*_BY_STANDING.values(), FindingKind.POOR, FindingKind.NOT_JUDGED, FindingKind.UNGRADED})
"""What is read off the briefing itself, where it is weighed as it is printed."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at: what kind of thing, what it is about, and where it leads, if anywhere."""

    heading: str
    text: str
    detail: str = ""
    record: uuid.UUID | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Points, the gravest first, and how many there are where those are not all."""

    points: tuple[Point, ...] = ()
    count: int = 0

    def plus(self, other: "Check") -> "Check":
        """Both together, in order."""
        return _sorted([*self.points, *other.points], self.count + other.count)


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the file says of the records on a briefing: what the review finds there, and what they are called."""

    check: Check
    titles: dict[uuid.UUID, str]


Assertion = Item | Fact | Step
_Said = tuple[Assertion, Link | None, str]


def weaknesses(session: Session, briefing: Briefing, day: date) -> Check:
    """What stands weakly on a briefing of this day, as it is printed."""
    accessed = last_accessed(session, {note.source for note in briefing.notes if note.source})
    points = list(_of_sheet(briefing, assertions(briefing), accessed, day))
    return _sorted(points, len(points))


def inspect(session: Session, records: Collection[uuid.UUID]) -> Inspection:
    """What the review finds at these records besides; nothing that somebody dismissed."""
    found = told(session, review_of(session, records).open)
    points = list(_of_review(found))
    return Inspection(_sorted(points, len(points)), titles(session, records))


def _sorted(points: list[Point], count: int) -> Check:
    order = [heading_of(kind) for kind in FindingKind] + [stale_heading()]
    return Check(tuple(sorted(points, key=lambda point: order.index(point.heading))[:MOST_POINTS]), count)


def stale_heading() -> str:
    """Over facts whose sources nobody has looked at for a year."""
    return tr("Read more than a year ago")


def assertions(briefing: Briefing) -> Iterator[_Said]:
    """Everything that is said, with the nearest link to what it is about, and the title of its section."""
    for chapter in briefing.chapters:
        yield chapter.title, chapter.link, ""
        for section in chapter.sections:
            for block in section.blocks:
                yield from ((*found, section.title) for found in _in_block(block, chapter.link))


def _in_block(block: Block, above: Link | None) -> Iterator[tuple[Assertion, Link | None]]:
    match block:
        case Item():
            link = block.link or above
            yield block, link
            yield from ((fact, link) for fact in block.facts)
        case ItemList():
            for item in block.items:
                yield from _in_block(item, above)
        case FactTable():
            links = block.links or (None,) * len(block.facts)
            yield from ((fact, link or above) for fact, link in zip(block.facts, links, strict=True))
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    for line in cell.lines:
                        yield from _in_block(line, row.link or above)
        case Ladders():
            yield from ((step, above) for ladder in block.ladders for step in ladder.steps)


def _of_review(findings: Iterable[Finding]) -> Iterator[Point]:
    for found in findings:
        if found.kind not in _FROM_THE_SHEET:
            about = " · ".join(part for part in (found.owner_title or found.title, field_words(found.field)) if part)
            yield Point(heading_of(found.kind), about, found.sentence, found.record, found.field)


def _of_sheet(briefing: Briefing, said: Iterable[_Said], accessed: dict[uuid.UUID, str], day: date) -> Iterator[Point]:
    notes = {note.number: note for note in briefing.notes}
    for assertion, link, section in dict.fromkeys(said):
        if assertion.support is None or not is_said(assertion):
            continue
        cited = [notes[number] for number in assertion.support.notes if number in notes]
        kinds = [heading_of(kind) for kind in _kinds(standing_of(assertion), cited)]
        if cited and all(_is_stale(note, accessed, day) for note in cited):
            kinds.append(stale_heading())
        for heading in kinds:
            text = _words(assertion, section)
            yield Point(heading, text, "", link.record if link else None, link.field if link else "")


def _kinds(standing: Standing, cited: Collection[Note]) -> Iterator[FindingKind]:
    if standing in _BY_STANDING:
        yield _BY_STANDING[standing]
    graded = [(note.reliability[:1], note.credibility[:1]) for note in cited if note.reliability or note.credibility]
    if graded and len(graded) == len(cited):
        if all(reliability == "E" or credibility == "5" for reliability, credibility in graded):
            yield FindingKind.POOR
        elif all(reliability in "EF" or credibility in "56" for reliability, credibility in graded):
            yield FindingKind.NOT_JUDGED


def _is_stale(note: Note, accessed: dict[uuid.UUID, str], day: date) -> bool:
    """Whether its source was last looked at more than a year before the day."""
    last = accessed.get(note.source, "") if note.source else ""
    return bool(last) and last < (day - _FRESH).isoformat()


def _words(assertion: Assertion, section: str) -> str:
    """What is said, on one line; with the title of its section where it has no label of its own."""
    said = assertion.date if isinstance(assertion, Step) else assertion.text
    parts = (assertion.label, said) if assertion.label else (said, section)
    return " ".join((": " if assertion.label else " · ").join(part for part in parts if part).split())
