"""Whether somebody held a post on a day, by what evidence shows (Security Force Monitor): yes, no, or not shown."""

from typing import TypeGuard

from db.dates import Edtf
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning


def held_on(
    day: Edtf | None,
    start: Edtf | None,
    start_meaning: StartMeaning | None,
    end: Edtf | None,
    end_meaning: EndMeaning | None,
) -> HeldPost:
    """Whether a membership with these dates shows its post held on a day.

    First and last evidence prove the days between them and nothing outside. An unknown end is not "still": without
    an end date, only the day of the start itself is shown. A date that is approximate or uncertain proves nothing,
    because nobody knows how wide "about" is.
    """
    if not _is_sure(day):
        return HeldPost.NOT_SHOWN
    if is_before(day, start) and start_meaning is StartMeaning.STARTED:
        return HeldPost.NO
    if is_before(end, day) and end_meaning is EndMeaning.ENDED:
        return HeldPost.NO
    return HeldPost.YES if _is_proved(day, start, end) else HeldPost.NOT_SHOWN


def _is_sure(date: Edtf | None) -> TypeGuard[Edtf]:
    return date is not None and date.is_date and not date.is_approximate and not date.is_uncertain


def is_before(first: Edtf | None, second: Edtf | None) -> bool:
    """Whether one date is known to be wholly before another."""
    return _is_sure(first) and _is_sure(second) and first.latest < second.earliest


def _is_proved(day: Edtf, start: Edtf | None, end: Edtf | None) -> bool:
    days = proved_days(start, end)
    return days is not None and days[0] <= day.earliest and day.latest <= days[1]


def proved_days(start: Edtf | None, end: Edtf | None) -> tuple[str, str] | None:
    """The first and last day (YYYY-MM-DD) on which a membership with these dates is shown; None where nothing is.

    From the last day that the start can mean to the first that the end can, or else the day of the start itself.
    """
    if not _is_sure(start):
        return None
    last = end if _is_sure(end) else start
    return (start.latest, last.earliest) if start.latest <= last.earliest else None
