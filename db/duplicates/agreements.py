"""Whether two agreements are one: by their parties, the day of signature, their titles and their numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.duplicates.likeness import Ground, Key, Likeness, Reason, likeness_of, strongest
from db.duplicates.profiles import Days, Reading, days_of, same_days, same_identifier, several
from db.duplicates.words import Words, shared, spelled, title_words
from db.index.folding import is_foreign
from db.models.vocabulary import Action
from db.queries.titles import shorten

_SIGNATURES = ", ".join(
    f"'{action.value}'" for action in (Action.SIGNATURE, Action.SIMPLE_SIGNATURE, Action.DEFINITIVE_SIGNATURE)
)
_UNLIKE = 0.25
"""Titles that share less than this speak against it."""


@dataclass(slots=True)
class Instrument:
    """What an agreement is compared by."""

    titles: dict[Words, str] = field(default_factory=dict)
    parties: set[bytes] = field(default_factory=set)
    signed: set[Days] = field(default_factory=set)
    numbers: set[tuple[str, str]] = field(default_factory=set)
    """With the identifiers that other systems gave it, by scheme."""
    types: set[str] = field(default_factory=set)


def read(reading: Reading) -> dict[bytes, Instrument]:
    """The agreements by id, those that were joined as one."""
    found: dict[bytes, Instrument] = {}
    titles: dict[bytes, list[str]] = {}
    query = "SELECT id, title, instrument_type, unts_number, treaty_number FROM agreement"
    for record, title, kind, unts, national in reading.rows(query, "id"):
        own = found.setdefault(record, Instrument())
        titles.setdefault(record, []).append(title)
        own.types |= {kind} if kind else set()
        given = (("UNTS", unts), ("the national series", national))
        own.numbers |= {(scheme, number.strip()) for scheme, number in given if number}
    for record, body in reading.rows("SELECT agreement_id, organization_id FROM party", "agreement_id"):
        if record in found:  # a file may be written while it is searched
            found[record].parties.add(reading.bodies.of(body))
    dated = f"+action IN ({_SIGNATURES}) AND +date IS NOT NULL"  # by the agreement, not by the index of all days
    for record, date in reading.rows("SELECT agreement_id, date FROM party_action", "agreement_id", dated):
        if record in found:
            found[record].signed |= {days} if (days := days_of(date)) else set()
    others, known = reading.names(), reading.identifiers()
    for record, own in found.items():
        own.titles = {
            title_words(title): shorten(title) for title in several([*titles[record], *others.get(record, ())])
        }
        own.numbers |= known.get(record, set())
    return found


def keys(instrument: Instrument) -> Iterator[Key]:
    """What one that was entered twice would share; of many with the same parties, those of near days stand together."""
    day = min((days.earliest for days in instrument.signed), default="")
    parties = tuple(sorted(instrument.parties))
    for year in {year for days in instrument.signed for year in days.years()} if parties else ():
        yield ("signed", parties, year), day
    for words in instrument.titles:
        sounds = spelled(words)
        if parties or len(words) > 2:
            yield ("title", sounds, parties), day
        for days in instrument.signed:
            if days.is_one:
                yield ("title and day", sounds, days.earliest), day
    for number in instrument.numbers:
        yield ("number", number), day


def excludes(first: Instrument, second: Instrument) -> bool:
    """Whether two cannot be likely: signed on different days, and no number is the same. Quick, since most are so."""
    if not first.signed or not second.signed or not first.numbers.isdisjoint(second.numbers):
        return False
    return not any(ours.overlap(theirs) for ours in first.signed for theirs in second.signed)


def compare(first: Instrument, second: Instrument) -> Likeness:
    """What speaks for two agreements being one, and what against it."""
    numbered = same_identifier(first.numbers, second.numbers)
    signed = same_days(first.signed, second.signed, "signed", (0.35, 0.2, -0.5))
    titled = strongest(_titled(ours, theirs, first, second) for ours in first.titles for theirs in second.titles)
    return likeness_of([numbered, _parties(first, second), signed, titled, _types(first, second)])


def _parties(first: Instrument, second: Instrument) -> Reason | None:
    if not first.parties or not second.parties:
        return None
    basis = tuple(party.hex() for party in first.parties | second.parties)
    if first.parties == second.parties:
        return Reason(Ground.PARTIES, "The same parties.", 0.3, basis)
    if first.parties < second.parties or second.parties < first.parties:
        return Reason(Ground.PARTIES, "One has all parties of the other.", 0.1, basis)
    return Reason(Ground.PARTIES, "Different parties.", -0.5, basis)


def _titled(ours: Words, theirs: Words, first: Instrument, second: Instrument) -> Reason:
    told = f"{first.titles[ours]} / {second.titles[theirs]}"
    basis = (" ".join(ours), " ".join(theirs))
    if spelled(ours) == spelled(theirs):
        return Reason(Ground.TITLE, f"The same title: {told}.", 0.45, basis)
    common = shared(ours, theirs)
    if common >= _UNLIKE:
        return Reason(Ground.TITLE, f"Similar titles: {told}.", round(0.4 * common, 2), basis)
    if any(map(is_foreign, "".join(ours))) != any(map(is_foreign, "".join(theirs))):
        return Reason(Ground.TITLE, f"Titles in different scripts: {told}.", 0.0, basis)
    return Reason(Ground.TITLE, f"Different titles: {told}.", -0.1, basis)


def _types(first: Instrument, second: Instrument) -> Reason | None:
    if not first.types or not second.types or first.types & second.types:
        return None
    told = tuple(sorted(first.types | second.types))
    return Reason(Ground.TITLE, f"They are of different types: {', '.join(told)}.", -0.1, told)
