"""PDF objects written as bytes, for what ReportLab has no class for."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol, cast
from urllib.parse import quote

from reportlab.pdfbase import pdfdoc

# RFC 3986's reserved and unreserved characters, and "%": what is escaped already stays as it is.
_URI_CHARACTERS = "!#$%&'()*+,/:;=?@[]~-._"


class RawObject(pdfdoc.PDFObject):
    """An indirect object whose bytes are known, or are asked for when the file is written."""

    __RefOnly__ = 1
    __slots__ = ("body", "number")

    def __init__(self, body: bytes | Callable[[], bytes] = b"") -> None:
        self.body = body
        self.number = 0  # in the file, once the document has registered it

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """The object's bytes, without `obj` and `endobj`."""
        return self.body if isinstance(self.body, bytes) else self.body()


def stream(data: bytes, entries: bytes = b"", *, compress: bool = True) -> bytes:
    """A stream object with its dictionary; a line end stands before `endstream` (ISO 19005-2, 6.1.7.1)."""
    if compress:
        data = zlib.compress(data, 6)
        entries += b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def text_string(text: str) -> bytes:
    """A text string in UTF-16, written in hexadecimal (ISO 32000-1, 7.9.2.2)."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def uri_string(uri: str) -> bytes:
    """A URI as a 7-bit literal string (ISO 32000-1, 12.6.4.7), with its delimiters escaped."""
    ascii_uri = quote(uri, safe=_URI_CHARACTERS)
    return b"(" + ascii_uri.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode() + b")"


class Registry(Protocol):
    """A document that gives objects their numbers."""

    def register(self, target: RawObject) -> int:
        """The object's number, a new one the first time."""


def reference(document: pdfdoc.PDFDocument, body: pdfdoc.PDFObject | bytes | Callable[[], bytes]) -> bytes:
    """Register an object in the document and answer its reference, such as `12 0 R`."""
    target = body if isinstance(body, pdfdoc.PDFObject) else RawObject(body)
    if isinstance(target, RawObject):
        return b"%d 0 R" % cast(Registry, document).register(target)
    return bytes(document.Reference(target).format(document))  # type: ignore[no-untyped-call]
