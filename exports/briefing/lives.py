"""Agreements with what became of them by a day, many at once: status, signature, entry into force and end."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from db.evidence import STATUS
from db.models import Agreement, Party, PartyAction
from db.models.vocabulary import Action
from db.queries.records import RecordRow
from db.status import STATUS_AFTER, Status, has_happened
from exports.briefing.document import Item, Link, Role, Run
from exports.briefing.ladders import deeds_of, status
from exports.briefing.reading import Reading, by_date, date_of, key_of, keys_of
from exports.briefing.sheet import Support


@dataclass(frozen=True, slots=True)
class Life:
    """An agreement, its parties by name and its actions by day."""

    row: RecordRow
    parties: tuple[RecordRow, ...]
    actions: tuple[RecordRow, ...]
    reading: Reading
    status: Status
    """Where the whole stands on the day; `NOT_KNOWN` too where a source only observed it."""

    @property
    def words(self) -> str:
        """The status in words, or as a source observed it, or that it is not known."""
        vocabulary = self.reading.options.vocabulary
        if self.status is not Status.NOT_KNOWN:
            return vocabulary.term(self.status)
        found = self.reading.weights.evidence(self.row.id).get(STATUS)
        for claim in found.claims if found else ():
            date = self.reading.date(claim.as_of)
            return vocabulary.labels.reported.format(status=vocabulary.status(claim.value or ""), date=date)
        return vocabulary.term(self.status)

    @property
    def is_told(self) -> bool:
        """Whether anything is known of where it stands."""
        return self.words != self.reading.options.vocabulary.term(Status.NOT_KNOWN)

    @property
    def done(self) -> list[RecordRow]:
        """The actions whose day has come, by day."""
        pairs = zip(self.actions, deeds_of(self.actions), strict=True)
        return [row for row, deed in pairs if has_happened(deed, self.reading.options.day)]

    @property
    def planned(self) -> list[RecordRow]:
        """The actions whose day is still to come, by day."""
        done = {row.id for row in self.done}
        return [row for row in self.actions if row.id not in done]

    def reached(self, step: Status) -> RecordRow | None:
        """The action by which the whole came to a status: its own, or else the last party's."""
        leading = [row for row in self.done if STATUS_AFTER.get(Action(str(row["action"].value))) is step]
        own = [row for row in leading if key_of(row, "organization") is None]
        dated = [row for row in own or leading if date_of(row)]
        found = dated or own or leading
        return found[-1] if found else None

    def may_have(self, step: Status) -> bool:
        """Whether it may have come to a status on a day that nobody knows: not where that is still to come."""
        return not any(STATUS_AFTER.get(Action(str(row["action"].value))) is step for row in self.planned)

    def status_support(self) -> Support:
        """How well the status is known: as the action that led to it; rivals are told beside that action."""
        if self.status is Status.NOT_KNOWN or not self.done:
            return self.reading.weights.of_field(self.row.id, STATUS)
        behind = self.reached(self.status) or self.done[-1]
        return self.action_support(behind, argued=False)

    def action_support(self, action: RecordRow, *, argued: bool = True) -> Support:
        """An action is as well known as its date, or, without one, as that it happened at all."""
        if date_of(action):
            return self.reading.weights.of_field(action.id, "date", argued=argued)
        return self.reading.weights.of_record(action.id, argued=argued)

    def number_first(self, action: RecordRow) -> None:
        """Number the notes of an action before those of its rivals."""
        weights = self.reading.weights
        found = weights.evidence(action.id)
        weights.number_first([found.get("date")] if date_of(action) else found.values())

    def date_item(self, step: Status) -> Item | None:
        """The day of a status with its support; "Not known" where it was reached on a day that nobody knows."""
        action = self.reached(step)
        if action is None:
            return None
        date = self.reading.date(date_of(action))
        run = Run(date) if date else Run(self.reading.labels.not_known, Role.QUIET)
        return Item((run,), self.action_support(action), link=Link(action.id, "date"))


def lives_of(reading: Reading, agreements: Collection[uuid.UUID]) -> dict[uuid.UUID, Life]:
    """The lives of those of the agreements that the ceiling lets stand."""
    rows = reading.by_id(Agreement, agreements)
    parties = _by_agreement(reading.by_column(Party, "agreement_id", list(rows)))
    actions = _by_agreement(reading.by_column(PartyAction, "agreement_id", list(rows)))
    return {key: _life(reading, row, parties.get(key, ()), actions.get(key, ())) for key, row in rows.items()}


def _life(reading: Reading, row: RecordRow, parties: Sequence[RecordRow], actions: Sequence[RecordRow]) -> Life:
    by_day = tuple(sorted(actions, key=by_date))
    members = sorted(keys_of(parties, "organization"))
    return Life(
        row=row,
        parties=tuple(sorted(parties, key=lambda party: party["organization"].text)),
        actions=by_day,
        reading=reading,
        status=status(by_day, members, reading.options.day),
    )


def _by_agreement(rows: Iterable[RecordRow]) -> dict[uuid.UUID, Sequence[RecordRow]]:
    found: dict[uuid.UUID, list[RecordRow]] = {}
    for row in rows:
        key = key_of(row, "agreement")
        if key:
            found.setdefault(key, []).append(row)
    return dict(found)
