"""Filter text as a person types it, read into a tree: words, `field:value`, "phrases", OR, parentheses and -not.

any       = all { "OR" all }
all       = term { term }
term      = "-" term | "(" any ")" | condition | words
condition = name ":" ( words | value )
words     = '"' characters '"' | word
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from db.errors import FilterError

LONGEST = 1_000
DEEPEST = 50
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<open>\()|(?P<close>\))|(?P<not>-(?=[^\s)]))
    |(?P<name>[^\W\d][\w-]*):(?="(?P<quoted>[^"]*)"|(?P<value>[^\s()"]*))
    |"(?P<phrase>[^"]*)"|(?P<quote>")|(?P<word>[^\s()"]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that must occur in a record."""

    text: str
    position: int


@dataclass(frozen=True, slots=True)
class Condition:
    """That a field has a value; `position` is where the value begins in the text, `start` where the name does."""

    field: str
    value: str
    position: int
    start: int


@dataclass(frozen=True, slots=True)
class Not:
    """That a term does not hold."""

    term: "Term"


@dataclass(frozen=True, slots=True)
class Every:
    """That all terms hold; without any, everything is meant."""

    terms: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """That at least one term holds."""

    terms: tuple["Term", ...]


Term = Word | Condition | Not | Every | Either


def parse(text: str) -> Term:
    """Read a filter. Raises FilterError, which points at the place."""
    if len(text) > LONGEST:
        raise FilterError(f"The filter is longer than {LONGEST:,} characters.", LONGEST)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise FilterError("The filter holds a character that no text has.", error.start) from None
    if "\x00" in text:
        raise FilterError("The filter holds a character that no text has.", text.index("\x00"))
    if not text.strip():
        return Every(())
    reader = _Reader(text)
    term = reader.either()
    if reader.kind:
        raise FilterError("This parenthesis closes nothing.", reader.position)
    return term


class _Reader:
    """The text, and the token that stands in front."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._depth = 0
        self._advance()

    def either(self) -> Term:
        """One or more alternatives."""
        terms = [self._every()]
        while self._is_or():
            self._advance()
            terms.append(self._every())
        return terms[0] if len(terms) == 1 else Either(tuple(terms))

    def _every(self) -> Term:
        terms: list[Term] = []
        while self.kind not in ("", "close") and not self._is_or():
            terms.append(self._term())
        if not terms:
            raise FilterError("A word is missing here.", self.position)
        return terms[0] if len(terms) == 1 else Every(tuple(terms))

    def _term(self) -> Term:
        match self.kind:
            case "not":
                return Not(self._nested(self._term))
            case "open":
                return self._group()
            case "name":
                return self._condition()
            case "quote":
                raise FilterError("This quotation mark is never closed.", self.position)
        word = Word(self._found[self.kind], self.position + (self.kind == "phrase"))
        if not word.text.strip():
            raise FilterError("There is nothing between these quotation marks.", self.position)
        self._advance()
        return word

    def _group(self) -> Term:
        start = self.position
        term = self._nested(self.either)
        if self.kind != "close":
            raise FilterError("This parenthesis is never closed.", start)
        self._advance()
        return term

    def _nested(self, read: Callable[[], Term]) -> Term:
        if self._depth == DEEPEST:
            raise FilterError("Too many things stand inside each other here.", self.position)
        self._depth += 1
        self._advance()
        term = read()
        self._depth -= 1
        return term

    def _condition(self) -> Condition:
        start, name = self.position, self._found["name"]
        quoted = self._found["quoted"]
        value = self._found["value"] if quoted is None else quoted
        position = self._end + (quoted is not None)
        if not value.strip():
            unclosed = quoted is None and self._text.startswith('"', position)
            message = "This quotation mark is never closed." if unclosed else f"A value for “{name}” is missing here."
            raise FilterError(message, position)
        self._end = position + len(value) + (quoted is not None)
        self._advance()
        return Condition(name.casefold().replace("-", "_"), value, position, start)

    def _is_or(self) -> bool:
        return self.kind == "word" and self._found["word"] == "OR"

    def _advance(self) -> None:
        """Move to the next token; at the end its kind is empty."""
        self.kind, self.position = "space", self._end
        while self.kind == "space":
            found = _TOKEN.match(self._text, self._end)
            self.position = self._end
            if found is None:
                self.kind, self._found = "", {}
                return
            self._end = found.end()
            self.kind, self._found = _kind(found), found.groupdict()


def _kind(found: re.Match[str]) -> str:
    return next(name for name in _KINDS if found[name] is not None)


_KINDS = ("space", "open", "close", "not", "name", "phrase", "quote", "word")
