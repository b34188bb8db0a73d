"""Edits that another program made in this very file, past all of ours: told by the log, which its triggers write."""

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.log import driver_connection


@dataclass(frozen=True, slots=True)
class OutsideEdits:
    """How many changes other programs made, and the last one; None where there is none.

    A statement that changes several rows is several: the triggers do not know where it begins.
    """

    count: int
    newest: uuid.UUID | None


def outside_edits(session: Session, seen: uuid.UUID | None = None) -> OutsideEdits:
    """Those since the one that was seen last, or all. What other programs did to a colleague's file is not meant."""
    connection = driver_connection(session.connection())
    (after,) = connection.execute(
        "SELECT coalesce(max(k), 0) FROM changeset WHERE id = ?", (seen.bytes if seen else b"",)
    ).fetchone()
    found = connection.execute(
        """SELECT s.id, count(*) OVER () FROM changeset s WHERE s.author IS NULL AND s.k > ?
           AND EXISTS (SELECT 1 FROM change x WHERE x.changeset = s.k)
           AND NOT EXISTS (SELECT 1 FROM change x JOIN receipt r ON x.n BETWEEN r.first AND r.last
                           WHERE x.changeset = s.k) ORDER BY s.k DESC LIMIT 1""",
        (after,),
    ).fetchone()
    return OutsideEdits(found[1], uuid.UUID(bytes=found[0])) if found else OutsideEdits(0, None)
