"""A briefing's chapters as one story: titles, sections, and the notes at the end."""

from __future__ import annotations

from exports.briefing.document import Briefing, Chapter, Section
from exports.pdf.blocks import Setter
from exports.pdf.flow import Block, Stack
from exports.pdf.notes import NotesSection
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.styles import EYEBROW, OTHER_TITLE, SECTION_GAP, TITLE, TITLE_LONG, TITLE_LONGEST, TextStyle
from exports.pdf.tags import Node
from exports.pdf.text import Span

_TITLE_STYLES = ((110, TITLE), (340, TITLE_LONG))  # up to so many characters


def story(briefing: Briefing, parts: Parts) -> Stack:
    """The whole document as one stack of blocks. Raises MissingGlyph and UnknownNote."""
    blocks = [block for chapter in briefing.chapters for block in _chapter(chapter, parts)]
    if briefing.notes:
        section = NotesSection(parts.grid, parts.labels, parts.evidence)
        blocks.append(section.block(briefing.notes))
    return Stack(blocks)


def title_style(title: str) -> TextStyle:
    """A size for a title, smaller for one that would otherwise fill the page."""
    return next((style for limit, style in _TITLE_STYLES if len(title) <= limit), TITLE_LONGEST)


def _chapter(chapter: Chapter, parts: Parts) -> list[Block]:
    setter = Setter(parts)
    return [_title(chapter, parts), *(_section(section, parts, setter) for section in chapter.sections)]


def _title(chapter: Chapter, parts: Parts) -> Block:
    title, where = chapter.title, chapter.eyebrow
    spans = parts.evidence.value(title.text, title_style(title.text), title.support, title.language)
    blocks: list[Block] = [
        Paragraph([Span(chapter.eyebrow, EYEBROW)], where=where, after=2.0),
        Paragraph(spans, Node("H1"), where=where),
        *parts.evidence.rivals(title.support, where),
        *lines([(other.text, OTHER_TITLE, other.language) for other in chapter.other_titles], where, 1.0),
    ]
    return Stack(blocks, after=SECTION_GAP, link=chapter.link)


def _section(section: Section, parts: Parts, setter: Setter) -> Block:
    set_blocks = [made for block in section.blocks for made in setter.set(block, section.title)]
    return parts.section(section.title, set_blocks)
