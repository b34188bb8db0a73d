"""How well something is known, in words: references to notes, marks of standing, rivals and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from db.models.vocabulary import Standing
from exports.briefing.document import Briefing
from exports.briefing.sheet import Rival, Support
from exports.docx import styles
from exports.docx.citing import Citations
from exports.docx.text import Inline, Span, Writing

_MARKS = {
    Standing.DISPUTED: styles.DISPUTED_MARK,
    Standing.SINGLE: styles.SINGLE_MARK,
}
_SHAPES = {Standing.DISPUTED: "◆\u00a0", Standing.SINGLE: "○\u00a0", Standing.UNCITED: "□\u00a0"}
"""Before a mark's word, as in the PDF; a mark is not parted from it."""


class Evidence:
    """Makes what stands after a statement, and below it."""

    def __init__(self, briefing: Briefing, writing: Writing, citations: Citations) -> None:
        self._labels = briefing.labels
        self._writing = writing
        self._citations = citations
        self._counts = briefing.standings()

    @property
    def colon(self) -> str:
        """What stands after a label in the document's language."""
        return self._labels.colon

    def valued(self, spans: Sequence[Inline], support: Support | None) -> list[Inline]:
        """What is said with its references and the mark of its standing, or a calm word that it is not known.

        What is said without a note is uncited, even where its standing is called unknown. Raises UnknownNote.
        """
        if support is None:
            return list(spans)
        if support.standing is Standing.UNKNOWN and not any(part.text for part in spans):
            return [Span(self._labels.not_known, styles.NOT_KNOWN), *self._citations.references(support.notes)]
        return [*spans, *self.marked(support)]

    def marked(self, support: Support) -> list[Inline]:
        """References and mark alone."""
        if support.standing is Standing.UNKNOWN and not support.notes:
            support = replace(support, standing=Standing.UNCITED)
        mark = self._mark(support)
        return [*self._citations.references(support.notes), *([Span(" "), *mark] if mark else [])]

    def alone(self, support: Support | None, notes: Sequence[int]) -> list[Inline]:
        """Evidence without words before it: the mark, and below it the numbers as large as it."""
        if support and support.standing is Standing.UNKNOWN and not support.notes:
            support = None
        mark = self._mark(support) if support else []
        numbers = self._citations.references([*(support.notes if support else ()), *notes], raised=False)
        return [*mark, *([Span("\n")] if mark and numbers else []), *numbers]

    def _mark(self, support: Support) -> list[Inline]:
        """The shape and the word of a standing."""
        words = self._words(support)
        shape = _SHAPES.get(support.standing, "")
        return [Span(f"{shape}{words}", _MARKS.get(support.standing, styles.QUIET_MARK))] if words else []

    def value(self, text: str, support: Support | None, language: str = "", style: str = "") -> list[Inline]:
        """A fact's text with its evidence."""
        return self.valued([Span(text, style, language)], support)

    def cited(self, numbers: Sequence[int]) -> list[Inline]:
        """References without a word on how well it is known."""
        return self._citations.references(numbers)

    def rivals(self, support: Support | None) -> list[str]:
        """Paragraphs: what other sources say, those that dispute first, and why the value was accepted over it."""
        if support is None:
            return []
        ordered = sorted(support.rivals, key=lambda rival: rival.compatible)
        made = [self._writing.paragraph(self._rival(rival), styles.SMALL) for rival in ordered]
        if support.reason:
            spans = [Span(f"{self._labels.accepted}{self._labels.colon}", styles.QUIET), Span(support.reason)]
            made.append(self._writing.paragraph(spans, styles.SMALL))
        return made

    def key(self) -> list[str]:
        """Paragraphs: what the marks of this document mean, and how many there are of each."""
        labels = self._labels
        meanings = (
            (Standing.SUPPORTED, labels.supported, labels.key_supported),
            (Standing.SINGLE, labels.single, labels.key_single),
            (Standing.DISPUTED, labels.disputed, labels.key_disputed),
            (Standing.UNCITED, labels.uncited, labels.key_uncited),
        )
        return [
            self._writing.paragraph(
                [
                    Span(f"{self._counts[standing]} "),
                    Span(f"{_SHAPES.get(standing, '')}{word}", _MARKS.get(standing, styles.QUIET_MARK)),
                    Span(f"{labels.colon}{meaning}", styles.QUIET),
                ],
                styles.CELL,
            )
            for standing, word, meaning in meanings
            if self._counts[standing]
        ]

    def _rival(self, rival: Rival) -> list[Inline]:
        lead = self._labels.also if rival.compatible else self._labels.otherwise
        spans: list[Inline] = [Span(f"{lead}{self._labels.colon}", styles.QUIET), Span(rival.text, "", rival.language)]
        if rival.reported_by:
            spans.append(Span(f" ({rival.reported_by})", styles.QUIET))
        return [*spans, *self._citations.references(rival.notes)]

    def _words(self, support: Support) -> str:
        labels = self._labels
        if support.standing is Standing.SUPPORTED:
            return labels.origins.format(count=support.origins) if support.origins else ""
        return {
            Standing.DISPUTED: labels.disputed,
            Standing.SINGLE: labels.single,
            Standing.UNCITED: labels.uncited,
        }.get(support.standing, "")
