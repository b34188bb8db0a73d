"""Footnotes and endnotes: what each number refers to, its grade, and how to find it again, as in the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from exports.briefing.labels import Labels
from exports.briefing.sheet import Note
from exports.docx import styles
from exports.docx.citing import Citations, NoteKind
from exports.docx.links import web_link
from exports.docx.markup import DECLARATION, NAMESPACES, w
from exports.docx.text import Inline, Made, Span, Writing

_LINES = (("separator", -1, "separator"), ("continuationSeparator", 0, "continuationSeparator"))


def notes_part(kind: NoteKind, notes: Sequence[str]) -> str:
    """word/footnotes.xml or word/endnotes.xml: the two lines that Word wants, then the notes."""
    lines = (w(kind, w("p", w("r", w(element))), type=name, id=number) for name, number, element in _LINES)
    return f"{DECLARATION}<w:{kind}s {NAMESPACES}>{''.join(lines)}{''.join(notes)}</w:{kind}s>"


class NoteWriter:
    """Writes notes."""

    def __init__(self, labels: Labels, writing: Writing, citations: Citations) -> None:
        self._labels = labels
        self._writing = writing
        self._citations = citations

    def note(self, note: Note) -> str:
        """A note that its number leads to."""
        mark = Made(self._citations.mark(note.number), self._citations.shown(note.number))
        return w(self._citations.kind, *self._paragraphs(note, mark), id=self._citations.order[note.number])

    def uncited(self, note: Note) -> list[str]:
        """A note that nothing cites, as paragraphs; a number would lead nowhere."""
        return self._paragraphs(note, Span("–"))

    def _paragraphs(self, note: Note, mark: Inline) -> list[str]:
        labels, style = self._labels, self._citations.kind.text_style
        rows: list[list[Inline]] = [[mark, Span(" "), *self._reference(note)]]
        if note.quotation:
            rows.append(self._quotation(note))
        if note.url:
            rows.append([web_link(note.url, note.url)])
        if note.archive_url:
            rows.append(
                [Span(f"{labels.archived}{labels.colon}", styles.QUIET), web_link(note.archive_url, note.archive_url)]
            )
        if note.snapshot:
            rows.append([Span(f"{labels.snapshot} {note.snapshot}", styles.QUIET)])
        return [self._writing.paragraph(row, style) for row in rows]

    def _reference(self, note: Note) -> list[Inline]:
        """The reference with its place and particulars; then grade and whose report it is."""
        spans: list[Inline] = [
            Span(phrase.text, styles.EMPHASIS if phrase.italic else "", phrase.language) for phrase in note.reference
        ]
        if note.locator:
            spans.append(Span(f"{note.joint}{note.locator}"))
        accessed = self._labels.accessed.format(date=note.accessed) if note.accessed else ""
        particulars = ", ".join(part for part in (note.publisher, note.issued, accessed) if part)
        if particulars:
            spans.append(Span(f"{', ' if note.locator else note.joint}{particulars}", styles.QUIET))
        graded = " ".join(part for part in (note.reliability, note.credibility) if part)
        grade = (
            Span(f"{self._labels.grade} {graded}", styles.STRONG)
            if graded
            else Span(self._labels.not_graded, styles.QUIET)
        )
        origin = [Span(f" · {note.origin}", styles.QUIET)] if note.origin else []
        return [*spans, Span(" · ", styles.QUIET), grade, *origin]

    def _quotation(self, note: Note) -> list[Inline]:
        labels = self._labels
        spans: list[Inline] = [
            Span(f"{labels.opening_quote}{note.quotation}{labels.closing_quote}", "", note.quotation_language)
        ]
        if note.translation:
            spans.append(Span(f" {labels.opening_quote}{note.translation}{labels.closing_quote}", styles.QUIET))
        return spans
