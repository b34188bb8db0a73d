"""Change reports and receipts of merges as the bytes of a file. Without Qt, so that a process of its own can do it."""

import uuid
from datetime import UTC, datetime, time

from db.dates import describe, read
from db.log import driver_connection
from db.merging.comparison import Comparison
from db.merging.preview import own_contributors, page, places, summary
from db.merging.receipts import merge_receipt
from db.merging.sides import record_difference
from db.models.vocabulary import Tlp
from db.queries import Session
from db.queries.case_file import case_file, last_edit
from exports.briefing.changes import ChangeWords, change_report, receipt_report
from exports.briefing.document import Briefing, Front
from exports.briefing.sheet import Marking
from exports.docx import DocxOptions, render_docx
from exports.paper import Paper
from exports.pdf import PdfOptions, render

MOST_RECORDS = 1_000
"""Records whose fields a report tells; of more it tells how many there are."""


def comparison_bytes(
    comparison: Comparison,
    title: str,
    suffix: str,
    *,
    paper: Paper = Paper.A4,
    sides: tuple[str, str] = ("Before", "After"),
    names: tuple[str, str] | None = None,
) -> bytes:
    """What differs between two states, as PDF or DOCX; `sides` is what they are called.

    Two files that were edited apart, so that neither comes after the other, are called by their `names` instead.

    Raises `exports.pdf.BriefingError`.
    """
    counts = summary(comparison)
    words = ChangeWords(first=sides[0], second=sides[1])
    own = own_contributors(comparison) if names is not None else ()
    if names is not None and own:
        words = words.beside(*names)
    found = list(places(comparison))
    rows = page(comparison, found[:MOST_RECORDS])
    told = (record_difference(comparison, row.id) for row in rows)
    with comparison.sessions() as (first, second):
        front = _front(second, _strictest(first, second, {row.id for row in rows}))
    left_out = max(0, len(found) - MOST_RECORDS)
    report = change_report(title, counts, told, front, left_out=left_out, own=own, words=words)
    return _bytes(report, suffix, paper)


def receipt_bytes(session: Session, receipt: uuid.UUID, suffix: str = ".pdf", paper: Paper = Paper.A4) -> bytes:
    """The receipt of a merge. Raises RecordNotFound and `exports.pdf.BriefingError`."""
    row = merge_receipt(session, receipt)
    named = {line.record for line in row.decided}
    return _bytes(receipt_report(row, _front(session, _strictest(session, session, named))), suffix, paper)


def _bytes(report: Briefing, suffix: str, paper: Paper) -> bytes:
    if suffix.casefold() == ".docx":
        return render_docx(report, DocxOptions(paper))
    return render(report, PdfOptions(paper)).pdf


def _strictest(first: Session, second: Session, records: set[uuid.UUID]) -> Tlp:
    """What everything that is told of may be shown to: as the strictest of both files and of the records says."""
    markings = [Tlp(case_file(session).marking) for session in (first, second)]
    for session in (first, second):
        rows = driver_connection(session.connection()).execute("SELECT id, marking FROM record WHERE marking NOT NULL")
        markings += [Tlp(marking) for key, marking in rows if uuid.UUID(bytes=key) in records]
    return Tlp.strictest(markings) or Tlp.RED


def _front(session: Session, marking: Tlp) -> Front:
    case, last = case_file(session), last_edit(session)
    day = last.at.date() if last else datetime.now(UTC).date()
    return Front(
        case_title=case.title,
        revision=case.revision,
        marking=Marking(marking, case.marking_line),
        date=describe(read(day.isoformat())),
        compiled=datetime.combine(day, time(), UTC),
        language="en-GB",
    )
