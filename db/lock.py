"""The lock beside an open case file: an OS lock in a sidecar that names its holder, as LibreOffice does.

Its lines are the login, the host, the process, and the name under which the holder edits, where that is known.

The operating system drops the lock when the holder dies, so a stale sidecar never locks anybody out.
No library is used because the sidecar must stay readable to others while it is locked.
"""

import errno
import getpass
import os
import socket
import stat
import sys
from contextlib import suppress
from pathlib import Path

from db.errors import FileInUse, FileRefused

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """A byte that holds nothing: Windows keeps others from reading what is locked."""

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_CAREFULLY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A link would lead to a file of anybody's, and a pipe would keep us waiting."""
_LONGEST = 2000
_NO_LOCK = "is no lock of ours, although it is called like one. Take it away to edit. The file can still be read."


def _is_plain(descriptor: int) -> bool:
    """Whether it is a file, and under no second name: what is written into it is written nowhere else."""
    found = os.fstat(descriptor)
    return stat.S_ISREG(found.st_mode) and found.st_nlink <= 1


class FileLock:
    """Held while a case file is open for writing."""

    def __init__(self, case_file: Path, name: str = "") -> None:
        self._name = name
        self.sidecar = case_file.with_name(f".~lock.{case_file.name}#")
        self._descriptor: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is held by this very object."""
        return self._descriptor is not None

    def acquire(self) -> None:
        """Take the lock. Raises FileInUse, which names the holder, and FileRefused in a read-only folder."""
        if not self._take():
            raise FileInUse(f"It is open for editing: {self.holder()}. It can still be read.")

    def __enter__(self) -> "FileLock":
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def is_held_elsewhere(self) -> bool:
        """Whether another process holds the lock now."""
        if self._descriptor is not None:
            return False
        try:
            descriptor = os.open(self.sidecar, os.O_RDONLY | _CAREFULLY)
        except OSError:
            return False
        try:
            return _is_plain(descriptor) and not _try_lock(descriptor)  # closing it gives the lock back
        finally:
            os.close(descriptor)

    def holder(self) -> str:
        """Who holds it, as the sidecar says."""
        with suppress(OSError, UnicodeDecodeError, ValueError):
            user, host, process, *names = self._words().splitlines()
            if len(names) <= 1:
                return f"{''.join(names) or user} on {host} (process {process})"
        return "by somebody who left no name"

    def release(self) -> None:
        """Give the lock back and take the sidecar away. Nothing happens if it is not held."""
        if self._descriptor is not None:
            if sys.platform != "win32":
                with suppress(OSError):  # its folder may be gone, or the sidecar somebody else's by now
                    if self._is_current(self._descriptor):
                        self.sidecar.unlink()
            os.close(self._descriptor)
            self._descriptor = None
            if sys.platform == "win32":
                with suppress(OSError):
                    self.sidecar.unlink()

    def _take(self) -> bool:
        while True:
            descriptor = self._open()
            if not _try_lock(descriptor):
                os.close(descriptor)
                return False
            if self._is_current(descriptor):
                break
            os.close(descriptor)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{_user()}\n{socket.gethostname()}\n{os.getpid()}\n{self._name}\n".encode())
        self._descriptor = descriptor
        return True

    def _words(self) -> str:
        descriptor = os.open(self.sidecar, os.O_RDONLY | _CAREFULLY)
        with os.fdopen(descriptor, encoding="utf-8") as file:
            return file.read(_LONGEST) if _is_plain(descriptor) else ""

    def _open(self) -> int:
        """Open the sidecar, made where there is none; never what somebody else put in its place."""
        try:
            descriptor = os.open(self.sidecar, os.O_RDWR | os.O_CREAT | _CAREFULLY, 0o644)
            if _is_plain(descriptor):
                return descriptor
            os.close(descriptor)
            raise FileRefused(f"{self.sidecar.name} {_NO_LOCK}")
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
                raise FileRefused(f"{self.sidecar.name} {_NO_LOCK}") from error
            raise FileRefused(
                f"The folder of {self.sidecar.name} cannot be written: {error.strerror or error}. "
                "The file can still be read."
            ) from error

    def _is_current(self, descriptor: int) -> bool:
        """Whether nobody took the sidecar away between our opening and our locking it."""
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self.sidecar))
        except FileNotFoundError:
            return False


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
