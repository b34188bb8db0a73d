"""What a person chooses for a briefing. Quick to import: nothing here makes a PDF."""

import uuid
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.dates import understand
from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.words import tr
from exports.paper import Paper

LONGEST_ORIGINATOR = 200


class Kind(StrEnum):
    """The briefings that there are, as `exports.briefing.document.BriefingKind` has them."""

    AGREEMENT = "agreement"
    OFFICIAL = "official"
    PAIR = "pair"
    REGISTER = "register"
    DOSSIER = "dossier"


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """The choices of `depositary brief` and of the briefing page; equal choices and files give equal bytes."""

    paper: Paper = Paper.A4
    day: date | None = None
    """The date on the sheet, which is also the day that its status is told for; None: that of the last edit."""
    compiled: date | None = None
    """The day in the PDF's metadata; None: the date on the sheet."""
    marking: Tlp | None = None
    """A stricter marking than that of what is told; None: that one, or the ceiling where that is looser."""
    originator: str = ""
    """Who compiled the sheet, printed below its title."""
    language: str = "en"
    """Of labels, terms and dates: en, ja or nb."""
    style: str = "plain"
    """Of citations, as `exports.citations.styles.CitationStyle` calls it."""
    notes_at_page: bool = False
    """Notes at the bottom of the page that cites them, instead of at the end."""
    plain: bool = False
    """Print without colour."""
    internal: bool = False
    """Open questions, and in a dossier the notes that are marked internal."""
    sections: tuple[str, ...] = ()
    """The sections by name, in their order; none: all in the usual order."""
    ceiling: Tlp | None = None
    """What is marked above it is left out; None: nothing is."""
    says_withheld: bool = False
    """Say that something was left out, where it was."""
    as_of: date | None = None
    """The file as it was known at the end of that day; None: as it is."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing is about: records by their ids, or agreements by a filter."""

    kind: Kind
    records: tuple[uuid.UUID, ...] = ()
    filter: str = ""
    grouping: str = "subject"
    """Of a register, as `exports.briefing.register.Grouping` calls it."""
    sort: str = "signed"
    """The column of the window's lists that a register is sorted by; a hyphen before it: last first."""
    title: str = ""
    """Of a dossier; empty: the case's."""


def typed_day(text: str) -> date | None:
    """The day that a person typed, "1 Sept 2024" as well as "2024-09-01"; None where it is not exactly one."""
    found = understand(text)
    try:
        return date.fromisoformat(found.form) if found else None
    except ValueError:
        return None


def stricter_markings(given: Tlp) -> tuple[Tlp, ...]:
    """The markings that a sheet may have where the file says `given`: that one and the stricter ones."""
    order = list(Tlp)
    return tuple(order[order.index(given) :])


def chosen_marking(given: Tlp, wanted: Tlp | None, ceiling: Tlp | None = None) -> Tlp:
    """The marking of a sheet: what is wanted, if it loosens neither what the file says nor what the ceiling let pass.

    Raises InvalidValue.
    """
    order = list(Tlp)
    least = min(given, ceiling, key=order.index) if ceiling else given
    if wanted is None or wanted in stricter_markings(least):
        return wanted or least
    raise InvalidValue(
        tr("What this sheet tells is marked {given}. It can be marked more strictly, not {wanted}.").format(
            given=least.label, wanted=wanted.label
        )
    )
