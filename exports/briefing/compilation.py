"""One briefing in the making, which its chapters share: one file, one set of choices, one count of notes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.models import Entity, OtherName
from db.queries.case_file import CaseFileRow, case_file
from db.queries.records import RecordRow, list_records
from db.triggers import table_of
from exports.briefing.apparatus import apparatus
from exports.briefing.document import (
    Briefing,
    BriefingKind,
    Chapter,
    Front,
    Item,
    NotesPlace,
    Role,
    Run,
    Section,
    SourceStatement,
)
from exports.briefing.notes import NoteBook
from exports.briefing.sheet import Fact, Marking, Phrase
from exports.briefing.states import StateNames
from exports.briefing.support import Weights
from exports.briefing.words import BriefingOptions
from exports.citations.section import bibliography_section

INTERNAL_SECTIONS = frozenset({"tasks"})


@dataclass(frozen=True)
class Compilation:
    """What the builders of chapters read with. Notes are numbered in the order in which chapters are read."""

    session: Session
    options: BriefingOptions
    notes: NoteBook = field(init=False)
    weights: Weights = field(init=False)
    states: StateNames = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "states", StateNames(self.session, self.options.vocabulary))
        object.__setattr__(self, "notes", NoteBook(self.session, self.options))
        object.__setattr__(self, "weights", Weights(self.session, self.notes, self.options, self.states))

    def aside(self) -> "Compilation":
        """Another one of the same file and choices, whose notes and standings count for nothing in this one."""
        other = Compilation(self.session, self.options)
        other.weights.ceiling.told = self.weights.ceiling.told  # what it tells is told here
        return other

    def sections(
        self, every: Sequence[str], asked: Sequence[str] | None = None, usual: Sequence[str] | None = None
    ) -> tuple[str, ...]:
        """Which sections of a sheet are read: those chosen, in the order chosen, and nothing internal unasked.

        `usual`: those that are read where none were chosen, if that is not every one.
        """
        if asked is not None:
            return tuple(asked)
        chosen = [name for name in self.options.sections if name in every] if self.options.sections else usual or every
        return tuple(name for name in chosen if self.options.internal or name not in INTERNAL_SECTIONS)

    def where(self, cls: type[Entity], condition: ColumnElement[bool]) -> list[RecordRow]:
        """The records of one kind that a condition picks and the ceiling lets stand."""
        found = self.weights.read_ahead(cls, list_records(self.session, cls, where=condition))
        return self.states.rows(found)

    def date(self, date: Edtf | None) -> str:
        """A date in words; empty where there is none."""
        return self.options.vocabulary.date(date)

    def other_names(self, record: uuid.UUID) -> tuple[Phrase, ...]:
        """The names of a record in its other languages and scripts."""
        rows = self.where(OtherName, table_of(OtherName).c.record_id == record)
        return tuple(Phrase(row["name"].text, row["language"].text) for row in rows)

    def briefing(
        self,
        kind: BriefingKind,
        chapters: Sequence[Chapter],
        *,
        notes_place: NotesPlace = NotesPlace.END,
        cover: Fact | None = None,
    ) -> Briefing:
        """The finished document: the last chapter ends with the source summary statement and any bibliography."""
        notes, labels = self.notes.notes(), self.options.labels
        made = Briefing(kind, self._front(), tuple(chapters), labels, notes, notes_place, cover)
        summary = self.notes.summary(notes, made.standings(), apparatus(made))
        quiet = Item((Run(labels.no_sources, Role.QUIET),))
        sources = Section("sources", labels.sources, (SourceStatement(summary) if summary else quiet,))
        bibliography = bibliography_section(self.notes.bibliography(), labels.bibliography)
        further = (sources, bibliography) if bibliography else (sources,)
        last = replace(chapters[-1], sections=(*chapters[-1].sections, *further))
        return replace(made, chapters=(*chapters[:-1], last))

    def _withheld(self) -> str:
        """That something was left out, where that is to be said."""
        highest = self.options.ceiling
        if highest is None or not self.options.says_withheld or not self.weights.ceiling.withheld:
            return ""
        return self.options.labels.withheld.format(marking=highest.label)

    @cached_property
    def case(self) -> CaseFileRow:
        """The case file; without its title and description where these are above the ceiling."""
        case = case_file(self.session)
        is_above = bool(case.id and self.weights.ceiling.above([case.id]))
        return replace(case, title="", description="") if is_above else case

    def _front(self) -> Front:
        case = self.case
        return Front(
            case_title=case.title,
            revision=case.revision,
            marking=Marking(self.weights.ceiling.strictest(), case.marking_line),
            date=self.options.date,
            compiled=self.options.compiled,
            originator=self.options.originator,
            language=case.language
            if case.language and not self.options.vocabulary.terms
            else self.options.vocabulary.tag,
            known=self.options.known,
            withheld=self._withheld(),
        )
