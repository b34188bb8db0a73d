"""The choices that shape a briefing, and the words that follow from its language."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.models.vocabulary import Tlp
from exports.briefing.labels import Labels
from exports.briefing.languages import Language, Vocabulary, vocabulary
from exports.citations.styles import CitationStyle

LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class BriefingOptions:
    """What a briefing is made with, besides the file.

    `date` is printed as it stands; `compiled` only dates the PDF's metadata.
    """

    date: str = ""
    day: str = LAST_DAY
    """The day (YYYY-MM-DD) that the status is told for; without one, whatever is on file counts as done."""
    compiled: datetime | None = None
    known: str = ""
    """The day, in words, that the file is told as known on; empty: as it is."""
    originator: str = ""
    language: Language = Language.ENGLISH
    ceiling: Tlp | None = None
    """The highest marking of what may be told; None: whatever is on file."""
    style: CitationStyle = CitationStyle.PLAIN
    citation_cache: Path | None = None
    """A folder of the user's in which references in other styles than the plain one are kept; None: nowhere."""
    sections: tuple[str, ...] = ()
    """The sections of each sheet by name, in their order; none: all in the usual one."""
    internal: bool = False
    """Whether tasks and notes that are marked internal are told."""
    says_withheld: bool = False
    """Whether the briefing says that something above the ceiling was left out."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All words of the language."""
        return vocabulary(self.language)

    @property
    def labels(self) -> Labels:
        """The fixed words in the language; below a ceiling those that claim nothing of the file."""
        return self.vocabulary.reserved if self.ceiling else self.vocabulary.labels

    @property
    def locale(self) -> str:
        """Babel's, for dates and for the words of a citation style."""
        return self.vocabulary.locale
