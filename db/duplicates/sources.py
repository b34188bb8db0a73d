"""Whether two sources are one: by URL or DOI, or by title, day and where they appeared."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.duplicates.likeness import Ground, Key, Likeness, Reason, likeness_of, strongest
from db.duplicates.profiles import Days, Reading, days_of, same_days, same_identifier, several
from db.duplicates.words import Words, address, doi, shared, spelled, title_words
from db.queries.titles import shorten

_NEAR = 0.6
"""Titles that share less than this say nothing."""


@dataclass(slots=True)
class Document:
    """What a source is compared by."""

    titles: dict[Words, str] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    numbers: set[tuple[str, str]] = field(default_factory=set)
    """Its DOI, and the identifiers that other systems gave it."""
    issued: set[Days] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    """Where it appeared, folded."""


def read(reading: Reading) -> dict[bytes, Document]:
    """The sources by id, those that were joined as one."""
    found: dict[bytes, Document] = {}
    titles: dict[bytes, list[str]] = {}
    query = """SELECT source.id, title, url, doi, issued, coalesce(publication.name, container_title, publisher)
               FROM source LEFT JOIN publication ON publication.id = source.publication_id"""
    for record, title, url, number, issued, place in reading.rows(query, "source.id"):
        own = found.setdefault(record, Document())
        titles.setdefault(record, []).append(title)
        own.addresses |= {address(url)} if url and url.strip() else set()
        own.numbers |= {("DOI", found_doi)} if number and (found_doi := doi(number)) else set()
        own.issued |= {days} if (days := days_of(issued)) else set()
        own.places |= {" ".join(title_words(place))} if place and place.strip() else set()
    others, known = reading.names(), reading.identifiers()
    for record, own in found.items():
        own.titles = {
            title_words(title): shorten(title) for title in several([*titles[record], *others.get(record, ())])
        }
        own.numbers |= known.get(record, set())
    return found


def keys(document: Document) -> Iterator[Key]:
    """What one that was entered twice would share; of many with the same title, those of near days stand together."""
    day = min((days.earliest for days in document.issued), default="")
    for place in document.addresses:
        yield ("address", place), day
    for number in document.numbers:
        yield ("number", number), day
    for words in document.titles if document.issued else ():
        yield ("title", spelled(words)), day


def compare(first: Document, second: Document) -> Likeness:
    """What speaks for two sources being one, and what against it."""
    numbered = same_identifier(first.numbers, second.numbers)
    issued = same_days(first.issued, second.issued, "issued", (0.25, 0.05, -0.5))
    titled = strongest(_titled(ours, theirs, first, second) for ours in first.titles for theirs in second.titles)
    return likeness_of([numbered, _addressed(first, second), titled, issued, _placed(first, second)])


def _addressed(first: Document, second: Document) -> Reason | None:
    both = sorted(first.addresses & second.addresses)
    if not both:
        return None
    whole = any("/" in place or "?" in place for place in both)
    words = f"The same address: {both[0]}." if whole else f"The same site: {both[0]}."
    return Reason(Ground.ADDRESS, words, 0.85 if whole else 0.2, tuple(both))


def _titled(ours: Words, theirs: Words, first: Document, second: Document) -> Reason | None:
    told = f"{first.titles[ours]} / {second.titles[theirs]}"
    basis = (" ".join(ours), " ".join(theirs))
    if spelled(ours) == spelled(theirs):
        return Reason(Ground.TITLE, f"The same title: {told}.", 0.4, basis)
    near = shared(ours, theirs) >= _NEAR
    return Reason(Ground.TITLE, f"Similar titles: {told}.", 0.2, basis) if near else None


def _placed(first: Document, second: Document) -> Reason | None:
    if not first.places or not second.places:
        return None
    both = sorted(first.places & second.places)
    if both:
        return Reason(Ground.BODY, "Both appeared in the same place.", 0.15, tuple(both))
    return Reason(Ground.BODY, "They appeared in different places.", -0.15, tuple(first.places | second.places))
