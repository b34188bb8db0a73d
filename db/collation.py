"""The order in which people look for titles, as SQL that an index of the file can keep.

Case aside, a first letter with marks under its base letter as in the root collation of CLDR (Échange with E, Østersjøen
with O, Łódź with L), and opening quotation marks skipped. After Latin come the other scripts by code point: Greek,
Cyrillic, Hebrew, Arabic, kana, kanji by radical and strokes, hangul. Only functions and collations that every SQLite
has, so that any program can read and write the file.
"""

import unicodedata
from functools import cache

from sqlalchemy import ColumnElement, Text, literal_column

_ALONE = dict(zip("ÆÐØÞĐĦıŁŊŒ", ("AE", "D", "O", "TH", "D", "H", "I", "L", "N", "OE"), strict=True))
"""Letters that Unicode does not take apart."""
_SKIPPED = "“„‘‚«‹「『《〈"
_LAST_ASCII = "{"


@cache
def _first_letters() -> dict[str, str]:
    """What a first letter counts as, for those of Latin-1 and Latin Extended-A."""
    letters = dict.fromkeys(_SKIPPED, "")
    for code in range(0xC0, 0x180):
        letter = chr(code)
        base = _ALONE.get(letter) or _ALONE.get(letter.upper()) or unicodedata.normalize("NFKD", letter)[0]
        if base.isascii() and base.isalpha():
            letters[letter] = base
    return letters


@cache
def title_order(column: str) -> ColumnElement[str]:
    """A column in the order of titles. Without parameters, because SQLite finds an index by the very expression."""
    cases = " ".join(f"WHEN '{letter}' THEN '{base}'" for letter, base in _first_letters().items())
    first = f"CASE substr({column}, 1, 1) {cases} ELSE substr({column}, 1, 1) END"
    told = f"CASE WHEN {column} < '{_LAST_ASCII}' THEN {column} ELSE {first} || substr({column}, 2) END"
    return literal_column(f"({told}) COLLATE NOCASE", Text())
