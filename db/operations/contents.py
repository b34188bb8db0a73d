"""Files kept in the case file: attachments of any record, and snapshots of what a source held.

Bytes are stored once, by their SHA-256, and never changed. They are no part of the change log, which only names them:
deleting an attachment, or undoing that it was added, takes away the record and leaves the bytes, because the log can
bring the record back at any time. A copy for sharing is made without bytes that nothing in it names.
"""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.engine import LONGEST_VALUE
from db.errors import InvalidValue
from db.log import driver_connection
from db.media import HEAD, media_type
from db.models import Attachment, Content, Snapshot
from db.models.base import Entity
from db.operations.records import add_records
from db.triggers import table_of

LARGEST = LONGEST_VALUE - 4096
"""Bytes of one file: a whole row must stay below SQLite's limit (`db.engine.LONGEST_VALUE`)."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that the case file holds."""

    sha256: bytes
    size: int
    media_type: str


def add_content(session: Session, data: bytes, name: str = "") -> Kept:
    """Keep some bytes, once, however often they are given; `name` helps to tell what they are. Raises InvalidValue."""
    if len(data) > LARGEST:
        raise InvalidValue(_too_large(name or "This", len(data)))
    digest = hashlib.sha256(data).digest()
    if not _is_known(session, digest):
        session.execute(insert(Content), {"sha256": digest, "data": data})
    return Kept(digest, len(data), media_type(name, data[:HEAD]))


def attach_files(session: Session, record: uuid.UUID, paths: Sequence[Path]) -> list[uuid.UUID]:
    """Keep files with a record: all of them, or none. Gives the attachments' ids.

    Raises InvalidValue for a file that is too large or cannot be read, before anything is written.
    """
    rows = [
        {"record": record, "filename": clean_filename(path.name), "media_type": kept.media_type, "size": kept.size,
         "sha256": kept.sha256}
        for path, kept in _keep(session, paths)
    ]  # fmt: skip
    return add_records(session, Attachment, rows)


def keep_snapshots(
    session: Session, source: uuid.UUID, paths: Sequence[Path], *, now: datetime | None = None
) -> list[uuid.UUID]:
    """Keep files as what a source held when they were captured, which is now. Raises InvalidValue."""
    captured = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [
        {"source": source, "media_type": kept.media_type, "size": kept.size, "sha256": kept.sha256,
         "captured_at": captured}
        for _, kept in _keep(session, paths)
    ]  # fmt: skip
    return add_records(session, Snapshot, rows)


def clean_filename(name: str) -> str:
    """A file's name as every system takes it: without a folder, controls, or marks that turn its direction."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].encode("utf-8", "replace").decode()
    kept = "".join("_" if character in '<>:"|?*' else character for character in last if character.isprintable())
    return kept.strip(". ")[:200] or "file"


def _keep(session: Session, paths: Sequence[Path]) -> list[tuple[Path, Kept]]:
    looks = [(path, _look_at(path)) for path in paths]
    for path, kept in looks:
        if not _is_known(session, kept.sha256):
            _copy_in(session, path, kept)
    return looks


def _look_at(path: Path) -> Kept:
    """What a file is, before anything is written. It is read piece by piece, here and when it is copied in."""
    if path.is_dir():
        raise InvalidValue(f"“{path.name}” is a folder. Nothing was added.")
    digest, size, head = hashlib.sha256(), 0, b""
    for piece in _pieces(path):
        head = head or piece[:HEAD]
        size += len(piece)
        if size > LARGEST:
            raise InvalidValue(_too_large(path.name, path.stat().st_size))
        digest.update(piece)
    return Kept(digest.digest(), size, media_type(path.name, head))


def _pieces(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                yield piece
    except OSError as error:
        raise InvalidValue(f"“{path.name}” cannot be read: {error.strerror}. Nothing was added.") from None


def _is_known(session: Session, digest: bytes) -> bool:
    return session.scalar(select(Content.pk).where(Content.sha256 == digest)) is not None


def _copy_in(session: Session, path: Path, kept: Kept) -> None:
    """Copy a file into a blob of its size. As one value, Python would hold every thread up while SQLite copies it."""
    connection = driver_connection(session.connection())
    row = connection.execute("INSERT INTO content(sha256, data) VALUES(?, zeroblob(?))", (kept.sha256, kept.size))
    assert row.lastrowid is not None
    digest, size = hashlib.sha256(), 0
    with connection.blobopen("content", "data", row.lastrowid) as blob:
        for piece in _pieces(path):
            size += len(piece)
            if size > kept.size:
                break
            digest.update(piece)
            blob.write(piece)
    if size != kept.size or digest.digest() != kept.sha256:
        raise InvalidValue(f"“{path.name}” was changed while it was read. Nothing was added.")


def _too_large(name: str, size: int) -> str:
    return (
        f"“{name}” has {size / 1e6:,.0f} MB; a case file keeps up to {LARGEST / 1e6:,.0f} MB per file. "
        "Nothing was added."
    )


def write_content(session: Session, record: uuid.UUID, path: Path) -> Path:
    """Write the bytes of an attachment or snapshot to a file, whole or not at all; doing it twice does no harm.

    Raises InvalidValue where the record or its bytes are gone, and OSError.
    """
    digest = _digest_of(session, record)
    pk = session.scalar(select(Content.pk).where(Content.sha256 == digest)) if digest else None
    if pk is None:
        raise InvalidValue("The file is not in this case file any more. Nothing was written.")
    draft = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        connection = driver_connection(session.connection())
        with connection.blobopen("content", "data", pk, readonly=True) as blob, draft.open("xb") as file:
            while chunk := blob.read(_CHUNK):
                file.write(chunk)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _digest_of(session: Session, record: uuid.UUID) -> bytes | None:
    kinds: tuple[type[Entity], ...] = (Attachment, Snapshot)
    for cls in kinds:
        table = table_of(cls)
        found: bytes | None = session.scalar(select(table.c.sha256).where(table.c.id == record))
        if found is not None:
            return found
    return None
