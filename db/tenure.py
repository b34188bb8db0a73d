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
    if _is_before(day, start) and start_meaning is StartMeaning.STARTED:
        return HeldPost.NO
    if _is_before(end, day) and end_meaning is EndMeaning.ENDED:
        return HeldPost.NO
    return HeldPost.YES if _is_proved(day, start, end) else HeldPost.NOT_SHOWN


def _is_sure(date: Edtf | None) -> TypeGuard[Edtf]:
    return date is not None and date.is_date and not date.is_approximate and not date.is_uncertain


def _is_before(first: Edtf | None, second: Edtf | None) -> bool:
    """Whether one date is wholly before another."""
    return _is_sure(first) and _is_sure(second) and first.latest < second.earliest


def _is_proved(day: Edtf, start: Edtf | None, end: Edtf | None) -> bool:
    """Whether all days of `day` lie between the last day that the start can mean and the first that the end can."""
    if not _is_sure(start):
        return False
    last = end if _is_sure(end) else start
    return start.latest <= day.earliest and day.latest <= last.earliest
