"""The structure tree: what each mark means, for readers who cannot see it (ISO 32000-1, 14.7; PDF/UA-1).

Whatever is drawn belongs to an element or is an artifact. Links carry their annotation as OBJR, notes are
found by identifier in the IDTree, and the ParentTree leads from a page's marked content back to its
element.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfdoc

from exports.pdf.objects import RawObject, reference, text_string

# Keys of annotations in the ParentTree start above any page's key.
_FIRST_ANNOTATION_KEY = 1_000_000
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # the shape of BCP 47


@dataclass(slots=True)
class MarkedContent:
    """A stretch of a page's content, by the page's number from 1 and its MCID."""

    page: int
    mcid: int


@dataclass(slots=True)
class AnnotationReference:
    """An annotation that belongs to an element; `target` is its object reference."""

    page: int
    target: bytes


@dataclass(slots=True, eq=False)
class Element:
    """A structure element. `attributes` is a ready dictionary; `reference` is known once it is written."""

    tag: str
    parent: Element | None
    language: str = ""
    alternative: str = ""
    identifier: str = ""
    attributes: bytes = b""
    children: list[Element | MarkedContent | AnnotationReference] = field(default_factory=list)
    reference: bytes = b""

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.children.append(self)

    def walk(self) -> Iterator[Element]:
        """The element and everything under it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))


class Node:
    """What a block of the flow is called in the structure tree; its element is made when it is first drawn.

    A block that is divided between pages shares its node, and so stays one element.
    """

    __slots__ = ("_element", "alternative", "attributes", "identifier", "language", "tag")

    def __init__(
        self,
        tag: str,
        *,
        language: str = "",
        alternative: str = "",
        identifier: str = "",
        attributes: bytes = b"",
    ) -> None:
        self.tag = tag
        self.language = language
        self.alternative = alternative
        self.identifier = identifier
        self.attributes = attributes
        self._element: Element | None = None

    def under(self, parent: Element) -> Element:
        """The node's element, made under `parent` the first time."""
        if self._element is None:
            self._element = Element(self.tag, parent, self.language, self.alternative, self.identifier, self.attributes)
        return self._element


def beside() -> Element:
    """A parent for what is drawn as an artifact: nothing of it comes into the tree."""
    return Element("NonStruct", None)


class StructureTree:
    """Collects elements while pages are drawn, then writes the tree into the document."""

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self._pages: dict[int, list[Element]] = {}
        self._annotations: list[Element] = []

    def mark(self, element: Element, page: int) -> int:
        """A new MCID on a page for content of an element."""
        owners = self._pages.setdefault(page, [])
        element.children.append(MarkedContent(page, len(owners)))
        owners.append(element)
        return len(owners) - 1

    def next_annotation_key(self) -> int:
        """The StructParent of the next annotation."""
        return _FIRST_ANNOTATION_KEY + len(self._annotations)

    def attach(self, element: Element, page: int, annotation: bytes) -> None:
        """Give an annotation, just registered with the key above, to its element."""
        self._annotations.append(element)
        element.children.append(AnnotationReference(page, annotation))

    def write(self, document: pdfdoc.PDFDocument) -> RawObject:
        """Register every element; answers the StructTreeRoot."""
        root = RawObject()
        root_reference = reference(document, root)
        elements = list(self.root.walk())
        bodies = [RawObject() for _ in elements]
        for element, body in zip(elements, bodies, strict=True):
            element.reference = reference(document, body)
        for element, body in zip(elements, bodies, strict=True):
            body.body = _element_body(element, root_reference, document)
        root.body = self._root_body(document, elements)
        return root

    def _root_body(self, document: pdfdoc.PDFDocument, elements: list[Element]) -> bytes:
        parent_tree = reference(document, b"<</Nums[%s]>>" % self._parent_rows(document))
        named = sorted((element.identifier, element.reference) for element in elements if element.identifier)
        rows = b" ".join(b"(%s) %s" % (name.encode("ascii"), target) for name, target in named)
        id_tree = b"/IDTree " + reference(document, b"<</Names[%s]>>" % rows) if named else b""
        return b"<</Type/StructTreeRoot/K[%s]/ParentTree %s/ParentTreeNextKey %d%s>>" % (
            self.root.reference,
            parent_tree,
            self.next_annotation_key(),
            id_tree,
        )

    def _parent_rows(self, document: pdfdoc.PDFDocument) -> bytes:
        rows = []
        for page, owners in sorted(self._pages.items()):
            array = b"[%s]" % b" ".join(owner.reference for owner in owners)
            rows.append(b"%d %s" % (page - 1, reference(document, array)))
        for offset, owner in enumerate(self._annotations):
            rows.append(b"%d %s" % (_FIRST_ANNOTATION_KEY + offset, owner.reference))
        return b" ".join(rows)


def is_language(tag: str) -> bool:
    """Whether a text has the shape of a language tag (BCP 47)."""
    return _LANGUAGE.fullmatch(tag) is not None


def _element_body(element: Element, root: bytes, document: pdfdoc.PDFDocument) -> bytes:
    page = next((child.page for child in element.children if isinstance(child, MarkedContent)), 0)
    kids = b" ".join(_child(child, page, document) for child in element.children)
    entries = b"/Pg " + page_reference(page, document) if page else b""
    if is_language(element.language):
        entries += b"/Lang(%s)" % element.language.encode("ascii")
    if element.alternative:
        entries += b"/Alt" + text_string(element.alternative)
    if element.identifier:
        entries += b"/ID(%s)" % element.identifier.encode("ascii")
    if element.attributes:
        entries += b"/A" + element.attributes
    parent = element.parent.reference if element.parent else root
    return b"<</Type/StructElem/S/%s/P %s%s/K[%s]>>" % (element.tag.encode(), parent, entries, kids)


def _child(child: Element | MarkedContent | AnnotationReference, page: int, document: pdfdoc.PDFDocument) -> bytes:
    if isinstance(child, Element):
        return child.reference
    if isinstance(child, AnnotationReference):
        return b"<</Type/OBJR/Pg %s/Obj %s>>" % (page_reference(child.page, document), child.target)
    if child.page == page:
        return b"%d" % child.mcid
    return b"<</Type/MCR/Pg %s/MCID %d>>" % (page_reference(child.page, document), child.mcid)


def page_reference(number: int, document: pdfdoc.PDFDocument) -> bytes:
    """The reference of a page by its number from 1."""
    return bytes(pdfdoc.PDFObjectReference(f"Page{number}").format(document))
