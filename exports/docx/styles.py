"""The look of a DOCX: Word's own styles where it has them, so that the navigation pane and a person's habits work.

Sizes are in half points, distances in twentieths of a point. The colours are those of the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exports.docx.markup import DECLARATION, NAMESPACES, w
from exports.pdf.styles import ACCENT, CAME, DISPUTED, HAIRLINE, INK, MUTED, SINGLE, Colour

LATIN_FONT = "Calibri"
COMPLEX_FONT = "Arial"
EAST_ASIAN_FONT = "Yu Gothic"

# paragraphs
TITLE, SUBTITLE, EYEBROW = "Title", "Subtitle", "Eyebrow"
CHAPTER, SECTION = "Heading1", "Heading2"
BODY, LEAD, HEADLINE, SMALL = "BodyText", "Lead", "Headline", "SmallText"
CELL, CELL_HEAD, LABEL_CELL, GAP = "TableText", "TableHeading", "RowHeading", "TableGap"
CAPTION, CONTENTS_HEADING, CONTENTS = "Caption", "TOCHeading", "TOC1"
HEADER, FOOTER, FOOTNOTE, ENDNOTE = "Header", "Footer", "FootnoteText", "EndnoteText"
# characters
STRONG, EMPHASIS, QUIET, NOT_KNOWN, SMALL_RUN = "Strong", "Emphasis", "Quiet", "NotKnown", "SmallLetters"
SMALL_QUIET, LINK = "SmallQuiet", "Hyperlink"
ADDED, GONE = "Added", "Gone"
DISPUTED_MARK, SINGLE_MARK, QUIET_MARK = "Disputed", "SingleOrigin", "Origins"
FOOTNOTE_REFERENCE, ENDNOTE_REFERENCE = "FootnoteReference", "EndnoteReference"
# tables
TABLE, FACTS, LAYOUT = "BriefingTable", "BriefingFacts", "BriefingLayout"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours as Word writes them, or the greys of print without colour."""

    plain: bool = False

    def code(self, colour: Colour) -> str:
        """Six hexadecimal digits."""
        return (colour.plain if self.plain else colour.code).removeprefix("#")


def styles_part(languages: Mapping[str, str], palette: Palette) -> str:
    """word/styles.xml for a document in these languages (`exports.docx.text.document_languages`)."""
    made = [_defaults(languages), *_paragraphs(palette), *_characters(palette), *_tables(palette)]
    return f"{DECLARATION}<w:styles {NAMESPACES}>{''.join(made)}</w:styles>"


def _defaults(languages: Mapping[str, str]) -> str:
    fonts = w("rFonts", ascii=LATIN_FONT, eastAsia=EAST_ASIAN_FONT, hAnsi=LATIN_FONT, cs=COMPLEX_FONT)
    tongues = w("lang", **languages)
    letters = w("rPr", fonts, *_size(20), tongues)
    lines = w("pPr", w("spacing", after=0, line=259, lineRule="auto"))
    return w("docDefaults", w("rPrDefault", letters), w("pPrDefault", lines))


def _paragraphs(palette: Palette) -> list[str]:
    accent, muted, hair = palette.code(ACCENT), palette.code(MUTED), palette.code(HAIRLINE)
    rule = w("pBdr", w("top", val="single", sz=4, space=4, color=hair))
    return [
        _style("Normal", "Normal", letters=(_colour(palette.code(INK)),), default=True),
        _style(TITLE, "Title", letters=(*_bold(), *_size(52)), lines=_space(2400, 240), heading=True),
        _style(SUBTITLE, "Subtitle", letters=(_colour(muted), *_size(22)), lines=_space(0, 60)),
        _style(EYEBROW, "Eyebrow", letters=(*_bold(), _colour(accent), *_size(17)), lines=_space(0, 40), heading=True),
        _style(CHAPTER, "heading 1", letters=(*_bold(), *_size(36)), lines=_space(0, 80), heading=True, level=0),
        _style(
            SECTION,
            "heading 2",
            letters=(*_bold(), _colour(accent), *_size(21)),
            lines=rule + _space(280, 80),
            heading=True,
            level=1,
        ),
        _style(BODY, "Body Text", lines=_space(60, 40)),
        _style(LEAD, "Lead", letters=_size(22), lines=_space(60, 60)),
        _style(HEADLINE, "Headline", letters=(*_bold(), *_size(26)), lines=_space(60, 60)),
        _style(SMALL, "Small Text", letters=_size(17), lines=_space(0, 20)),
        _style(CELL, "Table Text", letters=_size(17), lines=_space(0, 0)),
        _style(CELL_HEAD, "Table Heading", letters=(_colour(muted), *_size(16)), lines=_space(0, 0), heading=True),
        _style(LABEL_CELL, "Row Heading", letters=(_colour(muted), *_size(17)), lines=_space(0, 0)),
        _style(GAP, "Table Gap", letters=_size(8), lines=w("spacing", after=0, line=120, lineRule="exact")),
        _style(CAPTION, "caption", letters=(_colour(muted), *_size(17)), lines=_space(40, 120)),
        _style(
            CONTENTS_HEADING,
            "TOC Heading",
            letters=(*_bold(), _colour(accent), *_size(21)),
            lines=rule + _space(1200, 120),
            heading=True,
        ),
        _style(CONTENTS, "toc 1", lines=w("tabs", w("tab", val="right", leader="dot", pos=9600)) + _space(60, 60)),
        _style(HEADER, "header", letters=_size(15), lines=_space(0, 0)),
        _style(FOOTER, "footer", letters=_size(15), lines=_space(0, 0)),
        _style(FOOTNOTE, "footnote text", letters=_size(16), lines=_space(0, 20), priority=99),
        _style(ENDNOTE, "endnote text", letters=_size(16), lines=_space(0, 20), priority=99),
    ]


def _characters(palette: Palette) -> list[str]:
    muted = _colour(palette.code(MUTED))
    raised = w("vertAlign", val="superscript")
    accent = _colour(palette.code(ACCENT))
    return [
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        _character(STRONG, "Strong", *_bold()),
        _character(EMPHASIS, "Emphasis", *_italic()),
        _character(QUIET, "Quiet", muted),
        _character(NOT_KNOWN, "Not Known", *_italic(), muted),
        _character(SMALL_RUN, "Small Letters", *_size(17)),
        _character(SMALL_QUIET, "Small Quiet", muted, *_size(17)),
        _character(LINK, "Hyperlink", accent),
        _character(ADDED, "Added", *_bold(), _colour(palette.code(CAME)), w("u", val="single")),
        _character(GONE, "Gone", w("strike"), _colour(palette.code(DISPUTED))),
        _character(DISPUTED_MARK, "Disputed", *_bold(), _colour(palette.code(DISPUTED)), *_size(16)),
        _character(SINGLE_MARK, "Single Origin", _colour(palette.code(SINGLE)), *_size(16)),
        _character(QUIET_MARK, "Origins", muted, *_size(16)),
        _character(FOOTNOTE_REFERENCE, "footnote reference", accent, raised),
        _character(ENDNOTE_REFERENCE, "endnote reference", accent, raised),
    ]


def _tables(palette: Palette) -> list[str]:
    hair = palette.code(HAIRLINE)
    lines = w(
        "tblBorders",
        *(w(side, val="single", sz=4, space=0, color=hair) for side in ("top", "bottom", "insideH")),
    )
    margins = w(
        "tblCellMar",
        w("top", w=50, type="dxa"),
        w("left", w=0, type="dxa"),
        w("bottom", w=50, type="dxa"),
        w("right", w=110, type="dxa"),
    )
    bare = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    return [
        w("style", w("name", val="Normal Table"), type="table", default=1, styleId="TableNormal"),
        _table(TABLE, "Briefing Table", w("tblPr", lines, margins)),
        _table(FACTS, "Briefing Facts", w("tblPr", lines, margins)),
        _table(LAYOUT, "Briefing Layout", w("tblPr", bare)),
    ]


def _style(
    identifier: str,
    name: str,
    *,
    letters: tuple[str, ...] = (),
    lines: str = "",
    heading: bool = False,
    level: int | None = None,
    default: bool = False,
    priority: int = 1,
) -> str:
    """A paragraph style. `heading`: it stays with what follows; `level` puts it into the navigation pane."""
    follows = w("next", val=BODY) if level is not None else ""
    kept = w("keepNext") + w("keepLines") if heading else ""
    outline = w("outlineLvl", val=level) if level is not None else ""
    values: dict[str, object] = {"type": "paragraph", "styleId": identifier}
    if default:
        values["default"] = 1
    return w(
        "style",
        w("name", val=name),
        "" if default else w("basedOn", val="Normal"),
        follows,
        w("uiPriority", val=priority),
        w("qFormat"),
        w("pPr", kept, lines, outline) if kept or lines else "",
        w("rPr", *letters) if letters else "",
        **values,
    )


def _character(identifier: str, name: str, *letters: str) -> str:
    based = w("basedOn", val="DefaultParagraphFont")
    parts = (w("name", val=name), based, w("uiPriority", val=1), w("qFormat"), w("rPr", *letters))
    return w("style", *parts, type="character", styleId=identifier)


def _table(identifier: str, name: str, properties: str) -> str:
    parts = (w("name", val=name), w("basedOn", val="TableNormal"), w("uiPriority", val=59), properties)
    return w("style", *parts, type="table", styleId=identifier)


def _bold() -> tuple[str, str]:
    return w("b"), w("bCs")


def _italic() -> tuple[str, str]:
    return w("i"), w("iCs")


def _size(half_points: int) -> tuple[str, str]:
    return w("sz", val=half_points), w("szCs", val=half_points)


def _colour(code: str) -> str:
    return w("color", val=code)


def _space(before: int, after: int) -> str:
    return w("spacing", before=before, after=after)
