"""Items as paragraphs: words with their evidence, quiet details, facts; what rivals say is told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.briefing.document import Item, Role, Run
from exports.briefing.sheet import Fact
from exports.docx import styles
from exports.docx.evidence import Evidence
from exports.docx.text import Inline, Span, Writing

_PARAGRAPHS = {Role.LEAD: styles.LEAD, Role.HEADLINE: styles.HEADLINE, Role.SMALL: styles.SMALL}
_LETTERS = {
    Role.BODY: "",
    Role.STRONG: styles.STRONG,
    Role.QUIET: styles.QUIET,
    Role.EMPHASIS: styles.EMPHASIS,
    Role.LEAD: "",
    Role.HEADLINE: styles.STRONG,
    Role.SMALL: styles.SMALL_RUN,
    Role.ADDED: styles.ADDED,
    Role.GONE: styles.GONE,
}


@dataclass(frozen=True)
class Statements:
    """Writes items."""

    writing: Writing
    evidence: Evidence

    def paragraphs(self, item: Item, style: str = "") -> list[str]:
        """The whole item without its label; its paragraph style follows its role unless one is given."""
        return [*self.told(item, style), *self.rivals(item)]

    def rivals(self, item: Item) -> list[str]:
        """What other sources say about the item and its facts."""
        supports = [item.support, *(fact.support for fact in item.facts)]
        return [paragraph for support in supports for paragraph in self.evidence.rivals(support)]

    def told(self, item: Item, style: str = "", *, flush_right: bool = False, is_strong: bool = False) -> list[str]:
        """The item without what rivals say."""
        own = style or (_PARAGRAPHS.get(item.runs[0].role, styles.BODY) if item.runs else styles.BODY)
        small = style or styles.SMALL
        write, colon = self.writing.paragraph, self.evidence.colon
        made = [write(self._parts(item, own, is_strong=is_strong), own, flush_right=flush_right)]
        details = [(label, text) for label, text in item.details if text]
        if details:
            told = " · ".join(f"{label}{colon}{text}" if label else text for label, text in details)
            made.append(write([Span(told, styles.SMALL_QUIET)], small, flush_right=flush_right))
        for label, text in item.particulars:
            if text:
                lead = [Span(f"{label}{colon}", styles.SMALL_QUIET)] if label else []
                made.append(write([*lead, Span(text, styles.SMALL_RUN)], small, flush_right=flush_right))
        return made + [write(self._fact(fact), small, flush_right=flush_right) for fact in item.facts]

    def _parts(self, item: Item, style: str, *, is_strong: bool) -> Sequence[Inline]:
        """The item's words with their evidence."""
        if not item.text and (alone := self.evidence.alone(item.support, item.notes)):
            return alone
        spans = [_span(run, style, is_strong=is_strong) for run in item.runs] or [Span("")]
        return [*self.evidence.valued(spans, item.support), *self.evidence.cited(item.notes)]

    def _fact(self, fact: Fact) -> Sequence[Inline]:
        value = self.evidence.value(fact.text, fact.support, fact.language, styles.SMALL_RUN)
        return [Span(f"{fact.label}{self.evidence.colon}", styles.SMALL_QUIET), *value] if fact.label else value


def _span(run: Run, paragraph: str, *, is_strong: bool) -> Span:
    """A run; where its role is that of the whole paragraph, it needs no style of its own."""
    style = "" if _PARAGRAPHS.get(run.role) == paragraph else _LETTERS[run.role]
    return Span(run.text, styles.STRONG if is_strong and run.role is Role.BODY else style, run.language)
