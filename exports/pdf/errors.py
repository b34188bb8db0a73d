"""What can be wrong with a sheet that is to be printed. When one of these is raised, nothing was written."""

from __future__ import annotations

import unicodedata

from exports.errors import BriefingError


class MissingMarking(BriefingError):
    """A sheet has no handling marking, and none may leave without one."""

    def __init__(self) -> None:
        super().__init__("The sheet has no marking. Set the case file's default marking, then print again.")


class MissingGlyph(BriefingError):
    """No font has a glyph for a character, which would otherwise print as a blank."""

    def __init__(self, character: str, where: str = "") -> None:
        self.character = character
        self.where = where
        name = unicodedata.name(character, "a character without a name")
        place = f" in {where}" if where else ""
        super().__init__(f"No font can print U+{ord(character):04X} {name}{place}.")

    def at(self, where: str) -> MissingGlyph:
        """The same error, saying where in the sheet the character stands."""
        return MissingGlyph(self.character, where)


class UnknownNote(BriefingError):
    """A fact cites a note that the sheet does not hold."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"A fact cites note {number}, which the sheet does not hold.")


class RepeatedNote(BriefingError):
    """Two notes of a sheet have one number."""

    def __init__(self) -> None:
        super().__init__("Two notes of the sheet have the same number.")


class PageTooSmall(BriefingError):
    """Something that cannot be divided is taller than a page."""

    def __init__(self) -> None:
        super().__init__("A part of the sheet is taller than the page and cannot be divided.")


class UnreadablePicture(BriefingError):
    """A portrait is no picture that can be read."""

    def __init__(self, where: str) -> None:
        super().__init__(f"The picture in {where} cannot be read. Attach it again as JPEG or PNG, then print again.")
