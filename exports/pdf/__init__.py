"""Briefing sheets as PDF: `render(sheet, options)` is all that others call."""

from exports.briefing.labels import Labels
from exports.paper import Paper
from exports.pdf.errors import (
    BriefingError,
    MissingGlyph,
    MissingMarking,
    PageTooSmall,
    RepeatedNote,
    UnknownNote,
)
from exports.pdf.render import PdfOptions, render

__all__ = [
    "BriefingError",
    "Labels",
    "MissingGlyph",
    "MissingMarking",
    "PageTooSmall",
    "Paper",
    "PdfOptions",
    "RepeatedNote",
    "UnknownNote",
    "render",
]
