"""Who held which post when: signatories in posts that were not theirs, and posts that two people held at once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from db.dates import Edtf
from db.dates.column import decode
from db.models.vocabulary import EndMeaning, FindingKind, HeldPost, StartMeaning
from db.review.scope import Hits, Scope, hit, select
from db.tenure import held_on, proved_days

SEVERAL = 3
"""A post that so many are shown to have held at once is one that several hold by nature: an attaché's, a seat."""


def signatories(scope: Scope) -> Iterator[Hits]:
    """Persons who signed in a post that was not theirs that day, or is not shown to have been.

    Its basis: the person, the post's membership, the day and the dates of the membership.
    """
    query = """SELECT s.id, s.person_id, m.id, m.person_id, a.date, m.start_date, m.start_meaning, m.end_date,
                      m.end_meaning
               FROM signatory s JOIN party_action a ON a.id = s.action_id
               LEFT JOIN membership m ON m.id = s.membership_id
               WHERE s.id IN ({ids}) AND s.person_id IS NOT NULL"""
    for record, person, membership, holder, day, start, start_meaning, end, end_meaning in scope.rows(query):
        held = held_on(
            _date(day),
            _date(start),
            StartMeaning(start_meaning) if start_meaning else None,
            _date(end),
            EndMeaning(end_meaning) if end_meaning else None,
        )
        basis = (person, membership, day, start, end)
        if membership is None or not _is_same(scope, person, holder):
            yield hit(FindingKind.POST_NOT_SHOWN, record, "membership", basis)
        elif held is HeldPost.NO:
            yield hit(FindingKind.POST_NOT_HELD, record, "membership", basis)
        elif held is HeldPost.NOT_SHOWN:
            yield hit(FindingKind.POST_NOT_SHOWN, record, "membership", basis)


def _is_same(scope: Scope, first: bytes, second: bytes) -> bool:
    """Whether two persons are one, perhaps entered twice."""
    if first == second:
        return True
    family = canonical_ids(scope, "person", [first, second])
    return family[first] == family[second]


def _date(stored: str | None) -> Edtf | None:
    return None if stored is None else decode(stored)


class _Span(NamedTuple):
    """The days on which a membership is proved to have held."""

    membership: bytes
    person: bytes
    first: str
    last: str

    def overlaps(self, other: "_Span") -> bool:
        """Whether both hold on more than a day: on one, a post may be handed over."""
        return self.person != other.person and max(self.first, other.first) < min(self.last, other.last)


def overlaps(scope: Scope) -> Iterator[Hits]:
    """Posts that two people are shown to have held at once, neither of them acting. Its basis: the others' tenures."""
    query = "SELECT id, post_id FROM membership WHERE id IN ({ids}) AND post_id IS NOT NULL"
    posts: dict[bytes, bytes] = dict(scope.rows(query))
    family = canonical_ids(scope, "post", list(set(posts.values())))
    spans = _spans(scope, family)
    for record, post in posts.items():
        held = spans.get(family[post], [])
        own = next((span for span in held if span.membership == record), None)
        others = [span for span in held if own and own.overlaps(span)]
        if own and others and not is_held_by_several(held):
            dates = [item for span in sorted([own, *others]) for item in span]
            yield hit(FindingKind.OVERLAPPING, record, "post", tuple(dates))


def _spans(scope: Scope, family: dict[bytes, bytes]) -> dict[bytes, list[_Span]]:
    """What is proved of the tenures of posts, by post."""
    query = """SELECT id, post_id, person_id, start_date, end_date FROM membership
               WHERE post_id IN ({ids}) AND start_date IS NOT NULL AND end_date IS NOT NULL AND acting IS NOT 1"""
    rows = list(select(scope.connection, query, list(family)))
    persons = canonical_ids(scope, "person", list({person for _, _, person, _, _ in rows}))
    found: dict[bytes, list[_Span]] = defaultdict(list)
    for record, post, person, start, end in rows:
        days = proved_days(decode(start), decode(end))
        if days:
            found[family[post]].append(_Span(record, persons[person], *days))
    return found


def is_held_by_several(spans: Sequence[_Span]) -> bool:
    """Whether so many people held a post at once on some day that it must have several holders."""
    starts = sorted(spans, key=lambda span: span.first)
    return any(
        len({other.person for other in starts if other.first <= span.first < other.last}) >= SEVERAL for span in starts
    )


def canonical_ids(scope: Scope, table: str, ids: Iterable[bytes]) -> dict[bytes, bytes]:
    """Each of the records, and those that are the same as one of them, with the one id that stands for all."""
    onward: dict[bytes, bytes] = {}
    seen: set[bytes] = set()
    pending = set(ids)
    while pending:
        seen |= pending
        query = f"SELECT id, merged_into_id FROM {table} WHERE merged_into_id IS NOT NULL AND"
        chunk = sorted(pending)
        pairs = [
            *select(scope.connection, f"{query} id IN ({{ids}})", chunk),
            *select(scope.connection, f"{query} merged_into_id IN ({{ids}})", chunk),
        ]
        onward.update(pairs)
        pending = {record for pair in pairs for record in pair} - seen
    return _components(seen, onward)


def _components(records: set[bytes], onward: dict[bytes, bytes]) -> dict[bytes, bytes]:
    """The smallest id of each group of records that lead on to each other."""
    parent = {record: record for record in records}

    def root(record: bytes) -> bytes:
        while parent[record] != record:
            record = parent[record]
        return record

    for record, target in onward.items():
        first, second = sorted((root(record), root(target)))
        parent[second] = first
    return {record: root(record) for record in records}
