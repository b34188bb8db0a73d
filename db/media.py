"""What kind of file some bytes are: by their first bytes where those tell, else by the file's name."""

import mimetypes
from pathlib import PurePath

UNKNOWN = "application/octet-stream"
HEAD = 512
"""Bytes that are enough to tell."""
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
"""Signatures that nothing else begins with (IANA media types)."""
_ZIPPED = b"PK\x03\x04"
_BY_SUFFIX = {
    ".casefile": "application/vnd.sqlite3",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".epub": "application/epub+zip",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".msg": "application/vnd.ms-outlook",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".warc": "application/warc",
    ".webp": "image/webp",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_NAMES = mimetypes.MimeTypes(filenames=())
"""Python's own table, and none of this machine's, so that everybody gets the same answer."""


def media_type(name: str, head: bytes) -> str:
    """The media type of a file; `head` are its first bytes. A name that the bytes contradict is not believed."""
    for magic, told in _MAGIC:
        if head.startswith(magic):
            return told
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    named = _by_name(name)
    if head.startswith(_ZIPPED):
        return named if named in _ZIPS else "application/zip"
    if head and named in _TOLD_BY_MAGIC:
        return UNKNOWN
    return named


def _by_name(name: str) -> str:
    suffix = PurePath(name).suffix.casefold()
    return _BY_SUFFIX.get(suffix) or _NAMES.guess_type(f"x{suffix}")[0] or UNKNOWN


_TOLD_BY_MAGIC = frozenset(told for _, told in _MAGIC)
_ZIPS = frozenset(_BY_SUFFIX[each] for each in (".docx", ".epub", ".odp", ".ods", ".odt", ".pptx", ".xlsx"))
"""Kinds that are ZIP archives inside."""
