"""States by their codes, past ones too (ISO 3166-1 and 3166-3, from pycountry)."""


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
