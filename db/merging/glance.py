"""What a merge will probably show, found in the two logs alone: in a fraction of the time that the union takes.

It says the same as the union unless a deletion meets what others rest on, or an undo what was changed meanwhile. A
value that only they set counts as differing without a look at it.
"""

import sqlite3
from pathlib import Path

from db.merging.differences import State, find_candidates, find_rows, index_beside, make_items, note_changed


def glance_at_differences(index: Path, first: Path, second: Path) -> None:
    """Write the index (`db.merging.differences`) of what taking the second file into the first will probably change."""
    with index_beside(index, first, second) as connection:
        find_candidates(connection, only_theirs=True)
        _guess_rows(connection)
        _guess_fields(connection)
        make_items(connection)


def _guess_rows(connection: sqlite3.Connection) -> None:
    """Records that came or went on either side, and whether the other side worked on them meanwhile."""
    connection.execute("CREATE TEMP TABLE mortal(record BLOB PRIMARY KEY, kind TEXT) WITHOUT ROWID")
    connection.execute(
        """INSERT INTO mortal SELECT record, kind FROM fresh WHERE side = 'b' AND op IN ('I', 'D')
           UNION SELECT f.record, f.kind FROM fresh f JOIN candidate c ON c.record = f.record
           WHERE f.side = 'a' AND f.op = 'D'"""
    )
    find_rows(connection, "mortal")
    connection.execute(
        """UPDATE row SET state = :changed, rival = 1 WHERE state = :deleted
           AND record IN (SELECT record FROM fresh WHERE side = 'a' AND op IN ('U', 'T'))""",
        {"changed": int(State.CHANGED), "deleted": int(State.DELETED)},
    )
    connection.execute(
        """UPDATE row SET rival = 1 WHERE state = ?
           AND record IN (SELECT record FROM fresh WHERE side = 'a' AND op = 'D')""",
        (int(State.NEW),),
    )
    for (kind,) in connection.execute("SELECT DISTINCT kind FROM mortal").fetchall():
        connection.execute(  # another program has replaced them: they went and came, and are what its edit made of them
            f"""DELETE FROM mortal WHERE kind = ? AND record IN (SELECT id FROM a.{kind})
                AND record NOT IN (SELECT record FROM row)""",
            (kind,),
        )


def _guess_fields(connection: sqlite3.Connection) -> None:
    """The fields that they set; as rivals, where we set them to something else."""
    connection.execute(
        """INSERT INTO field SELECT record, kind, field, max(side = 'a') FROM fresh WHERE op = 'U'
           AND record NOT IN (SELECT record FROM temp.mortal) GROUP BY record, field HAVING max(side = 'b')"""
    )
    for kind, field in connection.execute("SELECT DISTINCT kind, field FROM field WHERE rival").fetchall():
        connection.execute(
            f"""DELETE FROM field WHERE rival AND kind = ? AND field = ?
                AND (SELECT x.{field} FROM a.{kind} x WHERE x.id = record)
                    IS (SELECT y.{field} FROM b.{kind} y WHERE y.id = record)""",
            (kind, field),
        )
    note_changed(connection)
