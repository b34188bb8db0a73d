"""Copies of kept files outside of the case file: to look at with the system's program, or to keep somewhere."""

from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from db.operations.contents import clean_filename, write_content
from desktop.errors import expected
from desktop.live import LiveCase

_DOCUMENTS = (
    "avif bmp csv docx eml epub gif heic htm html jpeg jpg json md mhtml mp3 mp4 msg odp ods odt pdf png pptx rtf svg"
    " tif tiff tsv txt wav webp xlsx xml zip"
)
OPENED = frozenset(f".{each}" for each in _DOCUMENTS.split())
"""Suffixes of documents. Anything else could be a program, and a case file may come from anybody."""


class FileCopies(QObject):
    """Writes copies beside the window's thread. Those that are only looked at go when the program ends."""

    told = Signal(str, object)

    def __init__(self, live: LiveCase, parent: QWidget) -> None:
        super().__init__(parent)
        self._live = live
        self._window = parent
        self._folder: QTemporaryDir | None = None
        self._saving: UUID | None = None

    def open(self, record: UUID, name: str) -> None:
        """Show a file in the program that the system has for it."""
        name = clean_filename(name)
        if Path(name).suffix.casefold() not in OPENED:
            words = self.tr(
                "“{name}” is no kind of document that is safe to open from here. Save a copy if you trust it."
            )
            self.told.emit(words.format(name=name), None)
            return
        if self._folder is None:
            self._folder = QTemporaryDir()
        place = Path(self._folder.path()) / uuid4().hex
        place.mkdir()
        self._live.read(write_content, record, place / name, then=self._launch, failed=self._fail)

    def ask_where(self, record: UUID, name: str) -> None:
        """Ask where a copy is to be kept, and write it there."""
        self._saving = record
        dialog = QFileDialog(self._window, self.tr("Save a copy"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(clean_filename(name))
        dialog.fileSelected.connect(self.save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save(self, path: str) -> None:
        """Write the copy that was asked for."""
        if self._saving is not None:
            self._live.read(write_content, self._saving, Path(path), then=self._say_saved, failed=self._fail)

    def _launch(self, path: Path) -> None:
        path.chmod(0o400)  # what is written into the copy would be lost: let the program say so
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.told.emit(self.tr("The system has no program for “{name}”.").format(name=path.name), None)

    def _say_saved(self, path: Path) -> None:
        self.told.emit(self.tr("Saved a copy as {path}.").format(path=path), None)

    def _fail(self, error: BaseException) -> None:
        trouble = expected(error)
        if trouble is None:
            self._live.troubled.emit(error)
        else:
            self.told.emit(trouble.text, None)
