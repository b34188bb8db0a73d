"""What the briefing page says while nothing is chosen."""

from desktop.printing.options import Kind
from desktop.words import tr


def invitation(kind: Kind) -> tuple[str, str, str]:
    """Title, words and button; no button where a briefing needs no choice."""
    words = {
        Kind.AGREEMENT: (
            tr("Print an agreement"),
            tr("Choose an agreement on the left: its sheet is shown here as it will be printed."),
            tr("Choose an agreement"),
        ),
        Kind.OFFICIAL: (
            tr("Print an official’s profile"),
            tr("Choose an official on the left: names, posts, agreements signed and statements."),
            tr("Choose an official"),
        ),
        Kind.PAIR: (
            tr("Print a country pair"),
            tr("Choose two states on the left: their agreements, people in charge, and what is pending."),
            tr("Choose a state"),
        ),
    }
    return words.get(kind, (tr("One moment"), "", ""))
