"""From what a person chose (all of it, an author's, a record, a field) to decisions, which are about single fields."""

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.merging.comparison import Comparison
from db.merging.decisions import Choice, Decision, FieldDecision, RecordDecision
from db.merging.differences import State


@dataclass(frozen=True, slots=True)
class Rule:
    """One choice and what it holds for: all that differs, or what is narrowed by every part that is given.

    With `column`, only that field of the one record of `rows`.
    """

    choice: Choice
    whole: uuid.UUID | None = None
    """A record with its parts."""
    rows: tuple[uuid.UUID, ...] = ()
    """Single records, parts or members of sets."""
    column: str = ""
    author: uuid.UUID | None = None
    undo: uuid.UUID | None = None
    """An edit of theirs that undid something: what it took back."""
    rivals_only: bool = False
    text: str = ""
    reason: str = ""

    @property
    def rank(self) -> tuple[bool, ...]:
        """How closely it says what it holds for: the closest rule decides."""
        parts = (self.column, self.rows, self.whole, self.undo, self.author)
        return tuple(bool(part) for part in parts)


def decisions(comparison: Comparison, rules: Sequence[Rule]) -> tuple[Decision, ...]:
    """What is to be decided about each field and each record; nothing where the union does what was chosen."""
    decided: dict[tuple[bytes, str], Decision | None] = {}
    with comparison.differences() as index:
        for rule in sorted(rules, key=lambda rule: rule.rank):
            decided |= _fields(index, rule)
            if not rule.column:
                decided |= _rows(index, rule)
    return tuple(decision for decision in decided.values() if decision is not None)


_SCOPE = """(:whole IS NULL OR r.whole = :whole) AND (:author IS NULL OR r.author = :author)
  AND (:undo IS NULL OR EXISTS (SELECT 1 FROM undoing u WHERE u.edit = :undo AND r.n BETWEEN u.first AND u.last))
  AND (:rows = '' OR instr(:rows, hex(r.record)))"""


def _scope(rule: Rule) -> dict[str, object]:
    return {
        "whole": rule.whole.bytes if rule.whole else None,
        "author": rule.author.bytes if rule.author else None,
        "undo": rule.undo.bytes if rule.undo else None,
        "rows": " ".join(row.hex.upper() for row in rule.rows),
        "column": rule.column,
        "rivals": rule.rivals_only,
    }


def _fields(index: sqlite3.Connection, rule: Rule) -> Iterator[tuple[tuple[bytes, str], Decision | None]]:
    for record, kind, column, rival in index.execute(
        f"""SELECT f.record, f.kind, f.field, f.rival FROM field f JOIN row r ON r.record = f.record
            WHERE {_SCOPE} AND (:column = '' OR f.field = :column) AND (NOT :rivals OR f.rival)""",
        _scope(rule),
    ).fetchall():
        told = FieldDecision(uuid.UUID(bytes=record), kind, column, rule.choice, rule.text, rule.reason)
        yield (record, column), None if rule.choice is Choice.THEIRS and not rival else told


def _rows(index: sqlite3.Connection, rule: Rule) -> Iterator[tuple[tuple[bytes, str], Decision | None]]:
    if rule.choice not in (Choice.MINE, Choice.THEIRS):
        return
    for record, kind, state, rival in index.execute(
        f"""SELECT r.record, r.kind, r.state, r.rival FROM row r
            WHERE {_SCOPE} AND (r.state <> :changed OR r.rival) AND (NOT :rivals OR r.rival)""",
        _scope(rule) | {"changed": int(State.CHANGED)},
    ).fetchall():
        was_here = state != State.NEW
        is_theirs = state == State.NEW
        stays = was_here if rule.choice is Choice.MINE else is_theirs
        is_done = stays == (state != State.DELETED)
        told = RecordDecision(uuid.UUID(bytes=record), kind, stays, rule.reason)
        yield (record, ""), None if is_done and not rival else told
