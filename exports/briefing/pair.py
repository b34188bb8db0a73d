"""The brief of two countries: what they have agreed, who is in charge, what took place and what is pending."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.models import Agreement, Assessment, Equipment, Event, Note, Organization, Programme, Statement, Task
from db.models.vocabulary import AssessmentForm, Classification
from db.queries.agreement_parts import with_parts
from db.queries.pairs import actors_of, agreements_between, bodies_of, events_between, programmes_between
from db.queries.records import RecordRow
from db.status import Status
from exports.briefing import illustrations, items
from exports.briefing.chronology import Happening
from exports.briefing.compilation import Compilation
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Chapter,
    Item,
    Link,
    Role,
    Run,
    Section,
)
from exports.briefing.lives import Life, lives_of
from exports.briefing.pair_agreements import BINDING_ORDER, MOST_OTHERS, AgreementTable, by_status
from exports.briefing.people import people_table
from exports.briefing.reading import Reading, by_date, date_of, key_of, keys_of
from exports.briefing.sheet import Fact, Support
from exports.briefing.words import BriefingOptions

_MAP = 250.0
"""The width of the map in points."""
_UNDER_NEGOTIATION = (Status.ANNOUNCED, Status.UNDER_NEGOTIATION, Status.AGREED, Status.INITIALLED)
_SIGNED = (Status.SIGNED, Status.CONSENTED, Status.PROVISIONALLY_APPLIED)


def pair_briefing(session: Session, first: uuid.UUID, second: uuid.UUID, options: BriefingOptions) -> Briefing:
    """The brief of two states. Raises RecordNotFound, AboveCeiling, and InvalidValue for one state twice."""
    compilation = Compilation(session, options)
    pair = _Pair(compilation, first, second)
    chapter = pair.chapter(compilation.sections(PAIR_SECTIONS))
    return compilation.briefing(BriefingKind.PAIR, [chapter])


def pair_chapter(
    compilation: Compilation, first: uuid.UUID, second: uuid.UUID, sections: Sequence[str] | None = None
) -> Chapter:
    """What is known of two states with each other: these sections of PAIR_SECTIONS in this order, or all.

    Sections with nothing to say are left out. Raises RecordNotFound where one is no organization, AboveCeiling where
    one may not be told of, and InvalidValue for one state twice.
    """
    return _Pair(compilation, first, second).chapter(compilation.sections(PAIR_SECTIONS, sections))


class _Pair:
    """One reading of a pair, in the order of the sheet, so that notes are numbered as they are first read."""

    def __init__(self, compilation: Compilation, first: uuid.UUID, second: uuid.UUID) -> None:
        if first == second:
            raise InvalidValue("A country pair’s brief is about two countries, and both are the same.")
        self._reading = Reading(compilation)
        self._labels = compilation.options.labels
        self._states = tuple(self._reading.one(Organization, key) for key in (first, second))
        self._sides = (bodies_of(first), bodies_of(second))

    def chapter(self, sections: Sequence[str]) -> Chapter:
        read = [Section(name, self._heading(name), tuple(_SECTIONS[name](self))) for name in sections]
        return Chapter(
            kind=BriefingKind.PAIR,
            eyebrow=self._labels.pair_sheet,
            title=Fact("", self._labels.pair_title.format(**self._names), None),
            sections=tuple(section for section in read if section.blocks),
            link=Link(self._states[0].id, "name"),
        )

    def _heading(self, name: str) -> str:
        heading: str = getattr(self._labels, _HEADINGS.get(name, name.replace("-", "_")))
        return heading

    # what is read once for several sections

    @property
    def _names(self) -> dict[str, str]:
        return {"first": self._states[0]["name"].text, "second": self._states[1]["name"].text}

    @cached_property
    def _bodies(self) -> tuple[frozenset[uuid.UUID], ...]:
        return tuple(frozenset(self._reading.session.scalars(side)) for side in self._sides)

    @cached_property
    def _table(self) -> AgreementTable:
        return AgreementTable(self._reading, self._states, self._bodies)

    @cached_property
    def _lives(self) -> list[Life]:
        keys = self._reading.session.scalars(agreements_between(*self._sides)).all()
        return list(lives_of(self._reading, keys).values())

    @cached_property
    def _bilateral(self) -> list[Life]:
        return [life for life in self._lives if not self._table.others(life)]

    @cached_property
    def _plurilateral(self) -> list[Life]:
        return [life for life in self._lives if self._table.others(life)]

    @cached_property
    def _shared(self) -> list[RecordRow]:
        """Occasions in which both took part, by day."""
        return sorted(self._reading.by_column(Event, "id", events_between(*self._sides)), key=by_date)

    @cached_property
    def _events(self) -> list[RecordRow]:
        """These, and what is about an agreement of the two alone, by day."""
        known = {row.id for row in self._shared}
        told = self._reading.concerning(Event, self._own_agreements)
        return sorted([*self._shared, *(row for row in told if row.id not in known)], key=by_date)

    @cached_property
    def _own_agreements(self) -> set[uuid.UUID]:
        return {life.row.id for life in self._bilateral}

    @cached_property
    def _programmes(self) -> list[RecordRow]:
        own = agreements_between(*self._sides).where(Agreement.id.in_(sorted(self._own_agreements)))
        return self._reading.by_column(Programme, "id", programmes_between(*self._sides, own))

    @cached_property
    def _common(self) -> set[uuid.UUID]:
        """What the two have in common, by ids: agreements of the two alone with their parts, occasions, programmes."""
        agreements = with_parts(self._reading.session, self._own_agreements)
        return agreements | {row.id for row in (*self._events, *self._programmes)}

    def _is_planned(self, row: RecordRow) -> bool:
        date = date_of(row)
        return bool(date and date.is_date and date.earliest > self._reading.options.day)

    # what it comes to

    def summary(self) -> Iterator[Block]:
        labels, lives = self._labels, self._bilateral
        rows = [(labels.between_the_two, self._counted(lives))]
        rows.append((labels.plurilateral, self._counted(self._plurilateral)))
        past = [row for row in self._shared if date_of(row) and not self._is_planned(row)]
        coming = [row for row in self._events if self._is_planned(row)]
        found = [Item((Run(text),), label=label) for label, text in rows if text]
        found += [self._occasion(labels.last_meeting, row) for row in past[-1:]]
        found += [self._occasion(labels.next_event, row) for row in coming[:1]]
        return items.item_list(found)

    def _counted(self, lives: Sequence[Life]) -> str:
        """How many agreements there are of each status: "7 agreements: 4 in force, 3 signed"."""
        labels = self._labels
        counts = {status: sum(1 for life in lives if life.status is status) for status in BINDING_ORDER}
        words = {Status.NOT_KNOWN: labels.status_not_known}
        told = labels.listed(
            labels.status_count.format(
                count=count, status=words.get(status, self._reading.options.vocabulary.term(status))
            )
            for status, count in counts.items()
            if count
        )
        total = labels.one_agreement if len(lives) == 1 else labels.agreement_count.format(count=len(lives))
        return f"{total}{labels.colon}{told}" if lives else ""

    def _occasion(self, label: str, row: RecordRow) -> Item:
        date = self._reading.date(date_of(row))
        runs = (Run(row["title"].text), *((Run(f" {date}", Role.QUIET),) if date else ()))
        return Item(runs, label=label, link=Link(row.id))

    def key_judgements(self) -> Iterator[Block]:
        return self._assessments(AssessmentForm.KEY_JUDGEMENT)

    def talking_points(self) -> Iterator[Block]:
        return self._assessments(AssessmentForm.TALKING_POINT)

    def judgements(self) -> Iterator[Block]:
        return self._assessments(AssessmentForm.JUDGEMENT)

    def _assessments(self, form: AssessmentForm) -> Iterator[Block]:
        rows = [row for row in self._assessed if items.form_of(row) is form]
        return items.item_list(items.assessment(self._reading, row) for row in rows)

    @cached_property
    def _assessed(self) -> list[RecordRow]:
        return self._told_of(Assessment)

    def tasks(self) -> Iterator[Block]:
        return items.tasks(self._reading, self._told_of(Task))

    def remarks(self) -> Iterator[Block]:
        return items.remarks(self._reading, self._told_of(Note))

    def _told_of(self, cls: type[Assessment | Note | Task]) -> list[RecordRow]:
        """What is about either state, both, or what they have in common; not what is about one and a third state."""
        states = {row.id for row in self._states}
        rows = self._reading.concerning(cls, self._common | self._bodies[0] | self._bodies[1])
        return [row for row in rows if self._is_theirs(keys_of([row], "concerns"), states)]

    def _is_theirs(self, subjects: set[uuid.UUID], states: set[uuid.UUID]) -> bool:
        if subjects & self._common or states <= subjects:
            return True
        return not subjects & self._third_states.keys()

    @cached_property
    def _third_states(self) -> dict[uuid.UUID, str]:
        """The other states on file, by their names; none of them is printed for being one."""
        query = select(Organization.id, Organization.name).where(Organization.classification == Classification.STATE)
        ours = self._bodies[0] | self._bodies[1]
        return {key: name for key, name in self._reading.session.execute(query) if key not in ours}

    # agreements

    def agreements(self) -> Iterator[Block]:
        if not self._lives:
            yield items.plain(self._labels.no_agreements.format(**self._names), Role.QUIET)
        elif self._bilateral:
            yield self._table.of(self._bilateral)
        else:
            yield items.plain(self._labels.none_between.format(**self._names), Role.QUIET)

    def plurilateral(self) -> Iterator[Block]:
        if self._plurilateral:
            yield self._table.of(self._plurilateral)

    # people and occasions

    def people(self) -> Iterator[Block]:
        actions = {action.id for life in self._lives for action in life.actions}
        table = people_table(self._reading, self._states, self._sides, actions, self._third_states.values())
        if table:
            yield table

    def meetings(self) -> Iterator[Block]:
        return items.events(self._reading, [row for row in self._events if not self._is_planned(row)])

    def statements(self) -> Iterator[Block]:
        return items.statements(self._reading, self._said)

    @cached_property
    def _said(self) -> list[RecordRow]:
        """What somebody of either said about the other, or about what the two have in common."""
        rows: dict[uuid.UUID, RecordRow] = {}
        common = self._reading.concerning(Statement, self._common)
        for ours, theirs in (self._sides, self._sides[::-1]):
            speakers = frozenset(self._reading.session.scalars(actors_of(ours)))
            told = self._reading.concerning(Statement, actors_of(theirs))
            rows |= {row.id: row for row in (*told, *common) if key_of(row, "speaker") in speakers}
        return list(rows.values())

    # what is pending

    def pending(self) -> Iterator[Block]:
        labels = self._labels
        lives = sorted(self._lives, key=by_status)
        steps = dict.fromkeys(_SIGNED, labels.pending_signed) | dict.fromkeys(
            _UNDER_NEGOTIATION, labels.pending_negotiated
        )
        found = [self._pending(life, steps[life.status]) for life in lives if life.status in steps]
        found += [self._planned(life, action) for life in lives for action in life.planned]
        found += [items.event(self._reading, row) for row in self._events if self._is_planned(row)]
        return items.item_list(found)

    def _pending(self, life: Life, label: str) -> Item:
        labels, others = self._labels, self._labels.listed(self._table.others(life), MOST_OTHERS)
        step = Status.SIGNED if life.status in _SIGNED else life.status
        action = life.reached(step)
        date = self._reading.date(date_of(action)) if action else ""
        details = (
            life.row["instrument_type"].text,
            labels.since.format(date=date) if date else "",
            labels.other_parties.format(parties=others) if others else "",
        )
        return self._waiting(life, label, details, life.action_support(action) if action else life.status_support())

    def _waiting(self, life: Life, label: str, details: Iterable[str], support: Support) -> Item:
        told = tuple(("", text) for text in details)
        return Item((Run(life.row["title"].text),), support, label, told, link=Link(life.row.id))

    def _planned(self, life: Life, action: RecordRow) -> Item:
        date = self._reading.date(date_of(action))
        details = (action["action"].text, self._labels.planned_for.format(date=date))
        return self._waiting(life, self._labels.pending_planned, details, life.action_support(action))

    # equipment and programmes

    def equipment(self) -> Iterator[Block]:
        parts = keys_of(self._programmes, "equipment")
        rows = self._reading.by_id(Equipment, parts)
        rows |= {row.id: row for row in self._reading.concerning(Equipment, self._common)}
        return items.item_list(self._equipment(row) for row in sorted(rows.values(), key=lambda row: row.title))

    def _equipment(self, row: RecordRow) -> Item:
        labels = self._labels
        details = (
            ("", row["equipment_kind"].text),
            (labels.manufacturer, row["manufacturer"].text),
            (labels.operators, labels.listed(row["operators"].text.split("; "))),
        )
        support = self._reading.weights.of_record(row.id)
        return Item((Run(row["designation"].text, Role.STRONG),), support, details=details, link=Link(row.id))

    def programmes(self) -> Iterator[Block]:
        return items.item_list(map(self._programme, self._programmes))

    def _programme(self, row: RecordRow) -> Item:
        runs = [Run(row["name"].text, Role.STRONG)]
        if row["purpose"].text:
            runs.append(Run(f" {row['purpose'].text}"))
        details = (("", self._labels.listed(row["organizations"].text.split("; "))),)
        return Item(tuple(runs), self._reading.weights.of_record(row.id), details=details, link=Link(row.id))

    # figures

    def timeline(self) -> Iterator[Block]:
        """Actions of the agreements of the two alone, occasions, and what was said."""
        reading, labels = self._reading, self._labels
        actions = [action for life in self._bilateral for action in life.actions]
        groups = [
            (labels.agreements, Happening.of_actions(reading, actions)),
            (labels.meetings, [Happening.of_event(reading, row) for row in self._events]),
            (labels.statements, [Happening.of_statement(reading, row) for row in self._said]),
        ]
        return illustrations.timeline(reading, groups)

    def network(self) -> Iterator[Block]:
        return illustrations.network(self._reading, {life.row.id for life in self._lives})

    def map(self) -> Iterator[Block]:
        return illustrations.locator(self._reading, [row.id for row in self._states], _MAP)


_SECTIONS: Mapping[str, Callable[[_Pair], Iterator[Block]]] = MappingProxyType(
    {
        "summary": _Pair.summary,
        "key-judgements": _Pair.key_judgements,
        "talking-points": _Pair.talking_points,
        "map": _Pair.map,
        "timeline": _Pair.timeline,
        "agreements": _Pair.agreements,
        "plurilateral": _Pair.plurilateral,
        "network": _Pair.network,
        "people": _Pair.people,
        "meetings": _Pair.meetings,
        "pending": _Pair.pending,
        "equipment": _Pair.equipment,
        "programmes": _Pair.programmes,
        "statements": _Pair.statements,
        "judgements": _Pair.judgements,
        "tasks": _Pair.tasks,
        "remarks": _Pair.remarks,
    }
)
_HEADINGS = MappingProxyType({"summary": "at_a_glance"})
PAIR_SECTIONS = tuple(_SECTIONS)
"""The names of the sections of a country pair's brief, in their usual order."""
