"""What an analyst decides about what a colleague's file brought: one ordinary edit after the union, with its reasons.

The union always takes everything in. A decision sets a field or a record back, settles a conflict with all rivals as
its parents, or keeps both values as rival claims; so it travels home as a change that the colleague may answer.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.lineage import DISPLAY_ORDER, IS_HEAD, Value, lineage_of, row_of
from db.log import Editor, close_changeset, driver_connection, open_changeset
from db.merging.echoes import TOUCH, Echo, fold
from db.merging.returning import bring_back, take_away
from db.merging.rivals import claim_rivals
from db.merging.stopping import stop
from db.operations.records import set_field
from db.queries.authorship import author_of


class Choice(StrEnum):
    """What can be chosen where two files differ."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"
    """Both values as rival claims; the field goes on to show mine."""
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class FieldDecision:
    """What one field shall show. `kind` is the table, `column` the stored field."""

    record: uuid.UUID
    kind: str
    column: str
    choice: Choice
    text: str = ""
    """The value that was typed."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """Whether a record, a part of one or the member of a set stays."""

    record: uuid.UUID
    kind: str
    stays: bool
    reason: str = ""


Decision = FieldDecision | RecordDecision


def decide(
    link: Connection,
    editor: Editor,
    base: int,
    decisions: Sequence[Decision],
    origin: str,
    parts: Mapping[uuid.UUID, str] | None = None,
    echoes: Sequence[Echo] = (),
    is_stopped: Callable[[], bool] = lambda: False,
) -> uuid.UUID | None:
    """Carry out decisions on what came after change number `base`, as one edit; give its id, None if nothing changed.

    `parts` come back first, by their tables: what was deleted with records that live on. `echoes` are settled next.
    Raises RecordInUse where something that stays needs what is to go, InvalidValue for a typed value, and MergeStopped.
    """
    if not (decisions or parts or echoes):
        return None
    connection = driver_connection(link)
    number = open_changeset(connection, editor, f"Decisions on the merge of {origin}")
    with Session(link) as session:
        bring_back(session, parts or {}, base)
        fold(connection, echoes)
        _Deciding(session, base, is_stopped).run(decisions)
        session.flush()
    close_changeset(connection, number, editor)
    found = connection.execute("SELECT id FROM changeset WHERE k = ?", (number,)).fetchone()
    return uuid.UUID(bytes=found[0]) if found else None


class _Deciding:
    """One edit that carries out decisions."""

    def __init__(self, session: Session, base: int, is_stopped: Callable[[], bool]) -> None:
        self._session = session
        self._connection = driver_connection(session.connection())
        self._base = base
        self._is_stopped = is_stopped

    def run(self, decisions: Sequence[Decision]) -> None:
        """Records come back before fields are set, and others go afterwards, all at once."""
        records = [each for each in decisions if isinstance(each, RecordDecision)]
        back = {each.record: each for each in records if each.stays and not self._is_there(each)}
        away = {each.record: each for each in records if not each.stays and self._is_there(each)}
        bring_back(self._session, {record: each.kind for record, each in back.items()}, self._base)
        for decision in decisions:
            if self._is_stopped():
                stop()
            if isinstance(decision, FieldDecision) and decision.record not in away and self._is_there(decision):
                self._settle(decision)
        take_away(self._session, {record: each.kind for record, each in away.items()})
        kept = [each for each in records if each.stays and each.record not in back]
        self._connection.executemany(TOUCH, ((each.record.bytes,) for each in kept))
        for each in (*back.values(), *away.values(), *kept):
            self._explain(each.record, None, each.reason)

    def _is_there(self, decision: Decision) -> bool:
        return row_of(self._connection, decision.kind, decision.record.bytes) is not None

    def _settle(self, decision: FieldDecision) -> None:
        known = self._newest()
        if decision.choice is Choice.TYPED:
            name = decision.column.removesuffix("_id")
            set_field(self._session, decision.record, name, decision.text)
            self._session.flush()
            self._set(decision, self._row(decision)[decision.column])  # what was typed may be what is shown
        elif decision.choice is Choice.THEIRS:
            self._set(decision, self._theirs(decision))
        else:
            self._set(decision, self._mine(decision))
        if decision.choice is Choice.BOTH:
            claim_rivals(self._session, decision.record, decision.column, tuple(self._sides(decision)))
        self._session.flush()
        if self._newest() > known:
            self._explain(decision.record, decision.column, decision.reason)

    def _set(self, decision: FieldDecision, value: Value) -> None:
        """Only a change settles a conflict: where the value is the one shown, the field shows a rival for a moment."""
        column, key = decision.column, decision.record.bytes
        write = f"UPDATE {decision.kind} SET {column} = ? WHERE id = ?"
        shown = self._row(decision)[column]
        rival = self._connection.execute(
            """SELECT c.value FROM head h JOIN change c ON c.n = h.n
               WHERE h.record = ? AND h.field = ? AND c.value IS NOT ?""",
            (key, column, shown),
        ).fetchone()
        if shown != value:
            self._connection.execute(write, (value, key))
        elif rival is not None:
            self._connection.execute(write, (rival[0], key))
            self._connection.execute(write, (value, key))

    def _mine(self, decision: FieldDecision) -> Value:
        """What the field showed here before."""
        whole = lineage_of(self._connection, decision.record.bytes)
        before = lineage_of(self._connection, decision.record.bytes, self._base)
        return before.values(self._row(decision), later=whole)[decision.column]

    def _theirs(self, decision: FieldDecision) -> Value:
        """The newest of the values that they set and that nobody replaced; without one, what the field shows."""
        found = self._connection.execute(
            f"""SELECT u.value FROM main.change u JOIN main.changeset s ON s.k = u.changeset
                WHERE u.record = ? AND u.field = ? AND u.op = 'U' AND u.n > ? AND {IS_HEAD}
                ORDER BY {DISPLAY_ORDER} LIMIT 1""",
            (decision.record.bytes, decision.column, self._base),
        ).fetchone()
        return found[0] if found else self._row(decision)[decision.column]

    def _sides(self, decision: FieldDecision) -> Iterator[tuple[Value, str]]:
        """Both values with who entered them; asked after the field was settled, so by the log as it was before."""
        (last,) = self._connection.execute("SELECT first - 1 FROM context").fetchone()
        for value, first, end in ((self._mine(decision), 0, self._base), (None, self._base, last)):
            found = self._connection.execute(
                """SELECT u.n, u.value FROM change u JOIN changeset s ON s.k = u.changeset
                   WHERE u.record = ? AND (u.field = ? OR u.field IS NULL) AND u.op IN ('U', 'I')
                   AND u.n > ? AND u.n <= ? ORDER BY u.op DESC, s.hlc DESC, s.id DESC, u.ord DESC LIMIT 1""",
                (decision.record.bytes, decision.column, first, end),
            ).fetchone()
            who = author_of(self._connection, decision.record.bytes, found[0])[0] if found else ""
            yield (value if first == 0 else found and found[1]), who

    def _row(self, decision: Decision) -> dict[str, Value]:
        row = row_of(self._connection, decision.kind, decision.record.bytes)
        assert row is not None
        return row

    def _newest(self) -> int:
        return int(self._connection.execute("SELECT max(n) FROM change").fetchone()[0])

    def _explain(self, record: uuid.UUID, column: str | None, reason: str) -> None:
        """Keep the reason with the last change that the decision made of this record or field."""
        if not reason.strip():
            return
        self._connection.execute(
            """INSERT OR REPLACE INTO reason(n, text)
               SELECT max(c.n), ? FROM change c, context x
               WHERE c.record = ? AND c.field IS ? AND c.op <> 'X' AND c.changeset = x.changeset HAVING max(c.n) > 0""",
            (reason.strip(), record.bytes, column),
        )
