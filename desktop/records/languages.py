"""Languages and scripts in words, from their codes and from the characters themselves."""

import unicodedata

from babel import Locale, UnknownLocaleError
from PySide6.QtCore import QCoreApplication

_ENGLISH = Locale("en")


def language_words(code: str) -> str:
    """A language (BCP 47) by its name: Norwegian Bokmål; the code itself, where nobody knows it."""
    try:
        return Locale.parse(code.strip(), sep="-").get_display_name(_ENGLISH) or code
    except (ValueError, UnknownLocaleError):
        return code


def script_words(code: str, text: str) -> str:
    """A script (ISO 15924) by its name; Japanese by what the text is written with: kanji, kana, or both."""
    if code == "Jpan":
        return _japanese(text) or _tr("Japanese script")
    name = {"Hira": "hiragana", "Kana": "katakana", "Hrkt": "kana"}.get(code) or _ENGLISH.scripts.get(code, code)
    if not name or code in ("Hira", "Kana", "Hrkt"):
        return name
    return _tr("{name} script").format(name=name)


def _japanese(text: str) -> str:
    kinds = {unicodedata.name(letter, "").split(" ")[0] for letter in text}
    kanji = bool(kinds & {"CJK"})
    kana = bool(kinds & {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"})
    if kanji:
        return _tr("kanji and kana") if kana else _tr("kanji")
    return _tr("kana") if kana else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Languages", text)
