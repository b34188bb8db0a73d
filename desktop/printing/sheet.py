"""Records read for their sheet, and the sheet as PDF."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Protocol, TypeVar

from db.dates import describe, read
from db.queries.case_file import last_edit
from desktop.printing.options import SheetOptions, chosen_marking
from exports.briefing.agreement import agreement_briefing
from exports.briefing.document import Briefing, BriefingKind
from exports.briefing.official import official_briefing
from exports.briefing.pair import pair_briefing
from exports.briefing.sheet import Marking
from exports.briefing.words import BriefingOptions
from exports.pdf import PdfOptions, Rendered, render
from exports.pdf.marking import require_marking

T = TypeVar("T")
_BUILDERS: Mapping[BriefingKind, Callable[..., Briefing]] = {
    BriefingKind.AGREEMENT: agreement_briefing,
    BriefingKind.OFFICIAL: official_briefing,
    BriefingKind.PAIR: pair_briefing,
}
"""What reads each kind of sheet: of a session, its records and the options."""


class Reading(Protocol):
    """Whatever runs a query of `db` on a case file: a workspace's `read`, or a session in the worker process."""

    def __call__(self, query: Callable[..., T], /, *args: object) -> T:
        """The query's rows."""


def read_sheet(reading: Reading, record: uuid.UUID, options: SheetOptions) -> Briefing:
    """What the sheet of an agreement says, with the file's marking. Raises RecordNotFound."""
    return read_briefing(reading, BriefingKind.AGREEMENT, [record], options)


def read_briefing(
    reading: Reading, kind: BriefingKind, records: Sequence[uuid.UUID], options: SheetOptions
) -> Briefing:
    """What a sheet of some kind says about its records, with the file's marking. Raises RecordNotFound."""
    day = options.day or last_edited(reading)
    briefing = BriefingOptions(
        date=describe(read(day.isoformat())),
        day=day.isoformat(),
        compiled=datetime.combine(options.compiled or day, time(), UTC),
        originator=options.originator,
    )
    return reading(_BUILDERS[kind], *records, briefing)


def sheet_pdf(briefing: Briefing, options: SheetOptions) -> Rendered:
    """A sheet as it was read, marked as was chosen.

    Raises `exports.pdf.BriefingError`, and InvalidValue for a marking that would loosen the file's.
    """
    given = require_marking(briefing.front.marking)
    marking = Marking(chosen_marking(given.tlp, options.marking), given.line)
    marked = replace(briefing, front=replace(briefing.front, marking=marking))
    return render(marked, PdfOptions(options.paper))


def last_edited(reading: Reading) -> date:
    """The day of a file's last edit: a sheet's date unless told otherwise, so that it depends on the file alone."""
    last = reading(last_edit)
    return last.at.date() if last else datetime.now(UTC).date()
