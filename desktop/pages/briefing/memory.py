"""The choices that stay from one sheet to the next: paper and who compiles. Days and markings belong to one sheet."""

from pathlib import Path

from PySide6.QtCore import QSettings

from desktop.printing.options import LONGEST_ORIGINATOR, SheetOptions
from exports.paper import Paper

_PAPER, _ORIGINATOR, _FOLDER = "briefing/paper", "briefing/originator", "briefing/folder"


def remembered_options(settings: QSettings) -> SheetOptions:
    """What was chosen last; whatever cannot be read there counts as never chosen."""
    paper = str(settings.value(_PAPER, ""))
    originator = str(settings.value(_ORIGINATOR, ""))[:LONGEST_ORIGINATOR]
    return SheetOptions(Paper[paper] if paper in Paper.__members__ else Paper.A4, originator=originator)


def remember_options(settings: QSettings, options: SheetOptions) -> None:
    """Keep what stays."""
    settings.setValue(_PAPER, options.paper.name)
    settings.setValue(_ORIGINATOR, options.originator)


def remembered_folder(settings: QSettings, otherwise: Path) -> Path:
    """Where the last sheet was saved, if that is still there."""
    folder = Path(str(settings.value(_FOLDER, "")) or ".")
    return folder if folder.is_absolute() and folder.is_dir() else otherwise


def remember_folder(settings: QSettings, folder: Path) -> None:
    """Keep where a sheet was saved."""
    settings.setValue(_FOLDER, str(folder))
