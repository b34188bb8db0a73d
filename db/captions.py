"""What fields are called in English, on screen and on paper; the window puts these words into its own language."""

_FIELDS = {
    "acting": "Acting",
    "as_of": "As of",
    "as_reported": "As reported",
    "existence": "That it exists",
    "doi": "DOI",
    "url": "URL",
    "archive_url": "Archive URL",
    "concerns": "About",
    "container_title": "In (container title)",
    "credibility": "Information credibility",
    "reliability": "Source reliability",
    "default_marking": "Default marking (TLP)",
    "marking": "Marking (TLP)",
    "depositary": "Depositary",
    "iso_code": "ISO 3166 code",
    "label": "Title of the post",
    "locator": "Page, time or number",
    "locator_label": "Place in the source",
    "membership": "In the post",
    "merged_into": "Same as",
    "occasion": "Occasion",
    "relays": "Repeats (source)",
    "sha256": "SHA-256",
    "subject": "About",
    "term_span": "Term",
    "treaty_number": "National treaty number",
    "unts_number": "UNTS number",
    "text": "Text",
}
"""Fields whose name alone would not say it; the others are called by their names."""


def caption(name: str) -> str:
    """What a field is called: Place signed."""
    return _FIELDS.get(name) or name.replace("_", " ").capitalize()
