"""Names in eleven scripts, alone and mixed: what goes in comes out, and the files are accessible and the same."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.briefing.document import Briefing, FactTable
from exports.briefing.sheet import Fact
from exports.pdf import render
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import all_text, compact, open_pdf
from tests.exports.pdf.sheets import with_chapter, with_section
from tests.exports.pdf.verapdf import validation

NAMES = (
    ("Latin", "Nguyễn Phú Trọng, Łukasz Żółć, Þórðr Ðævgœß", "vi"),
    ("Greek", "Κυριάκος Μητσοτάκης ᾠδῇ", "el"),
    ("Cyrillic", "Владимир Зеленський, Ђурађ Ѓорѓи", "uk"),
    ("Arabic", "محمد بن سلمان بن عبد العزيز آل سعود", "ar"),
    ("Persian", "علی‌رضا محمدی", "fa"),
    ("Arabic with marks", "محمّدٌ", "ar"),
    ("Hebrew", "בנימין נתניהו, שר הביטחון יואב גלנט", "he"),
    ("Devanagari", "नरेन्द्र मोदी, राष्ट्रपति द्रौपदी मुर्मू, क्षत्रिय ज्ञानेश्वर", "hi"),
    ("Thai", "พลเอก ประยุทธ์ จันทร์โอชา น้ำใจที่ยิ่งใหญ่", "th"),
    ("Japanese", "木原稔 防衛大臣・岸田文雄（きしだ ふみお）", "ja"),
    ("Korean", "윤석열 대통령, 國防部 신원식", "ko"),
    ("Simplified Chinese", "习近平 国防部长 董军", "zh-Hans"),
    ("Traditional Chinese", "蔡英文 國防部 顧立雄", "zh-Hant"),
)
MIXED = (
    "Prime Minister Benjamin Netanyahu (בנימין נתניהו), אל״ם, met 木原稔 and Владимир on 3 May 2024.",
    "הסכם בין North Atlantic Treaty Organisation לבין ישראל (2024) נחתם ב-12/05/2024.",
    "اتفاقية رقم 45/2024 بين Japan و«المملكة» بنسبة 50% بتاريخ 12-05-2024",
    "ข้อตกลง नेपाल 한국 中国 ελλάδα עברית عربي Łódź",
)


def eleven_scripts() -> Briefing:
    facts = tuple(Fact(script, name, language=language) for script, name, language in NAMES)
    facts += tuple(Fact("Mixed", text) for text in MIXED)
    title = Fact("Title", " · ".join(name for _, name, _ in NAMES))
    return with_chapter(with_section(sheets.empty(), "facts", FactTable(facts)), title=title)


def said(text: str, language: str = "") -> str:
    sheet = with_section(sheets.empty(), "facts", FactTable((Fact("A", f"{text} ", language=language),)))
    return all_text(render(sheet).pdf)


@pytest.mark.parametrize(("script", "name", "language"), NAMES, ids=[script for script, _, _ in NAMES])
@pytest.mark.parametrize("bold", [True, False], ids=["bold", "regular"])
def test_a_name_reads_back_exactly(script: str, name: str, language: str, bold: bool) -> None:
    fact = Fact(script, name, language=language)
    empty = sheets.empty()
    sheet = with_chapter(empty, title=fact) if bold else with_section(empty, "facts", FactTable((fact,)))
    assert name in all_text(render(sheet).pdf)


@pytest.mark.parametrize("text", MIXED)
def test_mixed_text_reads_back_in_order(text: str) -> None:
    """Where a sign clings to a word that runs the other way, a reader may put a space between them."""
    assert compact(text) in compact(said(text))


WORDS = st.one_of(
    st.text("abcdeåłőñ", min_size=1, max_size=6),
    st.text("αβγδάώ", min_size=1, max_size=6),
    st.text("абвгдїђ", min_size=1, max_size=6),
    st.text("ابتثجحخدرسشعفقكلمنهوي", min_size=1, max_size=6),
    st.text("אבגדהוזחטיכךלמםנ", min_size=1, max_size=6),
    st.lists(st.sampled_from(["क", "षि", "क्ष", "मो", "दी", "न्द्र", "र्म"]), min_size=1, max_size=5).map("".join),
    st.lists(st.sampled_from(["กา", "ที่", "น้ำ", "ผู้", "เมือง", "ไทย", "ธ์"]), min_size=1, max_size=4).map("".join),
    st.text("木原稔防衛日本かなカナ", min_size=1, max_size=6),
    st.text("대한민국방부", min_size=1, max_size=6),
    st.text("习近国们东", min_size=1, max_size=4),
    st.integers(0, 99999).map(str),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
def test_any_mixture_of_scripts_on_a_line_reads_back_exactly(text: str) -> None:
    assert text in said(text)


@settings(max_examples=25, deadline=None)
@given(st.lists(WORDS, min_size=20, max_size=60).map(" ".join))
def test_any_mixture_of_scripts_on_many_lines_reads_back_in_order(text: str) -> None:
    assert compact(text) in compact(said(text))


def test_every_glyph_is_shown_in_a_font_that_has_it() -> None:
    """ActualText would hide from a reader of text that another font was set."""
    pdf = open_pdf(render(eleven_scripts()).pdf)
    shown = 0
    for page in pdf.pages:
        for font, code in codes_shown(page):
            widths = page.Resources.Font[font].DescendantFonts[0].W
            known = {int(first) for first in list(widths)[::2]}
            assert code in known, f"{font} has no glyph {code}"
            shown += 1
    assert shown > 800


def codes_shown(page: pikepdf.Page) -> Iterator[tuple[str, int]]:
    font = ""
    for instruction in pikepdf.parse_content_stream(page):
        assert isinstance(instruction, pikepdf.ContentStreamInstruction)
        if str(instruction.operator) == "Tf":
            font = str(instruction.operands[0])
        elif str(instruction.operator) == "TJ":
            for item in instruction.operands[0]:
                data = bytes(item) if isinstance(item, pikepdf.String) else b""
                yield from ((font, int.from_bytes(data[at : at + 2])) for at in range(0, len(data), 2))


def test_two_processes_print_the_same_bytes() -> None:
    program = (
        "import hashlib; from exports.pdf import render; from tests.exports.pdf.test_names import eleven_scripts;"
        "print(hashlib.sha256(render(eleven_scripts()).pdf).hexdigest())"
    )
    root = Path(__file__).parents[3]
    prints = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=root,
            env={"PYTHONPATH": str(root), "PYTHONHASHSEED": seed, "TZ": zone, "SYSTEMROOT": "C:\\Windows"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    ]
    here = hashlib.sha256(render(eleven_scripts()).pdf).hexdigest()
    assert prints == [here, here]


@pytest.mark.pdfa
def test_eleven_scripts_are_accessible_and_archival(tmp_path: Path) -> None:
    missing = validation.missing_tools()
    if missing and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(missing)}")
    file = tmp_path / "scripts.pdf"
    file.write_bytes(render(eleven_scripts()).pdf)
    compliant, said_of_it = validation.verapdf([file])
    assert compliant, said_of_it
    sound, said_of_it = validation.qpdf(file)
    assert sound, said_of_it
