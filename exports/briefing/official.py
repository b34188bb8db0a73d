"""The profile of one official, read from the case file."""

import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from babel import Locale
from sqlalchemy import or_
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.evidence import ClaimRow
from db.models import Event, Membership, Note, OtherName, Participation, PartyAction, Person, Signatory, Statement
from db.models.vocabulary import AssessmentForm, HeldPost
from db.queries.claims import signatures_naming
from db.queries.portraits import portrait
from db.queries.records import RecordRow
from db.triggers import table_of
from exports.briefing import items
from exports.briefing.compilation import Compilation
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    FactTable,
    Figure,
    Item,
    Link,
    Portrait,
    Role,
    Row,
    Run,
    Section,
    Table,
)
from exports.briefing.figures.tenures import Bar, tenures_drawing
from exports.briefing.lives import Life, lives_of
from exports.briefing.reading import Reading, by_date, date_of, key_of, keys_of
from exports.briefing.sheet import Fact, Phrase
from exports.briefing.tenures import Held, Presence, end_cell, held_posts, post_cell, span_words, start_cell
from exports.briefing.words import BriefingOptions

_POST_SHARES = (0.44, 0.28, 0.28)
_NAME_SHARES = (0.44, 0.28, 0.28)
_SIGNED_SHARES = (0.2, 0.46, 0.34)
_PARTS_OF_NAME = ("honorific", "given_name", "family_name")
_SHOWN_ABOVE = 6
"""How many other names stand below the title; the section of names has all."""


def official_briefing(session: Session, key: uuid.UUID, options: BriefingOptions) -> Briefing:
    """The profile of one official. Raises RecordNotFound and AboveCeiling."""
    compilation = Compilation(session, options)
    reading = _Official(compilation, key)
    return compilation.briefing(BriefingKind.OFFICIAL, [reading.chapter(compilation.sections(OFFICIAL_SECTIONS))])


def official_chapter(compilation: Compilation, key: uuid.UUID, sections: Sequence[str] | None = None) -> Chapter:
    """What is known of one official: these sections of OFFICIAL_SECTIONS in this order, or all.

    Sections with nothing to say are left out. Raises RecordNotFound if there is no such official, and AboveCeiling if
    it may not be told of.
    """
    return _Official(compilation, key).chapter(compilation.sections(OFFICIAL_SECTIONS, sections))


class _Official:
    """One reading of an official, in the order of the sheet, so that notes are numbered as they are first read."""

    def __init__(self, compilation: Compilation, key: uuid.UUID) -> None:
        self._reading = Reading(compilation)
        self._labels = compilation.options.labels
        self._key = key
        self.row = self._reading.one(Person, key)

    def chapter(self, sections: Sequence[str]) -> Chapter:
        read = [Section(name, self._heading(name), tuple(_SECTIONS[name](self))) for name in sections]
        name = self.row["name"].text
        return Chapter(
            kind=BriefingKind.OFFICIAL,
            eyebrow=self._labels.official_sheet,
            title=Fact("", name, None),
            sections=tuple(section for section in read if section.blocks),
            other_titles=tuple(self._other_scripts())[:_SHOWN_ABOVE],
            link=Link(self._key, "name"),
        )

    def _heading(self, name: str) -> str:
        heading: str = getattr(self._labels, _HEADINGS.get(name, name.replace("-", "_")))
        return heading

    # what is read once for several sections

    @cached_property
    def _names(self) -> list[RecordRow]:
        return self._reading.by_column(OtherName, "record_id", [self._key])

    @cached_property
    def _tenures(self) -> list[Held]:
        return held_posts(self._reading, self._reading.by_column(Membership, "person_id", [self._key]))

    @cached_property
    def _signed(self) -> list[tuple[RecordRow, RecordRow, Life]]:
        """Signatories, each with the action and the agreement; the latest first, those without a day last."""
        signatories = self._reading.by_column(Signatory, "person_id", [self._key])
        actions = self._reading.by_id(PartyAction, keys_of(signatories, "action"))
        lives = lives_of(self._reading, keys_of(actions.values(), "agreement"))
        found = [
            (row, action, lives[agreement])
            for row in signatories
            if (action := actions.get(key_of(row, "action") or row.id))
            and (agreement := key_of(action, "agreement")) in lives
        ]
        return sorted(found, key=lambda each: _day(date_of(each[1])), reverse=True)

    @cached_property
    def _subjects(self) -> set[uuid.UUID]:
        """What an assessment or a task about this official may be about."""
        return {self._key, *(held.tenure.id for held in self._tenures)}

    # where the official stands

    def summary(self) -> Iterator[Block]:
        picture = portrait(self._reading.session, self._key)
        ceiling = self._reading.weights.ceiling
        if picture and not ceiling.above([picture.attachment]):
            ceiling.told.add(picture.attachment)
            yield Portrait(picture.data, self._labels.portrait_of.format(name=self.row["name"].text))
        yield from self._positions()
        if self.row["birth_date"].text:
            born = self._reading.date(date_of(self.row, "birth_date"))
            support = self._reading.weights.of_field(self._key, "birth_date")
            yield FactTable((Fact(self._labels.born, born, support),), (Link(self._key, "birth_date"),))

    def _positions(self) -> Iterator[Block]:
        """The posts held that day; else the last that may be; else the last that was, and a word that none is shown."""
        by_presence: dict[Presence, list[Held]] = {}
        for held in self._tenures:
            by_presence.setdefault(held.presence(self._reading.day), []).append(held)
        shown, possible = by_presence.get(Presence.SHOWN, []), by_presence.get(Presence.POSSIBLE, [])
        if shown:
            yield from (self._position(held, Role.HEADLINE) for held in shown)
            return
        day = self._reading.day_words
        if day and self._tenures:
            yield items.plain(self._labels.no_post_shown.format(date=day), Role.LEAD)
        elif not self._tenures:
            yield items.plain(self._labels.no_posts, Role.QUIET)
        past = [*possible, *by_presence.get(Presence.PAST, [])]
        label = self._labels.last_known_post if past else self._labels.coming_post
        latest = past or by_presence.get(Presence.FUTURE, [])
        yield from (replace(self._position(held, Role.STRONG), label=label) for held in latest[:1])

    def _position(self, held: Held, role: Role) -> Item:
        tenure, labels = held.tenure, self._labels
        behalf = tenure.on_behalf_of
        details = (
            ("", tenure.organization),
            ("", labels.for_state.format(name=behalf) if behalf not in ("", tenure.organization) else ""),
            ("", labels.acting if tenure.acting else ""),
            ("", span_words(self._reading, tenure)),
        )
        support = self._reading.weights.of_record(tenure.id)
        return Item((Run(tenure.post, role),), support, details=details, link=Link(tenure.id))

    # what it comes to

    def key_judgements(self) -> Iterator[Block]:
        return items.assessments(self._reading, self._subjects, AssessmentForm.KEY_JUDGEMENT)

    def talking_points(self) -> Iterator[Block]:
        return items.assessments(self._reading, self._subjects, AssessmentForm.TALKING_POINT)

    def judgements(self) -> Iterator[Block]:
        return items.assessments(self._reading, self._subjects, AssessmentForm.JUDGEMENT)

    def tasks(self) -> Iterator[Block]:
        return items.open_tasks(self._reading, self._subjects)

    def remarks(self) -> Iterator[Block]:
        return items.remarks(self._reading, self._reading.concerning(Note, self._subjects))

    # posts

    def posts(self) -> Iterator[Block]:
        if not self._tenures:
            return
        yield from self._figure()
        headings = (self._labels.post, self._labels.from_date, self._labels.to_date)
        yield Table(tuple(map(Column, headings, _POST_SHARES)), tuple(map(self._post, self._tenures)))

    def _post(self, held: Held) -> Row:
        cells = (post_cell(self._reading, held), start_cell(self._reading, held), end_cell(self._reading, held))
        return Row(cells, link=Link(held.tenure.id))

    def _figure(self) -> Iterator[Block]:
        reading, labels = self._reading, self._labels
        said = "; ".join(
            labels.tenure_words.format(post=held.tenure.title, span=span_words(reading, held.tenure))
            for held in self._tenures
        )
        alternative = labels.tenures_alternative.format(tenures=said)
        day = reading.options.day if reading.day else ""
        if day:
            alternative = f"{alternative} {labels.day_alternative.format(date=reading.day_words)}"
        bars = [self._bar(held) for held in self._tenures]
        drawing = tenures_drawing(bars, alternative, day)
        if drawing:
            marks = f" {labels.tenures_marks}" if any(bar.marks for bar in bars) else ""
            yield Figure(drawing, f"{labels.tenures_figure}{marks}")

    def _bar(self, held: Held) -> Bar:
        days = [
            day.earliest
            for row, action, _ in self._signed
            if key_of(row, "membership") == held.tenure.id and (day := date_of(action)) and day.earliest == day.latest
        ]
        is_now = held.presence(self._reading.day) is Presence.SHOWN
        return Bar(held.tenure, held.tenure.post, held.tenure.id, is_now, tuple(sorted(filter(None, days))))

    # what the official did

    def signed(self) -> Iterator[Block]:
        """What was signed, and then what only sources that are not followed say was."""
        rows = [self._signing(*each) for each in self._signed]
        rows += [self._named_otherwise(*each) for each in self._otherwise]
        if rows:
            headings = (self._labels.date, self._labels.agreement, self._labels.signed_in)
            yield Table(tuple(map(Column, headings, _SIGNED_SHARES)), tuple(rows))

    def _signing(self, row: RecordRow, action: RecordRow, life: Life) -> Row:
        weights, days = self._reading.weights, self._reading.weights.evidence(action.id)
        beside = weights.evidence(row.id).values()
        weights.number_first([days.get("date") if date_of(action) else None, *beside, days.get("signatories")])
        return Row((*self._signature(action, life), self._capacity(row, action)), link=Link(row.id))

    def _signature(self, action: RecordRow, life: Life) -> tuple[Cell, Cell]:
        """Its day, and of what agreement it is."""
        reading, agreement = self._reading, life.row
        date = reading.date(date_of(action))
        when = Run(date) if date else Run(self._labels.not_known, Role.QUIET)
        support = reading.weights.of_field(action.id, "date") if date else None
        dated = Item((when,), support, link=Link(action.id, "date"))
        what = (
            Item((Run(agreement["title"].text),), link=Link(agreement.id)),
            items.plain(self._labels.listed((action["action"].text, life.words)), Role.QUIET),
        )
        return Cell((dated,)), Cell(what)

    @cached_property
    def _otherwise(self) -> list[tuple[RecordRow, Life, list[ClaimRow]]]:
        """Actions that somebody else signed by what is on file, with the claims that name this official."""
        known = {action.id for _, action, _ in self._signed}
        named = [key for key in signatures_naming(self._reading.session, self._key) if key not in known]
        actions = self._reading.by_id(PartyAction, named)
        lives = lives_of(self._reading, keys_of(actions.values(), "agreement"))
        found = []
        for action in sorted(actions.values(), key=lambda row: _day(date_of(row)), reverse=True):
            told = self._reading.weights.evidence(action.id).get("signatories")
            claims = [claim for claim in (told.claims if told else ()) if str(self._key) in (claim.value or "")]
            life = lives.get(key_of(action, "agreement") or action.id)
            if claims and life:
                found.append((action, life, claims))
        return found

    def _named_otherwise(self, action: RecordRow, life: Life, claims: Sequence[ClaimRow]) -> Row:
        labels, reading = self._labels, self._reading
        reading.weights.number_first([reading.weights.evidence(action.id).get("date") if date_of(action) else None])
        support = reading.weights.of_claims(claims)
        outlets = dict.fromkeys(reading.compilation.notes.outlet(claim.source) for claim in claims)
        named = Run(labels.named_by.format(outlets=labels.listed(outlets)))
        lines = [Item((named,), support, link=Link(action.id, "signatories"))]
        if action["signatories"].text:
            names = labels.listed(action["signatories"].text.split("; "))
            lines.append(items.plain(labels.signed_instead.format(names=names), Role.QUIET))
        return Row((*self._signature(action, life), Cell(tuple(lines))), link=Link(action.id))

    def _capacity(self, row: RecordRow, action: RecordRow) -> Cell:
        """In which post, for whom, whether it was held that day, and how well it is known that this official signed."""
        held = next((each for each in self._tenures if each.tenure.id == key_of(row, "membership")), None)
        labels, reading = self._labels, self._reading
        claimed = reading.weights.evidence(action.id).get("signatories")
        support = reading.weights.of_record(row.id, claimed)
        behalf = row["on_behalf_of"].text or (held.tenure.on_behalf_of if held else "")
        post = held.tenure.post if held else ""
        lines = [Item((Run(post) if post else Run(labels.not_known, Role.QUIET),), support, link=Link(row.id))]
        if behalf:
            lines.append(items.plain(labels.for_state.format(name=behalf), Role.QUIET))
        if held:
            words = {
                HeldPost.YES: labels.in_post,
                HeldPost.NO: labels.not_in_post,
                HeldPost.NOT_SHOWN: labels.in_post_not_shown,
            }
            lines.append(items.plain(words[held.tenure.held_on(date_of(action))], Role.QUIET))
        return Cell(tuple(lines))

    def statements(self) -> Iterator[Block]:
        """What the official said, and what others said that the official passed on."""
        table = table_of(Statement)
        said = or_(table.c.speaker_id == self._key, table.c.relayed_by_id == self._key)
        rows = sorted(self._reading.rows(Statement, said), key=by_date)
        return items.item_list(
            items.statement(self._reading, row, of_speaker=key_of(row, "speaker") == self._key) for row in rows
        )

    def events(self) -> Iterator[Block]:
        attended = self._reading.by_column(Participation, "participant_id", [self._key])
        roles = {key_of(row, "event"): row["role"].text for row in attended}
        rows = self._reading.by_id(Event, keys_of(attended, "event")).values()
        ordered = sorted(rows, key=lambda row: _day(date_of(row)))
        return items.item_list(items.event(self._reading, row, roles[row.id]) for row in ordered)

    # names

    def names(self) -> Iterator[Block]:
        parts = [(getattr(self._labels, name), self.row[name].text) for name in _PARTS_OF_NAME]
        if self._names or self.row["honorific"].text:
            headings = (self._labels.name, self._labels.language, self._labels.name_form)
            rows = (
                self._own_name([f"{label}{self._labels.colon}{text}" for label, text in parts if text]),
                *map(self._other_name, self._names),
            )
            yield Table(tuple(map(Column, headings, _NAME_SHARES)), rows)

    def _own_name(self, parts: Iterable[str]) -> Row:
        """The name that the file knows the official by, and what it is made of."""
        link = Link(self._key, "name")
        name = Item(
            (Run(self.row["name"].text, Role.STRONG),), link=link, notes=self._reading.weights.cited(self._key, "name")
        )
        form = [items.plain(text, Role.QUIET) for text in (self._labels.main_name, *parts)]
        return Row((Cell((name,)), Cell(()), Cell(tuple(form))), link=link)

    def _other_name(self, row: RecordRow) -> Row:
        name = Run(row["name"].text, Role.BODY, row["language"].text)
        cited = self._reading.weights.cited(row.id)
        time = self._validity(date_of(row, "valid_from"), date_of(row, "valid_to"))
        form = [items.plain(text, Role.QUIET) for text in (row["notes"].text, time) if text]
        language = [items.plain(text, Role.QUIET) for text in (self._tongue(row),) if text]
        return Row((Cell((Item((name,), link=Link(row.id), notes=cited),)), Cell(tuple(language)), Cell(tuple(form))))

    def _tongue(self, row: RecordRow) -> str:
        """Language and script in words: "Norwegian, Latin"; once where both are called the same, as Japanese is."""
        code, script = row["language"].text, row["script"].text
        scripts: Mapping[str, str] = Locale.parse(self._reading.options.locale).scripts
        language = items.language_name(self._reading, code) if code else ""
        return self._labels.listed(dict.fromkeys((language, scripts.get(script, script))))

    def _validity(self, start: Edtf | None, end: Edtf | None) -> str:
        reading, labels = self._reading, self._labels
        if start and end:
            return labels.span.format(start=reading.date(start), end=reading.date(end))
        if start:
            return labels.since.format(date=reading.date(start))
        return labels.valid_until.format(date=reading.date(end)) if end else ""

    def _other_scripts(self) -> Iterator[Phrase]:
        """The names that a reader of Latin script would not know for the same."""
        for row in self._names:
            if not _is_latin(row["name"].text):
                yield Phrase(row["name"].text, row["language"].text)


def _is_latin(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


def _day(date: Edtf | None) -> str:
    return date.earliest if date and date.is_date else ""


_SECTIONS: Mapping[str, Callable[[_Official], Iterator[Block]]] = MappingProxyType(
    {
        "summary": _Official.summary,
        "key-judgements": _Official.key_judgements,
        "talking-points": _Official.talking_points,
        "posts": _Official.posts,
        "signed": _Official.signed,
        "statements": _Official.statements,
        "events": _Official.events,
        "names": _Official.names,
        "judgements": _Official.judgements,
        "tasks": _Official.tasks,
        "remarks": _Official.remarks,
    }
)
_HEADINGS = MappingProxyType({"summary": "summary_official", "signed": "signed_by", "events": "attended"})
OFFICIAL_SECTIONS = tuple(_SECTIONS)
"""The names of the sections of an official's profile, in their usual order."""
