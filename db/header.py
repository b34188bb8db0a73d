"""The first hundred bytes of a file, read without SQLite: whether it can be a case file at all."""

import os
import struct
from pathlib import Path

from db.errors import FileRefused, OlderFile
from db.migrations import steps_from
from db.schema import APPLICATION_ID, VERSION

_MAGIC = b"SQLite format 3\x00"
_LENGTH = 100
_DENSITY = 16
"""How many times smaller than its bytes a file may be on a disk that compresses; one of holes is smaller still."""


def check_header(path: Path, *, older: bool = False) -> int:
    """Refuse what is no case file of this version; `older`: or of one that can be brought up to it. Give its version.

    Raises FileRefused, and OlderFile for a sound header of an older version. Offsets are those of SQLite's format.
    """
    header = _read(path)
    if not header.startswith(_MAGIC):
        raise FileRefused(f"{path.name} is not a Depositary case file. It was not touched.")
    if struct.unpack_from(">I", header, 68)[0] != APPLICATION_ID:
        raise FileRefused(f"{path.name} is a database of another program. It was not touched.")
    version: int = struct.unpack_from(">I", header, 60)[0]
    _check_version(path, version)
    _check_layout(path, header)
    if version != VERSION and not older:
        raise OlderFile(
            f"{path.name} was written by an older version of Depositary. It has to be brought up to date to be edited. "
            "It was not touched."
        )
    return version


def is_older(path: Path) -> bool:
    """Whether a file is of an older version that can be brought up to date. False where it cannot even be read."""
    try:
        return check_header(path, older=True) != VERSION
    except FileRefused:
        return False


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise FileRefused(f"There is no file {path}.")
        if not path.is_file():
            raise FileRefused(f"{path} is not a file.")
        with path.open("rb") as file:
            header = file.read(_LENGTH)
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be read: {error.strerror or error}.") from error
    if not header:
        raise FileRefused(f"{path.name} is empty: it has no bytes at all. It was not touched.")
    if len(header) < _LENGTH:
        raise FileRefused(f"{path.name} is not a Depositary case file. It was not touched.")
    return header


def _check_version(path: Path, version: int) -> None:
    if version > VERSION:
        raise FileRefused(
            f"{path.name} was made by a newer version of Depositary. Update the program to open it. It was not touched."
        )
    if version != VERSION and not steps_from(version):
        raise FileRefused(f"{path.name} has a version that Depositary never made. It was not touched.")


def _check_layout(path: Path, header: bytes) -> None:
    if header[18:20] != b"\x01\x01":
        raise FileRefused(f"{path.name} keeps part of its data in a second file. It was not touched.")
    if struct.unpack_from(">I", header, 56)[0] != 1:
        raise FileRefused(f"{path.name} does not hold its text as UTF-8. It was not touched.")
    page_size = struct.unpack_from(">H", header, 16)[0]
    page_size = 65536 if page_size == 1 else page_size
    pages = struct.unpack_from(">I", header, 28)[0]
    found = os.stat(path)
    if page_size < 512 or page_size & (page_size - 1) or found.st_size != pages * page_size:
        raise FileRefused(f"{path.name} is not whole: its size does not fit what it says. It was not touched.")
    if getattr(found, "st_blocks", found.st_size) * 512 * _DENSITY < found.st_size:  # to read it would take for ever
        raise FileRefused(f"{path.name} is not whole: most of it is not there. It was not touched.")
