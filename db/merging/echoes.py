"""Conflicts that are none: what an undo put back was there before, so whoever changed that meanwhile has changed it.

A merge that was undone and redone, or an edit that was taken back, must not stand against a colleague who went on from
what both knew. The union keeps both values as heads, as always; this writes one more setting beneath them.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db.lineage import Node, Value, lineage_of, undos_of
from db.models import BY_TABLE
from db.triggers import references

_CONTESTED = """SELECT h.record, h.field FROM head h JOIN change c ON c.n = h.n JOIN changeset s ON s.k = c.changeset
GROUP BY h.record, h.field HAVING max(h.n) > ? AND max(s.undo_of IS NOT NULL) AND count(DISTINCT quote(c.value)) > 1"""
_MOST = 12
"""Rivals among which this looks for an echo: people never make so many, and each is held to each."""
_WHY = "Only an undo stood against it."
TOUCH = "INSERT INTO told(event, record) VALUES('let go', ?)"
"""By the file's own rules, a record that somebody deleted and that lives on is touched: it outlives what is known."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A current value that an undo put back, and the rival that replaced the very same value meanwhile."""

    kind: str
    record: bytes
    field: str
    head: int
    rival: int
    value: Value
    """The rival's."""


def find_echoes(connection: sqlite3.Connection, base: int) -> list[Echo]:
    """Those among the conflicts that came after change number `base`."""
    contested = connection.execute(_CONTESTED, (base,)).fetchall()
    return [echo for place in contested for echo in _echoes(connection, *place)]


def _echoes(connection: sqlite3.Connection, record: bytes, field: str) -> list[Echo]:
    lineage, undos = lineage_of(connection, record), undos_of(connection, record)
    heads = lineage.heads()[field]
    if len(heads) > _MOST:
        return []
    found = {
        head.n: rival for head in heads for rival in heads if head.rank[1] in undos and lineage.repeats(head, rival)
    }
    ends = {head: _end(found, head) for head in found}
    return [Echo(lineage.kind, record, field, head, end.n, end.value) for head, end in ends.items() if end is not None]


def _end(found: Mapping[int, Node], head: int) -> Node | None:
    """The rival at the end, where it repeats another one itself; None in a circle, where somebody has to choose."""
    passed = {head}
    rival = found[head]
    while rival.n in found and rival.n not in passed:
        passed.add(rival.n)
        rival = found[rival.n]
    return None if rival.n in found else rival


def fold(connection: sqlite3.Connection, echoes: Sequence[Echo]) -> None:
    """Set each field once more to what replaced the echo, in the edit that is open; other rivals stay its rivals."""
    by_rival: dict[tuple[bytes, str, int], list[Echo]] = {}
    for echo in echoes:
        by_rival.setdefault((echo.record, echo.field, echo.rival), []).append(echo)
    for found in by_rival.values():
        _set(connection, found[0], [echo.head for echo in found])


def _set(connection: sqlite3.Connection, echo: Echo, heads: list[int]) -> None:
    place = (echo.record, echo.field)
    n = connection.execute("SELECT max(n) + 1 FROM change").fetchone()[0]
    connection.execute(
        """INSERT INTO change(n, changeset, ord, op, kind, record, field, parent, value)
           SELECT ?1, changeset, ?1 - first, 'U', ?, ?, ?, ?, ? FROM context""",
        (n, echo.kind, *place, echo.rival, echo.value),
    )
    connection.executemany("INSERT INTO change_parent(n, parent) VALUES(?, ?)", ((n, head) for head in heads))
    connection.execute("INSERT INTO reason(n, text) VALUES(?, ?)", (n, _WHY))
    connection.execute("UPDATE head SET n = ? WHERE record = ? AND field = ? AND n = ?", (n, *place, echo.rival))
    connection.executemany("DELETE FROM head WHERE record = ? AND field = ? AND n = ?", ((*place, h) for h in heads))
    connection.execute(
        """DELETE FROM head WHERE record = ?1 AND field = ?2
           AND (SELECT count(*) FROM head WHERE record = ?1 AND field = ?2) = 1""",
        place,
    )
    _show(connection, echo)


def _show(connection: sqlite3.Connection, echo: Echo) -> None:
    """The newest setting is the one that is shown; the log has it already."""
    place = f"FROM {echo.kind} WHERE id = ?"
    (shown,) = connection.execute(f"SELECT {echo.field} {place}", (echo.record,)).fetchone()
    if shown == echo.value:
        return
    connection.execute("UPDATE context SET mode = 'merge'")
    connection.execute(f"UPDATE {echo.kind} SET {echo.field} = ? WHERE id = ?", (echo.value, echo.record))
    connection.execute("UPDATE context SET mode = 'log'")
    if shown is not None and echo.field in {column.name for column in references(BY_TABLE[echo.kind])}:
        connection.execute(TOUCH, (shown,))
