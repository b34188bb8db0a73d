"""How names, titles and addresses are compared when somebody may have entered the same thing twice."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations
from urllib.parse import parse_qsl, urlencode, urlsplit

from db.index.folding import fold, is_foreign

_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"(?<=\w)['’ʼ.](?=\w)")
"""What stands inside a name or an abbreviation: O'Neil, U.S."""
_HONORIFICS = """adm admiral air amb ambassador brig brigadier capt captain chief col colonel commander cdr dr
excellency frau gen general herr hon honourable honorable lady lieutenant lord lt madam madame maj major marshal
minister miss mme mr mrs ms president prof professor rear rt secretary sen senator sir the vice"""
HONORIFICS = frozenset(_HONORIFICS.split())
"""Words before a name that are no part of it, folded."""
_SMALL_WORDS = "a al an and between concerning d de der des di du e for in la le of on regarding the to und y"
_SMALL = frozenset(_SMALL_WORDS.split())
_ALIKE = (
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ou", "o"), ("ph", "f"), ("ck", "k"), ("ce", "se"), ("ci", "si"),
    ("cy", "si"), ("kh", "k"), ("dh", "d"), ("gh", "g"), ("th", "t"), ("c", "k"), ("q", "k"), ("w", "v"), ("y", "i"),
    ("j", "i"), ("z", "s"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
Words = tuple[str, ...]
_MOST_WORDS = 8
_LONGEST = 300
"""Characters of a name or title that are compared."""
_TRACKING = ("utm_", "fbclid", "gclid", "mc_")


@lru_cache(50_000)
def words_of(text: str) -> Words:
    """The folded words of a text, in its order."""
    return tuple(_WORD.findall(_ELIDED.sub("", fold(text[:_LONGEST]))))


def name_words(name: str, honorific: str = "") -> Words:
    """The words of a person's name without titles, in one order whichever way round it was written.

    What might be a title is one only where a whole name is left without it: Gen Nakatani is no general.
    """
    said = set(words_of(honorific))
    words = [word for word in words_of(name)[:_MOST_WORDS] if word not in said] or list(words_of(name)[:_MOST_WORDS])
    rest = [word for word in words if word not in HONORIFICS]
    return tuple(sorted(rest if len(rest) > 1 else words))


def title_words(title: str) -> Words:
    """The words of a title or of an organization's name that tell it from others, in one order."""
    words = words_of(title)
    return tuple(sorted([word for word in words if word not in _SMALL] or words))


@lru_cache(50_000)
def spelling(word: str) -> str:
    """A word as those may write it who spell differently: Defence, Defense; Mueller, Muller; Yusuf, Yousuf."""
    if word.isdigit():
        return word
    for written, sound in _ALIKE:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", word)


def spelled(words: Words) -> Words:
    """All words of a name by their spelling, in one order."""
    return tuple(sorted(map(spelling, words)))


def is_whole_name(words: Words) -> bool:
    """Whether it is more than a family name: two words, or one in a script that writes names together."""
    return len(words) > 1 or any(map(is_foreign, "".join(words)))


def name_keys(words: Words) -> Iterator[Words]:
    """What two writings of one name share unless one of them is abbreviated: all its words, or two of them."""
    sounds = spelled(words)
    yield from combinations(sounds, 2) if len(sounds) > 1 else [sounds]


def initial_keys(words: Words) -> Iterator[Words]:
    """What two writings share of which one is abbreviated or has a slip: one word, and the initials of the others."""
    sounds = spelled(words)
    for place, word in enumerate(sounds):
        if len(word) > 2 and len(sounds) > 1:
            initials = sorted(other[0] for other in (*sounds[:place], *sounds[place + 1 :]))
            yield from {(word, each) for each in ("".join(initials), *initials)}


def fits_initials(first: Words, second: Words) -> bool:
    """Whether two names can be told apart by nothing but that one has initials: B. A. Gram, Bjørn Arild Gram."""
    fewer, more = sorted((first, second), key=lambda words: (len(words), sum(map(len, words))))
    rest = list(more)
    for word in sorted(fewer, key=len, reverse=True):
        found = next((other for other in rest if other == word or (len(word) == 1 and other[0] == word)), None)
        found = found or next((other for other in rest if len(other) == 1 and word[0] == other), None)
        if found is None:
            return False
        rest.remove(found)
    return any(len(word) > 1 and word in more for word in fewer)


def differs_by_a_slip(first: Words, second: Words) -> bool:
    """Whether as many words say the same but for a letter or two in longer ones: Kihara, Khiara."""
    if len(first) != len(second) or len(first) < 2:
        return False
    rest = sorted(set(second) - set(first))
    odd = sorted(set(first) - set(second))
    return len(odd) == len(rest) == 1 and min(len(odd[0]), len(rest[0])) > 4 and likeness(odd[0], rest[0]) >= 0.8


@lru_cache(20_000)
def likeness(first: str, second: str) -> float:
    """How much of two short texts is the same, 0 to 1."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def shared(first: Iterable[str], second: Iterable[str]) -> float:
    """How many of the words of two titles stand in both, 0 to 1: of the shorter one, and of both together."""
    ours, theirs = set(map(spelling, first)), set(map(spelling, second))
    common = len(ours & theirs)
    if not common:
        return 0.0
    return (common / min(len(ours), len(theirs)) + common / len(ours | theirs)) / 2


def address(url: str) -> str:
    """A URL as it is compared: without scheme, www, fragment, final slash and what only counts visitors."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    query = [(name, value) for name, value in parse_qsl(parts.query) if not name.startswith(_TRACKING)]
    path = parts.path.rstrip("/")
    return f"{host}{path}" + (f"?{urlencode(sorted(query))}" if query else "") if host else url.strip()


_DOI = re.compile(r"10\.\d{4,9}/\S+")


def doi(text: str) -> str:
    """A DOI as it is compared (ISO 26324: in either case), however it was written; empty where it is none."""
    found = _DOI.search(text.lower())
    return found.group().rstrip(".,;)") if found else ""
