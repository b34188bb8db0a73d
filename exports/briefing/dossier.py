"""The dossier: one document of a case, from what it comes to down to its sources, with one count of notes."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from sqlalchemy.orm import Session

from db.errors import InvalidValue
from db.models import (
    Agreement,
    Assessment,
    Entity,
    Event,
    Membership,
    Note,
    Organization,
    Participation,
    PartyAction,
    Person,
    Signatory,
    Statement,
    Task,
)
from db.models.vocabulary import AssessmentForm, EndMeaning, StartMeaning
from db.queries.agreement_parts import with_parts
from db.queries.claims import signatories_named
from db.queries.records import RecordRow
from db.queries.titles import kinds_of
from db.triggers import table_of
from exports.briefing import illustrations, items
from exports.briefing.agreement import agreement_chapter
from exports.briefing.chronology import Happening, chronology
from exports.briefing.compilation import Compilation
from exports.briefing.document import Block, Briefing, BriefingKind, Chapter, NotesPlace, Role, Section
from exports.briefing.official import official_chapter
from exports.briefing.pair import pair_chapter
from exports.briefing.reading import Reading, keys_of
from exports.briefing.register import Grouping, RegisterQuery, agreements_of, register_chapter
from exports.briefing.sheet import Fact
from exports.briefing.words import BriefingOptions
from exports.collector import collector_at_rest

MOST_SHEETS = 60
"""Agreements that a dossier gives a sheet each where none were chosen; of more it has the register alone."""


class Part(StrEnum):
    """The parts of a dossier, in their usual order."""

    ASSESSMENT = "assessment"
    REGISTER = "register"
    PAIRS = "pairs"
    AGREEMENTS = "agreements"
    OFFICIALS = "officials"
    NETWORK = "network"
    TIMELINE = "timeline"
    CHRONOLOGY = "chronology"
    STATEMENTS = "statements"
    TASKS = "tasks"


@dataclass(frozen=True, slots=True)
class DossierQuery:
    """What a dossier is about: records, or the agreements of a filter, or, without either, the whole case.

    `records`: agreements, officials, and states, of which every two are a pair. `parts`: in this order; none: all.
    """

    records: tuple[uuid.UUID, ...] = ()
    filter: str = ""
    title: str = ""
    parts: tuple[Part, ...] = ()
    grouping: Grouping = Grouping.SUBJECT


def dossier(session: Session, query: DossierQuery, options: BriefingOptions) -> Briefing:
    """The whole document. Raises FilterError, RecordNotFound, AboveCeiling, and InvalidValue for other records."""
    with collector_at_rest():
        return _Dossier(Compilation(session, options), query).briefing()


class _Dossier:
    """One reading of a case, part by part, so that notes are numbered as they are first read."""

    def __init__(self, compilation: Compilation, query: DossierQuery) -> None:
        self._compilation = compilation
        self._reading = Reading(compilation)
        self._labels = compilation.options.labels
        self._query = query
        self._chosen = self._by_kind()

    def briefing(self) -> Briefing:
        parts = self._query.parts or tuple(Part)
        chapters = [chapter for part in parts for chapter in _PARTS[part](self) if chapter.sections]
        chapters.append(Chapter(BriefingKind.DOSSIER, self._labels.dossier, Fact("", self._labels.sources, None), ()))
        title = self._query.title or self._compilation.case.title or self._labels.dossier
        return self._compilation.briefing(
            BriefingKind.DOSSIER,
            chapters,
            notes_place=NotesPlace.END,
            cover=Fact("", title, None),
        )

    def _by_kind(self) -> dict[str, list[uuid.UUID]]:
        """The chosen records by table, in the order in which they were chosen."""
        kinds = kinds_of(self._compilation.session, self._query.records)
        found: dict[str, list[uuid.UUID]] = {}
        for key in dict.fromkeys(self._query.records):
            self._compilation.weights.ceiling.require(key)
            found.setdefault(kinds.get(key, ""), []).append(key)
        others = found.keys() - {cls.__tablename__ for cls in (Agreement, Person, Organization)}
        if others:
            raise InvalidValue("A dossier is made of agreements, officials and states, and something else was chosen.")
        return found

    # what it is about

    @property
    def _is_whole(self) -> bool:
        return not self._query.records and not self._query.filter.strip()

    @cached_property
    def _agreements(self) -> list[uuid.UUID]:
        """In the order chosen, or by signature."""
        found = self._chosen.get(Agreement.__tablename__, [])
        if found or self._query.records:
            return found
        keys = agreements_of(self._compilation.session, RegisterQuery(self._query.filter))
        above = self._compilation.weights.ceiling.above(keys)
        self._compilation.weights.ceiling.withheld.update((key, "") for key in above)
        return [key for key in keys if key not in above]

    @cached_property
    def _officials(self) -> list[uuid.UUID]:
        """Those chosen, or else by name whoever signed an agreement or is said to have, spoke of it or met about it."""
        found = self._chosen.get(Person.__tablename__, [])
        if found or self._query.records or len(self._agreements) > MOST_SHEETS:
            return found
        actions = {row.id for row in self._reading.by_column(PartyAction, "agreement_id", self._agreements)}
        signed = keys_of(self._reading.by_column(Signatory, "action_id", actions), "person")
        named = signatories_named(self._reading.session, actions)
        told = with_parts(self._reading.session, self._agreements)
        spoke = keys_of(self._reading.concerning(Statement, told), "speaker")
        events = {row.id for row in self._reading.concerning(Event, told)}
        met = keys_of(self._reading.by_column(Participation, "event_id", events), "participant")
        people = self._reading.by_id(Person, signed | named | spoke | met).values()
        return [row.id for row in sorted(people, key=lambda row: (row["sort_name"].text or row["name"].text, row.id))]

    @property
    def _states(self) -> list[uuid.UUID]:
        return self._chosen.get(Organization.__tablename__, [])

    @cached_property
    def _subjects(self) -> set[uuid.UUID]:
        """What an assessment, an event or a statement can be about, to be told here."""
        people = self._officials
        posts = {row.id for row in self._reading.by_column(Membership, "person_id", people)}
        return {*with_parts(self._reading.session, self._agreements), *people, *self._states, *posts}

    def _told(self, cls: type[Entity]) -> list[RecordRow]:
        """Of the whole case every record of a kind, otherwise those that are about something here."""
        if self._is_whole:
            return self._reading.rows(cls, table_of(cls).c.pk > 0)
        return self._reading.concerning(cls, self._subjects)

    # the parts

    def _chapter(self, title: str, sections: Sequence[tuple[str, str, Iterator[Block]]]) -> Iterator[Chapter]:
        read = [Section(name, heading, tuple(blocks)) for name, heading, blocks in sections]
        found = tuple(section for section in read if section.blocks)
        yield Chapter(BriefingKind.DOSSIER, self._labels.dossier, Fact("", title, None), found)

    def assessment(self) -> Iterator[Chapter]:
        """What the case is about and comes to."""
        labels, rows = self._labels, self._told(Assessment)
        forms = (
            ("key-judgements", labels.key_judgements, AssessmentForm.KEY_JUDGEMENT),
            ("talking-points", labels.talking_points, AssessmentForm.TALKING_POINT),
            ("judgements", labels.judgements, AssessmentForm.JUDGEMENT),
        )
        told = [(name, heading, self._assessments(rows, form)) for name, heading, form in forms]
        return self._chapter(labels.assessment, [("about", labels.about_case, self._about()), *told])

    def _about(self) -> Iterator[Block]:
        if self._compilation.case.description:
            yield items.plain(self._compilation.case.description, Role.LEAD)

    def _assessments(self, rows: Sequence[RecordRow], form: AssessmentForm) -> Iterator[Block]:
        return items.item_list(items.assessment(self._reading, row) for row in rows if items.form_of(row) is form)

    def register(self) -> Iterator[Chapter]:
        """All its agreements in one table, where there is more than one or it was asked for."""
        if len(self._agreements) > 1 or (self._agreements and self._query.parts):
            query = RegisterQuery(self._query.filter, grouping=self._query.grouping)
            chosen = None if self._is_whole or self._query.filter else tuple(self._agreements)
            yield register_chapter(self._compilation, query, chosen)

    def pairs(self) -> Iterator[Chapter]:
        """A brief of every two of the states."""
        states = self._states
        for place, first in enumerate(states):
            for second in states[place + 1 :]:
                yield pair_chapter(self._compilation, first, second)

    def agreements(self) -> Iterator[Chapter]:
        """A sheet of each agreement, unless nobody chose them and they are very many."""
        if self._query.records or len(self._agreements) <= MOST_SHEETS:
            for key in self._agreements:
                yield agreement_chapter(self._compilation, key)

    def officials(self) -> Iterator[Chapter]:
        """A profile of each official."""
        for key in self._officials:
            yield official_chapter(self._compilation, key)

    def network(self) -> Iterator[Chapter]:
        """How its agreements stand to each other and to others."""
        blocks = illustrations.network(self._reading, self._agreements)
        return self._figures("network", self._labels.network, blocks)

    def timeline(self) -> Iterator[Chapter]:
        """What has a day, as a figure, unless it is very much."""
        blocks = illustrations.timeline(self._reading, self._grouped())
        return self._figures("timeline", self._labels.timeline, blocks)

    def _figures(self, name: str, title: str, blocks: Iterator[Block]) -> Iterator[Chapter]:
        return self._chapter(title, [(name, title, blocks)])

    def chronology(self) -> Iterator[Chapter]:
        """Everything that has a day, by year; what is still to come last."""
        happenings = [each for _, group in self._grouped() for each in group]
        blocks = chronology(self._reading, [*happenings, *self._ends_of_posts()])
        return self._chapter(self._labels.chronology, [("chronology", self._labels.chronology, blocks)])

    def _grouped(self) -> list[tuple[str, list[Happening]]]:
        """What has a day, by kind; of posts only when they were taken up."""
        labels, reading = self._labels, self._reading
        actions = reading.by_column(PartyAction, "agreement_id", self._agreements)
        events = {row.id: row for row in (*self._told(Event), *self._attended())}
        posts = reading.by_column(Membership, "person_id", self._officials)
        found = [
            (labels.agreements, Happening.of_actions(reading, actions)),
            (labels.events, [Happening.of_event(reading, row) for row in events.values()]),
            (labels.statements, [Happening.of_statement(reading, row) for row in self._statements]),
            (labels.posts, [Happening.of_post(row, "start_date", labels.from_date) for row in posts if _began(row)]),
        ]
        return [(name, [each for each in group if each.date and each.date.is_date]) for name, group in found]

    def _ends_of_posts(self) -> list[Happening]:
        posts = self._reading.by_column(Membership, "person_id", self._officials)
        found = [Happening.of_post(row, "end_date", self._labels.to_date) for row in posts if _ended(row)]
        return [each for each in found if each.date and each.date.is_date]

    def _attended(self) -> list[RecordRow]:
        attended = self._reading.by_column(Participation, "participant_id", self._officials)
        return list(self._reading.by_id(Event, keys_of(attended, "event")).values())

    @cached_property
    def _statements(self) -> list[RecordRow]:
        said = self._reading.by_column(Statement, "speaker_id", self._officials)
        return list({row.id: row for row in (*self._told(Statement), *said)}.values())

    def statements(self) -> Iterator[Chapter]:
        """What was said, by day."""
        blocks = items.statements(self._reading, self._statements)
        return self._chapter(self._labels.statements, [("statements", self._labels.statements, blocks)])

    def tasks(self) -> Iterator[Chapter]:
        """What is open, and what the analyst wrote down; what is internal only where it was asked for."""
        labels = self._labels
        is_internal = self._compilation.options.internal
        tasks = tuple(items.tasks(self._reading, self._told(Task))) if is_internal else ()
        told = [("tasks", labels.tasks, iter(tasks)), ("notes", labels.remarks, self._notes())]
        return self._chapter(labels.tasks if tasks else labels.remarks, told)

    def _notes(self) -> Iterator[Block]:
        return items.remarks(self._reading, self._told(Note))


def _began(row: RecordRow) -> bool:
    """Whether a membership's start took place; a first evidence is a day on which nothing did."""
    return row["start_meaning"].value is not StartMeaning.FIRST_EVIDENCE


def _ended(row: RecordRow) -> bool:
    return row["end_meaning"].value is not EndMeaning.LAST_EVIDENCE


_PARTS: Mapping[Part, Callable[[_Dossier], Iterator[Chapter]]] = MappingProxyType(
    {part: getattr(_Dossier, part.value) for part in Part}
)
