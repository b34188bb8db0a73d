"""What this installation wrote itself: such a file need not be inspected again, and may be recovered after a crash."""

import hashlib
from contextlib import suppress
from pathlib import Path

from db.errors import FileRefused

_BLOCK = 1 << 20
_MOST = 2000
_INSPECTED = b"inspected\n"
"""What the mark of a file holds that nobody has let in yet; the others are empty."""


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

    def accepts(self, digest: str) -> bool:
        """Whether a file of this SHA-256 was written here, or let in by the user; an inspection alone is neither."""
        with suppress(OSError):
            return (self._known / digest).read_bytes() == b""
        return False

    def remember(self, digest: str, *, only_inspected: bool = False) -> None:
        """Trust a file of this SHA-256; the oldest are forgotten beyond some thousands.

        Where the folder cannot be written, nothing is remembered: the file is inspected again the next time.
        """
        with suppress(OSError):
            self._known.mkdir(parents=True, exist_ok=True)
            if not (only_inspected and self.knows(digest)):
                (self._known / digest).write_bytes(_INSPECTED if only_inspected else b"")
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


def copy_digested(path: Path, copy: Path) -> str:
    """Copy a file, and give the SHA-256 of what was copied, which it need not be any more."""
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("xb") as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()
