"""How long a sheet takes, against stock ReportLab paragraphs of the same text in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from exports.pdf import render
from resources import path
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import page_texts

ROUNDS = 15
MOST_MILLISECONDS = 30.0
HIGHEST_RATIO = 1.0


def best_milliseconds(work: Callable[[], object]) -> float:
    """The quickest of several warm runs, in processor time, which other programs disturb least."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def stock_pdf(lines: list[str]) -> bytes:
    """The lines as Platypus paragraphs in the same fonts: no tags, no links, no marking, no notes."""
    latin = ParagraphStyle("latin", fontName="Latin", fontSize=8.8, leading=12.4)
    japanese = ParagraphStyle("japanese", parent=latin, fontName="Japanese")
    story: list[Flowable] = [Paragraph(escape(line), latin if line.isascii() else japanese) for line in lines]
    output = BytesIO()
    SimpleDocTemplate(output, initialFontName="Latin", invariant=1).build(story)
    return output.getvalue()


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The text of the one-page sheet, line by line as it is read from the page."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    pdf = render(sheets.france()).pdf
    assert len(page_texts(pdf)) == 1
    text: str = pdfium.PdfDocument(pdf)[0].get_textpage().get_text_range()
    return [line for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="module", autouse=True)
def stock_fonts() -> None:
    pdfmetrics.registerFont(TTFont("Latin", str(path("fonts/NotoSans-Regular.ttf"))))
    pdfmetrics.registerFont(TTFont("Japanese", str(path("fonts/NotoSansJP-Regular.ttf"))))


@pytest.mark.bench
def test_a_sheet_takes_no_longer_than_stock_paragraphs(lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    sheet = sheets.france()
    ours = best_milliseconds(lambda: render(sheet))
    stock = best_milliseconds(lambda: stock_pdf(lines))
    with capsys.disabled():
        print(f"\none-page sheet: {ours:.1f} ms, stock paragraphs: {stock:.1f} ms, ratio {ours / stock:.2f}")
    assert ours / stock <= HIGHEST_RATIO
    assert ours <= MOST_MILLISECONDS
