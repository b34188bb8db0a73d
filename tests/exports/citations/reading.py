"""References as plain text, with asterisks around what is italic."""

from collections.abc import Sequence
from pathlib import Path

from exports.briefing.sheet import Phrase
from exports.citations.items import Cited, Item
from exports.citations.references import references
from exports.citations.styles import CitationStyle


def marked(phrases: Sequence[Phrase]) -> str:
    return "".join(f"*{phrase.text}*" if phrase.italic else phrase.text for phrase in phrases)


def plain(phrases: Sequence[Phrase]) -> str:
    return "".join(phrase.text for phrase in phrases)


def notes_of(
    items: Sequence[Item],
    style: CitationStyle,
    language: str = "en",
    *,
    cited: Sequence[Cited] = (),
    cache: Path | None = None,
) -> list[str]:
    """The note of each citation; without citations, each item is cited once."""
    each = cited or [Cited(number) for number in range(len(items))]
    return [marked(note) for note in references(items, each, style, language, cache=cache).notes]


def entries_of(items: Sequence[Item], style: CitationStyle, language: str = "en") -> list[str]:
    """The bibliography, each item cited once."""
    written = references(items, [Cited(number) for number in range(len(items))], style, language)
    return [marked(entry.phrases) for entry in written.bibliography]
