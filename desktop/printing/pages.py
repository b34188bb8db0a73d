"""What the worker process does for the briefing page: sheets made from the file, and their pages drawn.

The window imports this too, to name the work. What makes and draws PDFs is imported by the work itself.
"""

import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from db.models.vocabulary import Tlp
from db.queries.agreements import agreement_status
from db.snapshot import read_without_lock
from desktop.errors import Trouble, expected, unexpected
from desktop.printing.names import file_stem
from desktop.printing.options import SheetOptions

if TYPE_CHECKING:
    from exports.briefing.document import Briefing
    from exports.pdf import Placed

T = TypeVar("T")
_WHITE = b"\xff"


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished sheet, and what the page tells about it."""

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


def compose(path: Path, record: uuid.UUID, options: SheetOptions) -> Composition | Trouble:
    """Make the sheet of an agreement of a file that this program has open; what stands in its way is told in words."""
    try:
        return _composed(path, record, options)
    except Exception as error:
        return expected(error) or unexpected(error)


def _composed(path: Path, record: uuid.UUID, options: SheetOptions) -> Composition:
    from desktop.printing.sheet import sheet_pdf
    from exports.pdf.marking import require_marking

    briefing, stem, day = read_without_lock(path, _read, record, options)
    rendered = sheet_pdf(briefing, options)
    given = require_marking(briefing.front.marking).tlp
    return Composition(rendered.pdf, page_sizes(rendered.pdf), briefing.title, stem, given, day, rendered.places)


def _read(session: object, record: uuid.UUID, options: SheetOptions) -> "tuple[Briefing, str, date]":
    from desktop.printing.sheet import last_edited, read_sheet

    reading = partial(_ask, session)
    sheet = read_sheet(reading, record, options)
    stem = file_stem(reading(agreement_status, [record])[record])
    return sheet, stem, options.day or last_edited(reading)


def _ask(session: object, query: Callable[..., T], /, *args: Any) -> T:
    return query(session, *args)


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
