"""Whether two posts or two publications are one: by what they are called, and whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.duplicates.likeness import Ground, Key, Likeness, Reason, likeness_of, strongest
from db.duplicates.profiles import Reading, same_identifier, several
from db.duplicates.words import Words, spelled, title_words
from db.queries.titles import shorten


@dataclass(frozen=True, slots=True)
class Named:
    """What a post or a publication is compared by."""

    names: dict[Words, str]
    owners: frozenset[bytes]
    """The organization of a post, the publisher of a publication."""
    identifiers: set[tuple[str, str]]


def read_posts(reading: Reading) -> dict[bytes, Named]:
    """The posts by id, those that were joined as one."""
    return _read(reading, "SELECT id, label, organization_id FROM post")


def read_publications(reading: Reading) -> dict[bytes, Named]:
    """The publications by id, those that were joined as one."""
    return _read(reading, "SELECT id, name, publisher_id FROM publication")


def _read(reading: Reading, query: str) -> dict[bytes, Named]:
    others, known = reading.names(), reading.identifiers()
    names: dict[bytes, list[str]] = {}
    owners: dict[bytes, set[bytes]] = {}
    for record, name, owner in reading.rows(query, "id"):
        names.setdefault(record, []).append(name)
        owners.setdefault(record, set()).update([reading.bodies.of(owner)] if owner else ())
    return {
        record: Named(
            {title_words(name): shorten(name) for name in several([*own, *others.get(record, ())])},
            frozenset(owners[record]),
            known.get(record, set()),
        )
        for record, own in names.items()
    }


def keys(named: Named) -> Iterator[Key]:
    """What one entered twice would share; of many called alike, those of one organization stand together."""
    order = min((owner.hex() for owner in named.owners), default="")
    for words in named.names:
        yield ("name", spelled(words)), order
    for identifier in named.identifiers:
        yield ("id", identifier), ""


def compare_posts(first: Named, second: Named) -> Likeness:
    """What speaks for two posts being one: many organizations have a minister, so a name alone says little."""
    return _compare(first, second, 0.45, "organization")


def compare_publications(first: Named, second: Named) -> Likeness:
    """What speaks for two publications being one, and what against it."""
    return _compare(first, second, 0.7, "publisher")


def _compare(first: Named, second: Named, weight: float, owner: str) -> Likeness:
    named = strongest(_called(ours, theirs, first, second, weight) for ours in first.names for theirs in second.names)
    identified = same_identifier(first.identifiers, second.identifiers)
    if named is None and (identified is None or identified.weight < 0):
        return Likeness()
    return likeness_of([named, identified, _owned(first, second, owner)])


def _called(ours: Words, theirs: Words, first: Named, second: Named, weight: float) -> Reason | None:
    if spelled(ours) != spelled(theirs):
        return None
    basis, told = (" ".join(ours), " ".join(theirs)), f"{first.names[ours]} / {second.names[theirs]}"
    if ours == theirs:
        return Reason(Ground.NAME, f"The same name: {told}.", weight, basis)
    return Reason(Ground.NAME, f"The same name in another spelling: {told}.", weight - 0.05, basis)


def _owned(first: Named, second: Named, owner: str) -> Reason | None:
    if not first.owners or not second.owners:
        return None
    basis = tuple(body.hex() for body in first.owners | second.owners)
    if first.owners & second.owners:
        return Reason(Ground.BODY, f"Both have the same {owner}.", 0.25, basis)
    return Reason(Ground.BODY, f"Each has another {owner}.", -0.6, basis)
