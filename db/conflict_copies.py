"""Copies that a service makes beside a file when two computers wrote it: known by their names.

A name is a hint only: whether it is the same case, and holds anything new, is for whoever reads it to find out.
"""

import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from db.engine import connect
from db.opening import private_copy
from db.trust import Trust

_NAMES = (
    r" \([^()]*conflicted copy[^()]*\)",  # Dropbox, Nextcloud
    r" \([^()]*(?:Konflikt|copie en conflit|copia en conflicto|copia in conflitto)[^()]*\)",  # Dropbox, translated
    r" \(SFConflict [^()]*\)",  # Seafile
    r" \([^()]*_Conflict\)",  # Synology Drive
    r"_conflict-\d{8}-\d{6}",  # ownCloud
    r"\.sync-conflict-\d{8}-\d{6}(?:-\w+)?",  # Syncthing
    r"\.[Cc]onflict(?:-?\d+)?",  # Resilio
    r" \(\d{1,2}\)",  # Google Drive, and downloads
    r" \d{1,2}",  # iCloud
    r"-[^\W_][\w-]{0,62}(?: ?\(?\d{1,2}\)?)?",  # OneDrive: the computer's name
)
_ENDING = re.compile("|".join(f"(?:{name})" for name in _NAMES))


@dataclass(frozen=True, slots=True)
class News:
    """A conflict copy of the same case, and how many edits in it are unknown here, by whom."""

    path: Path
    edits: int
    authors: tuple[str, ...]


def news_in(path: Path, of: Path, trust: Trust) -> News | None:
    """What a conflict copy knows that the file does not; None where that is nothing, or it is another case.

    The copy is inspected like any file of somebody else. Raises FileRefused.
    """
    with private_copy(path, trust) as copy, closing(connect(copy)) as theirs, closing(connect(of)) as ours:
        if not _ids(theirs, "case_file") & _ids(ours, "case_file"):
            return None
        unknown = _ids(theirs, "changeset") - _ids(ours, "changeset")
        rows = theirs.execute("SELECT s.id, a.name FROM changeset s LEFT JOIN author a ON a.id = s.author ORDER BY s.k")
        authors = dict.fromkeys(name for key, name in rows if key in unknown and name)
    return News(path, len(unknown), tuple(authors)) if unknown else None


def _ids(connection: sqlite3.Connection, table: str) -> set[bytes]:
    return {key for (key,) in connection.execute(f"SELECT id FROM {table}")}


def is_conflict_copy(name: str, of: str) -> bool:
    """Whether a file's name says that it is a conflict copy of another one."""
    stem, ending = of.rpartition(".")[::2] if "." in of else (of, "")
    if not name.startswith(stem) or name == of:
        return False
    rest = name[len(stem) :]
    if ending:
        if not rest.endswith(f".{ending}"):
            return False
        rest = rest[: -len(ending) - 1]
    return bool(_ENDING.fullmatch(rest))


def conflict_copies(path: Path) -> tuple[Path, ...]:
    """What lies beside a file and is called like a conflict copy of it, in the order of names."""
    found: list[Path] = []
    with suppress(OSError):
        found = [each for each in path.parent.iterdir() if is_conflict_copy(each.name, path.name) and each.is_file()]
    return tuple(sorted(found))
