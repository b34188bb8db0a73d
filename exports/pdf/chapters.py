"""A briefing's chapters as stories: titles, sections with their headings in the rail, and the notes at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from exports.briefing import document
from exports.briefing.document import Briefing, BriefingKind, Chapter, NotesPlace, Portrait, Section
from exports.pdf.blocks import Setter
from exports.pdf.cover import Cover, Entry
from exports.pdf.flow import Block, Bookmark, Columns, Gap, Stack
from exports.pdf.notes import NoteSetter
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.styles import (
    BLOCK_GAP,
    EYEBROW,
    HEADING,
    HEADING_QUIET,
    OTHER_TITLE,
    SECTION_GAP,
    SMALL_QUIET,
    TITLE,
    TITLE_LONG,
    TITLE_LONGEST,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Span, one_line

_TITLE_STYLES = ((110, TITLE), (340, TITLE_LONG))  # up to so many characters


@dataclass(frozen=True, slots=True)
class Story:
    """What begins on a page of its own, and what the head of its pages calls it."""

    blocks: Stack
    title: str = ""
    language: str = ""


def stories(briefing: Briefing, parts: Parts, notes: NoteSetter) -> Iterator[Story]:
    """What begins on a page of its own, one after the other: cover, chapters, notes. A single chapter is one story.

    Raises MissingGlyph and UnknownNote.
    """
    chapters = [_Chapter(chapter, number, briefing, parts) for number, chapter in enumerate(briefing.chapters, 1)]
    at_end = notes.section(len(chapters) != 1) if briefing.notes and briefing.notes_place is NotesPlace.END else None
    if briefing.cover is not None:
        entries = [chapter.entry for chapter in chapters]
        if at_end:
            entries.append(Entry(parts.labels.notes, "notes"))
        yield Story(Cover(briefing, parts).story(entries))
    if len(chapters) == 1 and briefing.cover is None:
        yield chapters[0].story(Stack([*chapters[0].blocks(), *([at_end] if at_end else [])]))
        return
    for chapter in chapters:
        yield chapter.story(Stack(chapter.blocks(), Node("Part")))
    if at_end:
        yield Story(Stack([at_end], Node("Part")), parts.labels.notes)


def title_style(title: str) -> TextStyle:
    """A size for a title, smaller for one that would otherwise fill the page."""
    return next((style for limit, style in _TITLE_STYLES if len(title) <= limit), TITLE_LONGEST)


@dataclass(frozen=True)
class _Chapter:
    """Sets one chapter. Its heading is one level below that of a cover."""

    chapter: Chapter
    number: int
    briefing: Briefing
    parts: Parts

    @property
    def entry(self) -> Entry:
        """Its line in the contents."""
        return Entry(one_line(self.chapter.title.text), self._name, self._group)

    @property
    def _group(self) -> str:
        """What chapters of its kind stand under in the contents, where there may be many."""
        labels = self.parts.labels
        return {
            BriefingKind.AGREEMENT: labels.agreements,
            BriefingKind.OFFICIAL: labels.officials,
            BriefingKind.PAIR: labels.pairs,
        }.get(self.chapter.kind, "")

    def story(self, blocks: Stack) -> Story:
        """These blocks under its title."""
        return Story(blocks, self.chapter.title.text, self.chapter.title.language)

    def blocks(self) -> list[Block]:
        """Title first; sections without blocks are left out."""
        setter = Setter(self.parts)
        told = [(place, section) for place, section in enumerate(self.chapter.sections, 1) if section.blocks]
        return [self._title(), *(self._section(section, place, setter) for place, section in told)]

    @property
    def _name(self) -> str:
        return f"chapter-{self.number}"

    @property
    def _level(self) -> int:
        return 2 if self.briefing.cover is not None else 1

    def _title(self) -> Block:
        chapter, evidence = self.chapter, self.parts.evidence
        title, where = chapter.title, chapter.eyebrow
        words = " ".join(filter(None, map(str.strip, title.text.splitlines())))
        spans = evidence.value(words, title_style(words), title.support, title.language)
        remarks = self.briefing.remarks if self.number == 1 and self.briefing.cover is None else ()
        blocks: list[Block] = [
            *self._bookmark(),
            *([Paragraph([Span(chapter.eyebrow, EYEBROW)], where=where, after=2.0)] if chapter.eyebrow else []),
            Paragraph(spans, Node(f"H{self._level}"), where=where),
            *evidence.rivals(title.support, where),
            *lines([(other.text, OTHER_TITLE, other.language) for other in chapter.other_titles], where, 1.0),
            *lines([(text, SMALL_QUIET, "") for text in remarks], where, BLOCK_GAP),
        ]
        return Stack(blocks, after=SECTION_GAP, link=chapter.link)

    def _bookmark(self) -> list[Block]:
        """A chapter is bookmarked where there are several."""
        if not self._is_one_of_many:
            return []
        return [Bookmark(self.entry.title or self.chapter.eyebrow, self._name)]

    @property
    def _is_one_of_many(self) -> bool:
        return len(self.briefing.chapters) > 1 or self.briefing.cover is not None

    def _section(self, section: Section, place: int, setter: Setter) -> Block:
        """The heading in the rail, beside what is read; above it where that goes across the rail as well.

        A section that is called as its chapter needs none.
        """
        runs = [
            (is_full, [made for block in blocks for made in setter.set(block, section.title)])
            for is_full, blocks in groupby(_without_portraits(section), setter.is_full)
        ]
        portraits = [block for block in section.blocks if isinstance(block, Portrait)]
        rail = [made for block in portraits for made in setter.set(block, section.title)]
        heading = self._heading(section, place)
        if len(runs) == 1 and not runs[0][0]:
            return self._beside(section, heading, rail, runs[0][1], Node("Sect"))
        first = runs.pop(0)[1] if runs and not runs[0][0] else None
        blocks: list[Block] = []
        if first or rail:
            blocks.append(self._beside(section, heading, rail, first or [Gap()]))
        elif heading.blocks:
            blocks.append(self._above(heading))
        for is_full, made in runs:
            blocks.append(Stack(made, before=BLOCK_GAP) if is_full else self._indented(made))
        return Stack(blocks, Node("Sect"), before=SECTION_GAP, after=SECTION_GAP)

    def _heading(self, section: Section, place: int) -> Stack:
        if section.title == self.chapter.title.text:
            return Stack([])
        level = 1 if self._is_one_of_many else 0
        name = f"{self._name}-section-{place}"
        words = Paragraph([Span(section.title, HEADING)], Node(f"H{self._level + 1}"), where=section.title)
        return Stack([Bookmark(one_line(section.title), name, level), words])

    def _beside(
        self,
        section: Section,
        heading: Stack,
        rail: Sequence[Block],
        blocks: Sequence[Block],
        node: Node | None = None,
    ) -> Block:
        again = Paragraph(
            [Span(section.title, HEADING_QUIET), Span(f" {self.parts.labels.continued}", SMALL_QUIET)],
            where=section.title,
        )
        grid = self.parts.grid
        return Columns(
            [Stack([*heading.blocks, *rail]), Stack(blocks)],
            (grid.rail, grid.column),
            grid.gutter,
            node,
            before=SECTION_GAP,
            after=SECTION_GAP,
            padding=SECTION_GAP / 2,
            ruled=True,
            again=again,
        )

    def _above(self, heading: Stack) -> Block:
        measure = self.parts.grid.measure
        return Columns([heading], [measure], 0, padding=SECTION_GAP / 2, ruled=True, keeps_next=True)

    def _indented(self, blocks: Sequence[Block]) -> Block:
        grid = self.parts.grid
        return Columns([Gap(), Stack(blocks)], (grid.rail, grid.column), grid.gutter, before=BLOCK_GAP)


def _without_portraits(section: Section) -> list[document.Block]:
    return [block for block in section.blocks if not isinstance(block, Portrait)]
