"""Who is in charge of security, defence and foreign affairs: the posts of some states, their holders now and before."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from db.models import Membership, Organization, Post, Signatory
from db.queries.pairs import Ids, memberships_of, posts_of
from db.queries.records import RecordRow
from exports.briefing.document import Cell, Column, Item, Link, Role, Row, RowKind, Run, Table
from exports.briefing.duties import has_duty, names_any
from exports.briefing.reading import Reading, key_of, keys_of
from exports.briefing.tenures import Held, Presence, held_posts, span_words

_SHARES = (0.3, 0.25, 0.45)
_MOST_BEFORE = 4
"""Former holders that are named; how many more there were is said."""


@dataclass(slots=True)
class _Office:
    """A post, or a body without a post, with its holders, the latest first."""

    key: uuid.UUID
    label: str
    post: RecordRow | None
    body: RecordRow | None
    holders: list[Held] = field(default_factory=list)


def people_table(
    reading: Reading,
    states: Sequence[RecordRow],
    sides: Sequence[Ids],
    actions: Collection[uuid.UUID],
    third_states: Collection[str],
) -> Table | None:
    """The posts of each state that have these duties, or whose holders did one of the actions; None if none."""
    signed = keys_of(reading.by_column(Signatory, "action_id", actions), "membership")
    rows: list[Row] = []
    for state, bodies in zip(states, sides, strict=True):
        offices = [office for office in _offices(reading, bodies) if _is_told(office, signed, third_states)]
        if offices:
            rows.append(Row((Cell((Item((Run(state["name"].text, Role.STRONG),)),)),), RowKind.GROUP))
            rows += [_row(reading, office) for office in sorted(offices, key=_order)]
    labels = reading.labels
    now = labels.holder_on.format(date=reading.day_words) if reading.day else labels.holder
    return (
        Table(tuple(map(Column, (labels.post, now, labels.before), _SHARES)), tuple(rows), full=True) if rows else None
    )


def _offices(reading: Reading, bodies: Ids) -> list[_Office]:
    """All posts of some bodies, and the bodies that somebody belongs to without a post."""
    posts = reading.by_id(Post, posts_of(bodies))
    held = held_posts(reading, reading.by_column(Membership, "id", memberships_of(bodies)))
    further = reading.by_id(Post, {each.post for each in held if each.post} - posts.keys())
    every = posts | further
    owners = {key for row in every.values() if (key := key_of(row, "organization"))}
    known = reading.by_id(Organization, owners | {each.organization for each in held if each.organization})
    offices = {
        key: _Office(key, row["label"].text, row, known.get(key_of(row, "organization") or key))
        for key, row in every.items()
    }
    for each in held:
        key = each.post or each.organization or each.tenure.id
        if key not in offices:
            offices[key] = _Office(key, each.tenure.post, None, known.get(key))
        offices[key].holders.append(each)
    return list(offices.values())


def _is_told(office: _Office, signed: set[uuid.UUID], third_states: Collection[str]) -> bool:
    if any(held.tenure.id in signed for held in office.holders):
        return True
    return has_duty(office.post, office.body) and not names_any(office.post, third_states)


def _order(office: _Office) -> tuple[str, str]:
    return (office.body["name"].text if office.body else "", office.label)


def _row(reading: Reading, office: _Office) -> Row:
    label = [Item((Run(office.label),), link=Link(office.key))]
    if office.body and office.body["name"].text.casefold() not in office.label.casefold():
        label.append(Item((Run(office.body["name"].text, Role.QUIET),)))
    now, before = _now_and_before(reading, office)
    return Row((Cell(tuple(label)), Cell(tuple(now)), Cell(tuple(before))), link=Link(office.key))


def _now_and_before(reading: Reading, office: _Office) -> tuple[list[Item], list[Item]]:
    by_presence: dict[Presence, list[Held]] = {}
    for held in office.holders:
        by_presence.setdefault(held.presence(reading.day), []).append(held)
    shown = by_presence.get(Presence.SHOWN, [])
    coming = by_presence.get(Presence.FUTURE, [])
    others = [held for held in office.holders if held not in shown and held not in coming]
    if reading.day is None:
        shown, others = _without_day(others)
    now = [_holder(reading, held) for held in (*shown, *coming)]
    if not shown:
        now.insert(0, Item((Run(reading.labels.not_shown, Role.QUIET),)))
    before = [_holder(reading, held) for held in others[:_MOST_BEFORE]]
    if len(others) > _MOST_BEFORE:
        more = reading.labels.and_earlier.format(count=len(others) - _MOST_BEFORE)
        before.append(Item((Run(more, Role.QUIET),)))
    return now, before


def _without_day(held: Sequence[Held]) -> tuple[list[Held], list[Held]]:
    """Without a day, whoever is not shown to have left is in post."""
    here = [each for each in held if each.presence(None) is Presence.POSSIBLE]
    return here, [each for each in held if each not in here]


def _holder(reading: Reading, held: Held) -> Item:
    words = span_words(reading, held.tenure)
    if held.tenure.acting:
        words = f"{reading.labels.acting}, {words}"
    runs = (Run(f"{held.holder} "), Run(words, Role.QUIET))
    return Item(runs, reading.weights.of_record(held.tenure.id), link=Link(held.tenure.id))
