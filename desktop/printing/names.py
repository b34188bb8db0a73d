"""What the file of a printed sheet is called."""

import re

from db.queries.agreements import AgreementRow


def file_stem(row: AgreementRow) -> str:
    """A file name without its suffix, of an agreement's signature, parties and type: letters, digits and hyphens."""
    day = row.signed.form if row.signed else "unsigned"
    parts = (day, *(party.name for party in row.parties), row.instrument_type or "agreement")
    return re.sub(r"[^a-z0-9]+", "-", " ".join(parts).casefold()).strip("-")
