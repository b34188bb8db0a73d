"""Reads finished PDFs back: their text as a reader copies it, and their structure tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, with line ends as spaces."""
    document = pdfium.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def all_text(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def compact(text: str) -> str:
    """Text without any space, to compare it across line ends."""
    return re.sub(r"[\s\ufffe]+", "", text)


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


@dataclass
class Tag:
    """A structure element as it stands in the file; `content` are (page index, MCID)."""

    name: str
    source: pikepdf.Object
    children: list[Tag] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    annotations: int = 0

    def walk(self) -> Iterator[Tag]:
        yield self
        for child in self.children:
            yield from child.walk()


def structure(pdf: pikepdf.Pdf) -> Tag:
    """The structure tree, from its Document on."""
    pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    return _tag(pdf.Root.StructTreeRoot.K[0], pages)


def _tag(element: pikepdf.Object, pages: dict[tuple[int, int], int]) -> Tag:
    tag = Tag(str(element.S)[1:], element)
    own_page = pages[element.Pg.objgen] if "/Pg" in element else -1
    for kid in element.get("/K", []):
        if isinstance(kid, int):
            tag.content.append((own_page, kid))
        elif kid.get("/Type") == "/MCR":
            tag.content.append((pages[kid.Pg.objgen], int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            tag.annotations += 1
        else:
            tag.children.append(_tag(kid, pages))
    return tag


def marked_content(page: pikepdf.Page) -> list[tuple[str, int]]:
    """The tag and MCID of every marked sequence of a page's content; -1 where it has none."""
    found = []
    for instruction in pikepdf.parse_content_stream(page):
        if isinstance(instruction, pikepdf.ContentStreamInstruction) and str(instruction.operator) in (
            "BDC",
            "BMC",
        ):
            operands = instruction.operands
            properties = operands[1] if len(operands) > 1 else pikepdf.Dictionary()
            found.append((str(operands[0])[1:], int(properties.get("/MCID", -1))))
    return found
