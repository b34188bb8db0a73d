"""What the file of a printed sheet is called."""

import re
import unicodedata

from db.queries.agreements import AgreementRow


def file_stem(row: AgreementRow) -> str:
    """A file name without its suffix, of an agreement's signature, parties and type: letters, digits and hyphens."""
    day = row.signed.form if row.signed else "unsigned"
    parts = (day, *(party.name for party in row.parties), row.instrument_type or "agreement")
    return slug(" ".join(parts))


def slug(words: str) -> str:
    """Words as a part of a file name: letters, digits and hyphens, letters without their marks."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
