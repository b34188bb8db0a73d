"""The file is a sound package that Word can open, and equal briefings give equal bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import docx
import pytest

from exports.briefing.document import Briefing, NotesPlace, Portrait
from exports.docx import DocxOptions, Paper, render_docx
from exports.pdf import MissingMarking, RepeatedNote, UnknownNote, UnreadablePicture
from tests.exports.docx.reading import R, W, part, parts, values
from tests.exports.pdf import dossiers, sheets

# ECMA-376 Part 1, 17.3.1.26 (pPr), 17.3.2.28 (rPr), 17.4.60 (tblPr), 17.4.70 (tcPr), 17.6.17 (sectPr): in this order
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore pBdr shd tabs bidi spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs strike color sz szCs u shd vertAlign rtl cs lang",
    "tblPr": "tblStyle tblW tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan shd",
    "sectPr": "headerReference footerReference footnotePr endnotePr pgSz pgMar cols titlePg",
    "style": "name basedOn next uiPriority qFormat pPr rPr tblPr",
}
PRINT_HASH = """
import hashlib
from exports.docx import render_docx
from tests.exports.pdf import dossiers, sheets
for briefing in (dossiers.dossier(), sheets.rich()):
    print(hashlib.sha256(render_docx(briefing)).hexdigest())
"""


def every() -> list[Briefing]:
    return [
        sheets.rich(),
        sheets.france(),
        sheets.empty(),
        dossiers.dossier(NotesPlace.PAGE),
        dossiers.dossier(NotesPlace.END),
    ]


@pytest.fixture(params=range(5))
def made(request: pytest.FixtureRequest) -> bytes:
    return render_docx(every()[request.param])


def test_parts_are_xml_have_types_and_are_led_to(made: bytes) -> None:
    found = parts(made)
    for name, data in found.items():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
    types = found["[Content_Types].xml"].decode()
    assert all(f'"/{name}"' in types for name in found if re.match(r"(word|docProps)/\w+\.xml$", name))
    led = re.findall(r'Target="([^"]+)"', found["word/_rels/document.xml.rels"].decode())
    assert {f"word/{target}" for target in led} == {
        name for name in found if name.startswith("word/") and not name.endswith((".rels", "document.xml"))
    }
    named = re.findall(r'r:(?:id|embed)="([^"]+)"', found["word/document.xml"].decode())
    assert set(named) <= set(re.findall(r'Id="([^"]+)"', found["word/_rels/document.xml.rels"].decode()))


def test_children_stand_in_the_order_of_the_schema(made: bytes) -> None:
    for name, data in parts(made).items():
        if not re.match(r"word/\w+\.xml$", name):
            continue
        for element in ElementTree.fromstring(data).iter():
            order = ORDERS.get(element.tag.removeprefix(W), "").split()
            if order:
                places = [order.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places), (name, element.tag)


def test_styles_that_are_used_are_there(made: bytes) -> None:
    known = set(values(part(made, "styles"), "style", "styleId"))
    for name in ("document", "header1", "footer1"):
        tree = part(made, name)
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert set(values(tree, kind)) <= known


def test_every_cell_ends_with_a_paragraph_and_tables_never_touch(made: bytes) -> None:
    tree = part(made, "document")
    assert all(cell[-1].tag == f"{W}p" for cell in tree.iter(f"{W}tc"))
    body = tree.find(f"{W}body")
    assert body is not None
    tags = [child.tag for child in body]
    assert tags[-1] == f"{W}sectPr"
    assert tags[-2] == f"{W}p"
    assert (f"{W}tbl", f"{W}tbl") not in set(pairwise(tags))


def test_rows_fill_the_grid(made: bytes) -> None:
    for table in part(made, "document").iter(f"{W}tbl"):
        columns = len(values(table, "gridCol", "w"))
        for row in table.iter(f"{W}tr"):
            spans = [int(span) for span in values(row, "gridSpan")]
            assert len(row.findall(f"{W}tc")) - len(spans) + sum(spans) == columns


def test_another_library_opens_it_and_finds_title_and_headings(made: bytes) -> None:
    document = docx.Document(BytesIO(made))
    assert document.core_properties.title
    assert document.core_properties.category.startswith("TLP:")
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs if paragraph.style)
    assert any(paragraph.style.name == "Heading 2" for paragraph in document.paragraphs if paragraph.style)


def test_two_processes_give_the_same_bytes() -> None:
    def hashes(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", PRINT_HASH]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first = hashes("1", "Asia/Tokyo")
    assert len(set(first.split())) == 2
    assert first == hashes("2", "America/Los_Angeles")


def test_a_briefing_without_a_marking_is_refused() -> None:
    with pytest.raises(MissingMarking):
        render_docx(sheets.with_front(sheets.rich(), marking=None))


def test_what_is_wrong_with_notes_and_pictures_is_told() -> None:
    rich = sheets.rich()
    with pytest.raises(UnknownNote):
        render_docx(replace(rich, notes=rich.notes[:3]))
    with pytest.raises(RepeatedNote):
        render_docx(replace(rich, notes=(*rich.notes, rich.notes[0])))
    portrait = Portrait(b"no picture", "Nobody")
    with pytest.raises(UnreadablePicture):
        render_docx(sheets.with_section(rich, "facts", portrait))


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, ("11906", "16838")), (Paper.LETTER, ("12240", "15840"))])
def test_the_page_is_the_paper(paper: Paper, size: tuple[str, str]) -> None:
    page = next(part(render_docx(sheets.empty(), DocxOptions(paper)), "document").iter(f"{W}pgSz"))
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == size


def test_print_without_colour_has_only_greys() -> None:
    made = render_docx(dossiers.dossier(), DocxOptions(plain=True))
    for name in ("document", "styles", "header1", "footer1"):
        for code in values(part(made, name), "color"):
            assert code == "auto" or code[:2] == code[2:4] == code[4:], (name, code)


def test_every_page_has_the_marking_at_top_and_bottom() -> None:
    made = render_docx(dossiers.dossier())
    sections = list(part(made, "document").iter(f"{W}sectPr"))
    assert len(sections) == 1
    for name, first in (("header", 2), ("footer", 1)):
        references = list(sections[0].iter(f"{W}{name}Reference"))
        told = [(each.get(f"{W}type"), each.get(f"{R}id")) for each in references]
        assert told == [("default", f"rId-{name}1"), ("first", f"rId-{name}{first}")]
    for name in ("header1", "header2", "footer1"):
        tree = part(made, name)
        shown = "".join(each.text or "" for each in tree.iter(f"{W}t"))
        assert shown.count("TLP:AMBER") == 1
        assert "RELEASABLE TO THE WORKING GROUP ON EQUIPMENT" in shown
        assert {"FFC000", "000000"} <= {*values(tree, "color"), *values(tree, "shd", "fill")}
    fields = [each.text for each in part(made, "footer1").iter(f"{W}instrText")]
    assert fields == [" PAGE ", " NUMPAGES "]
