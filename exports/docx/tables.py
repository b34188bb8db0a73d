"""Tables: a header row that stands again on every page, numbers flush right, groups and totals."""

from __future__ import annotations

from collections.abc import Sequence

from exports.docx import styles
from exports.docx.markup import escaped, w

_LOOK = {"firstColumn": 0, "lastRow": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}


def grid_widths(shares: Sequence[float], width: int) -> list[int]:
    """Shares of a width as whole twentieths of a point that add up to it."""
    whole = sum(shares) or 1.0
    widths = [int(width * share / whole) for share in shares]
    widths[-1] += width - sum(widths)
    return widths


def table(
    widths: Sequence[int], rows: Sequence[str], *, style: str = styles.TABLE, title: str = "", heads_rows: bool = False
) -> str:
    """A table of ready rows. `title` is told to screen readers; `heads_rows`: its first column names the rows."""
    look = _LOOK | {"firstRow": int(style == styles.TABLE), "firstColumn": int(heads_rows)}
    properties = w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=sum(widths), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="04A0", **look),
        w("tblCaption", val=title) if title else "",
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in widths)), *rows)


def row(cells: Sequence[str], *, is_header: bool = False, is_whole: bool = True) -> str:
    """A row; a header stands again on every page, and a whole row is not parted between two."""
    properties = (w("cantSplit") if is_whole or is_header else "") + (w("tblHeader") if is_header else "")
    return w("tr", w("trPr", properties) if properties else "", *cells)


def cell(width: int, paragraphs: Sequence[str], *, columns: int = 1, shade: str = "") -> str:
    """A cell over some columns; Word wants a paragraph in each, also in empty ones and after tables."""
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=columns) if columns > 1 else "",
        w("shd", val="clear", color="auto", fill=escaped(shade)) if shade else "",
    )
    return w("tc", properties, *(paragraphs or [w("p")]))
