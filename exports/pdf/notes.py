"""The notes at the end of a sheet: what each number refers to, its grade, and how to find it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exports.briefing.document import Briefing, Link
from exports.briefing.sheet import Note, Phrase
from exports.pdf.evidence import citation_anchor, note_anchor
from exports.pdf.flow import Block, Bookmark, Columns, Lazy, Stack
from exports.pdf.fonts import BOLD
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts
from exports.pdf.styles import (
    ACCENT,
    BLOCK_GAP,
    HEADING,
    ROW_GAP,
    SECTION_GAP,
    SMALL,
    SMALL_EMPHASIS,
    SMALL_LEADING,
    SMALL_LINK,
    SMALL_QUIET,
    SMALL_STRONG,
    TITLE,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Span, one_line

_NUMBER = TextStyle(BOLD, 7.4, SMALL_LEADING, ACCENT)
_NUMBER_WIDTH = 20.0
_NOTES_AT_ONCE = 24
_SMALL_NOTE = 120.0  # points; notes no taller stay on one page


class NoteSetter:
    """Sets the notes: number and grade in the rail, the reference and what is behind it in the column."""

    def __init__(self, briefing: Briefing, parts: Parts) -> None:
        self._notes = {note.number: note for note in briefing.notes}
        self._grid = parts.grid
        self._labels = parts.labels
        self._evidence = parts.evidence

    def section(self, is_chapter: bool) -> Block:
        """The heading and every note, as a section or as a chapter of its own."""
        title, style = self._labels.notes, TITLE if is_chapter else HEADING
        words = Paragraph([Span(title, style)], Node("H2"), where=title)
        heading = Stack([Bookmark(one_line(title), "notes"), words], after=BLOCK_GAP, keeps_next=True)
        measure = self._grid.measure
        if not is_chapter:
            heading = Stack([Columns([heading], [measure], 0, padding=SECTION_GAP / 2, ruled=True)], keeps_next=True)
        chunks = [self._some(numbers) for numbers in _chunks(list(self._notes))]
        return Stack([heading, *chunks], Node("Sect"), before=SECTION_GAP)

    def note(self, number: int) -> Block:
        """One note by its number."""
        note = self._notes[number]
        where = f"{self._labels.notes} {number}"
        rail = Columns(
            [self._number(note), self._grade(note, where)],
            (_NUMBER_WIDTH, self._grid.rail - _NUMBER_WIDTH),
            0,
        )
        return Columns(
            [rail, Stack(self._told(note, where))],
            (self._grid.rail, self._grid.column),
            self._grid.gutter,
            Node("Note", identifier=note_anchor(number)),
            before=ROW_GAP,
            after=ROW_GAP,
            together=_SMALL_NOTE,
            link=Link(note.source) if note.source else None,
        )

    def pointers(self, pages: Mapping[int, int]) -> Block:
        """Where the notes stand that earlier pages have, by their numbers."""
        where = self._labels.notes
        spans = [Span(self._labels.earlier_notes, SMALL_QUIET)]
        for number, page in pages.items():
            told = self._labels.earlier_note.format(number=number, page=page)
            words = self._labels.note_link.format(number=number)
            spans.append(Span(" · " if len(spans) > 1 else " ", SMALL_QUIET))
            spans.append(Span(told, SMALL_LINK, target=f"#{note_anchor(number)}", words=words, whole=True))
        return Paragraph(spans, where=where, before=ROW_GAP)

    def _some(self, numbers: Sequence[int]) -> Block:
        return Lazy(lambda: Stack([self.note(number) for number in numbers]), before=ROW_GAP, after=ROW_GAP)

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
        """The Admiralty grade, reliability and credibility apart, and that the report is its own."""
        graded = " ".join(part for part in (note.reliability, note.credibility) if part)
        grade = (
            Span(f"{self._labels.grade} {graded}", SMALL_STRONG)
            if graded
            else Span(self._labels.not_graded, SMALL_QUIET)
        )
        blocks: list[Block] = [Paragraph([grade], where=where)]
        if note.origin and note.is_original:
            blocks.append(Paragraph([Span(note.origin, SMALL_QUIET)], where=where))
        return Stack(blocks)

    def _told(self, note: Note, where: str) -> list[Block]:
        """The reference with its particulars; below it quotation, what it repeats, addresses and snapshot."""
        spans = [_phrase(phrase) for phrase in note.reference]
        if note.locator:
            spans.append(Span(f"{note.joint}{note.locator}", SMALL))
        spans += self._particulars(note)
        blocks: list[Block] = [Paragraph(spans, where=where)]
        if note.quotation:
            blocks.append(Paragraph(self._quotation(note), where=where))
        if note.origin and not note.is_original:
            blocks.append(Paragraph([Span(note.origin, SMALL_QUIET)], where=where))
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
                spans.append(Span(", " if spans or note.locator else note.joint, SMALL_QUIET))
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
        pairs = (
            (note.url, note.url),
            (note.archive_url, f"{self._labels.archived}{self._labels.colon}{note.archive_url}"),
        )
        return [Span(text, SMALL_LINK, target=url if is_link(url) else "", words=url) for url, text in pairs if url]


def _phrase(phrase: Phrase) -> Span:
    """A piece of a reference; one that is an address is a link."""
    if is_link(phrase.text):
        return Span(phrase.text, SMALL_LINK, phrase.language, target=phrase.text, words=phrase.text)
    return Span(phrase.text, SMALL_EMPHASIS if phrase.italic else SMALL, phrase.language)


def cited_numbers(block: Block) -> list[int]:
    """The notes that a block cites, as a reader meets them."""
    prefix = f"#{note_anchor('')}"
    found = (target.removeprefix(prefix) for target in block.targets() if target.startswith(prefix))
    return [int(number) for number in dict.fromkeys(found)]


def _chunks(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + _NOTES_AT_ONCE] for start in range(0, len(numbers), _NOTES_AT_ONCE)]


def is_link(url: str) -> bool:
    """Whether a reader may follow an address from a PDF; a script or a local file is only printed."""
    return url.lower().startswith(("https://", "http://", "mailto:"))
