"""Breaking off a merge that somebody does not want to wait for."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from db.errors import MergeStopped

_STEPS = 20_000
"""Of SQLite's machine, between two questions whether to stop."""


@contextmanager
def stoppable(connection: sqlite3.Connection, is_stopped: Callable[[], bool]) -> Iterator[None]:
    """Ask now and then whether to stop, in the middle of a statement, too. Raises MergeStopped."""
    connection.set_progress_handler(is_stopped, _STEPS)
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if getattr(cause, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
            raise
        stop(error)
    finally:
        connection.set_progress_handler(None, 0)


def stop(cause: Exception | None = None) -> None:
    """Raises MergeStopped."""
    raise MergeStopped("The merge was stopped. Nothing was changed.") from cause
