"""Reads finished DOCX back: parts as XML, the text as a reader sees it."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
Element = ElementTree.Element
BREAKS = {f"{W}br": "\n", f"{W}tab": "\t"}


def parts(docx: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(docx)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def part(docx: bytes, name: str) -> Element:
    return ElementTree.fromstring(parts(docx)[f"word/{name}.xml"])


def text(element: Element) -> str:
    """What runs show, without what fields are made of; a line for every paragraph."""
    return "\n".join(paragraph_text(each) for each in element.iter(f"{W}p"))


def paragraph_text(paragraph: Element) -> str:
    said = []
    for run in paragraph.iter(f"{W}r"):
        for child in run:
            said.append(child.text or "" if child.tag == f"{W}t" else BREAKS.get(child.tag, ""))
    return "".join(said)


def values(element: Element, name: str, attribute: str = "val") -> list[str]:
    return [each.get(f"{W}{attribute}", "") for each in element.iter(f"{W}{name}")]


def has(element: Element, path: str) -> bool:
    return element.find("/".join(f"{W}{step}" for step in path.split("/"))) is not None


def style(paragraph: Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def styled(docx: bytes, name: str) -> list[Element]:
    return [each for each in part(docx, "document").iter(f"{W}p") if style(each) == name]
