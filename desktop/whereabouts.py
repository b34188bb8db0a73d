"""Where somebody was in a case file when its window was closed, so that it opens there again."""

import hashlib
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QSettings

from db.models import BY_PLURAL
from desktop.navigation import FRONT, Destination
from desktop.places import Place

_PAGES = ("list", "review", "history", "search", "briefing")


def remember_stop(settings: QSettings, path: Path, destination: Destination, place: Place | None) -> None:
    """Write down a page and the record beside it."""
    record = place.record.hex if place else ""
    settings.setValue(_key(path), [destination.page, destination.kind, record])


def remembered_stop(settings: QSettings, path: Path) -> tuple[Destination, Place | None]:
    """The page and record of last time; the first list where there was none."""
    stored = settings.value(_key(path))
    if isinstance(stored, list) and len(stored) == 3:
        page, kind, record = (str(word) for word in stored)
        if page in _PAGES and (kind in BY_PLURAL) == (page == "list"):
            return Destination(page, kind), Place(UUID(hex=record)) if len(record) == 32 else None
    return Destination("list", FRONT[0]), None


def _key(path: Path) -> str:
    return f"stops/{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
