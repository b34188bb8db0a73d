"""The table of what two states have agreed: below subjects, with status, days and how well each is known."""

import uuid
from collections.abc import Iterable, Iterator, Sequence

from db.evidence import STATUS
from db.models.vocabulary import Action, Subject
from db.queries.records import RecordRow
from db.status import Deed, Status, status_of
from exports.briefing import items
from exports.briefing.document import Cell, Column, Item, Link, Role, Row, RowKind, Run, Table
from exports.briefing.lives import Life
from exports.briefing.reading import Reading, date_of, key_of

MOST_OTHERS = 5
"""Of more other parties, two are named and the rest counted."""
_SHARES = (0.46, 0.18, 0.18, 0.18)
_DATED = (Status.SIGNED, Status.IN_FORCE)
"""How well these are known is told beside their days."""
BINDING_ORDER = (
    Status.IN_FORCE,
    Status.PROVISIONALLY_APPLIED,
    Status.CONSENTED,
    Status.SIGNED,
    Status.INITIALLED,
    Status.AGREED,
    Status.UNDER_NEGOTIATION,
    Status.ANNOUNCED,
    Status.NOT_KNOWN,
    Status.SUSPENDED,
    Status.DENOUNCED,
    Status.ENDED,
)
"""What binds comes first, what is over last."""


class AgreementTable:
    """Tells agreements of two states, each with the organizations that act for it."""

    def __init__(self, reading: Reading, states: Sequence[RecordRow], bodies: Sequence[frozenset[uuid.UUID]]) -> None:
        self._reading, self._states, self._bodies = reading, states, bodies
        self._labels = reading.options.labels

    def others(self, life: Life) -> list[str]:
        """The parties that belong to neither state."""
        ours = self._bodies[0] | self._bodies[1]
        return [row["organization"].text for row in life.parties if key_of(row, "organization") not in ours]

    def of(self, lives: Sequence[Life]) -> Table:
        """These agreements below their subjects, what binds first."""
        labels = self._labels
        headings = (labels.agreement, labels.status, labels.signed_on, labels.in_force_on)
        rows: list[Row] = []
        for subject, group in _by_subject(lives):
            name = self._subject(subject).capitalize() if subject else labels.no_subject
            rows.append(Row((Cell((items.plain(name, Role.STRONG),)),), RowKind.GROUP))
            rows += [self._row(life) for life in sorted(group, key=by_status)]
        return Table(tuple(map(Column, headings, _SHARES)), tuple(rows), full=True)

    def _subject(self, subject: str) -> str:
        return self._reading.options.vocabulary.term(Subject(subject))

    def _row(self, life: Life) -> Row:
        self._number_first(life)
        told = (self._agreement_cell(life), self._status_cell(life))
        cells = (*told, *(self._dated(life, step) for step in (Status.SIGNED, Status.IN_FORCE)))
        return Row(cells, link=Link(life.row.id))

    def _dated(self, life: Life, step: Status) -> Cell:
        item = life.date_item(step)
        if item is None and life.may_have(step):
            item = items.plain(self._labels.not_known, Role.QUIET)
        return Cell((item,) if item else ())

    def _number_first(self, life: Life) -> None:
        """Number the notes of a row's cells before those of rivals, which stand below the row."""
        own = self._reading.weights.evidence(life.row.id)
        is_observed = life.is_told and life.status is Status.NOT_KNOWN
        self._reading.weights.number_first([own.get("title"), own.get(STATUS) if is_observed else None])
        for step in (*((life.status,) if life.status not in _DATED else ()), *_DATED):
            action = life.reached(step)
            if action:
                life.number_first(action)

    def _agreement_cell(self, life: Life) -> Cell:
        row, labels = life.row, self._labels
        subjects = [self._subject(subject) for subject in _subjects(row)[1:]]
        others = self.others(life)
        quiet = (
            row["instrument_type"].text,
            labels.also_about.format(subjects=labels.listed(subjects)) if subjects else "",
            labels.other_parties.format(parties=labels.listed(others, MOST_OTHERS)) if others else "",
        )
        support = self._reading.weights.of_field(row.id, "title")
        title = Item((Run(row["title"].text),), support, link=Link(row.id, "title"))
        return Cell((title, *(items.plain(text, Role.QUIET) for text in quiet if text)))

    def _status_cell(self, life: Life) -> Cell:
        labels = self._labels
        is_known = life.is_told
        told = Run(life.words.capitalize()) if is_known else Run(labels.not_known, Role.QUIET)
        support = life.status_support() if is_known and life.status not in _DATED else None
        lines = [Item((told,), support, link=Link(life.row.id))]
        ended = life.date_item(Status.ENDED)
        if ended:
            lines.append(Item((Run(labels.ended_on.format(date=ended.runs[0].text), Role.QUIET),), link=ended.link))
        lines += [items.plain(text, Role.QUIET) for text in self._stands(life)]
        return Cell(tuple(lines))

    def _stands(self, life: Life) -> Iterator[str]:
        """How far each of the two has come by its own actions, where that is not what the whole has reached."""
        for row, bodies in zip(self._states, self._bodies, strict=True):
            own = [action for action in life.done if key_of(action, "organization") in bodies]
            reached = status_of(Deed(Action(str(action["action"].value)), row.id, date_of(action)) for action in own)
            if own and reached is not life.status:
                yield self._labels.party_stands.format(
                    party=row["name"].text, status=self._reading.options.vocabulary.term(reached)
                )


def _subjects(row: RecordRow) -> list[str]:
    """The subjects of an agreement in the order of the vocabulary."""
    held = row["subjects"].value
    return [subject.value for subject in Subject if isinstance(held, frozenset) and subject in held]


def _by_subject(lives: Iterable[Life]) -> Iterator[tuple[str, list[Life]]]:
    """Each agreement once, below the first of its subjects; those without one last."""
    groups: dict[str, list[Life]] = {}
    for life in lives:
        groups.setdefault((*_subjects(life.row), "")[0], []).append(life)
    for subject in (*(each.value for each in Subject), ""):
        if subject in groups:
            yield subject, groups[subject]


def by_status(life: Life) -> tuple[int, str, str]:
    """What binds comes first, then what was signed first."""
    signed = life.reached(Status.SIGNED)
    date = date_of(signed) if signed else None
    return BINDING_ORDER.index(life.status), date.earliest if date else "~", life.row["title"].text
