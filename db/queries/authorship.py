"""Whose a value is: an undo, a redo or a settled conflict only tells again what somebody wrote before."""

import sqlite3
from datetime import datetime

from db.lineage import lineage_of, undos_of
from db.queries.history import moment


def author_of(connection: sqlite3.Connection, record: bytes, n: int) -> tuple[str, datetime]:
    """Who first gave a field the value that change `n` of it tells, and when. Another program has no name."""
    whole = lineage_of(connection, record)
    told = whole.nodes[n]
    first = whole.origin(told, undos_of(connection, record)) if told.op == "U" else told
    name, written = connection.execute(
        """SELECT coalesce(a.name, ''), s.written FROM change u JOIN changeset s ON s.k = u.changeset
           LEFT JOIN author a ON a.id = s.author WHERE u.n = ?""",
        (first.n,),
    ).fetchone()
    return name, moment(written)
