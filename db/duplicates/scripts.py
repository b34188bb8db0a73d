"""Names across scripts: what a name in another script sounds like in Latin letters, and what two such share.

Letters are transliterated by AnyASCII (ISC), whose tables follow what each language uses most. Only consonants are
compared first, because spellings of one name differ in vowels, and Arabic writes none. Han characters are left out:
their reading in a name cannot be had from them (木原 is Kihara in Japanese and Muyuan in Chinese).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, permutations

from anyascii import anyascii

from db.duplicates.words import Words, likeness, spelled, spelling, words_of
from db.index.folding import fold, is_foreign

_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile("[^a-z0-9]")
_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WITHOUT_VOWELS = re.compile("[\u0590-\u07bf\u0860-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
"""Hebrew, Arabic and their neighbours."""
_ONE_SOUND = (("ng", "n"), ("ts", "s"), ("tz", "s"), ("ph", "f"))
_SOUNDS = str.maketrans("bdgqcvzr", "ptkkkfsl", "aeiouyhwj")
"""Consonants that spellings mix up become one; what is no consonant everywhere goes."""
_DOUBLE = re.compile(r"(.)\1+")
_LEAST = 3
"""Consonants of two words, or of a name written together, that tell something."""
_ALIKE = 0.6
"""How much of the letters must be the same where vowels are written."""
_MOST = 4
"""Words of a name whose orders are tried."""


@lru_cache(20_000)
def in_latin(name: str) -> Words:
    """The words of a name in another script as Latin letters; none for a Latin name and for one with Han characters."""
    composed = unicodedata.normalize("NFC", name)
    if not any(map(is_foreign, fold(composed))) or _HAN.search(composed):
        return ()
    latin = (_NO_LETTER.sub("", fold(anyascii(word))) for word in _WORD.findall(composed))
    return tuple(word for word in latin if word)


@lru_cache(50_000)
def skeleton(word: str) -> str:
    """The consonants of a Latin word, as they sound alike in many spellings: Yusuf and Youssef are both sf."""
    for written, sound in _ONE_SOUND:
        word = word.replace(written, sound)
    return _DOUBLE.sub(r"\1", _DOUBLE.sub(r"\1", word).translate(_SOUNDS))


def sound_keys(name: str) -> Iterator[Words]:
    """What two writings of one name in different scripts share: two words by their sound, or all written together."""
    words = in_latin(name) or words_of(name)
    bones = sorted(filter(None, map(skeleton, words)))
    for pair in combinations(bones, 2):
        if len("".join(pair)) >= _LEAST:
            yield pair
    together = "".join(sorted(set("".join(bones))))
    if len(together) >= _LEAST:
        yield (together,)


def sounds_alike(first: str, second: str) -> bool:
    """Whether two names, of which one at most is Latin, are one by their sound."""
    ours, theirs = in_latin(first), in_latin(second)
    if bool(ours) == bool(theirs):
        return False
    foreign, latin = (ours, words_of(second)) if ours else (theirs, words_of(first))
    has_vowels = not _WITHOUT_VOWELS.search(first + second)
    if len(foreign) > 1 and len(latin) > 1:
        return _shares_words(foreign, latin, has_vowels=has_vowels)
    return any(_is_one(foreign, order, has_vowels=has_vowels) for order in permutations(latin[:_MOST]))


def _shares_words(ours: Words, theirs: Words, *, has_vowels: bool) -> bool:
    """Whether one has all words of the other by their sound, and those are more than a family name."""
    fewer, more = sorted((ours, theirs), key=len)
    rest = list(more)
    for word in fewer:
        found = next((other for other in rest if _is_word(word, other, has_vowels=has_vowels)), None)
        if found is None:
            return False
        rest.remove(found)
    return len("".join(map(skeleton, fewer))) >= _LEAST


def _is_word(ours: str, theirs: str, *, has_vowels: bool) -> bool:
    return skeleton(ours) == skeleton(theirs) and (
        not has_vowels or likeness(spelling(ours), spelling(theirs)) >= _ALIKE
    )


def _is_one(foreign: Words, latin: Words, *, has_vowels: bool) -> bool:
    """Whether a name that is written together is these words one after the other."""
    ours, theirs = "".join(foreign), "".join(latin)
    same = len(skeleton(ours)) >= _LEAST and skeleton(ours) == skeleton(theirs)
    return same and (not has_vowels or likeness(*spelled((ours, theirs))) >= _ALIKE)
