"""What somebody drags onto a window."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from db.opening import SUFFIX


def dropped_files(event: QDropEvent) -> list[Path]:
    """The files of this computer that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


def case_files(event: QDropEvent) -> list[Path]:
    """Those of them that are case files."""
    return [path for path in dropped_files(event) if path.suffix == SUFFIX]
