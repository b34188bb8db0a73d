"""Reading one moment of a file without keeping anybody from writing it meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Session

from db.opening import read_again

P = ParamSpec("P")
T = TypeVar("T")
_ATTEMPTS = 3


def read_without_lock(path: Path, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a query of many statements on a file that this program has open already.

    A commit waits for every transaction that reads, so here each statement is one of its own. Where the file was
    written meanwhile the query is run again; the last attempt holds the lock, so that there is an end.
    """
    with read_again(path) as session:
        for _ in range(_ATTEMPTS - 1):
            before = begin_unlocked(session)
            result = query(session, *args, **kwargs)
            if _version(session) == before:
                return result
            session.rollback()
        return query(session, *args, **kwargs)


def begin_unlocked(session: Session) -> int:
    """Let every statement of a session be a transaction of its own, and give the version of the file."""
    session.connection().exec_driver_sql("COMMIT")  # ends what BEGIN has just begun: every statement stands alone
    return _version(session)


def _version(session: Session) -> int:
    """A number that changes when another connection has written (SQLite's PRAGMA data_version)."""
    return int(session.connection().exec_driver_sql("PRAGMA data_version").scalar_one())
