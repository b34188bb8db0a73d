"""Addresses that a reader may follow, as HYPERLINK fields: no address can then make a package that Word refuses."""

from __future__ import annotations

from urllib.parse import quote

from exports.docx import styles
from exports.docx.markup import characters, clean, field, w
from exports.docx.text import Inline, Made, Span
from exports.pdf.notes import is_link

_KEPT = "!#$%&'()*+,/:;=?@[]~"
_LONGEST = 2083  # characters; Word follows no longer address


def web_link(url: str, text: str) -> Inline:
    """Text that leads to an address, or the text alone where that is none."""
    target = quote(clean(url), safe=_KEPT)
    if not is_link(url) or len(target) > _LONGEST:
        return Span(text, styles.LINK)
    look = w("rPr", w("rStyle", val=styles.LINK))
    return Made(field(f'HYPERLINK "{target}"', w("r", look, characters(clean(text))), look), text)
