"""ReportLab's canvas and document, taught to write tagged and archival files (PDF 1.7, PDF/A-2a, PDF/UA-1).

`PdfCanvas` is the surface that blocks draw on: it holds the page's operators, the structure tree, the fonts
and the anchors. `ArchivalDocument` writes object streams and an identifier made from the content, so that
equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from exports.briefing.document import Link
from exports.pdf.fonts import Face
from exports.pdf.metadata import Metadata, information, output_intent, xmp
from exports.pdf.objects import RawObject, reference, stream, text_string, uri_string
from exports.pdf.styles import Colour
from exports.pdf.subset import EmbeddedFont
from exports.pdf.tags import Element, StructureTree

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OBJECTS_PER_STREAM = 200
_NO_OUTLINES = -1  # ReportLab's mark for a document without bookmarks


@dataclass(frozen=True, slots=True)
class Placed:
    """Where something stands that leads to a record: page from 1; left, top, width and height in points.

    The top is measured from the page's upper edge downwards, as a screen does.
    """

    page: int
    box: tuple[float, float, float, float]
    link: Link


class ArchivalCatalog(pdfdoc.PDFCatalog):
    """A catalog that may name the colour space the file was made for."""

    Pages: pdfdoc.PDFObject
    Outlines: pdfdoc.PDFObject | None
    StructTreeRoot: RawObject
    MarkInfo: pdfdoc.PDFDictionary
    Metadata: RawObject
    OutputIntents: RawObject

    def __init__(self) -> None:
        self.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
        self.__Refs__ = ["Outlines", "Pages", "StructTreeRoot", "Metadata"]


class _Reference(pdfdoc.PDFObject):
    """A reference by number."""

    def __init__(self, number: int) -> None:
        self._number = number

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """As the file has it."""
        return b"%d 0 R" % self._number


class ArchivalDocument(pdfdoc.PDFDocument):
    """A PDF 1.7 document in object streams; its identifier is a hash of everything in it."""

    Catalog: ArchivalCatalog
    Pages: pdfdoc.PDFPages
    Outlines: pdfdoc.PDFOutlines
    objectcounter: int

    def __init__(self, metadata: Metadata) -> None:
        self._registered: dict[int, RawObject] = {}
        super().__init__(invariant=1, lang=metadata.language)
        catalog = ArchivalCatalog()
        catalog.__dict__.update(self.Catalog.__dict__)  # ReportLab's, with the pages, outlines and language
        self.Catalog = self._catalog = catalog
        self.metadata = metadata

    def register(self, target: RawObject) -> int:
        """The number of an object, a new one the first time. Thousands need no names, as ReportLab would give them."""
        if not target.number:
            self.objectcounter += 1
            target.number = self.objectcounter
            self._registered[target.number] = target
        return target.number

    def Reference(self, obj: object, name: str | None = None) -> object:
        """ReportLab's way to a reference; it finds pages by their names."""
        if not isinstance(obj, RawObject):
            return super().Reference(obj, name)  # type: ignore[no-untyped-call]
        number = self.register(obj)
        if name is not None:
            self.idToObjectNumberAndVersion[name] = (number, 0)
        return _Reference(number)

    def GetPDFData(self, canvas: PdfCanvas) -> bytes:
        """The whole file."""
        canvas.finish()
        self.Outlines.prepare(self, canvas)
        if self.Outlines.ready == _NO_OUTLINES:
            self.Catalog.Outlines = None
        return self.format()

    def format(self) -> bytes:
        """Every object registered so far, in object streams where the format allows it."""
        root, info = reference(self, self.Catalog), reference(self, information(self.metadata))
        file = _FileWriter()
        number = 1
        while number <= self.objectcounter:  # formatting an object may register further ones
            target = self._registered.pop(number, None) or self.idToObject[self.numberToId[number]]
            file.add(number, target.format(self))  # type: ignore[attr-defined]
            number += 1
        return file.finish(number, root, info)


class _FileWriter:
    """Puts objects into a file: streams by themselves, the rest packed (ISO 32000-1, 7.5.7 and 7.5.8)."""

    def __init__(self) -> None:
        self._chunks = [_HEADER]
        self._offset = len(_HEADER)
        self._packed: list[tuple[int, bytes]] = []
        self._rows: dict[int, tuple[int, int, int]] = {}

    def add(self, number: int, body: bytes) -> None:
        if body.endswith(b"endstream"):
            self._write(number, body)
        else:
            self._packed.append((number, body))

    def finish(self, number: int, root: bytes, info: bytes) -> bytes:
        """Pack what waits, write the cross-reference stream from object `number` on, and answer the file."""
        for start in range(0, len(self._packed), _OBJECTS_PER_STREAM):
            self._pack(number, self._packed[start : start + _OBJECTS_PER_STREAM])
            number += 1
        start_of_table = self._offset
        self._rows[number] = (1, self._offset, 0)
        rows = b"\0\0\0\0\0\xff\xff" + b"".join(struct.pack(">BIH", *self._rows[key]) for key in range(1, number + 1))
        identifier = hashlib.sha256(b"".join(self._chunks)).hexdigest()[:32].encode()
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %s/Info %s/ID[<%s><%s>]" % (
            number + 1,
            root,
            info,
            identifier,
            identifier,
        )
        self._write(number, stream(rows, entries))
        self._chunks.append(b"startxref\n%d\n%%%%EOF\n" % start_of_table)
        return b"".join(self._chunks)

    def _pack(self, number: int, objects: list[tuple[int, bytes]]) -> None:
        index, position = [], 0
        for place, (packed, body) in enumerate(objects):
            index.append(f"{packed} {position}")
            position += len(body) + 1
            self._rows[packed] = (2, number, place)
        head = " ".join(index).encode() + b"\n"
        data = head + b"\n".join(body for _, body in objects)
        self._write(number, stream(data, b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head))))

    def _write(self, number: int, body: bytes) -> None:
        self._rows[number] = (1, self._offset, 0)
        chunk = b"%d 0 obj\n%s\nendobj\n" % (number, body)
        self._chunks.append(chunk)
        self._offset += len(chunk)


class PdfCanvas(Canvas):
    """The pages that blocks draw on. `code` collects the operators of the page at hand."""

    _code: list[str]
    _pageNumber: int
    _pagesize: tuple[float, float]
    _annotationrefs: list[bytes]

    def __init__(self, size: tuple[float, float], metadata: Metadata, *, is_plain: bool = False) -> None:
        super().__init__("", pagesize=size, lang=metadata.language, invariant=1)
        self._doc = ArchivalDocument(metadata)
        self.tree = StructureTree()
        self.language = metadata.language
        self._fonts: dict[Face, EmbeddedFont] = {}
        self.anchor_pages: dict[str, int] = {}
        self.places: list[Placed] = []
        self.is_plain = is_plain
        self.silent = False
        self.page_top = 0.0  # where the story begins on the page at hand
        self._external: dict[str, RawObject] = {}  # forms and images
        self._external_resources = RawObject(self._write_external)
        self.setViewerPreference("DisplayDocTitle", "true")

    @property
    def code(self) -> list[str]:
        """The operators of the page at hand."""
        return self._code

    @property
    def page(self) -> int:
        """The number of the page at hand, from 1."""
        return self._pageNumber

    def font(self, face: Face) -> EmbeddedFont:
        """A face as this document embeds it."""
        font = self._fonts.get(face)
        if font is None:
            font = self._fonts[face] = EmbeddedFont(face, f"F{len(self._fonts) + 1}")
        return font

    def open(self, element: Element) -> None:
        """Begin content that belongs to an element; `close` ends it."""
        if self.silent:
            self._code.append("/Span BMC")
        else:
            self._code.append(f"/{element.tag}<</MCID {self.tree.mark(element, self.page)}>>BDC")

    def close(self) -> None:
        """End marked content."""
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[list[str]]:
        """Draw what means nothing by itself: rules, shapes, running heads (`kind`: "Header" or "Footer")."""
        self._code.append(f"/Artifact<</Type/Pagination/Subtype/{kind}>>BDC" if kind else "/Artifact BMC")
        yield self._code
        self._code.append("EMC")

    @contextmanager
    def untagged(self) -> Iterator[None]:
        """Draw blocks that say again what has been said: no elements, links or bookmarks are made."""
        self.silent = True
        yield
        self.silent = False

    @contextmanager
    def recording(self) -> Iterator[list[str]]:
        """Collect operators for a form instead of the page at hand."""
        page_code, self._code = self._code, []
        yield self._code
        self._code = page_code

    def anchor(self, name: str, x: float, y: float) -> None:
        """Make this place the target of links to `name`; the first place of a name stays."""
        if name not in self.anchor_pages:
            self.anchor_pages[name] = self.page
            self.bookmarkPage(name, fit="XYZ", left=round(x, 2), top=round(y, 2))

    def outline(self, title: str, name: str, level: int = 0) -> None:
        """List an anchor among the PDF's bookmarks."""
        self.addOutlineEntry(title, name, level)

    def link(self, element: Element, box: tuple[float, float, float, float], target: str, words: str) -> None:
        """A link over a box to an anchor (`#name`) or to a URI, said aloud as `words`."""
        key = self.tree.next_annotation_key()
        rectangle = " ".join(f"{edge:.2f}" for edge in box).encode()
        head = b"<</Type/Annot/Subtype/Link/Rect[%s]/Border[0 0 0]/F 4/StructParent %d/Contents%s" % (
            rectangle,
            key,
            text_string(words),
        )
        if target.startswith("#"):
            destination = self._bookmarkReference(target[1:])  # type: ignore[attr-defined]
            annotation = RawObject(lambda: head + b"/Dest%s>>" % destination.format(self._doc))
        else:
            annotation = RawObject(head + b"/A<</S/URI/URI%s>>>>" % uri_string(target))
        written = reference(self._doc, annotation)
        self._annotationrefs.append(written)
        self.tree.attach(element, self.page, written)

    def place(self, link: Link, box: tuple[float, float, float, float]) -> None:
        """Remember where on the page at hand something stands: left, top (y upwards), width and height."""
        left, top, width, height = box
        if not self.silent:
            self.places.append(Placed(self.page, (left, self._pagesize[1] - top, width, height), link))

    def fill(self, colour: Colour) -> str:
        """The operator that fills with a colour, or with its grey."""
        return colour.fill[self.is_plain]

    def stroke(self, colour: Colour) -> str:
        """The operator that draws lines in a colour, or in its grey."""
        return colour.stroke[self.is_plain]

    def image(self, body: bytes) -> str:
        """Register an image, a stream object, and answer the name to draw it by."""
        name = f"Image{len(self._external)}"
        self._external[name] = RawObject(body)
        return name

    def form(self, name: str) -> None:
        """Draw a form that `define_form` will define once its content is known."""
        self._external.setdefault(name, RawObject())
        self._code.append(f"/{name} Do")

    def undefined_forms(self) -> list[str]:
        """The forms that are drawn and do not say yet what they show."""
        return [name for name, form in self._external.items() if form.body == b""]

    def define_form(self, name: str, code: list[str], box: str) -> None:
        """Say what a form shows. `box` is its bounding box, "x0 y0 x1 y1"."""
        body = self._external.setdefault(name, RawObject())
        fonts = reference(self._doc, self._font_resources())
        entries = f"/Type/XObject/Subtype/Form/BBox[{box}]/Resources<</Font ".encode() + fonts + b">>"
        body.body = stream("\n".join(code).encode("ascii"), entries)

    def showPage(self) -> None:
        """End the page at hand."""
        contents = reference(self._doc, stream("\n".join(self._code).encode("ascii")))
        annotations, number = b" ".join(self._annotationrefs), self.page
        width, height = self._pagesize
        box = f"/MediaBox[0 0 {width:.2f} {height:.2f}]/StructParents {number - 1}/Tabs/S".encode()
        parent = reference(self._doc, self._doc.Pages)

        def body() -> bytes:
            return b"<</Type/Page/Parent %s%s/Resources %s/Contents %s/Annots[%s]>>" % (
                parent,
                box,
                self._resources(),
                contents,
                annotations,
            )

        self._doc.addPage(RawObject(body))
        self._startPage()  # type: ignore[attr-defined]

    def finish(self) -> None:
        """Write what concerns the whole document: fonts, tags, metadata."""
        catalog = self._doc.Catalog
        catalog.StructTreeRoot = self.tree.write(self._doc)
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        catalog.OutputIntents = RawObject(output_intent(self._doc))
        packet = stream(xmp(self._doc.metadata), b"/Type/Metadata/Subtype/XML", compress=False)
        catalog.Metadata = RawObject(packet)

    def _make_preamble(self) -> None:
        """No preamble: ReportLab's would name a font that is not embedded."""
        self._preamble = ""

    def _resources(self) -> bytes:
        fonts = reference(self._doc, self._font_resources())
        return b"<</Font %s/XObject %s>>" % (fonts, reference(self._doc, self._external_resources))

    def _write_external(self) -> bytes:
        named = (b"/%s %s" % (name.encode(), reference(self._doc, body)) for name, body in self._external.items())
        return b"<<%s>>" % b"".join(named)

    def _font_resources(self) -> RawObject:
        """The dictionary of all fonts, shared by every page, and written when all glyphs are known."""
        if not hasattr(self, "_font_dictionary"):
            self._font_dictionary = RawObject(self._write_fonts)
        return self._font_dictionary

    def _write_fonts(self) -> bytes:
        fonts = self._fonts.values()
        return b"<<%s>>" % b"".join(b"/%s %s" % (font.resource.encode(), font.write(self._doc)) for font in fonts)
