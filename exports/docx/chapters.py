"""A briefing's story: cover and contents, chapters with their sections, the heading of the notes.

Chapters are headings of the first level and sections of the second, so Word's navigation pane shows both. A title's
evidence stands below it, not in it: a contents list that Word makes anew has only titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exports.briefing.document import Briefing, Chapter
from exports.briefing.sheet import Fact
from exports.docx import styles
from exports.docx.blocks import BlockWriter, separated
from exports.docx.citing import Citations
from exports.docx.evidence import Evidence
from exports.docx.markup import bookmark, clean, escaped, field, w
from exports.docx.notes import NoteWriter
from exports.docx.text import Inline, Made, Span, Writing

_FIRST_HEADING = 1_000_000  # bookmarks below it are notes'
_CONTENTS = 'TOC \\o "1-1" \\h \\z \\u'


@dataclass(frozen=True)
class Story:
    """Writes the body of a document."""

    briefing: Briefing
    writing: Writing
    citations: Citations
    evidence: Evidence
    blocks: BlockWriter
    notes: NoteWriter

    def written(self) -> list[str]:
        """All paragraphs and tables. Raises MissingGlyph, UnknownNote and UnreadablePicture."""
        made = self._cover() if self.briefing.cover is not None else []
        for number, chapter in enumerate(self.briefing.chapters, 1):
            made += self._chapter(chapter, number, begins_page=bool(made))
        return made + self._notes(begins_page=self._is_divided)

    @property
    def _is_divided(self) -> bool:
        return self.briefing.cover is not None or len(self.briefing.chapters) > 1

    def _cover(self) -> list[str]:
        briefing, labels, front = self.briefing, self.briefing.labels, self.briefing.front
        assert briefing.cover is not None
        write = self.writing.paragraph
        case_title = front.case_title if front.case_title != briefing.cover.text else ""
        originator = labels.compiled_by.format(originator=front.originator) if front.originator else ""
        made = [write([Span(labels.dossier)], styles.EYEBROW)]
        made.append(write([Span(briefing.cover.text, "", briefing.cover.language)], styles.TITLE))
        made += self._below(briefing.cover)
        made += [write([Span(text)], styles.SUBTITLE) for text in (case_title, front.date, originator) if text]
        made += [write([Span(text)], styles.SMALL) for text in briefing.remarks]
        return [*made, write([Span(labels.contents)], styles.CONTENTS_HEADING), *self._contents()]

    def _contents(self) -> list[str]:
        """A contents field with its entries; Word works out the pages when the file is opened."""
        entries = [(place, chapter.title.text) for place, chapter in enumerate(self.briefing.chapters, 1)]
        if self._has_notes_heading:
            entries.append((len(entries) + 1, self.briefing.labels.notes))
        begin = w("r", w("fldChar", fldCharType="begin", dirty="true"))
        code = w("r", f'<w:instrText xml:space="preserve"> {escaped(_CONTENTS)} </w:instrText>')
        opening = begin + code + w("r", w("fldChar", fldCharType="separate"))
        made = []
        for at, (place, title) in enumerate(entries):
            words = " ".join(clean(title).split())
            parts: list[Inline] = [Made(opening, "")] if at == 0 else []
            made.append(self.writing.paragraph([*parts, self._entry(place, words)], styles.CONTENTS))
        closing = w("r", w("fldChar", fldCharType="end"))
        return [*made, w("p", closing if made else opening + closing)]

    def _entry(self, place: int, words: str) -> Made:
        """A line that leads to its heading."""
        number = field(f"PAGEREF {_anchor(place)} \\h", w("r", w("t", "…")))
        text = f'<w:t xml:space="preserve">{escaped(words)}</w:t>'
        content = w("r", text) + w("r", w("tab")) + number
        return Made(f'<w:hyperlink w:anchor="{_anchor(place)}" w:history="1">{content}</w:hyperlink>', words)

    def _chapter(self, chapter: Chapter, number: int, *, begins_page: bool) -> list[str]:
        write, title = self.writing.paragraph, chapter.title
        made = []
        if chapter.eyebrow:
            made.append(write([Span(chapter.eyebrow)], styles.EYEBROW, begins_page=begins_page))
        breaks = begins_page and not chapter.eyebrow
        made.append(self._heading(title.text, number, begins_page=breaks, language=title.language))
        made += self._below(title)
        made += [write([Span(other.text, "", other.language)], styles.SUBTITLE) for other in chapter.other_titles]
        remarks = self.briefing.remarks if number == 1 and self.briefing.cover is None else ()
        made += [write([Span(text)], styles.SMALL) for text in remarks]
        for section in chapter.sections:
            if section.blocks:
                if section.title != title.text:
                    made.append(write([Span(section.title)], styles.SECTION))
                for block in section.blocks:
                    made += separated(self.blocks.write(block, section.title))
        return made

    def _heading(self, text: str, place: int, *, begins_page: bool, language: str = "") -> str:
        """A heading of the first level, which the contents lead to."""
        start, _, end = bookmark(_anchor(place), _FIRST_HEADING + place, "\0").partition("\0")
        parts: list[Inline] = [Made(start, ""), Span(text, "", language), Made(end, "")]
        return self.writing.paragraph(parts, styles.CHAPTER, begins_page=begins_page)

    def _below(self, title: Fact) -> list[str]:
        """How well a title is known, and what else it is called by other sources."""
        if title.support is None:
            return []
        marked = self.evidence.marked(title.support)
        label: list[Inline] = [Span(title.label, styles.QUIET)]
        return [self.writing.paragraph([*label, *marked], styles.SMALL), *self.evidence.rivals(title.support)]

    @property
    def _has_notes_heading(self) -> bool:
        return bool(self.briefing.notes) and self.citations.kind == "endnote"

    def _notes(self, *, begins_page: bool) -> list[str]:
        """The heading below which Word puts endnotes, and the notes that nothing cites."""
        uncited = [note for note in self.briefing.notes if note.number not in self.citations.order]
        if not uncited and not self._has_notes_heading:
            return []
        title = self.briefing.labels.notes
        heading = (
            self._heading(title, len(self.briefing.chapters) + 1, begins_page=True)
            if begins_page
            else self.writing.paragraph([Span(title)], styles.SECTION)
        )
        return [heading, *(paragraph for note in uncited for paragraph in self.notes.uncited(note))]


def _anchor(place: int) -> str:
    return f"_Toc{place:08}"


def body(blocks: Sequence[str], section: str) -> str:
    """The document's body; Word wants a paragraph last."""
    return w("body", *blocks, section)
