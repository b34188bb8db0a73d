"""States by their codes, past ones too (ISO 3166-1 and 3166-3, from pycountry), and by name (CLDR, from Babel)."""

from collections.abc import Iterator
from functools import cache
from typing import Any
from unicodedata import combining, normalize


def state_code(text: str) -> str | None:
    """The alpha-3 code of a state that is written as its alpha-2 or alpha-3 code; None for any other text."""
    import pycountry  # here, because it is slow to load and most filters and values name no state

    code = text.strip().upper()
    if len(code) not in (2, 3) or not code.isascii():
        return None
    for known in (pycountry.countries, pycountry.historic_countries):
        found = known.get(alpha_2=code) if len(code) == 2 else known.get(alpha_3=code)
        if found is not None:
            return str(found.alpha_3)
    return None


_LANGUAGES = (
    "en", "ar", "bg", "cs", "da", "de", "el", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "is", "it",
    "ja", "ko", "lt", "lv", "ms", "nb", "nl", "nn", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk",
    "vi", "zh", "zh_Hant",
)  # fmt: skip
"""In which languages states are known by name."""


def _state(code: str) -> Any:
    """A state of pycountry by any of its codes; None for any other text."""
    import pycountry

    known = state_code(code)
    if known is None:
        return None
    return pycountry.countries.get(alpha_3=known) or pycountry.historic_countries.get(alpha_3=known)


def state_name(code: str, locale: str = "en") -> str:
    """What a state is called, from its alpha-2 or alpha-3 code; empty for any other text.

    A state of the past has a name in English alone.
    """
    found = _state(code)
    if not found:
        return ""
    return _names(locale).get(found.alpha_2) or (str(found.name) if locale == "en" else "")


def names_state(name: str, code: str) -> bool:
    """Whether the name has one of the state's own in it, in any language that is known here: Kingdom of Norway."""
    called = _folded(name)
    return any(known in called for known in map(_folded, _known_names(code)) if known)


def states_called(text: str, limit: int = 3) -> list[tuple[str, str]]:
    """States of today of which a name in any language begins with the text, or whose code it is: code, English name."""
    wanted = _folded(text)
    if len(wanted) < 2 and wanted.isascii():
        return []
    codes = [state_code(text)]
    codes += [code for name, code in _by_name().items() if name.startswith(wanted)]
    found = dict.fromkeys(code for code in codes if code)
    named = [(code, state_name(code)) for code in found]
    return sorted(named, key=lambda each: (each[0] != codes[0], not _folded(each[1]).startswith(wanted), len(each[1])))[
        :limit
    ]


def _known_names(code: str) -> Iterator[str]:
    found = _state(code)
    if found is None:
        return
    told = (str(getattr(found, name, "")) for name in ("name", "official_name", "common_name"))
    yield from (part for name in told for part in (name, *name.split(", ")))
    yield from (found.alpha_2, found.alpha_3)
    yield from (_names(language).get(found.alpha_2, "") for language in _LANGUAGES)


@cache
def _names(language: str) -> dict[str, str]:
    """What territories are called in a language, by alpha-2 code."""
    from babel import Locale

    return dict(Locale.parse(language).territories)


@cache
def _by_name() -> dict[str, str]:
    """The alpha-3 codes of today's states by their folded names."""
    import pycountry

    found: dict[str, str] = {}
    for state in pycountry.countries:
        codes = (state.alpha_2, state.alpha_3)
        found |= {_folded(name): state.alpha_3 for name in _known_names(state.alpha_3) if name and name not in codes}
    return found


def _folded(text: str) -> str:
    """A name as it is compared: without case, accents and what stands between words."""
    return "".join(c for c in normalize("NFKD", text.casefold()) if c.isalnum() and not combining(c))
