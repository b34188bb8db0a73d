"""Citing notes as Word does: the first mention is a footnote or an endnote, later ones refer to it by its number.

A later mention is a NOTEREF field, which Word keeps right when notes are added or taken away, and which leads to the
first one. Word counts notes by where they first stand. Where that is not how the briefing numbers them (a note that
nothing cites, an order that a table turned around), every number is written as it is (`customMarkFollows`): numbers are
those of the PDF, and what other notes say of "note 3" stays true.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from exports.briefing.document import Briefing, NotesPlace
from exports.docx import styles
from exports.docx.markup import bookmark, field, w
from exports.docx.text import Inline, Made
from exports.pdf.errors import RepeatedNote, UnknownNote


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
        self._look = w("rPr", w("rStyle", val=self.kind.reference_style))

    def references(self, numbers: Sequence[int]) -> list[Inline]:
        """Raised numbers, with commas between. Raises UnknownNote."""
        made: list[Inline] = []
        for number in numbers:
            if made:
                made.append(Made(w("r", self._look, w("t", ",")), ","))
            made.append(Made(self._reference(number), str(number)))
        return made

    def mark(self, number: int) -> str:
        """The number at the beginning of the note itself."""
        return w("r", self._look, w("t", str(number)) if self.is_numbered else w(f"{self.kind}Ref"))

    def _reference(self, number: int) -> str:
        if number not in self._known:
            raise UnknownNote(number)
        if number in self.order:
            shown = w("r", self._look, w("t", str(number)))
            return field(f"NOTEREF {_place(number)} \\f \\h", shown, self._look)
        self.order[number] = len(self.order) + 1
        return bookmark(_place(number), number, self._own(number))

    def _own(self, number: int) -> str:
        """The reference of the first mention; a number of its own stands in the next run."""
        place = self.order[number]
        if not self.is_numbered:
            return w("r", self._look, w(f"{self.kind}Reference", id=place))
        mark = w("r", self._look, w(f"{self.kind}Reference", customMarkFollows=1, id=place))
        return mark + w("r", self._look, w("t", str(number)))


def _place(number: int) -> str:
    return f"_Note{number}"
