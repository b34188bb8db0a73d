"""From a sheet to the bytes of a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field

from exports.briefing.labels import Labels
from exports.briefing.sheet import AgreementSheet
from exports.paper import Paper
from exports.pdf.agreement import agreement_story
from exports.pdf.evidence import Evidence
from exports.pdf.flow import fill_pages
from exports.pdf.furniture import Furniture, RunningWords
from exports.pdf.marking import marking_text, require_marking
from exports.pdf.metadata import Metadata
from exports.pdf.parts import Parts
from exports.pdf.styles import Grid
from exports.pdf.tags import is_language
from exports.pdf.text import one_line
from exports.pdf.writer import PdfCanvas

_UNTITLED = "-"  # PDF/UA asks for a title even where the case file has none
_NO_LANGUAGE = "und"  # BCP 47: undetermined


@dataclass(frozen=True, slots=True)
class PdfOptions:
    """The paper, and the fixed words in the reader's language."""

    paper: Paper = Paper.A4
    labels: Labels = field(default_factory=Labels)


def render(sheet: AgreementSheet, options: PdfOptions | None = None) -> bytes:
    """A sheet as a tagged, archival PDF (PDF/UA-1, PDF/A-2a); equal sheet and options give equal bytes.

    Raises MissingMarking, MissingGlyph or UnknownNote, and then has made nothing.
    """
    options = options or PdfOptions()
    marking = require_marking(sheet.marking)
    labels, grid = options.labels, Grid(*options.paper.value)
    parts = Parts(grid, labels, Evidence(sheet.notes, labels))
    story = agreement_story(sheet, parts)
    canvas = PdfCanvas(options.paper.value, _metadata(sheet, marking_text(marking)))
    furniture = Furniture(canvas, grid, marking, _running_words(sheet, labels))
    furniture.finish(fill_pages(story, canvas, furniture.box, furniture.draw))
    return bytes(canvas.getpdfdata())  # type: ignore[no-untyped-call]


def _metadata(sheet: AgreementSheet, marking: str) -> Metadata:
    title = one_line(sheet.title.text) or one_line(sheet.case_title) or _UNTITLED
    language = sheet.language if is_language(sheet.language) else _NO_LANGUAGE
    return Metadata(title, language, one_line(sheet.originator), marking, sheet.compiled)


def _running_words(sheet: AgreementSheet, labels: Labels) -> RunningWords:
    originator = labels.compiled_by.format(originator=sheet.originator) if sheet.originator else ""
    subtitle = " · ".join(part for part in (labels.sheet, sheet.date, originator) if part)
    return RunningWords(sheet.case_title, subtitle, labels.revision.format(revision=sheet.revision), labels.page)
