"""Whether somebody held a post on a day, by what evidence shows (Security Force Monitor): yes, no, or not shown."""

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
    an end date, only the day of the start itself is shown.
    """
    if day is None or not day.is_date:
        return HeldPost.NOT_SHOWN
    if _is_before(day, start) and start_meaning is StartMeaning.STARTED:
        return HeldPost.NO
    if _is_before(end, day) and end_meaning is EndMeaning.ENDED:
        return HeldPost.NO
    return HeldPost.YES if _is_proved(day, start, end) else HeldPost.NOT_SHOWN


def _is_before(first: Edtf | None, second: Edtf | None) -> bool:
    """Whether one date is wholly before another."""
    return bool(first and second and first.is_date and second.is_date and first.latest < second.earliest)


def _is_proved(day: Edtf, start: Edtf | None, end: Edtf | None) -> bool:
    if not (start and start.is_date and start.latest <= day.earliest):
        return False
    last = end.earliest if end and end.is_date else start.latest
    return day.latest <= last
