"""The citation styles that there are, and what kind of style each is."""

from enum import StrEnum
from pathlib import Path

import resources


class Family(StrEnum):
    """How a style cites: by whole references in notes, by author and date, or by numbers."""

    NOTE = "note"
    AUTHOR_DATE = "author-date"
    NUMERIC = "numeric"


class CitationStyle(StrEnum):
    """A style; its value is the id of its CSL file, but for our own plain one, which needs no file and no pandoc."""

    PLAIN = "plain"
    CHICAGO_NOTES = "chicago-notes"
    CHICAGO_AUTHOR_DATE = "chicago-author-date"
    OSCOLA = "oscola"
    APA = "apa"
    IEEE = "ieee"

    @property
    def family(self) -> Family:
        """How it cites."""
        return _FAMILIES.get(self, Family.NOTE)

    @property
    def file(self) -> Path:
        """Its CSL file."""
        return resources.path(f"styles/{self.value}.csl")

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_FAMILIES = {
    CitationStyle.CHICAGO_AUTHOR_DATE: Family.AUTHOR_DATE,
    CitationStyle.APA: Family.AUTHOR_DATE,
    CitationStyle.IEEE: Family.NUMERIC,
}
_LABELS = {
    CitationStyle.PLAIN: "plain",
    CitationStyle.CHICAGO_NOTES: "Chicago (notes)",
    CitationStyle.CHICAGO_AUTHOR_DATE: "Chicago (author-date)",
    CitationStyle.OSCOLA: "OSCOLA",
    CitationStyle.APA: "APA",
    CitationStyle.IEEE: "IEEE",
}
