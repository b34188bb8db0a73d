"""Briefings as PDF: `render(briefing, options)` is all that others call."""

from exports.errors import BriefingError
from exports.paper import Paper
from exports.pdf.errors import (
    MissingGlyph,
    MissingMarking,
    PageTooSmall,
    RepeatedNote,
    UnknownNote,
    UnreadablePicture,
)
from exports.pdf.render import PdfOptions, Rendered, render
from exports.pdf.writer import Placed

__all__ = [
    "BriefingError",
    "MissingGlyph",
    "MissingMarking",
    "PageTooSmall",
    "Paper",
    "PdfOptions",
    "Placed",
    "Rendered",
    "RepeatedNote",
    "UnknownNote",
    "UnreadablePicture",
    "render",
]
