"""From an error to words and an exit code: what a person is told, and what a script can rely on."""

import errno
import re
import sqlite3
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from pathlib import Path

from db.errors import (
    CaseFileError,
    FilterError,
    InvalidValue,
    LaterEdit,
    RecordInUse,
    RecordNotFound,
)
from desktop.folders import log_folder
from desktop.words import tr


class ExitCode(IntEnum):
    """How a command ended."""

    FINE = 0
    FINDINGS = 1
    """There is something to look at: a difference, a finding, a change that stands in the way."""
    USAGE = 2
    """What was typed cannot be meant: a command, a value, an id, a filter."""
    UNUSABLE = 3
    """A file or a folder cannot be used."""
    UNEXPECTED = 70
    """A fault of the program (EX_SOFTWARE of sysexits.h)."""
    INTERRUPTED = 130
    """Ctrl+C (128 + SIGINT)."""
    BROKEN_PIPE = 141
    """Whoever read the output went away (128 + SIGPIPE)."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """An error as it is told: its type in snake case, one or two sentences, and how the command ends.

    `position` is the offset in a filter at which something stands in the way.
    """

    type: str
    text: str
    code: ExitCode
    position: int | None = None


_CODES: dict[type[Exception], ExitCode] = {
    FilterError: ExitCode.USAGE,
    InvalidValue: ExitCode.USAGE,
    RecordNotFound: ExitCode.USAGE,
    LaterEdit: ExitCode.FINDINGS,
    RecordInUse: ExitCode.FINDINGS,
}


def expected(error: BaseException) -> Trouble | None:
    """The words for an error that can happen to anybody; None for one that should never happen."""
    original = getattr(error, "orig", None) or error  # SQLAlchemy wraps what SQLite raised
    if isinstance(original, sqlite3.Error):
        return _of_database(original)
    if isinstance(error, CaseFileError):
        code = _CODES.get(type(error), ExitCode.UNUSABLE)
        return Trouble(_name(error), str(error), code, getattr(error, "position", None))
    if isinstance(error, OSError):
        return Trouble("file_error", _of_system(error), ExitCode.UNUSABLE)
    if any(cls.__name__ == "BriefingError" for cls in type(error).__mro__):  # no import: PDF is slow to load
        return Trouble(_name(error), str(error), ExitCode.FINDINGS)
    return None


def _name(error: BaseException) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()


def _of_system(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return tr("There is no room left on the disk. Nothing was changed.")
    reason = error.strerror or type(error).__name__
    name = error.filename if isinstance(error.filename, str | Path) else ""
    return tr("{file} cannot be used: {reason}.").format(file=name, reason=reason) if name else f"{reason}."


def _of_database(error: sqlite3.Error) -> Trouble | None:
    """What keeps a file from being read; what keeps one from being written is typed already."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        text = tr("The file is damaged; `depositary check` tells more. It was not changed.")
    elif name.startswith(_OBSTACLES):
        text = tr("The file could not be read: {reason}.").format(reason=error)
    else:
        return None
    return Trouble("file_error", text, ExitCode.UNUSABLE)


_OBSTACLES = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_READONLY", "SQLITE_PERM")


def unexpected(error: BaseException) -> Trouble:
    """A fault of the program: calm words, and the details in a file of the user's log folder."""
    text = tr("Something went wrong that should not have. The case file is as its last completed edit left it.")
    try:
        place = tr("Details for a report are in {path}.").format(path=_keep_details(error))
    except OSError:
        place = tr("The details could not be written down.")
    return Trouble("unexpected", f"{text}\n{place}", ExitCode.UNEXPECTED)


def _keep_details(error: BaseException) -> Path:
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"failure-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"
    details = "".join(traceback.format_exception(error))
    path.write_text(details, encoding="utf-8", errors="backslashreplace")
    return path
