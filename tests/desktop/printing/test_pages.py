"""What the worker process does, called here: sheets composed, pages drawn."""

import uuid
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from pypdfium2 import PdfDocument

from db.models.vocabulary import Tlp
from desktop.errors import ExitCode, Trouble
from desktop.printing.options import Kind, SheetOptions, Subject
from desktop.printing.pages import Composition, Strip, compose, draw
from exports.paper import Paper
from tests.desktop.command_line import Case, told

ALL = SheetOptions(Paper.LETTER, date(2024, 9, 3), date(2024, 9, 4), Tlp.RED, "Desk 5")
ALL_WORDS = ("--paper=Letter", "--date=2024-09-03", "--compiled=2024-09-04", "--marking=red", "--originator=Desk 5")


def composed(case: Case, options: SheetOptions) -> Composition:
    made = compose(case.path, Subject(Kind.AGREEMENT, (uuid.UUID(case.agreement),)), options)
    assert isinstance(made, Composition), made
    return made


def refused(case: Case, record: str, options: SheetOptions) -> Trouble:
    made = compose(case.path, Subject(Kind.AGREEMENT, (uuid.UUID(record),)), options)
    assert isinstance(made, Trouble)
    return made


class TestCompose:
    @pytest.mark.parametrize(
        ("options", "words"),
        [
            (SheetOptions(), ()),
            (ALL, ALL_WORDS),
        ],
    )
    def test_equal_options_give_the_bytes_of_the_command_line(
        self, case: Case, tmp_path: Path, options: SheetOptions, words: tuple[str, ...]
    ) -> None:
        out = tmp_path / "sheet.pdf"
        told("brief", case.path, "--kind", "agreement", "--record", case.agreement, "-o", out, *words)
        assert composed(case, options).pdf == out.read_bytes()

    def test_what_a_page_tells_of_it(self, case: Case) -> None:
        made = composed(case, SheetOptions(day=date(2024, 9, 3)))
        assert (made.title, made.stem) == ("Memorandum", "unsigned-japan-norway-agreement")
        assert (made.given, made.day) == (Tlp.AMBER, date(2024, 9, 3))
        assert [tuple(round(side) for side in page) for page in made.pages] == [(595, 842)]

    def test_a_stricter_marking_stands_on_the_sheet_beside_the_files_own(self, case: Case) -> None:
        made = composed(case, SheetOptions(marking=Tlp.RED))
        assert made.given is Tlp.AMBER
        assert "TLP:RED" in PdfDocument(made.pdf)[0].get_textpage().get_text_range()

    def test_a_looser_marking_is_refused(self, case: Case) -> None:
        trouble = refused(case, case.agreement, SheetOptions(marking=Tlp.GREEN))
        assert "TLP:AMBER" in trouble.text
        assert trouble.code is ExitCode.USAGE

    def test_what_is_no_agreement_and_what_is_not_there(self, case: Case) -> None:
        for record in (case.norway, str(uuid.UUID(int=9))):
            assert refused(case, record, SheetOptions()).type == "record_not_found"

    def test_a_character_that_no_font_has(self, case: Case) -> None:
        told("set", case.path, case.agreement, "title", "Memorandum \U00012000")
        trouble = refused(case, case.agreement, SheetOptions())
        assert (trouble.type, "U+12000" in trouble.text) == ("missing_glyph", True)


class TestDraw:
    WHOLE = Strip(page=0, width=300, height=424, top=0, rows=424)

    @pytest.fixture
    def pdf(self, case: Case) -> bytes:
        return composed(case, SheetOptions()).pdf

    def test_a_page_is_ink_on_white(self, pdf: bytes) -> None:
        pixels = draw(pdf, self.WHOLE).pixels
        assert len(pixels) == 300 * 424 * 4
        assert pixels[:3] == b"\xff\xff\xff"
        assert min(pixels) < 60

    def test_a_strip_is_what_the_whole_page_shows_there(self, pdf: bytes) -> None:
        whole = draw(pdf, self.WHOLE).pixels
        strip = draw(pdf, Strip(page=0, width=300, height=424, top=100, rows=50)).pixels

        def farthest(top: int) -> int:
            there = whole[top * 1200 : (top + 50) * 1200]
            return max(abs(one - other) for one, other in zip(strip, there, strict=True))

        assert farthest(100) <= 8  # a curve that the strip cuts may be a shade off
        assert min(farthest(99), farthest(101)) > 100

    def test_the_drawing_is_that_of_pdfium_itself(self, pdf: bytes) -> None:
        page = PdfDocument(pdf)[0]
        whole = page.render(scale=300 / page.get_width(), prefer_bgrx=True)
        part = Strip(0, whole.width, whole.height, 0, whole.height)
        assert draw(pdf, part).pixels == bytes(whole.buffer)
        assert pdfium.raw.FPDFBitmap_BGRx == whole.format
