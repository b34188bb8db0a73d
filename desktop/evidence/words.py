"""How evidence is put into words: standings, the Admiralty code, and who repeats whom."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from db.dates import describe, read
from db.evidence import EXISTENCE, STATUS, FieldStanding, Verdict
from db.models.vocabulary import Standing
from db.queries.claims import CitationRow, CitedClaim
from db.standings import KnownFact, strength
from desktop.forms.captions import field_label
from desktop.forms.captions import grade_words as admiralty_words

_MOST_FACTS = 8


def _tr(text: str) -> str:
    return QCoreApplication.translate("Evidence", text)


def property_label(name: str) -> str:
    """What claims are about: a field, that something exists, or an observed status."""
    words = {EXISTENCE: _tr("That it exists"), STATUS: _tr("Status")}
    return words.get(name) or field_label(name)


def fact_words(facts: Sequence[KnownFact]) -> str:
    """How well some facts are known: one in a sentence, several in a line each."""
    if len(facts) == 1:
        return standing_words(facts[0].standing)
    told = [
        _tr("{field}: {standing}").format(field=property_label(fact.field), standing=standing_words(fact.standing))
        for fact in sorted(facts, key=strength)[:_MOST_FACTS]
    ]
    left = len(facts) - len(told)
    return "\n".join([*told, _tr("and {count} more").format(count=left)] if left else told)


def standing_words(found: FieldStanding) -> str:
    """How well a field is known, in a sentence, and in another one whether its value is what was accepted."""
    words = _standing_words(found)
    return _tr("{standing} It departs from the accepted claim.").format(standing=words) if found.departs else words


def _standing_words(found: FieldStanding) -> str:
    match found.standing:
        case Standing.SUPPORTED if found.exact:
            return _tr("Supported by {count} independent origins; nobody disputes it.").format(count=found.origins)
        case Standing.SUPPORTED:
            return _tr("{count} independent origins say something compatible; none says just this.").format(
                count=found.origins
            )
        case Standing.SINGLE if found.exact:
            return _tr("Supported by a single origin; nobody disputes it.")
        case Standing.SINGLE:
            return _tr("A single origin says something compatible; none says just this.")
        case Standing.DISPUTED:
            return _disputed_words(found)
        case Standing.UNCITED:
            return _tr("No source is cited for this.")
    return _tr("No value is known.")


def _disputed_words(found: FieldStanding) -> str:
    many = found.disputing > 1
    against = _tr("Disputed by {count} independent origins") if many else _tr("Disputed by one origin")
    if not found.origins:
        support = _tr("no source supports it")
    else:
        support = _tr("supported by {count}") if found.origins > 1 else _tr("supported by one")
    words = _tr("{against}; {support}.")
    return words.format(against=against.format(count=found.disputing), support=support.format(count=found.origins))


def grade_words(citation: CitationRow) -> str:
    """Both halves of the grade in words, as far as somebody gave them."""
    reliability, credibility = citation.source.reliability, citation.credibility
    told = [
        admiralty_words(reliability) if reliability else "",
        admiralty_words(credibility) if credibility else "",
    ]
    return " · ".join(part for part in told if part)


def source_words(citation: CitationRow) -> str:
    """Where a passage stands: outlet, day, place in the source."""
    return " · ".join(part for part in (citation.source.outlet, citation.source.issued, citation.place) if part)


def origin_words(claim: CitedClaim) -> str:
    """Whom a passage repeats, to the end of the chain; empty where it repeats nobody."""
    own = claim.citation.source.title
    told = list(dict.fromkeys(title for _, title in claim.path if title and title != own))
    if not told:
        return ""
    words = _tr("Repeats {source}").format(source=f"“{told[0]}”")
    return words + "".join(_tr(", which repeats {source}").format(source=f"“{title}”") for title in told[1:])


def added_words(analyst: str, added: datetime | None) -> str:
    """Who entered a claim, and when."""
    day = describe(read(f"{added:%Y-%m-%d}")) if added else ""
    if analyst and day:
        return _tr("Entered by {analyst}, {day}").format(analyst=analyst, day=day)
    return analyst or day


def verdict_heading(verdict: Verdict, count: int) -> str:
    """Above a group of claims."""
    words = {
        Verdict.SUPPORTS: _tr("Says so ({count})"),
        Verdict.COMPATIBLE: _tr("Says something compatible ({count})"),
        Verdict.DISPUTES: _tr("Says otherwise ({count})"),
    }
    return words[verdict].format(count=count)


def claim_as_text(claim: CitedClaim) -> str:
    """A claim for the clipboard: what it says, the passage, where it stands, how good it is."""
    citation = claim.citation
    quoted = f"“{citation.quotation}”" if citation.quotation else ""
    source = ", ".join(part for part in (citation.source.title, source_words(citation)) if part)
    grade = f"{citation.grade}: {grade_words(citation)}" if citation.grade else ""
    return "\n".join(
        part for part in (claim.text, quoted, source, citation.source.url, grade, origin_words(claim)) if part
    )
