"""Thai text in words: it has no spaces, and a line may only end where a word does.

The fewest characters outside the dictionary, then the fewest words (maximal matching). No word begins or ends inside a
character cluster: a vowel or mark is never parted from its consonant.
"""

from __future__ import annotations

import lzma
import re
from functools import lru_cache

from resources import path

# What may not be divided (Thai character clusters, simplified): a leading vowel with its consonant, a consonant with
# the vowels and marks around it.
_CLUSTER = re.compile("[\u0e40-\u0e44]?[\u0e01-\u0e2e](?:[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])*|.", re.DOTALL)
_LONGEST = 24  # characters of a word that is looked for
_UNKNOWN = 1000  # what a cluster outside the dictionary costs, in words


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(lzma.decompress(path("thai/words.txt.xz").read_bytes()).decode("utf-8").split())


@lru_cache(maxsize=4096)
def thai_words(text: str) -> tuple[str, ...]:
    """The words of a run of Thai letters, which together are the text."""
    words = _dictionary()
    ends = [0]
    for cluster in _CLUSTER.findall(text):
        ends.append(ends[-1] + len(cluster))
    best: list[tuple[int, int]] = [(0, 0)]  # the cost up to each end, and the end before it
    for place, end in enumerate(ends[1:], 1):
        choices = [(best[place - 1][0] + _UNKNOWN, place - 1)]
        for before in range(place - 1, -1, -1):
            if end - ends[before] > _LONGEST:
                break
            if text[ends[before] : end] in words:
                choices.append((best[before][0] + 1, before))
        best.append(min(choices))
    return _joined(text, ends, best)


def _joined(text: str, ends: list[int], best: list[tuple[int, int]]) -> tuple[str, ...]:
    """The words on the cheapest way; neighbouring clusters outside the dictionary are one word, as names are."""
    found: list[tuple[str, bool]] = []
    place = len(ends) - 1
    while place:
        before = best[place][1]
        is_known = best[place][0] - best[before][0] == 1
        word = text[ends[before] : ends[place]]
        if found and not is_known and not found[-1][1]:
            found[-1] = (word + found[-1][0], False)
        else:
            found.append((word, is_known))
        place = before
    return tuple(word for word, _ in reversed(found))
