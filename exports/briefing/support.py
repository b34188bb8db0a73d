"""From the evidence of fields and records to the support that a sheet prints beside them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy.orm import Session

from db.evidence import ClaimRow, FieldEvidence, Verdict, evidence, weigh
from db.models import Entity
from db.models.vocabulary import Standing
from db.queries.claims import claimed_value, claimed_words
from db.queries.records import RecordRow
from db.queries.rivals import has_rivals, rivals_of
from db.queries.titles import class_of
from exports.briefing.notes import NoteBook
from exports.briefing.sheet import UNCITED, UNKNOWN, Rival, Support
from exports.briefing.states import StateNames
from exports.briefing.words import BriefingOptions


class Weights:
    """The support of every fact of one briefing."""

    def __init__(self, session: Session, notes: NoteBook, options: BriefingOptions, states: StateNames) -> None:
        self.ceiling = notes.ceiling
        self._session = session
        self._notes = notes
        self._options = options
        self._states = states
        self._evidence: dict[uuid.UUID, dict[str, FieldEvidence]] = {}
        self._has_open = has_rivals(session)

    def read_ahead(self, cls: type[Entity], rows: Sequence[RecordRow]) -> list[RecordRow]:
        """Weigh records of one kind all at once, and give those of them that the ceiling lets stand."""
        admitted = self.ceiling.admitted(cls, rows)
        shown = {row.id: {field.name: field.value for field in row.fields} for row in admitted}
        for subject in shown:
            self._evidence[subject] = {}
        for found in self.ceiling.evidence(list(weigh(self._session, cls, shown))):
            self._evidence[found.subject][found.property] = found
        told = (self.ceiling.resting(cls, row, self._evidence[row.id]) for row in admitted)
        return [row for row in told if row is not None]

    def evidence(self, subject: uuid.UUID) -> dict[str, FieldEvidence]:
        """What is claimed about a record, by field, as far as the ceiling lets it stand."""
        if subject not in self._evidence:
            found = self.ceiling.evidence(list(evidence(self._session, subject).values()))
            self._evidence[subject] = {each.property: each for each in found}
        return self._evidence[subject]

    def of_field(self, subject: uuid.UUID, name: str, *, argued: bool = True) -> Support:
        """The support of one field; unless `argued`, without what rivals say, whose notes then get no number yet."""
        found = self.evidence(subject).get(name)
        support = self._support(found, argued=argued) if found else UNKNOWN
        undecided = self._undecided(subject, name) if self._has_open else ()
        if undecided:
            rivals = (*undecided, *support.rivals) if argued else ()
            support = replace(support, standing=Standing.DISPUTED, rivals=rivals)
        return support

    def _undecided(self, subject: uuid.UUID, name: str) -> tuple[Rival, ...]:
        """What another person set apart from the value that is shown, while nobody has chosen between them."""
        return tuple(
            Rival(value.text, reported_by=value.who)
            for each in rivals_of(self._session, [subject])
            for value in each.values
            if each.name == name and value.text and not value.is_shown
        )

    def of_record(self, subject: uuid.UUID, *also: FieldEvidence | None, argued: bool = True) -> Support:
        """The support of a record as a whole: of all that is claimed about it, and `also`. `argued`: as of a field."""
        parts = [*self.evidence(subject).values(), *(part for part in also if part)]
        claims = [claim for part in parts for claim in part.claims]
        disputed = [part for part in parts if part.standing is Standing.DISPUTED]
        if not claims:
            return UNCITED
        good = [claim for claim in claims if claim.verdict is not Verdict.DISPUTES]
        notes = self._numbers(good)
        origins = len({claim.origin for claim in good})
        standing = Standing.DISPUTED if disputed else Standing.SUPPORTED if origins > 1 else Standing.SINGLE
        if not argued:
            return Support(standing, notes, origins)
        return Support(standing, notes, origins, self._rivals(disputed), _reason(claims))

    def of_claims(self, claims: Sequence[ClaimRow]) -> Support:
        """The support of what only these claims say, against what is on file."""
        return Support(Standing.DISPUTED, self._numbers(claims), len({claim.origin for claim in claims}))

    def of_source(self, source: uuid.UUID) -> Support:
        """The support of something that names its source as a whole."""
        return Support(Standing.SINGLE, (self._notes.number_of_source(source),), 1)

    def of_named_source(self, subject: uuid.UUID, source: uuid.UUID, *, argued: bool = True) -> Support:
        """The support of a record that names its source itself: what is claimed about it, or else that source."""
        if any(found.claims for found in self.evidence(subject).values()):
            return self.of_record(subject, argued=argued)
        return self.of_source(source)

    def cited(self, subject: uuid.UUID, name: str = "") -> tuple[int, ...]:
        """The notes of what is claimed about a record or one field, without a word on how well it is known."""
        parts = (found for found in self.evidence(subject).values() if name in ("", found.property))
        return self._numbers(claim for found in parts for claim in found.claims)

    def number_first(self, parts: Iterable[FieldEvidence | None]) -> None:
        """Number the notes of what stands side by side; those of rivals stand below all of it and come after."""
        for part in parts:
            self._numbers(claim for claim in (part.claims if part else ()) if claim.verdict is not Verdict.DISPUTES)

    def numbers(self, found: FieldEvidence) -> tuple[int, ...]:
        """The notes of what is claimed about one field."""
        return self._numbers(found.claims)

    def _support(self, found: FieldEvidence, *, argued: bool = True) -> Support:
        """The notes for it are numbered before those of its rivals, as they are read."""
        notes = self._numbers(claim for claim in found.claims if claim.verdict is not Verdict.DISPUTES)
        if not argued:
            return Support(found.standing, notes, found.origins)
        return Support(found.standing, notes, found.origins, self._rivals([found]), _reason(found.claims))

    def _numbers(self, claims: Iterable[ClaimRow]) -> tuple[int, ...]:
        numbers = set()
        for claim in claims:
            self.ceiling.told.add(claim.id)
            numbers.add(self._notes.number(claim.citation, claim.source, claim.origin))
        return tuple(sorted(numbers))

    def _rivals(self, parts: Iterable[FieldEvidence]) -> tuple[Rival, ...]:
        """The other values that sources give, each with all who give it; those that dispute are read first."""
        groups = [(found, group) for found in parts for group in _rival_claims(found)]
        groups.sort(key=lambda each: each[1][0].verdict is Verdict.COMPATIBLE)
        return tuple(self._rival(found, claims) for found, claims in groups)

    def _rival(self, found: FieldEvidence, claims: Sequence[ClaimRow]) -> Rival:
        outlets = dict.fromkeys(self._notes.outlet(claim.source) for claim in claims)
        return Rival(
            text=self._words(found, claims[0]),
            notes=self._numbers(claims),
            compatible=claims[0].verdict is Verdict.COMPATIBLE,
            reported_by="; ".join(outlets),
            language=claims[0].original_language,
        )

    def _words(self, found: FieldEvidence, claim: ClaimRow) -> str:
        """A claimed value as a reader sees it."""
        cls = class_of(self._session, found.subject)
        if not self._options.vocabulary.terms:
            return claimed_words(self._session, cls, [claim], self._options.locale)[claim.id]
        value = claimed_value(cls, claim)
        told = self._options.vocabulary.value(value)
        return told or self._states.words(
            value, claimed_words(self._session, cls, [claim], self._options.locale)[claim.id]
        )


def _rival_claims(found: FieldEvidence) -> list[list[ClaimRow]]:
    """The claims of each value but the one that is shown."""
    rivals = [claim for claim in found.claims if claim.value is not None and _is_rival(claim, found)]
    ordered = sorted(rivals, key=lambda claim: (claim.verdict, claim.value or ""))
    return [list(group) for _, group in groupby(ordered, key=lambda claim: claim.value)]


def _is_rival(claim: ClaimRow, found: FieldEvidence) -> bool:
    """Whether a claim gives another value than the one that is shown, or there is none to be shown."""
    return claim.value != found.value and (found.value is None or claim.verdict is not Verdict.SUPPORTS)


def _reason(claims: Iterable[ClaimRow]) -> str:
    """Why the shown value was accepted; the reason for a claim that disputes it is none."""
    believed = (claim for claim in claims if claim.accepted and claim.verdict is not Verdict.DISPUTES)
    return next((claim.reason for claim in believed if claim.reason), "")
