"""Whether a file's rows are what its log says: the last question of every check, and the judge of the tests."""

import sqlite3
from collections.abc import Iterator

from db.audit.changes import LOG
from db.audit.disagreement import Audit, Disagreement
from db.audit.rows import ROWS
from db.audit.shapes import SHAPES

__all__ = ["AUDITS", "SHAPES", "Audit", "Disagreement", "disagreements"]

AUDITS: tuple[Audit, ...] = (*LOG, *ROWS)
"""Every question to a file whose values have their shapes. None needs the answer to another, so they may be asked
side by side, each on a connection of its own; a connection has their scratch tables in `temp`."""


def disagreements(connection: sqlite3.Connection) -> Iterator[Disagreement]:
    """Everything in a file that its own log, its schema's meaning or its neighbours deny.

    Where something is not even of its shape, no more is asked: it could not be read.
    """
    misshapen = [found for audit in SHAPES for found in audit.ask(connection)]
    if misshapen:
        yield from misshapen
        return
    for audit in AUDITS:
        yield from audit.ask(connection)
