"""The languages that a briefing can be in: every fixed word, every term of the data model, and the locale of dates."""

from enum import StrEnum
from functools import cache

from exports.briefing.labels import Labels
from exports.briefing.languages import japanese, norwegian
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
            return Vocabulary(Labels(**japanese.LABELS), japanese.TERMS, "ja_JP", "ja")
        case Language.NORWEGIAN:
            return Vocabulary(Labels(**norwegian.LABELS), norwegian.TERMS, "nb_NO", "nb")
        case Language.ENGLISH:
            return Vocabulary(Labels(), {}, "en_GB", "en-GB")
