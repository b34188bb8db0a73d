"""The case files that were opened lately, newest first."""

from pathlib import Path

from PySide6.QtCore import QSettings

_KEY = "files/recent"
_MOST = 12


def recent_files(settings: QSettings) -> list[Path]:
    """The files that were opened lately, whether they are still there or not."""
    stored = settings.value(_KEY, [])
    words = stored if isinstance(stored, list) else [stored]
    return [Path(str(word)) for word in words if word]


def remember_file(settings: QSettings, path: Path) -> None:
    """Put a file in front."""
    others = [each for each in recent_files(settings) if each != path]
    settings.setValue(_KEY, [str(each) for each in [path, *others][:_MOST]])


def forget_file(settings: QSettings, path: Path) -> None:
    """Take a file out of the list."""
    settings.setValue(_KEY, [str(each) for each in recent_files(settings) if each != path])
