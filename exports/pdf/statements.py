"""A statement on paper: its words with their evidence, what stands below them, and what rivals say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.briefing.document import Item, Role, Run
from exports.pdf.flow import Block, Stack
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts
from exports.pdf.styles import (
    ADDED,
    BLOCK_GAP,
    BODY,
    EMPHASIS,
    GONE,
    HEADLINE,
    LABEL,
    LEAD,
    QUIET,
    SMALL,
    SMALL_QUIET,
    STRONG,
    TextStyle,
)
from exports.pdf.text import Span

_STYLES: dict[Role, TextStyle] = {
    Role.BODY: BODY,
    Role.STRONG: STRONG,
    Role.QUIET: QUIET,
    Role.EMPHASIS: EMPHASIS,
    Role.LEAD: LEAD,
    Role.HEADLINE: HEADLINE,
    Role.SMALL: SMALL,
    Role.ADDED: ADDED,
    Role.GONE: GONE,
}


@dataclass(frozen=True, slots=True)
class Statements:
    """Sets items: by themselves, in lists and in the cells of tables."""

    parts: Parts

    def block(self, item: Item, where: str) -> Block:
        """The whole item, beside its label if it has one."""
        here = place(where, item.runs)
        blocks = self._body(item, here)
        if item.facts:
            blocks.append(self.parts.facts(item.facts, here))
        blocks += self.rivals(item, here)
        made = Stack(blocks, before=BLOCK_GAP, after=BLOCK_GAP, link=item.link)
        return self.parts.labelled(item.label, made, where)

    def told(self, item: Item, where: str, *, flush_right: bool = False) -> list[Block]:
        """The item as lines of a cell, without what rivals say."""
        label: list[Block] = [Paragraph([Span(item.label, LABEL)], where=where)] if item.label else []
        below: list[Block] = [
            Paragraph(
                [
                    Span(f"{fact.label}{self.parts.labels.colon}", SMALL_QUIET),
                    *self.parts.evidence.value(fact.text, SMALL, fact.support),
                ],
                where=where,
            )
            for fact in item.facts
        ]
        told = [*label, *self._body(item, where, flush_right=flush_right), *below]
        return [Stack(told, link=item.link)] if item.link else told

    def spans(self, item: Item) -> list[Span]:
        """The item's words with their evidence; evidence without words is set as large as they would be."""
        evidence = self.parts.evidence
        words = [_span(run) for run in item.runs] or [Span("", BODY)]
        if not item.text and (alone := evidence.alone(item.support, item.notes, words[-1].style)):
            return alone
        spans = evidence.valued(words, item.support)
        return [*spans, *evidence.references(item.notes, spans[-1].style)] if item.notes else spans

    def rivals(self, item: Item, where: str) -> list[Paragraph]:
        """What other sources say about the item."""
        return self.parts.evidence.rivals(item.support, where)

    def all_rivals(self, item: Item, where: str) -> list[Paragraph]:
        """The same, with what they say about its facts: for what has no room below the facts themselves."""
        of_facts = [self.parts.evidence.rivals(fact.support, f"{where}: {fact.label}") for fact in item.facts]
        return [*self.rivals(item, where), *(rival for rivals in of_facts for rival in rivals)]

    def _body(self, item: Item, where: str, *, flush_right: bool = False) -> list[Block]:
        blocks: list[Block] = [Paragraph(self.spans(item), where=where, flush_right=flush_right)]
        if details := [(label, text) for label, text in item.details if text]:
            blocks.append(self.parts.details(details, where))
        return blocks + [
            Paragraph(
                [Span(f"{label}{self.parts.labels.colon}" if label else "", SMALL_QUIET), Span(text, SMALL)],
                where=where,
            )
            for label, text in item.particulars
            if text
        ]


def place(where: str, runs: Sequence[Run]) -> str:
    """What an error calls the place: the section and whom or what it is about."""
    return f"{where}: {runs[0].text}" if runs else where


def _span(run: Run) -> Span:
    return Span(run.text, _STYLES[run.role], run.language, tag="Quote" if run.quote else "", whole=run.whole)
