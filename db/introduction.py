"""What can be said of a case file before anybody trusts it: who wrote it, what it holds, what of that is new."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from db.engine import connect, file_uri
from db.errors import FileRefused
from db.header import check_header
from db.log import driver_connection
from db.models import BY_TABLE, Entity
from db.opening import inspected_copy, read_again
from db.queries.case_file import CaseFileRow, case_file
from db.queries.history import moment
from db.trust import Trust, digest_of


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who edited a file, by their own clock. The name is empty for other programs."""

    name: str
    edits: int
    first: datetime
    last: datetime
    is_ahead: bool
    """Whether an edit is dated later than now."""


@dataclass(frozen=True, slots=True)
class News:
    """What a file knows that a copy of the same case on this computer does not, and the other way round."""

    path: Path
    """The copy here."""
    edits: int
    added: dict[str, int]
    """Records that it creates, by the plural of their kind."""
    changed: int
    """Fields that it sets."""
    deleted: int
    """Records that it deletes."""
    lacks: int
    """Edits here that it does not know."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """A file that somebody else wrote, or an older version. It was inspected, and nothing of it was taken in."""

    path: Path
    digest: str
    """Of what was looked at; `Trust.remember` takes it when the user has decided to open it."""
    size: int
    case: CaseFileRow
    writers: tuple[Writer, ...]
    """Those with the most edits first."""
    was_here: bool
    """Whether the file was open here before: then it was changed since, by somebody or something else."""
    news: tuple[News, ...]
    """One for each file here that is a copy of the same case; those that were given first, first."""
    is_own: bool = False
    """Whether it was written here or let in before: then it is introduced because it is of an older version."""
    is_older: bool = False
    """Whether it is of an older version: it is brought up to date where it is opened for editing."""


def is_stranger(path: Path, trust: Trust) -> bool:
    """Whether a file was neither written here nor let in by the user. False where it cannot even be read."""
    try:
        check_header(path, older=True)
        return not trust.had_open(path) and not trust.accepts(digest_of(path))
    except (FileRefused, OSError):
        return False  # it is refused when it is opened, in words


def introduce(path: Path, trust: Trust, known: Iterable[Path] = ()) -> Introduction:
    """Look at a file on an inspected copy. `known` are files to look for copies of the same case among.

    Raises FileRefused.
    """
    own, others = _parted(known, path)
    with inspected_copy(path, trust) as (copy, digest):
        told = introduction_on(copy, path, was_here=bool(own), known=tuple(_copies(copy, trust, others)))
        is_own = trust.had_open(path) or trust.accepts(digest)
        return replace(told, digest=digest, is_own=is_own, is_older=digest != told.digest)


def introduction_on(copy: Path, path: Path, *, was_here: bool = False, known: Iterable[Path] = ()) -> Introduction:
    """What is told of a file of which there is an inspected private copy. `known` are copies of the same case."""
    with read_again(copy) as session:
        case = case_file(session)
        authors = writers(session)
    news = tuple(_news(copy, known))
    return Introduction(path, digest_of(copy), copy.stat().st_size, case, authors, was_here, news)


def _parted(known: Iterable[Path], path: Path) -> tuple[list[Path], list[Path]]:
    """Those that are this very file, and all others."""
    own: list[Path] = []
    others: list[Path] = []
    for each in known:
        (own if _is_same_file(each, path) else others).append(each)
    return own, others


def writers(session: Session) -> tuple[Writer, ...]:
    """Everybody who edited a file, those with the most edits first."""
    now = datetime.now(UTC)
    rows = driver_connection(session.connection()).execute(
        """SELECT coalesce(a.name, ''), s.author IS NULL, count(*), min(s.written), max(s.written) FROM changeset s
           LEFT JOIN author a ON a.id = s.author GROUP BY s.author ORDER BY count(*) DESC, max(s.written) DESC"""
    )
    return tuple(
        Writer("" if is_program else name or "?", edits, moment(first), moment(last), moment(last) > now)
        for name, is_program, edits, first, last in rows
    )


def _is_same_file(first: Path, second: Path) -> bool:
    with suppress(OSError):
        return first.samefile(second)
    return False


def _copies(copy: Path, trust: Trust, known: Iterable[Path]) -> Iterator[Path]:
    """Those of some files that are of the same case; only what was written or let in here is opened for that."""
    with closing(connect(copy, immutable=True)) as connection:
        cases = _cases(connection)
    for path in known:
        with suppress(FileRefused, OSError, sqlite3.Error):
            check_header(path)
            if trust.had_open(path) or trust.accepts(digest_of(path)):
                with closing(connect(path)) as connection:
                    found = _cases(connection)
                if cases & found:
                    yield path


def _cases(connection: sqlite3.Connection) -> set[bytes]:
    return {key for (key,) in connection.execute("SELECT id FROM case_file")}


def _news(copy: Path, own: Iterable[Path]) -> Iterator[News]:
    for path in own:
        with suppress(sqlite3.Error), _beside(path, copy) as connection:
            yield _compared(connection, path)


@contextmanager
def _beside(path: Path, other: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        connection.execute("ATTACH ? AS other", (file_uri(other),))
        yield connection


_UNKNOWN = "FROM other.changeset s WHERE s.id NOT IN (SELECT id FROM main.changeset)"
_NEW_CHANGES = f"FROM other.change x WHERE x.changeset IN (SELECT s.k {_UNKNOWN})"


def _compared(connection: sqlite3.Connection, path: Path) -> News:
    def count(query: str) -> int:
        return int(connection.execute(f"SELECT count(*) {query}").fetchone()[0])

    added = connection.execute(
        f"""SELECT x.kind, count(DISTINCT x.record) {_NEW_CHANGES} AND x.op = 'I'
            AND NOT EXISTS (SELECT 1 FROM main.change y WHERE y.record = x.record) GROUP BY x.kind"""
    ).fetchall()
    deleted = connection.execute(
        f"SELECT x.kind, count(DISTINCT x.record) {_NEW_CHANGES} AND x.op = 'D' GROUP BY x.kind"
    ).fetchall()
    return News(
        path,
        edits=count(_UNKNOWN),
        added=_by_plural(added),
        changed=count(f"FROM (SELECT DISTINCT x.record, x.field {_NEW_CHANGES} AND x.op = 'U' AND EXISTS"
                      " (SELECT 1 FROM main.change y WHERE y.record = x.record))"),
        deleted=sum(_by_plural(deleted).values()),
        lacks=count("FROM main.changeset s WHERE s.id NOT IN (SELECT id FROM other.changeset)"),
    )  # fmt: skip


def _by_plural(counts: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Records by kind; members of sets, which are rows too, are none."""
    kinds = {kind: (BY_TABLE[kind], count) for kind, count in counts}
    return {
        cls.PLURAL: count for _, (cls, count) in sorted(kinds.items()) if issubclass(cls, Entity) and not cls.MEMBERS
    }
