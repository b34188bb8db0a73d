"""Names of people and things, compared as people mean them: order, case, width and punctuation aside."""

import re
import unicodedata

_WORD = re.compile(r"\w+")


def says_same_name(first: str, second: str) -> bool:
    """Whether two texts have the same words in another order or spelling: KIHARA Minoru, Minoru Kihara."""
    return sorted(_words(first)) == sorted(_words(second)) != []


def says_less(first: str, second: str) -> bool:
    """Whether all words of the first stand in the second: Tokyo in “Ministry of Defense, Tokyo”."""
    words = set(_words(first))
    return bool(words) and words < set(_words(second))


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
