"""What a person typed into a search field, as the terms that the index is asked for. Any text is a search."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from db.index.folding import fold, is_foreign

MOST_TERMS = 16
LONGEST = 400
TRIGRAM = 3
_TOKEN = re.compile(r'"([^"]*)("?)|([^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"""""')
_LETTERS = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase, folded. `is_open`: its last word may go on, because it was not closed by a quotation mark."""

    text: str
    is_open: bool = True
    written: str = field(default="", compare=False)
    """As it was typed."""

    @property
    def is_foreign(self) -> bool:
        """Whether it has letters of another script, and so is looked for anywhere in a text, not as words."""
        return any(map(is_foreign, self.text))

    def pattern(self) -> str:
        """A regular expression that finds it in a folded text."""
        if self.is_foreign:
            return r"\s+".join(map(re.escape, self.text.split()))
        words = r"[\W_]+".join(re.escape(word) for word in _LETTERS.findall(self.text))
        return rf"(?<![^\W_]){words}" + ("" if self.is_open else r"(?![^\W_])")


@dataclass(frozen=True)
class Terms:
    """All that must be found in one record."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def words(self) -> str:
        """The Latin words, as an FTS5 query."""
        return " AND ".join(
            _quoted(term.text) + (" *" if term.is_open else "") for term in self.terms if not term.is_foreign
        )

    @property
    def trigrams(self) -> str:
        """What is long enough for the index of trigrams, as an FTS5 query."""
        return " AND ".join(_quoted(term.text) for term in self.terms if term.is_foreign and len(term.text) >= TRIGRAM)

    @property
    def short(self) -> tuple[str, ...]:
        """What is too short for trigrams."""
        return tuple(term.text for term in self.terms if term.is_foreign and len(term.text) < TRIGRAM)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """One regular expression per term, for folded texts in which Latin words stand apart from other scripts."""
        return tuple(re.compile(term.pattern()) for term in self.terms)


def read_terms(text: str) -> Terms:
    """The terms of a search. What has no letter or digit in it cannot be looked for and is left out."""
    found = dict.fromkeys(_terms(_storable(text[:LONGEST])))
    return Terms(tuple(found)[:MOST_TERMS])


def _storable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()


def _terms(text: str) -> Iterator[Term]:
    for phrase, closed, word in _TOKEN.findall(text.translate(_QUOTES)):
        folded = " ".join(fold(phrase or word).split())
        if any(map(_is_searchable, folded)):
            yield Term(folded, is_open=not closed, written=phrase or word)


def _is_searchable(character: str) -> bool:
    return is_foreign(character) or unicodedata.category(character)[0] in "LN"


def _quoted(text: str) -> str:
    """A phrase of FTS5: between quotation marks nothing means anything, and a quotation mark is written twice."""
    return '"' + text.replace('"', '""') + '"'
