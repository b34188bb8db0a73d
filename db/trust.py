"""What this installation wrote itself: such a file need not be inspected again, and may be recovered after a crash."""

import hashlib
from contextlib import suppress
from pathlib import Path

from db.errors import FileRefused

_BLOCK = 1 << 20
_MOST = 2000


class Trust:
    """Hashes of the files that this installation wrote or inspected, and the paths that it has open for writing.

    Kept as empty files in a folder of the user's data, so that several processes need no lock.
    """

    def __init__(self, folder: Path) -> None:
        self._known = folder / "known"
        self._open = folder / "open"

    def knows(self, digest: str) -> bool:
        """Whether a file of this SHA-256 was written or inspected here."""
        return (self._known / digest).exists()

    def remember(self, digest: str) -> None:
        """Trust a file of this SHA-256; the oldest are forgotten beyond some thousands.

        Where the folder cannot be written, nothing is remembered: the file is inspected again the next time.
        """
        with suppress(OSError):
            self._known.mkdir(parents=True, exist_ok=True)
            (self._known / digest).touch()
            marks = list(self._known.iterdir())
            if len(marks) > _MOST:
                for mark in sorted(marks, key=_age)[: len(marks) - _MOST]:
                    mark.unlink(missing_ok=True)

    def note_open(self, path: Path) -> None:
        """Write down that this installation has the file open for writing, so that it may be recovered after a crash.

        Raises FileRefused where that cannot be written down.
        """
        try:
            self._open.mkdir(parents=True, exist_ok=True)
            self._mark(path).touch()
        except OSError as error:
            raise FileRefused(
                f"The folder {self._open} cannot be written: {error.strerror or error}. "
                f"Without it, {path.name} could not be recovered after a crash, so it was not opened for editing."
            ) from error

    def note_closed(self, path: Path) -> None:
        """Write down that it was closed in order."""
        with suppress(OSError):
            self._mark(path).unlink(missing_ok=True)

    def had_open(self, path: Path) -> bool:
        """Whether this installation opened the file for writing and never closed it: it crashed, or is at work."""
        return self._mark(path).exists()

    def _mark(self, path: Path) -> Path:
        return self._open / hashlib.sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()


def _age(mark: Path) -> float:
    with suppress(FileNotFoundError):
        return mark.stat().st_mtime
    return 0.0


def digest_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
