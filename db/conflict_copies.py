"""Copies that a service makes beside a file when two computers wrote it: known by their names.

A name is a hint only: whether it is the same case, and holds anything new, is for whoever reads it to find out.
"""

import re
from contextlib import suppress
from pathlib import Path

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
