"""What the worker process does for the briefing page: sheets made from the file, and their pages drawn.

The window imports this too, to name the work. What makes and draws PDFs is imported by the work itself.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from db.models.vocabulary import Tlp
from db.queries.agreements import agreement_status
from db.queries.titles import titles
from db.snapshot import read_without_lock
from desktop.errors import Trouble, expected, unexpected
from desktop.printing.names import file_stem, slug
from desktop.printing.options import Kind, SheetOptions, Subject
from desktop.printing.saving import save_pdf

if TYPE_CHECKING:
    from db.queries import Session
    from desktop.printing.checks import Check, Inspection
    from exports.briefing.document import Briefing
    from exports.pdf import Placed

T = TypeVar("T")
_WHITE = b"\xff"


@dataclass(frozen=True, slots=True)
class SectionName:
    """A section that a kind of briefing has: its name, what people call it, and whether it is there unasked."""

    name: str
    words: str
    is_usual: bool = True


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished briefing, and what the page tells about it."""

    subject: Subject
    options: SheetOptions
    pdf: bytes = field(repr=False)
    pages: tuple[tuple[float, float], ...]
    """Width and height of each, in points."""
    title: str
    stem: str
    """A name for its file, without a suffix."""
    given: Tlp
    """The file's marking, which no choice loosens."""
    day: date
    places: "tuple[Placed, ...]" = ()
    """Where on its pages stands what leads to records."""
    sections: tuple[SectionName, ...] = ()
    """Those that its kind has, in their usual order."""
    check: "Check | None" = None
    """What stands weakly on it."""

    @property
    def records(self) -> frozenset[UUID]:
        """The records that its places lead to."""
        return frozenset(placed.link.record for placed in self.places)


@dataclass(frozen=True, slots=True)
class Strip:
    """Some rows of a page's picture: the page drawn `width` by `height` pixels large, from `top` on `rows` of it."""

    page: int
    width: int
    height: int
    top: int
    rows: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The pixels of a strip, four bytes each: blue, green, red and one unused, row by row."""

    strip: Strip
    pixels: bytes = field(repr=False)


def compose(path: Path, subject: Subject, options: SheetOptions) -> Composition | Trouble:
    """Make a briefing of a file that this program has open; what stands in its way is told in words."""
    try:
        return _composed(path, subject, options)
    except Exception as error:
        return expected(error) or unexpected(error)


def write_briefing(
    path: Path, subject: Subject, options: SheetOptions, output: Path, replace: bool = True
) -> Trouble | None:
    """Make a briefing as the kind of file that a name asks for; if agreed, in place of one of that kind."""
    from desktop.printing.sheet import file_bytes, read_briefing

    try:
        briefing = read_without_lock(path, _ask_all, partial(read_briefing, subject=subject, options=options))
        save_pdf(output, file_bytes(briefing, options, output.suffix), replace=replace)
    except Exception as error:
        return expected(error) or unexpected(error)
    return None


def inspect_records(path: Path, records: frozenset[UUID]) -> "Inspection":
    """What the review finds at the records of a briefing."""
    from desktop.printing.checks import inspect

    return read_without_lock(path, inspect, records)


def _composed(path: Path, subject: Subject, options: SheetOptions) -> Composition:
    from desktop.printing.sheet import sheet_pdf
    from exports.pdf.marking import require_marking

    briefing, stem, day, found = read_without_lock(path, _read, subject, options)
    rendered = sheet_pdf(briefing, options)
    given = require_marking(briefing.front.marking).tlp
    return Composition(
        subject=subject,
        options=options,
        pdf=rendered.pdf,
        pages=page_sizes(rendered.pdf),
        title=briefing.title,
        stem=stem,
        given=given,
        day=day,
        places=rendered.places,
        sections=section_names(subject.kind),
        check=found,
    )


def _read(session: "Session", subject: Subject, options: SheetOptions) -> "tuple[Briefing, str, date, Check]":
    from desktop.printing.checks import weaknesses
    from desktop.printing.sheet import last_edited, read_briefing

    reading = partial(_ask, session)
    briefing = read_briefing(reading, subject, options)
    day = options.day or options.as_of or last_edited(reading)
    return briefing, stem_of(session, subject, briefing.title), day, weaknesses(session, briefing, day)


def stem_of(session: "Session", subject: Subject, title: str) -> str:
    """A name for the file of a briefing, without a suffix."""
    if subject.kind is Kind.AGREEMENT:
        record = subject.records[0]
        return file_stem(agreement_status(session, [record])[record])
    if subject.kind in (Kind.OFFICIAL, Kind.PAIR):
        named = titles(session, subject.records)
        return slug(" ".join((subject.kind.value, *(named[record] for record in subject.records)))) or subject.kind
    return slug(f"{subject.kind.value} {subject.title or subject.filter or title}")[:80].strip("-")


def section_names(kind: Kind) -> tuple[SectionName, ...]:
    """The sections of a kind of briefing, as its builder calls them in English."""
    from desktop.printing.sheet import SECTIONS
    from exports.briefing.agreement import USUAL_SECTIONS
    from exports.briefing.labels import Labels

    labels, usual = Labels(), USUAL_SECTIONS if kind is Kind.AGREEMENT else SECTIONS[kind]
    return tuple(
        SectionName(
            str(name), getattr(labels, _HEADINGS.get((kind, name), name.replace("-", "_")), name), name in usual
        )
        for name in SECTIONS[kind]
    )


_HEADINGS = {
    (Kind.OFFICIAL, "summary"): "summary_official",
    (Kind.OFFICIAL, "signed"): "signed_by",
    (Kind.OFFICIAL, "events"): "attended",
    (Kind.PAIR, "summary"): "at_a_glance",
    (Kind.DOSSIER, "register"): "register_sheet",
    (Kind.DOSSIER, "pairs"): "pair_sheet",
    (Kind.DOSSIER, "officials"): "official_sheet",
}


def _ask(session: object, query: Callable[..., T], /, *args: Any) -> T:
    return query(session, *args)


def _ask_all(session: object, builder: Callable[..., T]) -> T:
    return builder(partial(_ask, session))


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page, in points."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    with closing(pdfium.PdfDocument(pdf)) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def draw(pdf: bytes, strip: Strip) -> Picture:
    """Draw a strip of a page on white paper."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    with (
        closing(pdfium.PdfDocument(pdf)) as document,
        closing(document[strip.page]) as page,
        closing(pdfium.PdfBitmap.new_native(strip.width, strip.rows, raw.FPDFBitmap_BGRx)) as bitmap,
    ):
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, strip.width, strip.rows)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, -strip.top, strip.width, strip.height, 0, raw.FPDF_ANNOT)
        return Picture(strip, bytes(bitmap.buffer))


@dataclass(frozen=True, slots=True)
class Ink:
    """What is printed of a strip: rows from one blank one to the next, and the row at which the next strip begins."""

    picture: Picture
    next_top: int


def draw_ink(pdf: bytes, strip: Strip) -> Ink:
    """Draw a strip without the blank rows around it, cut between two lines, so that no letter is ever cut in two."""
    pixels, size = draw(pdf, strip).pixels, strip.width * 4
    inked = [bool(pixels[row * size : (row + 1) * size].strip(_WHITE)) for row in range(strip.rows)]
    end = strip.rows
    if strip.top + strip.rows < strip.height and False in inked:
        end -= inked[::-1].index(False)
    first = inked.index(True) if True in inked[:end] else end
    kept = Strip(strip.page, strip.width, strip.height, strip.top + first, end - first)
    return Ink(Picture(kept, pixels[first * size : end * size]), strip.top + end)
