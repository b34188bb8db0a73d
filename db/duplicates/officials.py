"""Whether two officials are one person: by their names in any order, script and spelling, and by what they held."""

from collections.abc import Iterator
from dataclasses import dataclass

from db.duplicates.likeness import Ground, Key, Likeness, Reason, likeness_of, strongest
from db.duplicates.profiles import Days, Reading, Sets, days_of, same_days, same_identifier, several
from db.duplicates.scripts import sound_keys, sounds_alike
from db.duplicates.words import (
    Words,
    differs_by_a_slip,
    fits_initials,
    initial_keys,
    is_whole_name,
    name_keys,
    name_words,
    spelled,
)
from db.queries.titles import shorten


@dataclass(frozen=True, slots=True)
class Official:
    """What a person is compared by."""

    names: dict[Words, str]
    """The words of each name, and how it was written."""
    born: frozenset[Days]
    posts: frozenset[bytes]
    bodies: frozenset[bytes]
    parties: frozenset[bytes]
    """For whom they signed."""
    identifiers: set[tuple[str, str]]


def read(reading: Reading) -> dict[bytes, Official]:
    """The people by id, those that were joined as one."""
    names, others, known = _own_names(reading), reading.names(), reading.identifiers()
    posts, bodies = _held(reading)
    parties = _signed_for(reading)
    return {
        record: Official(
            {name_words(name, honorific): shorten(name) for name in several([*own, *others.get(record, ())])},
            frozenset(born),
            frozenset(posts.get(record, ())),
            frozenset(bodies.get(record, ())),
            frozenset(parties.get(record, ())),
            known.get(record, set()),
        )
        for record, (own, honorific, born) in names.items()
    }


def _own_names(reading: Reading) -> dict[bytes, tuple[list[str], str, set[Days]]]:
    query = "SELECT id, name, sort_name, family_name, given_name, honorific, birth_date FROM person"
    found: dict[bytes, tuple[list[str], str, set[Days]]] = {}
    for record, name, sort_name, family, given, honorific, birth in reading.rows(query, "id"):
        own, titles, born = found.get(record, ([], "", set()))
        own += filter(None, [name, sort_name, f"{given} {family}" if given and family else None])
        born |= {days} if (days := days_of(birth)) else set()
        found[record] = own, f"{titles} {honorific or ''}", born
    return found


def _held(reading: Reading) -> tuple[Sets, Sets]:
    query = "SELECT m.person_id, m.post_id, coalesce(m.organization_id, p.organization_id) FROM membership m "
    posts: Sets = {}
    bodies: Sets = {}
    for record, post, body in reading.rows(f"{query} LEFT JOIN post p ON p.id = m.post_id", "m.person_id"):
        if post:
            posts.setdefault(record, set()).add(reading.posts.of(post))
        if body:
            bodies.setdefault(record, set()).add(reading.bodies.of(body))
    return posts, bodies


def _signed_for(reading: Reading) -> Sets:
    query = """SELECT s.person_id, coalesce(s.on_behalf_of_id, a.on_behalf_of_id, a.organization_id)
               FROM signatory s JOIN party_action a ON a.id = s.action_id"""
    found: Sets = {}
    for record, party in reading.rows(query, "s.person_id"):
        if party:
            found.setdefault(record, set()).add(reading.bodies.of(party))
    return found


def keys(official: Official) -> Iterator[Key]:
    """What somebody entered twice would share, and by what those are told apart who share it with very many."""
    order = min((words for words in official.names), default=())
    for words in official.names:
        for key in name_keys(words):
            yield ("name", key), " ".join(order)
        for key in initial_keys(words):
            yield ("initials", key), None
        for key in sound_keys(official.names[words]):
            yield ("sound", key), None
    for identifier in official.identifiers:
        yield ("id", identifier), ""


def compare(first: Official, second: Official) -> Likeness:
    """What speaks for two people being one, and what against it."""
    named = strongest(_named(ours, theirs, first, second) for ours in first.names for theirs in second.names)
    identified = same_identifier(first.identifiers, second.identifiers)
    if (named is None or named.weight <= 0) and identified is None:
        return Likeness()
    born = same_days(first.born, second.born, "born", (0.2, 0.05, -0.5))
    return likeness_of([named if named and named.weight > 0 else None, identified, born, _shared_work(first, second)])


def _named(ours: Words, theirs: Words, first: Official, second: Official) -> Reason:
    told = f"{first.names[ours]} / {second.names[theirs]}"
    basis = (" ".join(ours), " ".join(theirs))
    words, weight = "", 0.0
    if ours == theirs:
        whole = is_whole_name(ours)
        words, weight = ("The same name", 0.85) if whole else ("The same family name", 0.45)
    elif spelled(ours) == spelled(theirs):
        words, weight = "The same name in another spelling", 0.75 if len(ours) > 1 else 0.4
    elif _contains(ours, theirs):
        words, weight = "One name has all words of the other", 0.65
    elif differs_by_a_slip(ours, theirs):
        words, weight = "Names that differ by a letter or two", 0.6
    elif sounds_alike(first.names[ours], second.names[theirs]):
        words, weight = "The same name in another script, by its sound", 0.65
    elif len(ours) > 1 and len(theirs) > 1 and fits_initials(ours, theirs):
        words, weight = "Initials that fit", 0.5
    return Reason(Ground.NAME, f"{words}: {told}.", weight, basis)


def _contains(ours: Words, theirs: Words) -> bool:
    """Whether one has all words of the other and more, and the other is more than a family name."""
    fewer, more = sorted((spelled(ours), spelled(theirs)), key=len)
    return len(fewer) > 1 and set(fewer) < set(more)


def _shared_work(first: Official, second: Official) -> Reason | None:
    posts, bodies, parties = (
        first.posts & second.posts,
        first.bodies & second.bodies,
        first.parties & second.parties,
    )
    if posts:
        return Reason(Ground.POST, "Both held the same post.", 0.15, tuple(post.hex() for post in posts))
    if bodies:
        words = "Both held a post in the same organization."
        return Reason(Ground.POST, words, 0.1, tuple(body.hex() for body in bodies))
    if parties:
        return Reason(Ground.POST, "Both signed for the same party.", 0.1, tuple(party.hex() for party in parties))
    return None
