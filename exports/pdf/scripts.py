"""What a text's script says about setting it: its direction, and the language whose letters it should be set in.

Chinese, Japanese and Korean share characters that each writes in its own way. The language decides: that of the text;
where it has none, what kana or Hangul stand in it; then the document's (`reading_as`), and Japanese at last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from exports.pdf.bidi import LEFT_TO_RIGHT, RIGHT_TO_LEFT, base_level, classes_of

JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL = "ja", "ko", "zh-Hans", "zh-Hant"

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
HANGUL = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc"
THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"

_SHARED = re.compile(f"[{HAN}\u3000-\u303f\uff00-\uff65]")
_EAST_ASIAN = re.compile(f"[{HAN}{KANA}{HANGUL}\u3000-\u303f\uff00-\uff65]")
_KANA, _HANGUL = re.compile(f"[{KANA}]"), re.compile(f"[{HANGUL}]")
_SEPARATE = re.compile("[\u0900-\u097f\ua8e0-\ua8ff\u1cd0-\u1cff]")  # Devanagari, in the same face as Latin
_TRADITIONAL_PLACES = frozenset(("hant", "tw", "hk", "mo"))
_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ps", "sd", "ug", "ur", "yi"))
_DEFAULT = (JAPANESE,)

_expected: ContextVar[tuple[str, ...]] = ContextVar("expected languages", default=_DEFAULT)


@contextmanager
def reading_as(languages: Sequence[str]) -> Iterator[None]:
    """Set Han characters without a language as in the first of these (BCP 47) that writes them, until the end."""
    known = tuple(tag for tag in map(east_asian, languages) if tag)
    token = _expected.set((*known, *_DEFAULT))
    try:
        yield
    finally:
        _expected.reset(token)


def east_asian(language: str) -> str:
    """Which of the four ways of writing Han characters a language (BCP 47) has; empty for none."""
    primary, *others = language.lower().replace("_", "-").split("-")
    if primary in ("zh", "cmn", "yue", "lzh"):
        return TRADITIONAL if primary == "yue" or _TRADITIONAL_PLACES.intersection(others) else SIMPLIFIED
    return {"ja": JAPANESE, "ko": KOREAN}.get(primary, "")


def setting_language(text: str, language: str) -> str:
    """The language to set a text's Han characters in: its own, or the likely one where its own does not write them."""
    if text.isascii() or east_asian(language) or not _SHARED.search(text):
        return language
    if _KANA.search(text):
        return JAPANESE
    return KOREAN if _HANGUL.search(text) else _expected.get()[0]


def is_east_asian(text: str) -> bool:
    """Whether a word has Chinese, Japanese or Korean characters or punctuation."""
    return not text.isascii() and _EAST_ASIAN.search(text) is not None


def direction(text: str, language: str = "") -> int | None:
    """Which way a text runs: as its language does, or its first strong character; None if it has none."""
    if text.isascii() and not language:
        return LEFT_TO_RIGHT if any(character.isalpha() for character in text) else None
    classes = classes_of(text)
    first = base_level(classes)
    if first is None or not language:
        return first
    is_written = "R" in classes or "AL" in classes
    return RIGHT_TO_LEFT if is_written and language.split("-")[0].lower() in _RIGHT_TO_LEFT else LEFT_TO_RIGHT


def is_separate(cluster: str) -> bool:
    """Whether a cluster has to be shaped apart from the Latin text beside it in the same face."""
    return _SEPARATE.match(cluster) is not None
