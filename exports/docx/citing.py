"""Citing notes as Word does: the first mention is a footnote or an endnote, later ones refer to it by its number.

A later mention is a NOTEREF field, which leads to the first one and stays right when notes are added or taken away.
Word counts notes by where they first stand, and so does this: where the briefing numbers them in another order, the
numbers are not those of the PDF. Only where notes tell of each other by number, as IEEE's "[3, p. 5]" and OSCOLA's
"(n 3)" do, and the orders differ, are the briefing's numbers written as they are (`customMarkFollows`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from exports.briefing.document import Briefing, NotesPlace
from exports.docx import styles
from exports.docx.markup import bookmark, characters, field, w
from exports.docx.text import Inline, Made
from exports.pdf.errors import RepeatedNote, UnknownNote

_MENTION = re.compile(r"\[[0-9]+[],]|\(n [0-9]+\)")


class NoteKind(StrEnum):
    """Where Word puts a note; the words are those of its elements."""

    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"

    @property
    def reference_style(self) -> str:
        """The character style of its number."""
        return styles.FOOTNOTE_REFERENCE if self is NoteKind.FOOTNOTE else styles.ENDNOTE_REFERENCE

    @property
    def text_style(self) -> str:
        """The paragraph style of its text."""
        return styles.FOOTNOTE if self is NoteKind.FOOTNOTE else styles.ENDNOTE


def note_kind(briefing: Briefing) -> NoteKind:
    """Footnotes where notes stand at the bottom of pages, endnotes where they stand at the end."""
    return NoteKind.FOOTNOTE if briefing.notes_place is NotesPlace.PAGE else NoteKind.ENDNOTE


def tell_of_each_other(briefing: Briefing) -> bool:
    """Whether notes name other notes by their numbers."""
    return any(_MENTION.search("".join(phrase.text for phrase in note.reference)) for note in briefing.notes)


class Citations:
    """The references of one document, in the order in which it is written. Raises RepeatedNote."""

    def __init__(self, briefing: Briefing, *, is_numbered: bool) -> None:
        self.kind = note_kind(briefing)
        self.is_numbered = is_numbered
        """Whether the numbers are written, not counted by Word."""
        self.order: dict[int, int] = {}
        """The notes that were cited and their places, from 1, in the order of first mention.

        LibreOffice takes notes by their place, whatever they are called, so a note is called by it.
        """
        self._known = {note.number for note in briefing.notes}
        if len(self._known) < len(briefing.notes):
            raise RepeatedNote
        style = w("rStyle", val=self.kind.reference_style)
        self._look = w("rPr", style)
        self._flat = w("rPr", style, w("vertAlign", val="baseline"))

    @property
    def is_reordered(self) -> bool:
        """Whether counting gives other numbers than the briefing's."""
        return any(number != place for number, place in self.order.items())

    def references(self, numbers: Sequence[int], *, raised: bool = True) -> list[Inline]:
        """Numbers, raised or on the line, with commas between. Raises UnknownNote."""
        made: list[Inline] = []
        look, comma = (self._look, ",") if raised else (self._flat, ", ")
        for number in numbers:
            if made:
                made.append(Made(w("r", look, characters(comma)), comma))
            reference = self._reference(number, look)
            made.append(Made(reference, self.shown(number)))
        return made

    def mark(self, number: int) -> str:
        """The number at the beginning of the note itself."""
        return w("r", self._look, w("t", self.shown(number)) if self.is_numbered else w(f"{self.kind}Ref"))

    def shown(self, number: int) -> str:
        """The number that a reader sees."""
        return str(number if self.is_numbered else self.order.get(number, number))

    def _reference(self, number: int, look: str) -> str:
        if number not in self._known:
            raise UnknownNote(number)
        if number in self.order:
            shown = w("r", look, w("t", self.shown(number)))
            style = "\\f " if look is self._look else ""  # \f puts Word's own style, which is raised
            return field(f"NOTEREF {_place(number)} {style}\\h", shown, look)
        self.order[number] = len(self.order) + 1
        return bookmark(_place(number), number, self._own(number, look))

    def _own(self, number: int, look: str) -> str:
        """The reference of the first mention; a number of its own stands in the next run."""
        place = self.order[number]
        if not self.is_numbered:
            return w("r", look, w(f"{self.kind}Reference", id=place))
        mark = w("r", look, w(f"{self.kind}Reference", customMarkFollows=1, id=place))
        return mark + w("r", look, w("t", str(number)))


def _place(number: int) -> str:
    return f"_Note{number}"
