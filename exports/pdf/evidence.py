"""How well something is known, on paper: note numbers that link to their notes, marks, and what rivals say.

A mark is a word and a shape besides its colour, so that it survives a black-and-white printer and a screen
reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.models.vocabulary import Standing
from exports.briefing.document import Briefing
from exports.briefing.sheet import Rival, Support
from exports.pdf.errors import RepeatedNote, UnknownNote
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import (
    ACCENT,
    DISPUTED,
    MUTED,
    NOT_KNOWN,
    QUIET,
    REFERENCE_RISE,
    REFERENCE_SCALE,
    SINGLE,
    SMALL,
    SMALL_QUIET,
    Colour,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Ornament, Span

_MARKS: dict[Standing, tuple[str, Colour]] = {
    Standing.DISPUTED: ("diamond", DISPUTED),
    Standing.SINGLE: ("ring", SINGLE),
    Standing.UNCITED: ("square", MUTED),
}
_MARK_SCALE = 0.84  # of a mark's word to the text it follows
_LARGEST_MARK = 8.0  # points, beside titles
_FEW_NOTES = 3
"""More numbers than these after one statement may go on in the next line, after a comma."""
_LARGEST_TEXT = 12.0  # points; above it are titles, which say only what is wrong with their evidence


def note_anchor(number: int | str) -> str:
    """The name of the place where a note stands."""
    return f"note-{number}"


def citation_anchor(number: int) -> str:
    """The name of the place where a note is first cited."""
    return f"cited-{number}"


class Evidence:
    """Makes the spans and paragraphs that carry a sheet's evidence; knows which notes are cited."""

    def __init__(self, briefing: Briefing) -> None:
        self._known = {note.number for note in briefing.notes}
        if len(self._known) < len(briefing.notes):
            raise RepeatedNote
        self._labels = briefing.labels
        self.cited = frozenset(briefing.cited())
        self.marks = briefing.standings()

    def references(self, numbers: Sequence[int], style: TextStyle) -> list[Span]:
        """Raised note numbers, each a link. Raises UnknownNote."""
        size = round(min(style.size * REFERENCE_SCALE, _LARGEST_MARK), 2)
        raised = TextStyle(SMALL.typeface, size, style.leading, ACCENT)
        rise = round(style.size * REFERENCE_RISE, 2)
        comma = Span(",", raised, rise=rise, whole=True)
        if len(numbers) > _FEW_NOTES:
            comma = Span(",\u200b", raised, rise=rise)
        spans: list[Span] = []
        for number in numbers:
            spans.append(comma if spans else Span(" ", raised, rise=rise, whole=True))
            spans.append(self._reference(number, raised, rise))
        return spans

    def marked(self, spans: Sequence[Span], support: Support) -> list[Span]:
        """Spans followed by their note numbers and the mark of their standing.

        What is said without a note is uncited, even where its standing is called unknown.
        """
        style = spans[-1].style
        if support.standing is Standing.UNKNOWN and not support.notes:
            support = replace(support, standing=Standing.UNCITED)
        return [*spans, *self.references(support.notes, style), *self.mark(support, style)]

    def alone(self, support: Support | None, notes: Sequence[int], style: TextStyle) -> list[Span]:
        """Evidence that stands in a column of its own: the mark, and below it the numbers on the line of the text."""
        if support and support.standing is Standing.UNKNOWN:
            return []
        mark = self.mark(support, style)[1:] if support else []
        numbers = [*(support.notes if support else ()), *notes]
        plain = TextStyle(SMALL.typeface, QUIET.size, style.leading, ACCENT)
        spans = [Span("\n", style)] if mark and numbers else []
        for place, number in enumerate(numbers):
            spans += [*([Span(", ", plain)] if place else []), self._reference(number, plain, 0.0)]
        return [*mark, *spans]

    def mark(self, support: Support, style: TextStyle) -> list[Span]:
        """The word and shape of a standing; a title, which is large, is marked only where its evidence is weak."""
        words = self._words(support)
        if not words or (support.standing is Standing.SUPPORTED and style.size > _LARGEST_TEXT):
            return []
        shape, colour = _MARKS.get(support.standing, ("", MUTED))
        size = round(min(style.size * _MARK_SCALE, _LARGEST_MARK), 2)
        small = TextStyle(SMALL.typeface, size, style.leading, colour)
        ornament = Ornament(shape, colour) if shape else None
        return [Span(" ", style), Span(words, small, ornament=ornament, whole=True)]

    def value(self, text: str, style: TextStyle, support: Support | None, language: str = "") -> list[Span]:
        """A fact's text with its evidence, or a calm word that it is not known."""
        return self.valued([Span(text, style, language)], support)

    def valued(self, spans: Sequence[Span], support: Support | None) -> list[Span]:
        """Like `value`, for what is said in several spans."""
        if support is None:
            return list(spans)
        if support.standing is Standing.UNKNOWN and not any(span.text for span in spans):
            style = spans[-1].style
            quiet = TextStyle(NOT_KNOWN.typeface, style.size, style.leading, NOT_KNOWN.colour)
            return [Span(self._labels.not_known, quiet), *self.references(support.notes, style)]
        return self.marked(spans, support)

    def rivals(self, support: Support | None, where: str) -> list[Paragraph]:
        """What other sources say, and why the value was accepted over it; those that dispute come first."""
        if support is None:
            return []
        ordered = sorted(support.rivals, key=lambda rival: rival.compatible)
        paragraphs = [self._rival(rival, where) for rival in ordered]
        if support.reason:
            spans = [Span(f"{self._labels.accepted}{self._labels.colon}", SMALL_QUIET), Span(support.reason, SMALL)]
            paragraphs.append(Paragraph(spans, where=where))
        return paragraphs

    def key(self, where: str) -> list[Paragraph]:
        """What the marks on this sheet mean, and how many there are of each."""
        labels = self._labels
        meanings = (
            (Standing.SUPPORTED, labels.supported, labels.key_supported),
            (Standing.SINGLE, labels.single, labels.key_single),
            (Standing.DISPUTED, labels.disputed, labels.key_disputed),
            (Standing.UNCITED, labels.uncited, labels.key_uncited),
        )
        return [
            Paragraph(self._key_spans(standing, word, meaning), where=where)
            for standing, word, meaning in meanings
            if self.marks[standing]
        ]

    def _key_spans(self, standing: Standing, word: str, meaning: str) -> list[Span]:
        shape, colour = _MARKS.get(standing, ("", MUTED))
        small = TextStyle(SMALL.typeface, SMALL.size, SMALL.leading, colour)
        ornament = Ornament(shape, colour) if shape else None
        count = Span(f"{self.marks[standing]} ", SMALL)
        return [
            count,
            Span(word, small, ornament=ornament, whole=True),
            Span(f"{self._labels.colon}{meaning}", SMALL_QUIET),
        ]

    def _reference(self, number: int, style: TextStyle, rise: float) -> Span:
        if number not in self._known:
            raise UnknownNote(number)
        return Span(
            str(number),
            style,
            tag="Reference",
            target=f"#{note_anchor(number)}",
            words=self._labels.note_link.format(number=number),
            anchor=citation_anchor(number),
            rise=rise,
        )

    def _words(self, support: Support) -> str:
        labels = self._labels
        if support.standing is Standing.SUPPORTED:
            return labels.origins.format(count=support.origins) if support.origins else ""
        return {
            Standing.DISPUTED: labels.disputed,
            Standing.SINGLE: labels.single,
            Standing.UNCITED: labels.uncited,
        }.get(support.standing, "")

    def _rival(self, rival: Rival, where: str) -> Paragraph:
        labels = self._labels
        lead = labels.also if rival.compatible else labels.otherwise
        spans = [Span(f"{lead}{labels.colon}", SMALL_QUIET), Span(rival.text, SMALL, rival.language)]
        if rival.reported_by:
            spans.append(Span(f" ({rival.reported_by})", SMALL_QUIET))
        return Paragraph([*spans, *self.references(rival.notes, SMALL)], Node("P"), where=where)
