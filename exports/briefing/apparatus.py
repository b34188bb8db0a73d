"""The key to the apparatus: what the set words of one briefing mean, as far as they stand in it."""

from collections.abc import Iterator

from exports.briefing.document import Briefing, Item, is_said
from exports.briefing.sheet import Fact


def apparatus(briefing: Briefing) -> tuple[str, ...]:
    """A sentence for each thing that a reader could not know; what marks mean is told beside their numbers."""
    return tuple(_sentences(briefing))


def _sentences(briefing: Briefing) -> Iterator[str]:
    labels, notes = briefing.labels, briefing.notes
    said = "\n".join(_words(briefing))
    is_lacking = any(not is_said(each) for each in briefing.assertions())
    if is_lacking or any(word in said for word in (labels.not_known, labels.in_post_not_shown, labels.not_shown)):
        yield labels.explained_unknown
    if labels.first_evidence in said or labels.last_evidence in said:
        yield labels.explained_evidence
    if any(note.reliability or note.credibility for note in notes):
        yield labels.explained_grades
    if notes:
        yield labels.explained_origins
    if any(note.snapshot for note in notes):
        yield labels.explained_snapshot
    yield labels.explained_revision


def _words(briefing: Briefing) -> Iterator[str]:
    """Whatever it says, piece by piece."""
    for each in briefing.assertions():
        if isinstance(each, Item):
            yield from (each.text, *(text for _, text in each.details))
        elif isinstance(each, Fact):
            yield each.text
