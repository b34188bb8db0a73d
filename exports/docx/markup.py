"""WordprocessingML written as text: elements, attributes, and what of a reader's text XML can carry.

ECMA-376 (ISO/IEC 29500) Part 1, transitional. Children stand in the order that the schema asks for, which Word checks.
"""

from __future__ import annotations

import re

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[&<>"\r\n\t]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_PIECES = re.compile("([\n\t])")
_BREAKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}


def clean(text: str) -> str:
    """Text with one kind of line end; a control, which XML 1.0 cannot carry or Word would obey, is U+FFFD."""
    if text.isascii() and text.isprintable():
        return text
    return _UNWRITABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> str:
    """Clean text for an attribute or an element."""
    return _SPECIAL.sub(lambda found: _ENTITIES[found[0]], clean(text))


def w(name: str, /, *children: str, **values: object) -> str:
    """An element of WordprocessingML; `values` are its attributes in the same namespace."""
    attributes = "".join([f' w:{key}="{escaped(str(value))}"' for key, value in values.items()])
    body = "".join(children)
    return f"<w:{name}{attributes}>{body}</w:{name}>" if body else f"<w:{name}{attributes}/>"


def characters(text: str) -> str:
    """Clean text as the content of a run: words, line breaks, tabs."""
    if text.isprintable():
        return f'<w:t xml:space="preserve">{escaped(text)}</w:t>' if text else ""
    return "".join(
        _BREAKS.get(piece) or f'<w:t xml:space="preserve">{escaped(piece)}</w:t>'
        for piece in _PIECES.split(text)
        if piece
    )


def field(instruction: str, result: str, properties: str = "", *, stale: bool = False) -> str:
    """A field with its ready result, which is runs; `stale` asks Word to work it out when the file is opened."""
    begin = w("fldChar", fldCharType="begin", **({"dirty": "true"} if stale else {}))
    code = f'<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText>'
    return "".join(
        (
            w("r", properties, begin),
            w("r", properties, code),
            w("r", properties, w("fldChar", fldCharType="separate")),
            result,
            w("r", properties, w("fldChar", fldCharType="end")),
        )
    )


def bookmark(name: str, number: int, content: str) -> str:
    """Content that a field or a link can lead to."""
    return f"{w('bookmarkStart', id=number, name=name)}{content}{w('bookmarkEnd', id=number)}"


def is_table(block: str) -> bool:
    """Whether a block is a table."""
    return block.startswith("<w:tbl>")
