"""The kinds whose duplicates are looked for, and how records of each are read, found and compared."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.duplicates import agreements, named, officials, organizations, sources
from db.duplicates.likeness import Key, Likeness
from db.duplicates.profiles import Reading
from db.models import Agreement, Entity, Organization, Person, Post, Publication, Source


def never(first: object, second: object) -> bool:
    """Nothing is excluded."""
    return False


@dataclass(frozen=True)
class Comparing:
    """What a record of one kind is compared by, what likely duplicates share, and what speaks for and against."""

    read: Callable[[Reading], Mapping[bytes, Any]]
    keys: Callable[[Any], Iterator[Key]]
    compare: Callable[[Any, Any], Likeness]
    excludes: Callable[[Any, Any], bool] = never
    """Whether two that share a key cannot be likely, where that is quicker to tell."""


COMPARING: Mapping[type[Entity], Comparing] = {
    Person: Comparing(officials.read, officials.keys, officials.compare),
    Organization: Comparing(organizations.read, organizations.keys, organizations.compare),
    Agreement: Comparing(agreements.read, agreements.keys, agreements.compare, agreements.excludes),
    Source: Comparing(sources.read, sources.keys, sources.compare),
    Post: Comparing(named.read_posts, named.keys, named.compare_posts),
    Publication: Comparing(named.read_publications, named.keys, named.compare_publications),
}
KINDS: tuple[type[Entity], ...] = tuple(COMPARING)
"""The kinds whose duplicates are looked for."""
