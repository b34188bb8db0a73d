"""Where a finding is, in words."""

from html import escape

from db.evidence import EXISTENCE
from db.review.findings import Finding
from desktop.forms.captions import field_label, one_of


def place_words(finding: Finding) -> str:
    """In which part of the record that a row names, and in which field: Action “signature, 2024” · Date."""
    part = f"{one_of(finding.of)} “{finding.title}”" if finding.owner_title else ""
    field = field_label(finding.field) if finding.field and finding.field != EXISTENCE else ""
    return " · ".join(filter(None, (part, field))) or one_of(finding.of)


def tooltip(finding: Finding) -> str:
    """Everything that a row has to say, where there was no room for it."""
    lines = [finding.owner_title or finding.title, place_words(finding), finding.sentence, finding.reason]
    return "<qt>" + "<br>".join(escape(line) for line in lines if line) + "</qt>"
