"""What fields are for, and what looks odd in them: told, and never refused."""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_INVITATIONS: dict[str, Any] = {
    "iso_code": QT_TRANSLATE_NOOP("Hint", "e.g. NO or NOR"),
    "language": QT_TRANSLATE_NOOP("Hint", "code, e.g. en, ja, nb"),
    "original_language": QT_TRANSLATE_NOOP("Hint", "code, e.g. en, ja, nb"),
    "original_text": QT_TRANSLATE_NOOP("Hint", "How the source writes the value itself, e.g. 木原稔 for Minoru Kihara"),
    "quotation": QT_TRANSLATE_NOOP("Hint", "The passage in the very words of the source"),
    "quotation_language": QT_TRANSLATE_NOOP("Hint", "code, e.g. en, ja, nb"),
    "term_span": QT_TRANSLATE_NOOP("Hint", "e.g. P5Y for five years"),
    "url": QT_TRANSLATE_NOOP("Hint", "https://…"),
    "archive_url": QT_TRANSLATE_NOOP("Hint", "https://…"),
}


def invitation(name: str) -> str:
    """What stands in an empty field, to say what belongs there; mostly nothing."""
    return QCoreApplication.translate("Hint", _INVITATIONS[name]) if name in _INVITATIONS else ""


def oddity(name: str, text: str) -> str:
    """What looks odd about the text of a field, in a sentence; empty where nothing does."""
    text = text.strip()
    if not text:
        return ""
    if name in ("url", "archive_url"):
        return "" if _is_address(text) else _tr("This is no web address (https://…). It is kept as you wrote it.")
    return _of_language(text) if name.endswith("language") else ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp") and bool(parts.netloc) and not any(map(str.isspace, text))


def _of_language(text: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(text, sep="-")
        return ""
    except (ValueError, UnknownLocaleError):
        pass
    if text.split("-")[0] in Locale("en").languages:
        return ""
    code = _codes().get(text.casefold())
    if code:
        return _tr("“{text}” is no language code; {code} would be. It is kept as you wrote it.").format(
            text=text, code=code
        )
    return _tr("“{text}” is no language code (ISO 639: en, ja, nb). It is kept as you wrote it.").format(text=text)


_OWN = (
    "nb",
    "nn",
    "ar",
    "da",
    "de",
    "es",
    "fi",
    "fr",
    "it",
    "ja",
    "ko",
    "nl",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
    "zh",
)


@cache
def _codes() -> dict[str, str]:
    """Codes of languages by their names in English, and by what some of them call themselves."""
    from babel import Locale

    english = {name.casefold(): code for code, name in Locale("en").languages.items()}
    own = {(Locale(code).get_language_name(code) or code).casefold(): code for code in _OWN}
    return english | own | {"norsk": "nb"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Hint", text)
