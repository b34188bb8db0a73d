"""The register: any filtered list of agreements as one table, in groups, with totals of each and of all."""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from sqlalchemy.orm import Session

from db.countries import state_code
from db.evidence import EXISTENCE, STATUS, FieldEvidence
from db.facts import leading
from db.filters import parse
from db.models import Agreement, Organization, PartyAction
from db.models.vocabulary import Standing, Subject
from db.queries.lists import Sort, ids_of, snapshot
from db.standings import known_facts
from db.status import Status
from db.triggers import table_of
from exports.briefing import items
from exports.briefing.compilation import Compilation
from exports.briefing.conditions import filter_words
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    Item,
    Link,
    NotesPlace,
    Role,
    Row,
    RowKind,
    Run,
    Section,
    Table,
)
from exports.briefing.lives import Life, lives_of
from exports.briefing.reading import Reading, date_of, key_of
from exports.briefing.sheet import UNCITED, Fact, Support
from exports.briefing.support import Weights
from exports.briefing.words import BriefingOptions
from exports.collector import collector_at_rest

_BY_SIGNATURE = Sort("signed")
_SHARES = (0.414, 0.125, 0.116, 0.118, 0.118, 0.109)
_MOST_PARTIES = 5
"""Of more, two are named and the others counted."""
_IN_FORCE = frozenset({Status.IN_FORCE, Status.PROVISIONALLY_APPLIED})
_SIGNED = frozenset({Status.SIGNED, Status.CONSENTED})
_UNSIGNED = frozenset({Status.ANNOUNCED, Status.UNDER_NEGOTIATION, Status.AGREED, Status.INITIALLED})
_OVER = frozenset({Status.SUSPENDED, Status.DENOUNCED, Status.ENDED})
_LEADING_DEEDS = frozenset(name or EXISTENCE for name in leading(Agreement, PartyAction))
_BY_STRENGTH = (Standing.DISPUTED, Standing.UNCITED, Standing.SINGLE, Standing.SUPPORTED)


class Grouping(StrEnum):
    """What a register is divided by."""

    NONE = "none"
    SUBJECT = "subject"
    STATUS = "status"
    PARTY = "party"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """Which agreements, in which order and groups. `filter` is one as the window's lists have it."""

    filter: str = ""
    sort: Sort = _BY_SIGNATURE
    grouping: Grouping = Grouping.SUBJECT


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement with what the totals count."""

    life: Life
    support: Support | None
    """Of its weakest leading fact, with the notes for all of them; None where none of them needs a source."""
    notes: tuple[int, ...]

    @property
    def standing(self) -> Standing:
        """Of its weakest leading fact."""
        return self.support.standing if self.support else Standing.UNKNOWN


def register_briefing(session: Session, query: RegisterQuery, options: BriefingOptions) -> Briefing:
    """The register as a document of its own. Raises FilterError."""
    compilation = Compilation(session, options)
    chapter = register_chapter(compilation, query)
    return compilation.briefing(BriefingKind.REGISTER, [chapter], notes_place=NotesPlace.END)


def register_chapter(
    compilation: Compilation, query: RegisterQuery, chosen: Sequence[uuid.UUID] | None = None
) -> Chapter:
    """The agreements of a filter, or those chosen, that the ceiling lets stand. Raises FilterError."""
    with collector_at_rest():
        return _Register(compilation, query, chosen).chapter()


class _Register:
    """One reading of a register: whatever the number of agreements, a few statements."""

    def __init__(self, compilation: Compilation, query: RegisterQuery, chosen: Sequence[uuid.UUID] | None) -> None:
        self._reading = Reading(compilation)
        self._compilation = compilation
        self._labels = compilation.options.labels
        self._vocabulary = compilation.options.vocabulary
        self._query = query
        self._chosen = chosen
        self._groups = self._read()
        self._entries = list({id(entry): entry for _, entries in self._groups for entry in entries}.values())

    def chapter(self) -> Chapter:
        """Filter and day in words, then the table."""
        section = Section("register", self._labels.agreements, tuple(self._blocks()))
        return Chapter(
            BriefingKind.REGISTER, self._labels.register_sheet, Fact("", self._labels.register_title, None), (section,)
        )

    def _read(self) -> list[tuple[str, list[Entry]]]:
        """The groups by name; notes are numbered as the table is read."""
        session = self._reading.session
        keys = agreements_of(session, self._query) if self._chosen is None else self._chosen
        lives = lives_of(self._reading, keys)
        lacking = _lacking(session, lives.values())
        groups = self._grouped([lives[key] for key in keys if key in lives])
        first = {life.row.id: life for _, members in groups for life in members}
        entries = {key: self._entry(life, self._reading.weights, key in lacking) for key, life in first.items()}
        return [(name, [entries[life.row.id] for life in members]) for name, members in groups]

    def _entry(self, life: Life, weights: Weights, lacks: bool) -> Entry:
        """How what leads a sheet is known, as a list's ring has it; what rivals say is told on its own sheet."""
        told = _leading(life, weights)
        known = {found.standing: found for found in told if found.claims}
        named = weights.cited(life.row.id, "title")
        notes = tuple(sorted({*named, *(number for found in told for number in weights.numbers(found))}))
        standings = {*known, *([Standing.UNCITED] if lacks else [])}
        weakest = next((each for each in _BY_STRENGTH if each in standings), None)
        if weakest is None:
            return Entry(life, None, notes)
        if weakest is Standing.UNCITED:
            support = UNCITED
        else:
            support = Support(weakest, notes, min(found.origins for found in known.values()))
        return Entry(life, support, notes)

    # words above the table

    def _blocks(self) -> Iterator[Block]:
        labels, query = self._labels, self._query
        yield items.plain(self._said(), Role.LEAD)
        order = self._column(query.sort.column)
        order = labels.descending.format(order=order) if query.sort.descending else order
        if query.grouping is Grouping.NONE:
            yield items.plain(labels.register_sorted.format(order=order), Role.QUIET)
        else:
            group = _GROUPINGS[query.grouping](self)
            yield items.plain(labels.register_grouped.format(group=group, order=order), Role.QUIET)
        if query.grouping in (Grouping.PARTY, Grouping.SUBJECT) and len(self._entries) > 1:
            yield items.plain(labels.register_repeated, Role.QUIET)
        if any(entry.support for entry in self._entries):
            yield items.plain(labels.register_marked, Role.QUIET)
        yield self._table() if self._entries else items.plain(labels.register_nothing)

    def _said(self) -> str:
        labels = self._labels
        day = self._reading.day_words or self._compilation.options.date
        if self._chosen is not None:
            return labels.register_chosen.format(date=day)
        if not self._query.filter.strip():
            return labels.register_all.format(date=day)
        words = filter_words(parse(self._query.filter), self._vocabulary, self._party_name)
        return labels.register_found.format(filter=words, date=day)

    def _party_name(self, text: str) -> str:
        """What the state is called that a filter names by its code; anything else as it was typed."""
        code = state_code(text)
        rows = self._reading.rows(Organization, table_of(Organization).c.iso_code == code) if code else []
        return rows[0]["name"].text if rows else text

    def _column(self, name: str) -> str:
        """A column that the window's lists sort by, in words."""
        labels = {"signed": self._labels.order_signed, "in_force": self._labels.order_in_force}
        word = labels.get(name) or getattr(self._labels, name, name.replace("_", " "))
        return str(word).lower()

    # the table

    def _table(self) -> Table:
        labels = self._labels
        headings = (
            labels.agreement,
            labels.instrument_type,
            labels.status,
            labels.signed_on,
            labels.in_force_since,
            labels.evidence,
        )
        rows: list[Row] = []
        told = {entry.life.row.id: self._row(entry) for entry in self._entries}
        for name, entries in self._groups:
            if name:
                rows.append(Row((Cell((items.plain(name, Role.STRONG),)),), RowKind.GROUP))
            rows += [told[entry.life.row.id] for entry in entries]
            if name and len(entries) > 1:
                rows.append(self._total(labels.subtotal.format(group=name), entries))
        rows.append(self._total(labels.total, self._entries))
        return Table(tuple(map(Column, headings, _SHARES)), tuple(rows), full=True)

    def _row(self, entry: Entry) -> Row:
        life = entry.life
        row = life.row
        parties = self._labels.listed((party["organization"].text for party in life.parties), _MOST_PARTIES)
        title = (
            Item((Run(row["title"].text),), link=Link(row.id, "title")),
            *((items.plain(parties, Role.QUIET),) if parties else ()),
        )
        is_told = life.is_told
        status = Run(life.words.capitalize()) if is_told else Run(self._labels.not_known, Role.QUIET)
        cells = (
            Cell(title),
            items.cell([items.plain(row["instrument_type"].text, Role.QUIET)] if row["instrument_type"].text else []),
            Cell((Item((status,)),)),
            self._day(life, Status.SIGNED),
            self._day(life, Status.IN_FORCE),
            self._evidence(entry),
        )
        return Row(cells, link=Link(row.id))

    def _day(self, life: Life, step: Status) -> Cell:
        """The day of a step without its evidence, which the sheet of the agreement has."""
        action = life.reached(step)
        if action is None:
            return Cell((items.plain(self._labels.not_known, Role.QUIET),) if life.may_have(step) else ())
        date = self._vocabulary.short_date(date_of(action))
        run = Run(date or self._labels.not_known, Role.QUIET, whole=True)
        return Cell((Item((run,), link=Link(action.id, "date")),))

    def _evidence(self, entry: Entry) -> Cell:
        """The mark of the weakest fact, then the notes; what is uncited in part may cite notes for the rest."""
        support, notes = entry.support, entry.notes
        if support is None:
            return Cell((Item((Run("", Role.QUIET),), notes=notes),) if notes else ())
        own, rest = ((), notes) if entry.standing is Standing.UNCITED else (notes, ())
        return Cell((Item((Run(""),), replace(support, notes=own), notes=rest),))

    def _total(self, name: str, entries: Sequence[Entry]) -> Row:
        labels = self._labels
        number = labels.one_agreement if len(entries) == 1 else labels.agreement_count.format(count=len(entries))
        counts = (
            (labels.count_in_force, sum(entry.life.status in _IN_FORCE for entry in entries)),
            (labels.count_signed, sum(entry.life.status in _SIGNED for entry in entries)),
            (labels.count_unsigned, sum(entry.life.status in _UNSIGNED for entry in entries)),
            (labels.count_ended, sum(entry.life.status in _OVER for entry in entries)),
            (labels.count_unknown, sum(entry.life.status is Status.NOT_KNOWN for entry in entries)),
            (labels.count_disputed, sum(entry.standing is Standing.DISPUTED for entry in entries)),
            (labels.count_uncited, sum(entry.standing is Standing.UNCITED for entry in entries)),
        )
        told = labels.listed([number, *(text.format(count=count) for text, count in counts if count)])
        return Row((Cell((items.plain(name), items.plain(told, Role.QUIET))),), RowKind.TOTAL)

    # groups

    def _grouped(self, lives: Sequence[Life]) -> list[tuple[str, list[Life]]]:
        """The groups in order; whoever belongs to none stands in the last one."""
        found: dict[tuple[object, ...], tuple[str, list[Life]]] = {}
        for life in lives:
            for key, name in self._memberships(life):
                found.setdefault(key, (name, []))[1].append(life)
        return [found[key] for key in sorted(found, key=lambda key: (not key, key))]

    def _memberships(self, life: Life) -> list[tuple[tuple[object, ...], str]]:
        labels, term = self._labels, self._vocabulary.term
        match self._query.grouping:
            case Grouping.SUBJECT:
                held = life.row["subjects"].value
                subjects = [each for each in Subject if isinstance(held, frozenset) and each in held]
                order = list(Subject)
                return [((order.index(each),), term(each).capitalize()) for each in subjects] or [
                    ((), labels.no_subject)
                ]
            case Grouping.STATUS:
                order_of = -list(Status).index(life.status)
                name = labels.not_known if life.status is Status.NOT_KNOWN else term(life.status).capitalize()
                return [((order_of,), name)]
            case Grouping.PARTY:
                parties = {party["organization"].text: key_of(party, "organization") for party in life.parties}
                return [((name.casefold(), str(key)), name) for name, key in parties.items()] or [((), labels.no_party)]
            case Grouping.YEAR:
                signed = life.reached(Status.SIGNED)
                date = date_of(signed) if signed else None
                if not (date and date.is_date):
                    return [((), labels.no_year)]
                return [((date.earliest[:4],), date.earliest[:4])]
        return [((), "")]


def agreements_of(session: Session, query: RegisterQuery) -> list[uuid.UUID]:
    """The agreements that a filter lets through, in order. Raises FilterError."""
    pks = [pk for piece in snapshot(session, Agreement, query.filter, query.sort) for pk in piece.pks]
    return list(ids_of(session, Agreement, pks))


def _leading(life: Life, weights: Weights) -> list[FieldEvidence]:
    """What is claimed of the facts that a sheet prints first (`db.facts.LEADING`), an observed status too."""
    parts: list[tuple[uuid.UUID, Collection[str] | None]] = [(life.row.id, {STATUS, *leading(Agreement, Agreement)})]
    parts += [(party.id, None) for party in life.parties]
    parts += [(action.id, _LEADING_DEEDS) for action in life.actions]
    return [
        found
        for key, names in parts
        for found in weights.evidence(key).values()
        if names is None or found.property in names
    ]


def _lacking(session: Session, lives: Collection[Life]) -> set[uuid.UUID]:
    """The agreements of which one of those facts lacks a source."""
    names = {life.row.id: frozenset(leading(Agreement, Agreement)) for life in lives}
    owners = {action.id: life.row.id for life in lives for action in life.actions}
    return {
        owners.get(key, key)
        for key, facts in known_facts(session, [*names, *owners]).items()
        if any(
            fact.standing.standing is Standing.UNCITED and fact.field in names.get(key, _LEADING_DEEDS)
            for fact in facts
        )
    }


_GROUPINGS: Mapping[Grouping, Callable[[_Register], str]] = MappingProxyType(
    {
        Grouping.SUBJECT: lambda register: register._labels.group_subject,
        Grouping.STATUS: lambda register: register._labels.group_status,
        Grouping.PARTY: lambda register: register._labels.group_party,
        Grouping.YEAR: lambda register: register._labels.group_year,
    }
)
