"""The sheet of one agreement, read from the case file."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.evidence import STATUS, FieldEvidence
from db.models import (
    Agreement,
    AgreementText,
    Entity,
    Equipment,
    Event,
    Note,
    Party,
    Programme,
    ProgrammeAgreement,
    Provision,
    Relation,
    Statement,
)
from db.models.vocabulary import AssessmentForm, LegallyBinding, Publicity, RelationType
from db.queries.agreement_parts import with_parts
from db.queries.records import FieldRow, RecordRow
from db.status import Status
from db.triggers import table_of
from exports.briefing import illustrations, items
from exports.briefing.chronology import Happening
from exports.briefing.compilation import Compilation
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Chapter,
    FactTable,
    Item,
    Ladders,
    Link,
    Role,
    Run,
    Section,
)
from exports.briefing.ladders import SIGNATURES, ladders
from exports.briefing.lives import Life, lives_of
from exports.briefing.reading import Reading, keys_of
from exports.briefing.sheet import UNKNOWN, Fact, Support
from exports.briefing.signatories import signatories_table
from exports.briefing.words import BriefingOptions

_FACTS = (
    "instrument_type",
    "legally_binding",
    "subjects",
    "place_signed",
    "unts_number",
    "treaty_number",
    "depositary",
)
_SHOWN_UNKNOWN = ("instrument_type", "legally_binding")
_SMALL_MAP = 220.0
"""In points."""
_FEW_PARTIES = 8
"""More than these stand one after the other, not one below the other."""


def agreement_briefing(session: Session, key: uuid.UUID, options: BriefingOptions) -> Briefing:
    """The sheet of one agreement. Raises RecordNotFound and AboveCeiling."""
    compilation = Compilation(session, options)
    chapter = agreement_chapter(compilation, key)
    return compilation.briefing(BriefingKind.AGREEMENT, [chapter])


def agreement_chapter(compilation: Compilation, key: uuid.UUID, sections: Sequence[str] | None = None) -> Chapter:
    """What is known of one agreement: these sections of AGREEMENT_SECTIONS in this order, or the usual ones.

    Sections with nothing to say are left out. Raises RecordNotFound if there is no such agreement, and AboveCeiling
    if it may not be told.
    """
    return _Reading(compilation, key).chapter(compilation.sections(AGREEMENT_SECTIONS, sections, USUAL_SECTIONS))


class _Reading:
    """One reading of an agreement, in the order of the sheet, so that notes are numbered as they are first read."""

    def __init__(self, compilation: Compilation, key: uuid.UUID) -> None:
        self._compilation = compilation
        self._session = compilation.session
        self._key = key
        self._options = compilation.options
        self._labels = compilation.options.labels
        self._weights = compilation.weights
        self._reading = Reading(compilation)
        self._row = self._reading.one(Agreement, key)
        self._life = lives_of(self._reading, [key])[key]
        self._actions = self._life.actions
        self._about = with_parts(self._session, [key])

    def chapter(self, sections: Sequence[str]) -> Chapter:
        title = self._fact("title", self._row["title"])
        read = [
            Section(name, getattr(self._labels, name.replace("-", "_")), tuple(_SECTIONS[name](self)))
            for name in sections
        ]
        found = tuple(section for section in read if section.blocks) or (self._nothing(),)
        return Chapter(
            kind=BriefingKind.AGREEMENT,
            eyebrow=self._labels.sheet,
            title=title,
            sections=found,
            other_titles=self._compilation.other_names(self._key),
            link=Link(self._key, "title"),
        )

    def _nothing(self) -> Section:
        said = Item((Run(self._labels.nothing_recorded, Role.QUIET),))
        return Section("status", self._labels.status, (said,))

    def _parts(self, cls: type[Entity], column: str = "agreement_id") -> list[RecordRow]:
        return self._reading.by_column(cls, column, [self._key])

    def _concerning(self, cls: type[Entity]) -> list[RecordRow]:
        return self._reading.concerning(cls, self._about)

    def _names(self, key: object, shown: str) -> tuple[Run, ...]:
        """The other names of a record, to stand after the one that is shown."""
        names = self._compilation.other_names(key) if isinstance(key, uuid.UUID) else ()
        return tuple(Run(f" {name.text}", Role.QUIET, name.language) for name in names if name.text != shown)

    def _fact(self, name: str, field: FieldRow) -> Fact:
        return Fact(getattr(self._labels, name), field.text, self._field(name))

    def _field(self, name: str) -> Support:
        return self._weights.of_field(self._key, name)

    # where it stands

    def status(self) -> Iterable[Block]:
        said = Run(_standing(self._life), Role.HEADLINE)
        yield Item((said,), self._life.status_support(), link=Link(self._key, STATUS))
        life, parties = self._life, keys_of(self._life.parties, "organization")
        support, first = life.action_support, life.number_first
        yield Ladders(ladders(self._actions, parties, support, self._options, number_first=first))

    # what it comes to

    def key_judgements(self) -> Iterable[Block]:
        return items.assessments(self._reading, self._about, AssessmentForm.KEY_JUDGEMENT)

    def talking_points(self) -> Iterable[Block]:
        return items.assessments(self._reading, self._about, AssessmentForm.TALKING_POINT)

    def judgements(self) -> Iterable[Block]:
        return items.assessments(self._reading, self._about, AssessmentForm.JUDGEMENT)

    def summary(self) -> Iterable[Block]:
        fact = self._fact("summary", self._row["summary"])
        if fact.text:
            yield Item((Run(fact.text, Role.LEAD, fact.language),), fact.support, link=Link(self._key, "summary"))

    def facts(self) -> Iterable[Block]:
        pairs = [*self._own_facts(), *self._place_of_signature(), *self._duration()]
        if pairs:
            yield FactTable(tuple(fact for fact, _ in pairs), tuple(link for _, link in pairs))

    def _own_facts(self) -> Iterable[tuple[Fact, Link]]:
        for name in _FACTS:
            field, link = self._row[name], Link(self._key, name)
            if field.value is LegallyBinding.UNKNOWN:
                yield Fact(getattr(self._labels, name), "", UNKNOWN), link
            elif field.text or name in _SHOWN_UNKNOWN:
                yield self._fact(name, field), link

    def _place_of_signature(self) -> Iterable[tuple[Fact, Link]]:
        """Where it was signed, as the action says, unless the agreement itself says so."""
        signed = [row for row in self._actions if row["action"].value in SIGNATURES and row["place"].text]
        if signed and not self._row["place_signed"].text:
            support = self._weights.of_field(signed[0].id, "place")
            fact = Fact(self._labels.place_signed, signed[0]["place"].text, support)
            yield fact, Link(signed[0].id, "place")

    def _duration(self) -> Iterable[tuple[Fact, Link]]:
        labels, duration, row = self._labels, self._options.vocabulary.duration, self._row
        years = row["renewal_years"].text
        for name, label, text in (
            ("term_span", labels.term, duration(row["term_span"].text)),
            ("renewal_type", labels.renewal, row["renewal_type"].text),
            ("renewal_years", labels.renewed_for, duration(f"P{years}Y") if years else ""),
        ):
            if text:
                yield Fact(label, text, self._field(name)), Link(self._key, name)

    # who

    def parties(self) -> Iterable[Block]:
        claimed = self._weights.evidence(self._key).get("parties")
        rows = sorted(self._parts(Party), key=lambda row: row["organization"].text)
        told = [self._party(row, claimed) for row in rows]
        return items.item_list(told if len(told) <= _FEW_PARTIES else items.run_in(self._labels, told))

    def _party(self, row: RecordRow, claimed: FieldEvidence | None) -> Item:
        organization, role = row["organization"], row["role"].text
        runs = [Run(organization.text, Role.STRONG), *self._names(organization.value, organization.text)]
        if role:
            runs.append(Run(f" {role}", Role.QUIET))
        return Item(
            tuple(runs),
            self._weights.of_record(row.id, claimed if claimed and claimed.claims else None),
            link=Link(row.id),
        )

    def signatories(self) -> Iterable[Block]:
        return signatories_table(self._reading, self._actions, self._names)

    # what

    def provisions(self) -> Iterable[Block]:
        return items.item_list(map(self._provision, self._parts(Provision)))

    def _provision(self, row: RecordRow) -> Item:
        text, article = row["text"].text, row["article"].text
        runs = [Run(row["provision_kind"].text.capitalize(), Role.STRONG)]
        if text:
            runs += [Run(" "), Run(text)]
        if article:
            runs.append(Run(f" {self._labels.article.format(article=article)}", Role.QUIET))
        return Item(tuple(runs), self._weights.of_record(row.id), link=Link(row.id))

    def relations(self) -> Iterable[Block]:
        there = [self._relation(row, row["relation_type"].text, row["target"].value) for row in self._parts(Relation)]
        back = [
            self._relation(row, self._inverse(row), row["agreement"].value)
            for row in self._parts(Relation, "target_id")
        ]
        return items.item_list(item for item in (*there, *back) if item is not None)

    def _inverse(self, row: RecordRow) -> str:
        return self._options.vocabulary.inverse(RelationType(str(row["relation_type"].value)))

    def _relation(self, row: RecordRow, phrase: str, other: object) -> Item | None:
        """What it is to another agreement; None where the ceiling leaves nothing of that one."""
        assert isinstance(other, uuid.UUID)
        life = lives_of(Reading(self._compilation.aside()), [other]).get(other)
        if life is None:
            return None
        return Item(
            (Run(life.row["title"].text, Role.STRONG),),
            self._weights.of_record(row.id),
            label=phrase,
            details=(("", _standing(life)),),
            link=Link(other),
        )

    def texts(self) -> Iterable[Block]:
        return items.item_list(map(self._text, self._parts(AgreementText)))

    def _text(self, row: RecordRow) -> Item:
        labels, known = self._labels, row["authentic"].value
        authentic = (labels.authentic if known else labels.not_authentic) if known is not None else ""
        is_unknown = row["publicity"].value is Publicity.UNKNOWN
        runs = [Run(items.language_name(self._reading, row["language"].text), Role.STRONG)]
        if told := labels.listed((authentic, "" if is_unknown else row["publicity"].text)):
            runs.append(Run(f" {told}"))
        details: tuple[tuple[str, str], ...] = (
            ("", labels.publicity_unknown if is_unknown else ""),
            (labels.annexes, row["annexes"].text),
            ("", row["location"].text),
        )
        support: Support | None = self._reading.of_record_or_source(row)
        if not any(run.text for run in runs):  # nothing is said that a source could prove
            runs, details = [Run(labels.publicity_unknown if is_unknown else labels.not_known, Role.QUIET)], details[1:]
            support = support if support and support.notes else None
        return Item(tuple(runs), support, details=details, link=Link(row.id))

    def statements(self) -> Iterable[Block]:
        return items.statements(self._reading, self._concerning(Statement))

    def events(self) -> Iterable[Block]:
        return items.events(self._reading, self._concerning(Event))

    def equipment(self) -> Iterable[Block]:
        return items.item_list(map(self._equipment, self._concerning(Equipment)))

    def _equipment(self, row: RecordRow) -> Item:
        details = (
            (self._labels.manufacturer, row["manufacturer"].text),
            (self._labels.operators, self._joined(row["operators"])),
        )
        return self._named(row, "designation", "equipment_kind", details)

    def programmes(self) -> Iterable[Block]:
        link = table_of(ProgrammeAgreement)
        inside = select(link.c.programme_id).where(link.c.agreement_id == self._key)
        rows = self._reading.by_column(Programme, "id", inside)
        return items.item_list(
            self._named(row, "name", "purpose", (("", self._joined(row["organizations"])),)) for row in rows
        )

    def _joined(self, field: FieldRow) -> str:
        return self._labels.listed(field.text.split("; "))

    def _named(self, row: RecordRow, name: str, what: str, details: tuple[tuple[str, str], ...]) -> Item:
        """A thing by its name and what it is."""
        runs = [Run(row[name].text, Role.STRONG)]
        if row[what].text:
            runs.append(Run(f" {row[what].text}"))
        return Item(tuple(runs), self._weights.of_record(row.id), details=details, link=Link(row.id))

    # figures

    def timeline(self) -> Iterable[Block]:
        reading, labels = self._reading, self._labels
        groups = [
            (labels.agreement, Happening.of_actions(reading, self._actions)),
            (labels.events, [Happening.of_event(reading, row) for row in self._concerning(Event)]),
            (labels.statements, [Happening.of_statement(reading, row) for row in self._concerning(Statement)]),
        ]
        return illustrations.timeline(reading, groups)

    def network(self) -> Iterable[Block]:
        return illustrations.network(self._reading, {self._key}, marked=True)

    def map(self) -> Iterable[Block]:
        parties = [row["organization"].value for row in self._parts(Party)]
        keys = [key for key in parties if isinstance(key, uuid.UUID)]
        return illustrations.locator(self._reading, keys, _SMALL_MAP)

    # what is open

    def tasks(self) -> Iterable[Block]:
        return items.open_tasks(self._reading, self._about)

    def remarks(self) -> Iterable[Block]:
        return items.remarks(self._reading, self._concerning(Note))


_SECTIONS: Mapping[str, Callable[[_Reading], Iterable[Block]]] = MappingProxyType(
    {
        "status": _Reading.status,
        "key-judgements": _Reading.key_judgements,
        "talking-points": _Reading.talking_points,
        "summary": _Reading.summary,
        "facts": _Reading.facts,
        "parties": _Reading.parties,
        "signatories": _Reading.signatories,
        "provisions": _Reading.provisions,
        "relations": _Reading.relations,
        "timeline": _Reading.timeline,
        "network": _Reading.network,
        "map": _Reading.map,
        "statements": _Reading.statements,
        "events": _Reading.events,
        "equipment": _Reading.equipment,
        "programmes": _Reading.programmes,
        "texts": _Reading.texts,
        "judgements": _Reading.judgements,
        "tasks": _Reading.tasks,
        "remarks": _Reading.remarks,
    }
)
AGREEMENT_SECTIONS = tuple(_SECTIONS)
"""The names of the sections, in the order in which a principal reads."""
USUAL_SECTIONS = tuple(name for name in AGREEMENT_SECTIONS if name not in ("timeline", "network", "map"))
"""Those that a sheet has where none were chosen: without figures, so that it stays one page where it can."""


def _standing(life: Life) -> str:
    """Where an agreement stands, in words; nothing where nobody knows."""
    if life.status is not Status.NOT_KNOWN:
        return life.words.capitalize()
    return life.words if life.is_told else ""
