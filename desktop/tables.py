"""Text for a terminal: aligned by what characters take up on the screen, and safe to print whatever a file holds."""

import shutil
import sys
import unicodedata
from collections.abc import Iterator, Sequence

from desktop.words import tr

MOST_TOLD = 20
"""How many findings, edits and records are told on a terminal; JSON has them all."""
_GAP = 2
_NARROWEST = 6
_UNSAFE_FORMAT = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"}
"""Bidirectional controls, which make a line read as something else than it is."""


def terminal_width() -> int | None:
    """Columns of the terminal; None where the output goes to a file or another program, which want it whole."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def printable(text: str) -> str:
    """Text from a file without what would steer the terminal; tabs and line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _is_safe(character) else "\N{REPLACEMENT CHARACTER}" for character in text)


def _is_safe(character: str) -> bool:
    if character in "\n\t":
        return True
    return unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") and character not in _UNSAFE_FORMAT


def width_of(text: str) -> int:
    """How many columns a text takes: two for a wide character (UAX #11), none for one that joins the one before."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """A text cut to a number of columns, with an ellipsis where something is missing."""
    if width_of(text) <= width:
        return text
    kept, used = "", 0
    for character in text:
        used += _columns(character)
        if used > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def pad(text: str, width: int) -> str:
    """A text with spaces up to a number of columns."""
    return text + " " * (width - width_of(text))


def table(
    rows: Sequence[Sequence[str]], headers: Sequence[str] = (), *, width: int | None = None, indent: int = 0
) -> str:
    """Lines of aligned columns; where they do not fit the width, the widest columns are cut.

    Columns of numbers end in one line, the others begin in one.
    """
    body = [[" ".join(printable(cell).split()) for cell in row] for row in rows]
    lines = [list(headers), *body] if headers else body
    if not lines:
        return ""
    widths = _widths(lines, None if width is None else width - indent)
    numeric = [all(map(_is_number, column)) for column in zip(*body, strict=True)]
    return "\n".join(_line(line, widths, numeric, indent) for line in lines)


def _widths(lines: Sequence[Sequence[str]], width: int | None) -> list[int]:
    widths = [max(map(width_of, column)) for column in zip(*lines, strict=True)]
    while width is not None and sum(widths) + _GAP * (len(widths) - 1) > width and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").isdecimal()


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool], indent: int) -> str:
    shown = (
        fit(cell, width).rjust(width) if is_number else pad(fit(cell, width), width)
        for cell, width, is_number in zip(cells, widths, numeric or [False] * len(cells), strict=True)
    )
    return (" " * indent + (" " * _GAP).join(shown)).rstrip()


def some_lines(lines: Sequence[str], most: int = MOST_TOLD) -> list[str]:
    """Lines for a terminal, not more than a person reads there; a file has all."""
    told = len(lines) if terminal_width() is None else most
    shown = [printable(line) for line in lines[:told]]
    more = [tr("  … and {count} more; --json has all").format(count=len(lines) - told)] if len(lines) > told else []
    return shown + more


def wrap(text: str, width: int | None) -> list[str]:
    """Lines of a text, broken between words, or inside of one that is longer than a line (as in Japanese)."""
    lines: list[str] = []
    for paragraph in printable(text).splitlines() or [""]:
        lines.extend(_broken(paragraph, width) if width else [paragraph])
    return lines


def _broken(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for word in paragraph.split():
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *whole, line = _pieces(word, width)
        yield from whole
    yield line


def _pieces(word: str, width: int) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1]) + _columns(character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
