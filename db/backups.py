"""Backups of a case file in the user's data folder: made while it is edited, and before what changes much at once.

A backup is a case file like any other. Its name says when it was made (UTC), why, and of which revision; its folder
says of which file and case. There is nothing else to keep, so a person can find and use one without this program.
"""

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path

from db.copying import DRAFT, copy_moment, draft_in, put_in_place, sync_folder
from db.engine import connect
from db.errors import FileNotWritten
from db.log import revision

_SUFFIX = ".casefile"
_TIME = "%Y-%m-%d %H.%M.%SZ"
_LONGEST_NAME = 120
"""Bytes of a file's name that its folder's name tells: names have 255 at most."""
_ROOM = 256 << 20
"""Bytes that a backup leaves free on the disk."""
_ABANDONED = timedelta(hours=1)
UNREADABLE = "unreadable"
"""In place of a revision: what was kept of a file that no query could be asked of."""


class Why(StrEnum):
    """What a backup was made for."""

    HOURLY = "hourly"
    DAILY = "daily"
    BY_HAND = "by hand"
    BEFORE_MERGE = "before merge"
    BEFORE_IMPORT = "before import"
    BEFORE_MIGRATION = "before migration"
    BEFORE_RESTORE = "before restore"

    @property
    def is_rolling(self) -> bool:
        """Whether it is one of many that the clock makes."""
        return self in (Why.HOURLY, Why.DAILY)


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. `size` is in bytes, `revision` as `db.log.revision` tells it, or UNREADABLE."""

    path: Path
    at: datetime
    why: Why
    size: int
    revision: str

    @property
    def of(self) -> str:
        """The name of the file that it was made of, without its ending: copies of a case find each other's backups."""
        return self.path.parent.name.rpartition(" (")[0]

    def is_of(self, path: Path) -> bool:
        """Whether it was made of a file of this name, and not of another copy of its case."""
        return self.of == _stem(path)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much is kept of one file: so many of the clock's, the others for some days; the newest one always."""

    hourly: int = 24
    daily: int = 30
    days: int = 90
    most_bytes: int = 4 << 30


_NAME = re.compile(
    rf"(?P<at>\d{{4}}-\d\d-\d\d \d\d\.\d\d\.\d\dZ) (?P<why>{'|'.join(Why)}) "
    rf"(?P<revision>[0-9a-f]{{12}}|{UNREADABLE})(?: \d+)?{re.escape(_SUFFIX)}"
)
KEEPING = Keeping()


def back_up(
    path: Path,
    why: Why,
    folder: Path,
    *,
    now: datetime | None = None,
    keeping: Keeping = KEEPING,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Backup:
    """Back a case file up into a folder for all backups, and clear away what is too old; call it beside the window.

    The file may be open and written meanwhile. Where the newest backup has the same revision no other one is made: it
    is the backup, under the reason that keeps it longer. Raises FileNotWritten (no backup was made, the case file is
    as it was) and db.copying.CopyStopped.
    """
    moment = now or datetime.now(UTC)
    try:
        return _back_up(path, why, folder, moment, keeping, is_stopped)
    except sqlite3.Error as error:
        raise FileNotWritten(f"No backup of {path.name} was made: it cannot be read ({error}).") from error
    except OSError as error:
        raise FileNotWritten(f"No backup of {path.name} was made: {error.strerror or error}.") from error


def back_up_if_due(
    path: Path, folder: Path, *, now: datetime | None = None, is_stopped: Callable[[], bool] = lambda: False
) -> Backup | None:
    """Back a file up where it has changed and its newest backup is an hour old: the first of a day is that day's."""
    moment = now or datetime.now(UTC)
    made = [backup for backup in backups_of(path, folder) if backup.at <= moment]
    if made and moment - made[0].at < timedelta(hours=1):
        return None
    has_daily = any(backup.why is Why.DAILY and backup.at.date() == moment.date() for backup in made)
    return back_up(path, Why.HOURLY if has_daily else Why.DAILY, folder, now=moment, is_stopped=is_stopped)


def backups_of(path: Path, folder: Path) -> tuple[Backup, ...]:
    """The backups of a case file, the newest first: by its case, or by its name where the file itself is lost.

    Copies of a case share it, so that a file that was moved or renamed finds its own again.
    """
    found = [backup for shelf in _shelves_of(path, folder) for backup in _on(shelf)]
    return tuple(sorted(found, key=_age, reverse=True))


def read_name(path: Path) -> Backup | None:
    """A backup by its name; None for a file that is none. Raises OSError where it is gone."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    at = datetime.strptime(match["at"], _TIME).replace(tzinfo=UTC)
    return Backup(path, at, Why(match["why"]), path.stat().st_size, match["revision"])


def keep_bytes(path: Path, shelf: Path, now: datetime | None = None) -> Backup:
    """Keep a file that cannot be read as a case file, byte by byte, on the shelf of another backup of it.

    Raises FileNotWritten.
    """
    try:
        with draft_in(shelf) as draft:
            draft.touch(0o600)
            shutil.copyfile(path, draft)
            return _put(draft, shelf, now or datetime.now(UTC), Why.BEFORE_RESTORE, UNREADABLE)
    except OSError as error:
        raise FileNotWritten(f"{path.name} could not be kept as it is: {error.strerror or error}.") from error


def _back_up(
    path: Path, why: Why, folder: Path, now: datetime, keeping: Keeping, is_stopped: Callable[[], bool]
) -> Backup:
    shelf = _shelf(path, folder)
    _clear_drafts(shelf, now)
    newest = next(iter(_on(shelf)), None)
    if newest is not None and newest.revision == _revision(path):
        made = _keep_longer(newest, why)
    else:
        _refuse_without_room(path, shelf)
        with draft_in(shelf) as draft:
            copy_moment(path, draft, is_stopped)
            made = _put(draft, shelf, now, why, _revision(draft))
    _prune(shelf, keeping, now)
    return made


def _shelf(path: Path, folder: Path) -> Path:
    """The folder for the backups of one file; it tells its name and its case."""
    case = next(iter(_cases(path)), "no case")
    shelf = folder / f"{_stem(path)} ({case})"
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    return shelf


def _stem(path: Path) -> str:
    """A file's name as a folder can have it; a name need not be UTF-8, or short."""
    name = path.name.removesuffix(_SUFFIX).encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore")
    return name.strip(" .") or "case"


def _cases(path: Path) -> tuple[str, ...]:
    """The cases whose copy a file is, as a merge can make it one of several; none where it cannot be read."""
    try:
        with closing(connect(path)) as connection:
            rows = connection.execute("SELECT id FROM case_file ORDER BY id").fetchall()
    except sqlite3.Error:
        return ()
    return tuple(key.hex()[-12:] for (key,) in rows)


def _revision(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


def _shelves_of(path: Path, folder: Path) -> Iterator[Path]:
    endings = tuple(f" ({case})" for case in _cases(path))
    for shelf in folder.iterdir() if folder.is_dir() else ():
        if shelf.name.endswith(endings) if endings else shelf.name.startswith(f"{_stem(path)} ("):
            yield shelf


def _on(shelf: Path) -> list[Backup]:
    """The backups in one folder, the newest first; drafts and other people's files are none."""
    found: list[Backup] = []
    for path in shelf.iterdir():
        with suppress(OSError):  # one that was cleared away meanwhile
            backup = read_name(path)
            if backup is not None:
                found.append(backup)
    return sorted(found, key=_age, reverse=True)


def _age(backup: Backup) -> tuple[datetime, str]:
    return backup.at, backup.path.name


def _put(draft: Path, shelf: Path, now: datetime, why: Why, told: str) -> Backup:
    """Give a finished backup its name: only from then on it is one."""
    path = _free_name(shelf, now, why, told)
    put_in_place(draft, path)
    made = read_name(path)
    assert made is not None
    return made


def _free_name(shelf: Path, now: datetime, why: Why, told: str) -> Path:
    start = f"{now.astimezone(UTC):{_TIME}} {why} {told}"
    names = (start if number == 1 else f"{start} {number}" for number in count(1))
    return next(path for name in names if not (path := shelf / (name + _SUFFIX)).exists())


def _keep_longer(backup: Backup, why: Why) -> Backup:
    """Give a backup of the same revision the reason that keeps it longer."""
    if why.is_rolling or not backup.why.is_rolling:
        return backup
    path = _free_name(backup.path.parent, backup.at, why, backup.revision)
    backup.path.rename(path)
    sync_folder(path.parent)
    return replace(backup, path=path, why=why)


def _refuse_without_room(path: Path, shelf: Path) -> None:
    if shutil.disk_usage(shelf).free < path.stat().st_size + _ROOM:
        raise FileNotWritten(f"No backup of {path.name} was made: there is too little room in {shelf}.")


def _clear_drafts(shelf: Path, now: datetime) -> None:
    """Take away what a crash left behind; a draft that is being written is younger."""
    for draft in shelf.glob(f"{DRAFT}*"):
        with suppress(OSError):
            if now.timestamp() - draft.stat().st_mtime > _ABANDONED.total_seconds():
                draft.unlink()


def _prune(shelf: Path, keeping: Keeping, now: datetime) -> None:
    """Clear away what is beyond the rule; where the disk refuses, it is tried again the next time."""
    for backup in beyond(_on(shelf), keeping, now):
        with suppress(OSError):
            backup.path.unlink()


def beyond(backups: Sequence[Backup], keeping: Keeping, now: datetime) -> tuple[Backup, ...]:
    """Which backups of one file, the newest first, are not kept."""
    old: list[Backup] = []
    counts: Counter[Why] = Counter()
    room = keeping.most_bytes
    for place, backup in enumerate(backups):
        counts[backup.why] += 1
        room -= backup.size
        if place and (room < 0 or _is_beyond(backup, counts[backup.why], keeping, now)):
            old.append(backup)
            room += backup.size
    return tuple(old)


def _is_beyond(backup: Backup, number: int, keeping: Keeping, now: datetime) -> bool:
    match backup.why:
        case Why.HOURLY:
            return number > keeping.hourly
        case Why.DAILY:
            return number > keeping.daily
    return now - backup.at > timedelta(days=keeping.days)
