"""A case file read for a briefing, and the briefing as the bytes of a file."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from itertools import islice
from typing import Protocol, TypeVar

from db.dates import read
from db.errors import InvalidValue, RecordNotFound
from db.known import read_as_known
from db.models import Agreement
from db.queries import Session
from db.queries.case_file import last_edit
from db.queries.lists import Sort, columns_of
from desktop.folders import citation_folder
from desktop.printing.options import Kind, SheetOptions, Subject, chosen_marking
from desktop.words import tr
from exports.briefing.agreement import AGREEMENT_SECTIONS, agreement_briefing
from exports.briefing.document import Briefing, NotesPlace
from exports.briefing.dossier import DossierQuery, Part, dossier
from exports.briefing.languages import Language, vocabulary
from exports.briefing.official import OFFICIAL_SECTIONS, official_briefing
from exports.briefing.pair import PAIR_SECTIONS, pair_briefing
from exports.briefing.register import Grouping, RegisterQuery, register_briefing
from exports.briefing.sheet import Marking
from exports.briefing.words import BriefingOptions
from exports.citations.styles import CitationStyle
from exports.docx import DocxOptions, render_docx
from exports.pdf import PdfOptions, Rendered, render
from exports.pdf.marking import require_marking

T = TypeVar("T")
SECTIONS = {
    Kind.AGREEMENT: AGREEMENT_SECTIONS,
    Kind.OFFICIAL: OFFICIAL_SECTIONS,
    Kind.PAIR: PAIR_SECTIONS,
    Kind.REGISTER: (),
    Kind.DOSSIER: tuple(Part),
}
"""The sections of each kind of briefing by name, in their usual order; of a dossier its parts."""


class Reading(Protocol):
    """Whatever runs a query of `db` on a case file: a workspace's `read`, or a session in the worker process."""

    def __call__(self, query: Callable[..., T], /, *args: object) -> T:
        """The query's rows."""


def read_sheet(reading: Reading, record: uuid.UUID, options: SheetOptions) -> Briefing:
    """What the sheet of an agreement says, with the file's marking. Raises RecordNotFound."""
    return read_briefing(reading, Subject(Kind.AGREEMENT, (record,)), options)


def read_briefing(reading: Reading, subject: Subject, options: SheetOptions) -> Briefing:
    """What a briefing says, with the file's marking.

    Raises RecordNotFound, AboveCeiling, FilterError, CitationError, and InvalidValue for choices that cannot be meant.
    """
    _refuse_unknown(subject, options)
    day = options.day or options.as_of or last_edited(reading)
    build = partial(_build, subject, options, _briefing_options(options, day))
    day_known = options.as_of.isoformat() if options.as_of else ""
    try:
        briefing = reading(read_as_known, day_known, build) if day_known else reading(build)
    except RecordNotFound as error:
        if not day_known:
            raise
        raise RecordNotFound(tr("On {day} this was not in the file yet.").format(day=day_known)) from error
    return replace(briefing, notes_place=NotesPlace.PAGE if options.notes_at_page else NotesPlace.END)


def _briefing_options(options: SheetOptions, day: date) -> BriefingOptions:
    language = Language(options.language)
    return BriefingOptions(
        date=vocabulary(language).date(read(day.isoformat())),
        day=day.isoformat(),
        compiled=datetime.combine(options.compiled or day, time(), UTC),
        known=vocabulary(language).date(read(options.as_of.isoformat())) if options.as_of else "",
        originator=options.originator,
        language=language,
        ceiling=options.ceiling,
        style=CitationStyle(options.style),
        citation_cache=citation_folder(),
        sections=options.sections,
        internal=options.internal,
        says_withheld=options.says_withheld,
    )


def _build(subject: Subject, choices: SheetOptions, options: BriefingOptions, session: Session) -> Briefing:
    match subject.kind:
        case Kind.AGREEMENT:
            return agreement_briefing(session, subject.records[0], options)
        case Kind.OFFICIAL:
            return official_briefing(session, subject.records[0], options)
        case Kind.PAIR:
            return pair_briefing(session, subject.records[0], subject.records[1], options)
        case Kind.REGISTER:
            return register_briefing(session, _register_query(subject), options)
        case Kind.DOSSIER:
            parts = tuple(map(Part, choices.sections))
            query = DossierQuery(subject.records, subject.filter, subject.title, parts, Grouping(subject.grouping))
            return dossier(session, query, replace(options, sections=()))


def _register_query(subject: Subject) -> RegisterQuery:
    column = subject.sort.removeprefix("-")
    return RegisterQuery(subject.filter, Sort(column, subject.sort.startswith("-")), Grouping(subject.grouping))


def _refuse_unknown(subject: Subject, options: SheetOptions) -> None:
    """Raises InvalidValue for what no briefing of the kind has."""
    wanted = {Kind.AGREEMENT: (1, 1), Kind.OFFICIAL: (1, 1), Kind.PAIR: (2, 2), Kind.REGISTER: (0, 0)}
    least, most = wanted.get(subject.kind, (0, len(subject.records)))
    if not least <= len(subject.records) <= most:
        raise InvalidValue(_wanted(subject.kind))
    known = SECTIONS[subject.kind]
    for name in islice((name for name in options.sections if name not in known), 1):
        raise InvalidValue(
            tr("There is no section “{name}”. There are: {known}.").format(name=name, known=", ".join(known) or "–")
        )
    if options.as_of and options.as_of > _latest_day():
        raise InvalidValue(tr("Nobody knows yet what this file will hold on {day}.").format(day=options.as_of))
    if subject.sort.removeprefix("-") not in columns_of(Agreement):
        raise InvalidValue(tr("Agreements have no column “{name}” to sort by.").format(name=subject.sort))


def _wanted(kind: Kind) -> str:
    """How many records a kind of briefing is about."""
    match kind:
        case Kind.AGREEMENT:
            return tr("An agreement sheet is about one agreement.")
        case Kind.OFFICIAL:
            return tr("A profile is about one official.")
        case Kind.PAIR:
            return tr("A country pair is about two states.")
    return tr("A register is about agreements that a filter finds, not about records.")


def _latest_day() -> date:
    """Today, wherever it is later: days of the log are UTC's, and a person types their own."""
    return max(datetime.now(UTC).date(), datetime.now().astimezone().date())


def sheet_pdf(briefing: Briefing, options: SheetOptions) -> Rendered:
    """A briefing as it was read, marked as was chosen.

    Raises `exports.pdf.BriefingError`, and InvalidValue for a marking that would loosen the file's.
    """
    return render(marked(briefing, options), PdfOptions(options.paper, plain=options.plain))


def marked(briefing: Briefing, options: SheetOptions) -> Briefing:
    """A briefing with the chosen marking. Raises InvalidValue for one that would loosen the file's."""
    given = require_marking(briefing.front.marking)
    marking = Marking(chosen_marking(given.tlp, options.marking, options.ceiling), given.line)
    return replace(briefing, front=replace(briefing.front, marking=marking))


def file_bytes(briefing: Briefing, options: SheetOptions, suffix: str) -> bytes:
    """A briefing as the kind of file that a suffix names; anything but .docx is a PDF. Raises as `sheet_pdf`.

    In a DOCX the notes are footnotes, wherever they stand in the PDF: LibreOffice sets endnotes on pages without the
    marking.
    """
    if suffix.casefold() == ".docx":
        with_footnotes = replace(marked(briefing, options), notes_place=NotesPlace.PAGE)
        return render_docx(with_footnotes, DocxOptions(options.paper, plain=options.plain))
    return sheet_pdf(briefing, options).pdf


def last_edited(reading: Reading) -> date:
    """The day of a file's last edit: a sheet's date unless told otherwise, so that it depends on the file alone."""
    last = reading(last_edit)
    return last.at.date() if last else datetime.now(UTC).date()
