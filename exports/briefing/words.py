"""The words that a briefing needs beside those of the file, and the choices that shape it. Desktop translates them."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from db.models.vocabulary import Tlp
from exports.briefing.labels import Labels
from exports.citations.styles import CitationStyle


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of a sheet's content that no record holds. Words in braces are filled in and must stay."""

    title: str = "Title"
    status: str = "Status"
    summary: str = "Summary"
    instrument_type: str = "Instrument"
    legally_binding: str = "Legally binding"
    subjects: str = "Subjects"
    place_signed: str = "Place of signature"
    term: str = "Term"
    renewal: str = "Renewal"
    unts_number: str = "UNTS number"
    treaty_number: str = "National treaty number"
    depositary: str = "Depositary"
    reported: str = "reported {status} ({date})"
    article: str = "Article {article}"
    relayed_by: str = "relayed by {name}"
    reported_by: str = "reported by {name}"
    original_report: str = "original report"
    bibliography: str = "Bibliography"
    repeats: str = "repeats {name}"
    undated: str = "undated"
    supported: str = "Facts that rest on two or more independent origins: {count}"
    graded: str = "Graded citations: {count} of {all}"
    gap_disputed: str = "Disputed facts: {count}"
    gap_uncited: str = "Facts without a source: {count}"
    gap_single: str = "Facts that rest on one origin only: {count}"
    gap_ungraded: str = "Citations not graded: {count}"
    gap_not_judged: str = "Citations that cannot be judged (F or 6): {count}"


LAST_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class BriefingOptions:
    """What a briefing is made with, besides the file.

    `date` is printed as it stands; `compiled` only dates the PDF's metadata. `locale` is Babel's, for dates and
    for the words of a citation style.
    """

    date: str = ""
    day: str = LAST_DAY
    """The day (YYYY-MM-DD) that the status is told for; without one, whatever is on file counts as done."""
    compiled: datetime | None = None
    originator: str = ""
    locale: str = "en_GB"
    words: Words = field(default_factory=Words)
    labels: Labels = field(default_factory=Labels)
    ceiling: Tlp | None = None
    """The highest marking of what may be told; None: whatever is on file."""
    style: CitationStyle = CitationStyle.PLAIN
    citation_cache: Path | None = None
    """A folder of the user's in which references in other styles than the plain one are kept; None: nowhere."""
