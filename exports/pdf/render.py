"""From a briefing to the bytes of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exports.briefing.document import Briefing, NotesPlace
from exports.collector import collector_at_rest
from exports.paper import Paper
from exports.pdf.chapters import stories
from exports.pdf.cover import fill_in_pages
from exports.pdf.evidence import Evidence
from exports.pdf.furniture import Furniture, RunningWords
from exports.pdf.marking import marking_text, require_marking
from exports.pdf.metadata import Metadata
from exports.pdf.notes import NoteSetter
from exports.pdf.pages import PageFiller
from exports.pdf.parts import Parts
from exports.pdf.scripts import reading_as
from exports.pdf.styles import Grid
from exports.pdf.tags import is_language
from exports.pdf.text import one_line
from exports.pdf.writer import PdfCanvas, Placed

_MANY_PAGES = 8
"""From so many on, a document is opened with its bookmarks beside it."""
_UNTITLED = "-"  # PDF/UA asks for a title even where the case file has none
_NO_LANGUAGE = "und"  # BCP 47: undetermined


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """The paper, and whether it is printed without colour."""

    paper: Paper = Paper.A4
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a PDF, and where on its pages what leads to records stands, in reading order."""

    pdf: bytes
    places: tuple[Placed, ...]


def render(briefing: Briefing, options: PdfOptions | None = None) -> Rendered:
    """A briefing as a tagged, archival PDF (PDF/UA-1, PDF/A-2a); equal briefing and options give equal bytes.

    Raises MissingMarking, MissingGlyph or UnknownNote, and then has made nothing.
    """
    with collector_at_rest(), reading_as(tuple(_languages(briefing))):
        return _render(briefing, options or PdfOptions())


def _render(briefing: Briefing, options: PdfOptions) -> Rendered:
    marking = require_marking(briefing.front.marking)
    grid = Grid(*options.paper.value)
    parts = Parts(grid, briefing.labels, Evidence(briefing))
    notes = NoteSetter(briefing, parts)
    canvas = PdfCanvas(options.paper.value, _metadata(briefing, marking_text(marking)), is_plain=options.plain)
    furniture = Furniture(canvas, grid, marking, _running_words(briefing))
    filler = PageFiller(canvas, furniture, notes if briefing.notes_place is NotesPlace.PAGE else None)
    for story in stories(briefing, parts, notes):
        filler.fill(story)
    if canvas.page - 1 >= _MANY_PAGES or briefing.cover is not None:
        canvas.showOutline()
    furniture.finish(canvas.page - 1)
    fill_in_pages(canvas)
    return Rendered(bytes(canvas.getpdfdata()), tuple(canvas.places))  # type: ignore[no-untyped-call]


def _languages(briefing: Briefing) -> Iterator[str]:
    """The languages that text without one is likely in: the document's, then those of its own names and sources."""
    yield briefing.front.language
    for chapter in briefing.chapters:
        yield from (chapter.title.language, *(other.language for other in chapter.other_titles))
    for note in briefing.notes:
        yield from (note.quotation_language, *(phrase.language for phrase in note.reference))


def _metadata(briefing: Briefing, marking: str) -> Metadata:
    front = briefing.front
    title = one_line(briefing.title) or one_line(front.case_title) or _UNTITLED
    language = front.language if is_language(front.language) else _NO_LANGUAGE
    return Metadata(title, language, one_line(front.originator), marking, front.compiled)


def _running_words(briefing: Briefing) -> RunningWords:
    front, labels = briefing.front, briefing.labels
    originator = labels.compiled_by.format(originator=front.originator) if front.originator else ""
    eyebrow = briefing.chapters[0].eyebrow if briefing.chapters and briefing.cover is None else labels.dossier
    subtitle = " · ".join(part for part in (eyebrow, front.date, originator) if part)
    return RunningWords(front.case_title, subtitle, briefing.revision, labels.page)
