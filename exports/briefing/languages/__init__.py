"""The languages that a briefing can be in: every fixed word, every term of the data model, and the locale of dates."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache

from exports.briefing.labels import Labels
from exports.briefing.languages import japanese, norwegian, reserved
from exports.briefing.languages.vocabulary import Terms, Vocabulary

__all__ = ["Language", "Terms", "Vocabulary", "vocabulary"]


class Language(StrEnum):
    """A language of labels, by its BCP 47 tag."""

    ENGLISH = "en"
    JAPANESE = "ja"
    NORWEGIAN = "nb"


@cache
def vocabulary(language: Language) -> Vocabulary:
    """All words of a language."""
    match language:
        case Language.JAPANESE:
            return _vocabulary(japanese.LABELS, reserved.JAPANESE, japanese.TERMS, "ja_JP", "ja")
        case Language.NORWEGIAN:
            return _vocabulary(norwegian.LABELS, reserved.NORWEGIAN, norwegian.TERMS, "nb_NO", "nb")
        case Language.ENGLISH:
            return _vocabulary({}, reserved.ENGLISH, {}, "en_GB", "en-GB")


def _vocabulary(
    words: Mapping[str, str], reserved_words: Mapping[str, str], terms: Terms, locale: str, tag: str
) -> Vocabulary:
    labels = Labels(**words)
    return Vocabulary(labels, replace(labels, **reserved_words), terms, locale, tag)
