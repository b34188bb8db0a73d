"""Briefings as DOCX: `render_docx(briefing, options)` is all that others call."""

from exports.docx.render import DocxOptions, render_docx
from exports.paper import Paper

__all__ = ["DocxOptions", "Paper", "render_docx"]
