"""The notes at the end of a sheet: what each number refers to, its grade, and how to find it again."""

from __future__ import annotations

from collections.abc import Sequence

from exports.briefing.document import Link
from exports.briefing.labels import Labels
from exports.briefing.sheet import Note
from exports.pdf.evidence import Evidence, citation_anchor, note_anchor
from exports.pdf.flow import Block, Columns, Stack
from exports.pdf.fonts import BOLD
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import (
    ACCENT,
    HEADING,
    ROW_GAP,
    SECTION_GAP,
    SMALL,
    SMALL_EMPHASIS,
    SMALL_LEADING,
    SMALL_LINK,
    SMALL_QUIET,
    SMALL_STRONG,
    Grid,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Span, one_line

_NUMBER = TextStyle(BOLD, 7.4, SMALL_LEADING, ACCENT)
_NUMBER_WIDTH = 20.0
_SMALL_NOTE = 120.0  # points; notes no taller stay on one page


class NotesSection:
    """Sets the notes: number and grade in the rail, the reference and what is behind it in the column."""

    def __init__(self, grid: Grid, labels: Labels, evidence: Evidence) -> None:
        self._grid = grid
        self._labels = labels
        self._evidence = evidence

    def block(self, notes: Sequence[Note]) -> Block:
        """The heading and every note. To be built last, when it is known which notes are cited."""
        title = self._labels.notes
        heading = Paragraph(
            [Span(title, HEADING)],
            Node("H2"),
            where=title,
            outline=(one_line(title), f"section-{title}"),
            keeps_next=True,
        )
        top = Columns([heading], [self._grid.measure], 0, padding=SECTION_GAP / 2, ruled=True, keeps_next=True)
        rows = [self._note(note) for note in notes]
        return Stack([top, *rows], Node("Sect"), before=SECTION_GAP)

    def _note(self, note: Note) -> Block:
        where = f"{self._labels.notes} {note.number}"
        rail = Columns(
            [self._number(note), self._grade(note, where)],
            (_NUMBER_WIDTH, self._grid.rail - _NUMBER_WIDTH),
            0,
        )
        return Columns(
            [rail, Stack(self._told(note, where))],
            (self._grid.rail, self._grid.column),
            self._grid.gutter,
            Node("Note", identifier=note_anchor(note.number)),
            before=ROW_GAP,
            after=ROW_GAP,
            together=_SMALL_NOTE,
            link=Link(note.source) if note.source else None,
        )

    def _number(self, note: Note) -> Block:
        """The number; a link back to the first place that cites it, if any does."""
        cited = note.number in self._evidence.cited
        span = Span(
            str(note.number),
            _NUMBER,
            tag="Lbl",
            target=f"#{citation_anchor(note.number)}" if cited else "",
            words=self._labels.back_link.format(number=note.number),
            anchor=note_anchor(note.number),
        )
        return Paragraph([span], where=self._labels.notes)

    def _grade(self, note: Note, where: str) -> Block:
        """The Admiralty grade, reliability and credibility apart, and whose report it is."""
        graded = " ".join(part for part in (note.reliability, note.credibility) if part)
        grade = (
            Span(f"{self._labels.grade} {graded}", SMALL_STRONG)
            if graded
            else Span(self._labels.not_graded, SMALL_QUIET)
        )
        blocks: list[Block] = [Paragraph([grade], where=where)]
        if note.origin:
            blocks.append(Paragraph([Span(note.origin, SMALL_QUIET)], where=where))
        return Stack(blocks)

    def _told(self, note: Note, where: str) -> list[Block]:
        """The reference with its particulars; below it quotation, addresses and snapshot."""
        spans = [
            Span(phrase.text, SMALL_EMPHASIS if phrase.italic else SMALL, phrase.language) for phrase in note.reference
        ]
        if note.locator:
            spans.append(Span(f" {note.locator}", SMALL))
        spans += self._particulars(note)
        blocks: list[Block] = [Paragraph(spans, where=where)]
        if note.quotation:
            blocks.append(Paragraph(self._quotation(note), where=where))
        blocks += [Paragraph([span], where=where) for span in self._addresses(note)]
        if note.snapshot:
            blocks.append(Paragraph([Span(f"{self._labels.snapshot} {note.snapshot}", SMALL_QUIET)], where=where))
        return blocks

    def _particulars(self, note: Note) -> list[Span]:
        """Publisher and dates, each in one piece."""
        accessed = self._labels.accessed.format(date=note.accessed) if note.accessed else ""
        spans: list[Span] = []
        for part in (note.publisher, note.issued, accessed):
            if part:
                spans.append(Span(", " if spans else " ", SMALL_QUIET))
                spans.append(Span(part, SMALL_QUIET, whole=True))
        return spans

    def _quotation(self, note: Note) -> list[Span]:
        labels = self._labels
        quoted = f"{labels.opening_quote}{note.quotation}{labels.closing_quote}"
        spans = [Span(quoted, SMALL, note.quotation_language, tag="Quote")]
        if note.translation:
            spans.append(Span(f" {labels.opening_quote}{note.translation}{labels.closing_quote}", SMALL_QUIET))
        return spans

    def _addresses(self, note: Note) -> list[Span]:
        pairs = ((note.url, note.url), (note.archive_url, f"{self._labels.archived}: {note.archive_url}"))
        return [Span(text, SMALL_LINK, target=url if is_link(url) else "", words=url) for url, text in pairs if url]


def is_link(url: str) -> bool:
    """Whether a reader may follow an address from a PDF; a script or a local file is only printed."""
    return url.lower().startswith(("https://", "http://", "mailto:"))
