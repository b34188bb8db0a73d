"""Text as it is compared: case, accents and width aside; Latin words apart from other scripts.

The index holds folded text and a search folds what was typed, so both sides always agree. Folding works character
by character, so that a place in the folded text can be told in the original.
"""

import unicodedata
from dataclasses import dataclass

_LAST_LATIN = "\u02af"
_ACCENTS = range(0x0300, 0x0370)
_PLAIN = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "ŧ": "t",
    "ŋ": "n",
    "ə": "a",
}
"""Latin letters that Unicode does not decompose, as those write them who have no such key."""


class _Folding(dict[int, str]):
    """What each character folds to; found once, when it is first met."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = "".join(map(_plain, decomposed))
        return self[code]


def _plain(character: str) -> str:
    """A decomposed letter without accents; nothing for marks of format, such as a soft hyphen; a space for controls."""
    category = unicodedata.category(character)
    if category == "Cf" or ord(character) in _ACCENTS:
        return ""
    return " " if category == "Cc" else _PLAIN.get(character, character)


class _Latin(dict[int, str]):
    """Folded characters, with a space in place of each letter of another script."""

    def __missing__(self, code: int) -> str:
        self[code] = " " if is_foreign(chr(code)) else chr(code)
        return self[code]


_FOLDING = _Folding()
_LATIN = _Latin()


def is_foreign(character: str) -> bool:
    """Whether a folded character belongs to no Latin word: a letter, digit, mark or symbol of another script."""
    return character > _LAST_LATIN and unicodedata.category(character)[0:2] not in _PUNCTUATION


_PUNCTUATION = frozenset({"Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "Zs", "Zl", "Zp"})


def fold(text: str) -> str:
    """A text as it is compared."""
    return text.lower().translate(_CONTROLS) if text.isascii() else text.translate(_FOLDING)


_CONTROLS = dict.fromkeys((*range(32), 127), " ")


def latin_of(folded: str) -> str:
    """The Latin words of a folded text; letters of other scripts count as spaces between them."""
    return folded if folded.isascii() else folded.translate(_LATIN)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text that knows where each of its characters stands in the original (`starts`, one more at the end)."""

    text: str
    starts: tuple[int, ...] | range

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text comes from."""
        return self.starts[start], self._end(end)

    def _end(self, end: int) -> int:
        """Whole characters: where one became several, up to its end, and with the accents that follow it."""
        last = self.starts[end - 1] if end else 0
        return next((self.starts[place] for place in range(end, len(self.starts)) if self.starts[place] > last), last)


def fold_with_places(text: str) -> FoldedText:
    """A text as it is compared, and where each character came from."""
    if text.isascii():
        return FoldedText(fold(text), range(len(text) + 1))
    pieces = [_FOLDING[ord(character)] for character in text]
    starts = [place for place, piece in enumerate(pieces) for _ in piece]
    return FoldedText("".join(pieces), (*starts, len(text)))
