"""The finished file's structure: tags, links, bookmarks, fonts, metadata."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from exports.pdf import render
from tests.exports.pdf import sheets
from tests.exports.pdf.reading import Tag, marked_content, open_pdf, structure


@pytest.fixture(scope="module", params=[sheets.rich, sheets.france, sheets.empty])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with open_pdf(render(request.param()).pdf) as opened:
        yield opened


@pytest.fixture(scope="module")
def rich() -> Iterator[pikepdf.Pdf]:
    with open_pdf(render(sheets.rich()).pdf) as opened:
        yield opened


def annotations(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]


def named(tree: Tag, name: str) -> list[Tag]:
    return [tag for tag in tree.walk() if tag.name == name]


def test_every_mark_on_a_page_is_tagged_or_an_artifact(pdf: pikepdf.Pdf) -> None:
    owned = {place: tag.name for tag in structure(pdf).walk() for place in tag.content}
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(key): row for key, row in zip(nums[::2], nums[1::2], strict=True)}
    for index, page in enumerate(pdf.pages):
        marks = marked_content(page)
        mcids = [mcid for _, mcid in marks if mcid >= 0]
        assert mcids == sorted(set(mcids))
        assert all(name in ("Artifact", "Span") for name, mcid in marks if mcid < 0)
        row = parents[int(page.StructParents)]
        assert len(row) == len(mcids)
        for name, mcid in marks:
            if mcid >= 0:
                assert owned[index, mcid] == name == str(row[mcid].S)[1:]


def test_headings_follow_one_another(pdf: pikepdf.Pdf) -> None:
    headings = [tag.name for tag in structure(pdf).walk() if tag.name in ("H1", "H2", "H3")]
    assert headings[0] == "H1"
    assert headings.count("H1") == 1
    assert set(headings[1:]) <= {"H2"}


def columns_of(cell: Tag) -> int:
    """How many columns a cell goes across, as rivals below a row do."""
    attributes: Any = cell.source.get("/A", {})
    return int(attributes.get("/ColSpan", 1))


def test_tables_are_whole(rich: pikepdf.Pdf) -> None:
    for table in named(structure(rich), "Table"):
        rows = named(table, "TR")
        assert rows
        assert len({sum(map(columns_of, row.children)) for row in rows}) == 1
        assert {cell.name for row in rows for cell in row.children} == {"TH", "TD"}
        heads = named(table, "TH")
        assert all(row.children[0].name == "TH" for row in rows if len(row.children) > 1)
        assert all(str(head.source.A.Scope) in ("/Row", "/Column") for head in heads)


def test_a_heading_without_a_bold_face_is_outlined_and_nothing_after_it() -> None:
    said = sheets.item("군사비밀정보 보호협정")  # in bold
    with open_pdf(render(sheets.with_section(sheets.empty(), "parties", said)).pdf) as pdf:
        modes = [
            int(instruction.operands[0])
            for instruction in pikepdf.parse_content_stream(pdf.pages[0])
            if str(instruction.operator) == "Tr"
        ]
    assert modes == [2, 0]


def test_lists_and_quotes_and_languages(rich: pikepdf.Pdf) -> None:
    tree = structure(rich)
    assert all(item.name == "LI" for entries in named(tree, "L") for item in entries.children)
    japanese = [tag for tag in tree.walk() if str(tag.source.get("/Lang", "")) == "ja"]
    assert {tag.name for tag in japanese} == {"Span", "Quote"}
    assert str(rich.Root.Lang) == "en-GB"


def test_the_ladder_is_a_figure_in_words(rich: pikepdf.Pdf) -> None:
    (figure,) = named(structure(rich), "Figure")
    words = str(figure.source.Alt)
    assert "Signature, reached, 3 September 2024" in words
    assert "Entry into force, not known" in words
    assert len(figure.source.A.BBox) == 4


def test_notes_are_found_by_their_identifiers(rich: pikepdf.Pdf) -> None:
    notes = named(structure(rich), "Note")
    names = rich.Root.StructTreeRoot.IDTree.Names
    assert len(notes) == 8
    assert [str(name) for name in names[::2]] == sorted(str(note.source.ID) for note in notes)
    assert {element.objgen for element in names[1::2]} == {note.source.objgen for note in notes}


def test_every_link_has_its_element_and_words(pdf: pikepdf.Pdf) -> None:
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
    links = annotations(pdf)
    for link in links:
        assert str(parents[int(link.StructParent)].S) == "/Link"
        assert str(link.Contents)
    assert sum(tag.annotations for tag in structure(pdf).walk()) == len(links)


def test_every_internal_link_lands(pdf: pikepdf.Pdf) -> None:
    pages = {page.obj.objgen: page for page in pdf.pages}
    internal = [link for link in annotations(pdf) if "/Dest" in link]
    for link in internal:
        target = pages[link.Dest[0].objgen]
        assert str(link.Dest[1]) == "/XYZ"
        left, top = float(link.Dest[2]), float(link.Dest[3])
        assert 0 < left < float(target.MediaBox[2])
        assert 0 < top < float(target.MediaBox[3])


def test_notes_and_citations_link_to_each_other(rich: pikepdf.Pdf) -> None:
    internal = [str(link.Contents) for link in annotations(rich) if "/Dest" in link]
    for number in range(1, 9):
        assert f"Note {number}" in internal
        assert f"Note {number}, back to where it is cited" in internal


def test_addresses_are_live_and_scripts_are_not(rich: pikepdf.Pdf) -> None:
    addresses = {str(link.A.URI) for link in annotations(rich) if "/A" in link}
    assert addresses == {note.url for note in sheets.rich().notes}


@pytest.mark.parametrize(
    ("typed", "followed"),
    [
        ("https://example.org/a(b)\\c d/木", "https://example.org/a(b)%5Cc%20d/%E6%9C%A8"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_can_be_followed(typed: str, followed: str) -> None:
    note = replace(sheets.rich().notes[0], url=typed)
    with open_pdf(render(replace(sheets.empty(), notes=(note,))).pdf) as pdf:
        assert [str(link.A.URI) for link in annotations(pdf) if "/A" in link] == [followed] * bool(followed)


def test_bookmarks_lead_to_sections(rich: pikepdf.Pdf) -> None:
    with rich.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[0] == "Status"
    assert titles[-2:] == ["Sources", "Notes"]
    pages = {page.obj.objgen for page in rich.pages}
    with rich.open_outline() as outline:
        assert all(item.destination[0].objgen in pages for item in outline.root)  # type: ignore[index]


def test_all_fonts_are_embedded_subsets_with_their_text(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            (descendant,) = font.DescendantFonts
            assert "/FontFile2" in descendant.FontDescriptor
            assert "/ToUnicode" in font
            assert str(font.BaseFont)[7] == "+"


def test_metadata_says_title_language_and_marking(rich: pikepdf.Pdf) -> None:
    with rich.open_metadata() as metadata:
        assert metadata["dc:title"] == sheets.rich().title
        assert metadata["pdfaid:part"] == "2"
        assert metadata["pdfaid:conformance"] == "A"
        assert metadata["pdfuaid:part"] == "1"
        assert "TLP:AMBER" in str(metadata["dc:rights"])
        assert str(metadata["xmp:CreateDate"]).startswith("2025-05-04T09:30:00")
    assert rich.docinfo["/Title"] == sheets.rich().title
    assert rich.Root.ViewerPreferences.DisplayDocTitle
    assert rich.Root.MarkInfo.Marked


def test_there_is_no_clock_in_a_sheet_without_a_time() -> None:
    with open_pdf(render(sheets.empty()).pdf) as pdf:
        assert "/CreationDate" not in pdf.docinfo
        with pdf.open_metadata() as metadata:
            assert "xmp:CreateDate" not in metadata


def test_no_element_of_the_tree_is_empty(pdf: pikepdf.Pdf) -> None:
    empty = [tag.name for tag in structure(pdf).walk() if not (tag.children or tag.content or tag.annotations)]
    assert set(empty) <= {"TD"}
