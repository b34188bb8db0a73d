"""The words that a briefing needs beside those of the file, and the choices that shape it. Desktop translates them."""

from dataclasses import dataclass, field
from datetime import datetime


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
    reported_status: str = "Reported status"
    reported: str = "reported {status} ({date})"
    article: str = "Article {article}"
    relayed_by: str = "relayed by {name}"
    reported_by: str = "reported by {name}"
    original_report: str = "original report"
    repeats: str = "repeats {name}"
    undated: str = "undated"
    untitled_case: str = "Untitled case file"
    supported: str = "{count} facts rest on two or more independent origins."
    graded: str = "{count} of {all} citations are graded."
    gap_uncited: str = "{count} facts on this sheet have no source."
    gap_single: str = "{count} facts rest on one origin only."
    gap_disputed: str = "{count} facts are disputed."
    gap_ungraded: str = "{count} citations have not been graded."
    gap_not_judged: str = "{count} citations cannot be judged (F or 6)."


@dataclass(frozen=True, slots=True)
class BriefingOptions:
    """What a briefing is made with, besides the file.

    `date` is printed as it stands; `compiled` only dates the PDF's metadata. `locale` is Babel's, for dates.
    """

    date: str = ""
    compiled: datetime | None = None
    originator: str = ""
    locale: str = "en_GB"
    words: Words = field(default_factory=Words)
