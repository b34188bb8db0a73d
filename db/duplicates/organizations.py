"""Whether two organizations are one: by name or alias, the country's code, and what they are part of."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.duplicates.likeness import Ground, Key, Likeness, Reason, likeness_of, strongest
from db.duplicates.profiles import Reading, same_identifier, several
from db.duplicates.words import Words, spelled, title_words
from db.queries.titles import shorten


@dataclass(frozen=True, slots=True)
class Body:
    """What an organization is compared by."""

    record: bytes
    names: dict[Words, str]
    parents: frozenset[bytes]
    codes: frozenset[str]
    classes: frozenset[str]
    identifiers: set[tuple[str, str]]


def read(reading: Reading) -> dict[bytes, Body]:
    """The organizations by id, those that were joined as one."""
    others, known = reading.names(), reading.identifiers()
    names: dict[bytes, list[str]] = {}
    said: dict[bytes, tuple[set[bytes], set[str], set[str]]] = {}
    query = "SELECT id, name, parent_id, iso_code, classification FROM organization"
    for record, name, parent, code, classification in reading.rows(query, "id"):
        names.setdefault(record, []).append(name)
        above, codes, classes = said.setdefault(record, (set(), set(), set()))
        above |= {reading.bodies.of(parent)} - {record} if parent else set()
        codes |= {code.strip().upper()} if code else set()
        classes |= {classification} if classification else set()
    return {
        record: Body(
            record,
            {title_words(name): shorten(name) for name in several([*own, *others.get(record, ())])},
            frozenset(said[record][0]),
            frozenset(said[record][1]),
            frozenset(said[record][2]),
            known.get(record, set()),
        )
        for record, own in names.items()
    }


def keys(body: Body) -> Iterator[Key]:
    """What one entered twice would share; of many that are called alike, those of one parent stand together."""
    order = min((parent.hex() for parent in body.parents), default="")
    for words in body.names:
        yield ("name", spelled(words)), order
    for code in body.codes:
        yield ("code", code), ""
    for identifier in body.identifiers:
        yield ("id", identifier), ""


def compare(first: Body, second: Body) -> Likeness:
    """What speaks for two organizations being one, and what against it."""
    named = strongest(_named(ours, theirs, first, second) for ours in first.names for theirs in second.names)
    if named is not None and named.weight <= 0:
        named = None
    strong = [named, _code(first, second), same_identifier(first.identifiers, second.identifiers)]
    if not any(reason and reason.weight > 0 for reason in strong):
        return Likeness()
    return likeness_of([*strong, _parent(first, second), _classification(first, second)])


def _named(ours: Words, theirs: Words, first: Body, second: Body) -> Reason:
    told = f"{first.names[ours]} / {second.names[theirs]}"
    basis = (" ".join(ours), " ".join(theirs))
    if ours == theirs:
        return Reason(Ground.NAME, f"The same name: {told}.", 0.7, basis)
    alike = spelled(ours) == spelled(theirs)
    return Reason(Ground.NAME, f"The same name in another spelling: {told}.", 0.65 if alike else 0.0, basis)


def _code(first: Body, second: Body) -> Reason | None:
    if not first.codes or not second.codes:
        return None
    both = sorted(first.codes & second.codes)
    if both:
        return Reason(Ground.STATE, f"Both have the country code {both[0]}.", 0.9, tuple(both))
    told = ", ".join(sorted(first.codes | second.codes))
    return Reason(Ground.STATE, f"They have different country codes: {told}.", -0.9, tuple(first.codes | second.codes))


def _parent(first: Body, second: Body) -> Reason | None:
    basis = tuple(parent.hex() for parent in first.parents | second.parents)
    if first.record in second.parents or second.record in first.parents:
        return Reason(Ground.BODY, "One is part of the other.", -0.5, basis)
    if not first.parents or not second.parents:
        return None
    if first.parents & second.parents:
        return Reason(Ground.BODY, "Both are part of the same organization.", 0.2, basis)
    return Reason(Ground.BODY, "They are part of different organizations.", -0.6, basis)


def _classification(first: Body, second: Body) -> Reason | None:
    if not first.classes or not second.classes or first.classes & second.classes:
        return None
    told = tuple(sorted(first.classes | second.classes))
    return Reason(Ground.BODY, f"They are of different kinds: {', '.join(told)}.", -0.15, told)
