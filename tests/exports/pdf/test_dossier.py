"""Documents of several chapters: cover and contents, tables, figures, portraits, and where notes stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from exports.briefing.document import (
    Briefing,
    Figure,
    Item,
    ItemList,
    NotesPlace,
    Portrait,
    RowKind,
    Run,
    Section,
)
from exports.briefing.sheet import Fact
from exports.pdf import Paper, PdfOptions, UnreadablePicture, render
from exports.pdf.evidence import note_anchor
from exports.pdf.fonts import BOLD, REGULAR
from tests.exports.pdf import dossiers, sheets
from tests.exports.pdf.reading import Tag, open_pdf, page_texts, structure
from tests.exports.pdf.sheets import with_chapter, with_section, with_sections
from tests.exports.pdf.verapdf import validation

PLACES = tuple(NotesPlace)
PRINT_HASH = """
import hashlib
from exports.briefing.document import NotesPlace
from exports.pdf import PdfOptions, render
from tests.exports.pdf import dossiers
for place in NotesPlace:
    print(hashlib.sha256(render(dossiers.dossier(place), PdfOptions(plain=place is NotesPlace.END)).pdf).hexdigest())
"""


@pytest.fixture(scope="module", params=PLACES)
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with open_pdf(render(dossiers.dossier(request.param)).pdf) as opened:
        yield opened


def named(tree: Tag, *names: str) -> list[Tag]:
    return [tag for tag in tree.walk() if tag.name in names]


def links(page: pikepdf.Page) -> list[pikepdf.Object]:
    return [annotation for annotation in page.get("/Annots", []) if "/Dest" in annotation]


def register(rows: int, *, notes: int = 8) -> Briefing:
    section = Section("register", "Register", (dossiers.register(rows, notes=notes),))
    return with_sections(replace(sheets.empty(), notes=tuple(map(dossiers.note, range(1, notes + 1)))), section)


def body(text: str) -> str:
    """A page's text without its head and foot, which come first."""
    return text.split("File revision")[1]


# cover and contents


def test_contents_say_the_pages_that_chapters_begin_on(pdf: pikepdf.Pdf) -> None:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    text = pdfium.PdfDocument(as_bytes(pdf))[0].get_textpage().get_text_range()
    entries = [(str(link.Contents), pages[link.Dest[0].objgen]) for link in links(pdf.pages[0])]
    assert [words for words, _ in entries][:1] == [f"Go to {sheets.rich().title}"]
    assert len({words for words, _ in entries}) in (4, 5)
    printed = [line.split()[-1] for line in text.splitlines() if line.split()]
    assert {str(page) for _, page in entries} <= set(printed)


def test_the_head_of_a_page_names_its_chapter_and_bookmarks_are_open(pdf: pikepdf.Pdf) -> None:
    heads = [text.split(" Page ")[0] for text in page_texts(as_bytes(pdf))]
    titles = [chapter.title.text for chapter in dossiers.dossier().chapters]
    assert not any(title in heads[0] for title in titles)
    assert all(any(title[:60] in head for head in heads[1:]) for title in titles)
    assert pdf.Root.PageMode == "/UseOutlines"
    sheet = render(sheets.rich()).pdf
    assert all(sheets.rich().title in text.split(" Page ")[0] for text in page_texts(sheet))
    with open_pdf(sheet) as opened:
        assert opened.Root.PageMode == "/UseNone"


def as_bytes(pdf: pikepdf.Pdf) -> bytes:
    output = BytesIO()
    pdf.save(output)
    return output.getvalue()


def test_every_chapter_begins_on_a_page_of_its_own_and_is_bookmarked() -> None:
    made = render(dossiers.dossier()).pdf
    with open_pdf(made) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        starts = {item.title: pages[item.destination[0].objgen] for item in outline.root}  # type: ignore[index]
        assert next(iter(starts)) == "Dossier"
        assert list(starts)[-1] == "Notes"
        assert len(set(starts.values())) == len(starts)
        assert [child.title for child in outline.root[1].children][:2] == ["Status", "Key judgements"]
    texts = page_texts(made)
    assert texts[starts["Kihara Minoru"]].split("Official's profile")[1].lstrip().startswith("Kihara Minoru")


def test_headings_go_down_one_level_at_a_time(pdf: pikepdf.Pdf) -> None:
    levels = [int(tag.name[1]) for tag in named(structure(pdf), "H1", "H2", "H3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_was_withheld_is_said_once(pdf: pikepdf.Pdf) -> None:
    text = " ".join(page_texts(as_bytes(pdf)))
    assert text.count("Something above this marking was left out.") == 1


# notes


@pytest.mark.parametrize("paper", Paper)
def test_a_note_stands_on_the_page_that_first_cites_it(paper: Paper) -> None:
    briefing = replace(register(120, notes=60), notes_place=NotesPlace.PAGE)
    seen: set[int] = set()
    texts = page_texts(render(briefing, PdfOptions(paper)).pdf)
    for text in texts:
        cited = {int(number) for number in re.findall(r"equipment (\d+) single origin", text)}
        for number in cited - seen:
            assert f"Report no. {number} on" in text
        for number in cited & seen:
            assert re.search(rf"On earlier pages:.*\b{number} \(page \d+\)", text)
        seen |= cited
    assert seen == set(range(1, 61))
    whole = " ".join(texts)
    assert all(whole.count(f"Report no. {number} on") == 1 for number in range(1, 61))


def test_pages_with_notes_are_filled() -> None:
    """Notes at the bottom do not leave half-empty pages above them."""
    at_bottom = replace(register(120, notes=60), notes_place=NotesPlace.PAGE)
    assert len(page_texts(render(at_bottom).pdf)) <= len(page_texts(render(register(120, notes=60)).pdf)) + 2


def test_notes_and_citations_link_both_ways(pdf: pikepdf.Pdf) -> None:
    words = [str(link.Contents) for page in pdf.pages for link in links(page)]
    for number in range(1, 9):
        assert f"Note {number}" in words
        assert words.count(f"Note {number}, back to where it is cited") == 1
    names = pdf.Root.StructTreeRoot.IDTree.Names
    assert {str(name) for name in names[::2]} == {note_anchor(number) for number in range(1, 9)}


def test_a_long_note_runs_on_below_the_next_page() -> None:
    long_note = dossiers.note(1, " ".join(f"word{number:04}" for number in range(2400)))
    facts = Item((Run("Said."),), sheets.single(1))
    after = tuple(Item((Run(f"Line {number}"),)) for number in range(90))
    briefing = with_section(sheets.empty(), "facts", facts, ItemList(after))
    briefing = replace(briefing, notes=(long_note,), notes_place=NotesPlace.PAGE)
    texts = page_texts(render(briefing).pdf)
    found = re.findall(r"word(\d{4})", " ".join(texts))
    assert [int(number) for number in found] == list(range(2400))
    (cited,) = [number for number, text in enumerate(texts) if "Said. 1" in text]
    assert "word0000" in texts[cited]
    assert all(f"Line {number}" in " ".join(texts) for number in range(90))


# tables


def test_two_thousand_rows_are_all_there_under_their_header() -> None:
    texts = page_texts(render(register(2000)).pdf)
    whole = " ".join(texts)
    assert all(whole.count(f"Agreement {number:04} ") == 1 for number in range(1, 2001))
    with_rows = [text for text in texts if re.search(r"Agreement \d{4} ", text)]
    assert len(with_rows) > 40
    assert all(text.count("Agreement Status Signed Pages") == 1 for text in with_rows)
    assert not any(re.search(r"Subject \d+ ?$", text) for text in texts)


def test_a_total_is_never_alone_on_a_page() -> None:
    for rows in range(20, 75):
        texts = page_texts(render(register(rows)).pdf)
        (last,) = [text for text in texts if re.search(rf"All {rows * 7}\b", text)]
        assert re.search(r"Agreement \d{4} ", body(last)), rows


def test_tables_are_whole_and_groups_span_them() -> None:
    with open_pdf(render(register(40)).pdf) as pdf:
        (table,) = named(structure(pdf), "Table")
        assert [part.name for part in table.children] == ["THead", "TBody"]
        spans = [
            sum(int(cell.source.A.get("/ColSpan", 1)) if "/A" in cell.source else 1 for cell in row.children)
            for row in named(table, "TR")
        ]
    assert set(spans) == {4}
    assert len(spans) == 1 + 3 + 40 + 1


def test_numbers_end_on_one_edge_and_figures_have_one_width() -> None:
    for face in (REGULAR.main, BOLD.main):
        assert len({face.advance(face.font.get_nominal_glyph(ord(digit))) for digit in "0123456789"}) == 1
    document = pdfium.PdfDocument(render(register(14)).pdf)
    page = document[0].get_textpage()
    rights = []
    for number in range(7, 21):
        found = page.search(f"{number}", match_whole_word=True)
        while place := found.get_next():
            right = page.get_charbox(place[0] + place[1] - 1)[2]
            if right > 500:
                rights.append(right)
    assert len(rights) >= 14
    assert max(rights) - min(rights) < 2  # a one has more room at its side


# figures and pictures


def test_figures_say_what_they_show(pdf: pikepdf.Pdf) -> None:
    figures = named(structure(pdf), "Figure")
    alternatives = [str(figure.source.Alt) for figure in figures]
    assert alternatives.count("A line from Tokyo to Oslo.") == 2
    assert "Portrait of Kihara Minoru" in alternatives
    width = float(pdf.pages[0].MediaBox[2])
    for figure in figures:
        left, bottom, right, top = (float(edge) for edge in figure.source.A.BBox)
        assert 0 < left < right < width
        assert 0 < bottom < top


def test_a_click_on_a_figure_leads_to_its_record() -> None:
    places = render(with_section(sheets.empty(), "texts", Figure(dossiers.drawing()))).places
    assert [place.link.record for place in places] == [sheets.RECORD]
    left, _, width, height = places[0].box
    assert 150 < left < 200
    assert 0 < width < 40
    assert height == pytest.approx(7)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1")]
)
@pytest.mark.parametrize("plain", [True, False])
def test_portraits_of_every_kind_are_embedded_opaque(kind: str, mode: str, plain: bool) -> None:
    picture = dossiers.picture(kind, mode, (900, 1200))
    briefing = with_section(sheets.empty(), "facts", Portrait(picture, "A person"), sheets.plain("Words"))
    with open_pdf(render(briefing, PdfOptions(plain=plain)).pdf) as pdf:
        (image,) = [each for each in pdf.pages[0].Resources.XObject.values() if each.Subtype == "/Image"]
        assert "/SMask" not in image
        assert image.Width <= 440
        assert image.ColorSpace == ("/DeviceGray" if plain or (mode == "L" and image.Width == 900) else "/DeviceRGB")


def test_what_is_no_picture_is_told() -> None:
    with pytest.raises(UnreadablePicture, match="Key facts"):
        render(with_section(sheets.empty(), "facts", Portrait(b"not a picture", "")))


def test_a_figure_as_tall_as_a_tower_is_made_to_fit() -> None:
    tall = replace(dossiers.drawing(), height=4000.0)
    assert len(page_texts(render(with_section(sheets.empty(), "texts", Figure(tall))).pdf)) <= 2


# print without colour


def test_print_without_colour_has_none() -> None:
    with open_pdf(render(dossiers.dossier(rows=3), PdfOptions(plain=True)).pdf) as pdf:
        for page in pdf.pages:
            streams = [
                page.Contents.read_bytes(),
                *(each.read_bytes() for each in page.Resources.XObject.values() if each.Subtype == "/Form"),
            ]
            for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)", b"\n".join(streams)):
                assert red == green == blue
    text = " ".join(page_texts(render(dossiers.dossier(rows=3), PdfOptions(plain=True)).pdf))
    assert "disputed" in text
    assert "single origin" in text


# the whole file


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("paper", Paper)
def test_marking_twice_and_links_that_land(place: NotesPlace, paper: Paper) -> None:
    made = render(dossiers.dossier(place), PdfOptions(paper)).pdf
    for text in page_texts(made):
        assert text.count("TLP:AMBER") == 2
    with open_pdf(made) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        found = [link for page in pdf.pages for link in links(page)]
        assert len(found) > 40
        assert all(link.Dest[0].objgen in pages for link in found)


def test_two_processes_give_the_same_bytes() -> None:
    def hashes(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", PRINT_HASH]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    first = hashes("1", "Asia/Tokyo")
    assert len(set(first.split())) == 2
    assert first == hashes("2", "America/Los_Angeles")


def test_hard_cases_print_whole() -> None:
    parties = ItemList(tuple(Item((Run(f"Party {number:02}"),), sheets.single(1)) for number in range(60)))
    briefing = with_section(register(30, notes=1000), "parties", parties)
    briefing = with_section(briefing, "facts", ItemList(()))
    briefing = with_sections(briefing, Section("texts", "Texts", ()))
    briefing = with_chapter(briefing, title=Fact("", "Title " * 66 + "ends"))
    for place in PLACES:
        texts = page_texts(render(replace(briefing, notes_place=place)).pdf)
        whole = " ".join(texts)
        assert "Title ends" in whole
        assert all(f"Party {number:02}" in whole for number in range(60))
        assert "Report no. 30 on" in whole
        assert ("Report no. 1000 on" in whole) is (place is NotesPlace.END)


def test_an_item_that_cites_more_than_a_page_of_notes() -> None:
    briefing = with_section(register(1, notes=90), "facts", Item((Run("All."),), dossiers.disputed(*range(1, 91))))
    whole = " ".join(page_texts(render(replace(briefing, notes_place=NotesPlace.PAGE)).pdf))
    assert all(whole.count(f"Report no. {number} on") == 1 for number in range(1, 91))


@pytest.mark.pdfa
def test_dossiers_are_accessible_archival_and_sound(tmp_path: Path) -> None:
    missing = validation.missing_tools()
    if missing and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, f"DEPOSITARY_REQUIRE_PDFA=1, but not installed: {', '.join(missing)}"
    files = []
    for place in PLACES:
        for paper in Paper:
            file = tmp_path / f"{place}-{paper.name}.pdf"
            options = PdfOptions(paper, plain=paper is Paper.LETTER)
            file.write_bytes(render(dossiers.dossier(place), options).pdf)
            files.append(file)
    compliant, said = validation.verapdf(files)
    assert compliant, said
    for file in files:
        sound, said = validation.qpdf(file)
        assert sound, said


def test_a_group_is_named_again_where_it_runs_over() -> None:
    table = dossiers.register(90)
    texts = [body(text) for text in page_texts(render(register(90)).pdf)]
    groups = [row.cells[0].lines[0].text for row in table.rows if row.kind is RowKind.GROUP]
    starts = [place for place, row in enumerate(table.rows) if row.kind is RowKind.GROUP]
    assert len(groups) > 1
    assert len(starts) < len(table.rows) / 3
    assert any(f"{group} continued" in text for group in groups for text in texts[1:])
    assert not any(f"{group} continued" in texts[0] for group in groups)
