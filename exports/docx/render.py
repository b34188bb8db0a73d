"""From a briefing to the bytes of a DOCX.

Written as WordprocessingML by ourselves. pandoc, which is there for citations, has footnotes, but no way to cite one
again, no header and footer fields, no right-to-left or East Asian runs, no header rows or widths as these tables need
them: all would be raw WordprocessingML inside its document, with a reference document to maintain beside it, and none
where pandoc cannot be installed. python-docx has no footnotes, fields, bookmarks or languages, and dates its zip by the
clock; what it has is the easy part. It reads the files in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

from exports.briefing.document import Briefing
from exports.briefing.sheet import Marking
from exports.docx.blocks import BlockWriter
from exports.docx.chapters import Story, body
from exports.docx.citing import Citations, NoteKind, tell_of_each_other
from exports.docx.evidence import Evidence
from exports.docx.furniture import Furniture
from exports.docx.markup import DECLARATION, NAMESPACES, w
from exports.docx.notes import NoteWriter, notes_part
from exports.docx.package import Properties, fonts_part, package, settings_part
from exports.docx.pictures import Media, Pictures
from exports.docx.styles import Palette, styles_part
from exports.docx.text import Writing, document_languages
from exports.paper import Paper
from exports.pdf.marking import marking_text, require_marking
from exports.pdf.text import one_line

_MARGIN = 52  # points, as in the PDF
_TOP, _BOTTOM, _EDGE = 76, 70, 30
_TWIPS = 20  # in a point
_TALLEST_FIGURE = 0.66  # of the page
_NO_LANGUAGE = "und"  # BCP 47: undetermined


@dataclass(frozen=True, slots=True)
class DocxOptions:
    """The paper, and whether it is made for print without colour."""

    paper: Paper = Paper.A4
    plain: bool = False


def render_docx(briefing: Briefing, options: DocxOptions | None = None) -> bytes:
    """A briefing as an editable document; equal briefing and options give equal bytes.

    Raises `exports.pdf`'s MissingMarking, UnknownNote, RepeatedNote and UnreadablePicture, MissingGlyph for a figure's
    words, and then has made nothing.
    """
    options = options or DocxOptions()
    marking = require_marking(briefing.front.marking)
    made = _Document(briefing, marking, options, is_numbered=False)
    if made.citations.is_reordered and tell_of_each_other(briefing):
        made = _Document(briefing, marking, options, is_numbered=True)
    return package(made.parts(), made.media, _properties(briefing, marking))


class _Document:
    """The parts of one document."""

    def __init__(self, briefing: Briefing, marking: Marking, options: DocxOptions, *, is_numbered: bool) -> None:
        self._briefing = briefing
        self._paper = options.paper
        self._palette = Palette(options.plain)
        self._marking = marking
        self._writing = Writing(briefing.front.language or _NO_LANGUAGE)
        width, height = options.paper.value
        self._measure = round((width - 2 * _MARGIN) * _TWIPS)
        pictures = Pictures((width - 2 * _MARGIN, height * _TALLEST_FIGURE), plain=options.plain)
        self.citations = Citations(briefing, is_numbered=is_numbered)
        evidence = Evidence(briefing, self._writing, self.citations)
        blocks = BlockWriter(briefing.labels, self._writing, evidence, pictures, self._measure)
        self._notes = NoteWriter(briefing.labels, self._writing, self.citations)
        self._story = Story(briefing, self._writing, self.citations, evidence, blocks, self._notes).written()
        self.media: list[Media] = pictures.media

    def parts(self) -> dict[str, str]:
        """Everything below word/."""
        kind = self.citations.kind
        languages = document_languages(self._writing.language)
        furniture = Furniture(self._briefing, self._marking, self._writing, self._palette, self._measure)
        known = {note.number: note for note in self._briefing.notes}
        notes = [self._notes.note(known[number]) for number in self.citations.order]
        document = body(self._story, self._section())
        return {
            "document": f"{DECLARATION}<w:document {NAMESPACES}>{document}</w:document>",
            "styles": styles_part(languages, self._palette),
            "settings": settings_part([kind], languages, updates=self._has_cover),
            "fontTable": fonts_part(),
            f"{kind}s": notes_part(kind, notes),
            "header1": furniture.header(),
            **({"header2": furniture.header(is_named=False)} if self._has_cover else {}),
            "footer1": furniture.footer(),
        }

    @property
    def _has_cover(self) -> bool:
        return self._briefing.cover is not None

    def _section(self) -> str:
        """One section: head and foot are those of every page, but that a cover's head names no sheet."""
        ends = [("header", "default", 1), ("footer", "default", 1)]
        if self._has_cover:
            ends = [ends[0], ("header", "first", 2), ends[1], ("footer", "first", 1)]
        width, height = (round(side * _TWIPS) for side in self._paper.value)
        margins = {
            "top": _TOP * _TWIPS,
            "right": _MARGIN * _TWIPS,
            "bottom": _BOTTOM * _TWIPS,
            "left": _MARGIN * _TWIPS,
            "header": _EDGE * _TWIPS,
            "footer": _EDGE * _TWIPS,
            "gutter": 0,
        }
        counted = [w(f"{kind}Pr", w("numFmt", val="decimal")) for kind in NoteKind]
        return w(
            "sectPr",
            *(f'<w:{end}Reference w:type="{kind}" r:id="rId-{end}{number}"/>' for end, kind, number in ends),
            *counted,
            w("pgSz", w=width, h=height),
            w("pgMar", **margins),
            w("cols", space=708),
            w("titlePg") if self._has_cover else "",
        )


def _properties(briefing: Briefing, marking: Marking) -> Properties:
    front = briefing.front
    title = one_line(briefing.title) or one_line(front.case_title) or briefing.labels.sheet
    language = front.language or _NO_LANGUAGE
    return Properties(title, language, one_line(front.originator), marking_text(marking), front.compiled)
