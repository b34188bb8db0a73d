"""What the sections say of dates, posts and grades, in words that claim no more than evidence shows."""

from PySide6.QtCore import QCoreApplication

from db.dates import Edtf, describe
from db.models.vocabulary import EndMeaning, HeldPost, StartMeaning
from db.queries.tenures import Tenure

HELD_ICONS = {
    HeldPost.YES: "circle-check",
    HeldPost.NO: "circle-x",
    HeldPost.NOT_SHOWN: "circle-help",
}
"""A shape for each answer, so that it is read without colour."""


def date_words(date: Edtf | None) -> str:
    """A date in words with its precision; what could not be read, as it was written, in quotation marks."""
    if date is None:
        return ""
    return describe(date) if date.is_date else f"“{date.text}”"


def held_words(held: HeldPost, tenure: Tenure | None) -> str:
    """Whether somebody is shown to have held the post in which they signed."""
    if tenure is None:
        return _tr("post not given")
    return {
        HeldPost.YES: _tr("held it that day"),
        HeldPost.NO: _tr("did not hold it that day"),
        HeldPost.NOT_SHOWN: _tr("not shown to have held it that day"),
    }[held]


def tenure_words(tenure: Tenure) -> str:
    """From when to when a post was held; what evidence only shows is never called a start or an end."""
    told = [_tr("acting") if tenure.acting else "", *_span_words(tenure)]
    return "  ·  ".join(part for part in told if part)


def _span_words(tenure: Tenure) -> list[str]:
    if tenure.start is None and tenure.end is None:
        return [_tr("when is not known")]
    shown = tenure.start_meaning is not StartMeaning.STARTED and tenure.end_meaning is not EndMeaning.ENDED
    if shown and tenure.start and tenure.end:
        return [_shown_words(tenure.start, tenure.end)]
    return [_start_words(tenure), _end_words(tenure)]


def _shown_words(start: Edtf, end: Edtf) -> str:
    if start.form == end.form:
        return _tr("on at least {date}").format(date=date_words(start))
    return _tr("at least from {start} to {end}").format(start=date_words(start), end=date_words(end))


def _start_words(tenure: Tenure) -> str:
    if tenure.start is None:
        return _tr("start not known")
    words = {
        StartMeaning.STARTED: _tr("started {date}"),
        StartMeaning.FIRST_EVIDENCE: _tr("first shown {date}"),
    }.get(tenure.start_meaning or StartMeaning.FIRST_EVIDENCE, "")
    return words.format(date=date_words(tenure.start))


def _end_words(tenure: Tenure) -> str:
    if tenure.end is None:
        return _tr("end not known")
    words = {
        EndMeaning.ENDED: _tr("ended {date}"),
        EndMeaning.LAST_EVIDENCE: _tr("last shown {date}"),
    }.get(tenure.end_meaning or EndMeaning.LAST_EVIDENCE, "")
    return words.format(date=date_words(tenure.end))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sections", text)
