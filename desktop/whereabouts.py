"""Where somebody was in a case file when its window was closed, and where the window was: it opens there again."""

import hashlib
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from db.models import BY_PLURAL
from desktop.navigation import FRONT, Destination
from desktop.places import Place

FRAME = 40
"""Pixels that a title bar may take; how many it does is known only once it is there."""
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


def remember_window(settings: QSettings, window: QMainWindow) -> None:
    """Write down where a window is, with its frame, how large it is, and whether it fills the screen.

    Qt's own saveGeometry tells where the inside of the frame is. Where the frame is not known before the window is
    shown, as on X11, each restart then moves it by the height of a title bar.
    """
    if not window.isMaximized() and not window.isFullScreen():
        settings.setValue("window/place", window.pos())
        settings.setValue("window/size", window.size())
    settings.setValue("window/maximized", window.isMaximized())


def place_window(settings: QSettings, window: QMainWindow, at_first: QSize) -> None:
    """Put a window where it was, or give it its first size; never larger than a screen that is there."""
    place, size = settings.value("window/place"), settings.value("window/size")
    screen = (QGuiApplication.screenAt(place) if isinstance(place, QPoint) else None) or window.screen()
    room = screen.availableGeometry()
    wanted = size if isinstance(size, QSize) and size.isValid() else at_first
    fits = room.width() >= window.minimumSizeHint().width()
    most = QSize(room.width() if fits else wanted.width(), room.height() - FRAME)
    window.resize(wanted.boundedTo(most))
    if isinstance(place, QPoint) and room.contains(place):
        window.move(place)
    if str(settings.value("window/maximized", "false")).casefold() == "true":
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _key(path: Path) -> str:
    return f"stops/{hashlib.sha256(str(path).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
