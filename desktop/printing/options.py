"""What a person chooses for a sheet. Quick to import: nothing here makes a PDF."""

from dataclasses import dataclass
from datetime import date

from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.words import tr
from exports.paper import Paper

LONGEST_ORIGINATOR = 200


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """The choices of `depositary brief` and of the briefing page; equal choices and files give equal bytes."""

    paper: Paper = Paper.A4
    day: date | None = None
    """The date on the sheet, which is also the day that its status is told for; None: that of the last edit."""
    compiled: date | None = None
    """The day in the PDF's metadata; None: the date on the sheet."""
    marking: Tlp | None = None
    """A stricter marking than the file's; None: the file's."""
    originator: str = ""
    """Who compiled the sheet, printed below its title."""


def stricter_markings(given: Tlp) -> tuple[Tlp, ...]:
    """The markings that a sheet may have where the file says `given`: that one and the stricter ones."""
    order = list(Tlp)
    return tuple(order[order.index(given) :])


def chosen_marking(given: Tlp, wanted: Tlp | None) -> Tlp:
    """The marking of a sheet: what is wanted, as long as it does not loosen what the file says. Raises InvalidValue."""
    if wanted is None or wanted in stricter_markings(given):
        return wanted or given
    raise InvalidValue(
        tr("The file marks this sheet {given}. It can be marked more strictly, not {wanted}.").format(
            given=given.label, wanted=wanted.label
        )
    )
