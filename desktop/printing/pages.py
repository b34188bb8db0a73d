"""What the worker process does for the briefing page: a sheet made from the file, and its pages drawn."""

import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]

from db.models.vocabulary import Tlp
from db.queries.agreements import agreement_status
from db.snapshot import read_without_lock
from desktop.errors import Trouble, expected, unexpected
from desktop.printing.names import file_stem
from desktop.printing.options import SheetOptions
from desktop.printing.sheet import last_edited, read_sheet, sheet_pdf
from exports.briefing.sheet import AgreementSheet
from exports.pdf.marking import require_marking

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Part:
    """A strip of a page: the page drawn `width` by `height` pixels large, of which `rows` from `top` are wanted."""

    page: int
    width: int
    height: int
    top: int
    rows: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pixels of a part, four bytes each: blue, green, red and one unused, row by row."""

    part: Part
    pixels: bytes = field(repr=False)


def compose(path: Path, record: uuid.UUID, options: SheetOptions) -> Composition | Trouble:
    """Make the sheet of an agreement of a file that this program has open; what stands in its way is told in words."""
    try:
        sheet, stem, day = read_without_lock(path, _read, record, options)
        pdf = sheet_pdf(sheet, options)
        given = require_marking(sheet.marking).tlp
        return Composition(pdf, page_sizes(pdf), sheet.title.text, stem, given, day)
    except Exception as error:
        return expected(error) or unexpected(error)


def _read(session: object, record: uuid.UUID, options: SheetOptions) -> tuple[AgreementSheet, str, date]:
    reading = partial(_ask, session)
    sheet = read_sheet(reading, record, options)
    stem = file_stem(reading(agreement_status, [record])[record])
    return sheet, stem, options.day or last_edited(reading)


def _ask(session: object, query: Callable[..., T], /, *args: Any) -> T:
    return query(session, *args)


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page, in points."""
    with closing(pdfium.PdfDocument(pdf)) as document:
        return tuple(document.get_page_size(number) for number in range(len(document)))


def draw(pdf: bytes, part: Part) -> Drawing:
    """Draw a part of a page on white paper."""
    with closing(pdfium.PdfDocument(pdf)) as document, closing(document[part.page]) as page:
        bitmap = pdfium.PdfBitmap.new_native(part.width, part.rows, pdfium_raw.FPDFBitmap_BGRx)
        with closing(bitmap):
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, part.width, part.rows)
            place = (0, -part.top, part.width, part.height)
            pdfium_raw.FPDF_RenderPageBitmap(bitmap, page, *place, 0, pdfium_raw.FPDF_ANNOT)
            return Drawing(part, bytes(bitmap.buffer))
