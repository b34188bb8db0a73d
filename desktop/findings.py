"""What the kinds of finding are called, on a terminal and in the window."""

from db.models.vocabulary import FindingKind
from desktop.words import tr


def heading_of(kind: FindingKind) -> str:
    """The heading over findings of a kind."""
    headings = {
        FindingKind.CONFLICT: tr("Set by several people"),
        FindingKind.DISPUTED: tr("Disputed"),
        FindingKind.POST_NOT_HELD: tr("Post not held that day"),
        FindingKind.OUT_OF_ORDER: tr("Actions out of order"),
        FindingKind.OVERLAPPING: tr("Overlapping tenures"),
        FindingKind.NO_TARGET: tr("Points at nothing"),
        FindingKind.UNREAD_DATE: tr("Dates kept as text"),
        FindingKind.NO_SOURCE: tr("Statements without source"),
        FindingKind.POST_NOT_SHOWN: tr("Post not shown that day"),
        FindingKind.POOR: tr("Poor sources (E, 5)"),
        FindingKind.UNCITED: tr("Uncited"),
        FindingKind.NOT_JUDGED: tr("Not judged (F, 6)"),
        FindingKind.UNGRADED: tr("Not graded"),
        FindingKind.SINGLE_ORIGIN: tr("Single origin"),
    }
    return headings[kind]


def field_words(name: str) -> str:
    """A field as people read it; nothing where the record as a whole is meant."""
    return name.replace("_", " ")
