"""What cannot be declined, because something that stays needs it: known while one chooses, not when one merges."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.merging.choices import Rule, decisions
from db.merging.comparison import Comparison
from db.merging.decisions import Choice, Decision, FieldDecision, RecordDecision
from db.merging.returning import Use, uses_of
from db.queries.subjects import wholes
from db.queries.titles import titles

_MOST = 20
"""Needs that are told."""


@dataclass(frozen=True, slots=True)
class User:
    """A record that needs another one. `can_follow`: it differs too, so what it needs can be given up with it."""

    record: uuid.UUID
    title: str
    can_follow: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A record that was declined, and what needs it. `whole` is what it is a part of in the end."""

    record: uuid.UUID
    whole: uuid.UUID
    title: str
    users: tuple[User, ...]

    @property
    def can_follow(self) -> bool:
        """Whether all that needs it can be given up with it."""
        return all(user.can_follow for user in self.users)


def needs(comparison: Comparison, rules: Sequence[Rule]) -> tuple[Need, ...]:
    """What these choices decline although something needs it that they let stay."""
    decided = decisions(comparison, rules)
    away = {each.record: each.kind for each in decided if isinstance(each, RecordDecision) and not each.stays}
    if not away:
        return ()
    with comparison.sessions() as (_, second):
        connection = driver_connection(second.connection())
        connection.execute("PRAGMA query_only = OFF")  # for scratch tables: the file itself is opened immutable
        uses = [use for use in uses_of(connection, away) if not _is_set_back(use, decided)]
        return tuple(_told(second, comparison, uses)) if uses else ()


def _is_set_back(use: Use, decided: Collection[Decision]) -> bool:
    """Whether the field that points at it will show something else."""
    return any(
        isinstance(each, FieldDecision)
        and (each.record, each.column) == (use.user, use.column)
        and each.choice is not Choice.THEIRS
        for each in decided
    )


def _told(session: Session, comparison: Comparison, uses: Collection[Use]) -> list[Need]:
    by_record: dict[uuid.UUID, set[uuid.UUID]] = {}
    kinds = {use.user: use.kind for use in uses}
    owners = wholes(session, kinds)
    for use in uses:
        by_record.setdefault(use.record, set()).add(owners[use.user])
    told = dict(list(by_record.items())[:_MOST])
    names = titles(session, {*told, *(user for users in told.values() for user in users)})
    roots = _roots(comparison, told)
    with comparison.differences() as index:
        differing = {
            user
            for users in told.values()
            for user in users
            if index.execute("SELECT 1 FROM item WHERE whole = ?", (user.bytes,)).fetchone()
        }
    return [
        Need(
            record,
            roots.get(record, record),
            names.get(record, ""),
            tuple(User(user, names.get(user, ""), user in differing) for user in sorted(users)),
        )
        for record, users in told.items()
    ]


def _roots(comparison: Comparison, records: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """What each differing record is a part of, as the list shows it."""
    with comparison.differences() as index:
        found = {record: index.execute("SELECT whole FROM row WHERE record = ?", (record.bytes,)) for record in records}
        return {record: uuid.UUID(bytes=whole) for record, rows in found.items() for (whole,) in rows}
