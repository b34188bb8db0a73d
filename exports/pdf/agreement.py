"""The agreement sheet: which parts it has, in which order, and what each one shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from db.models.vocabulary import AssessmentForm, HeldPost
from exports.briefing.sheet import (
    AgreementSheet,
    Assessment,
    Event,
    GradeCount,
    InstrumentText,
    Ladder,
    Party,
    Phrase,
    Signatory,
    SourceSummary,
    Statement,
    Task,
)
from exports.pdf.flow import Block, Columns, Gap, Stack
from exports.pdf.ladder import ladder_block
from exports.pdf.notes import NotesSection
from exports.pdf.paragraph import Paragraph
from exports.pdf.parts import Parts, lines
from exports.pdf.styles import (
    BLOCK_GAP,
    BODY,
    EMPHASIS,
    EYEBROW,
    HEADLINE,
    LABEL,
    LEAD,
    OTHER_TITLE,
    QUIET,
    SECTION_GAP,
    SMALL,
    SMALL_QUIET,
    STRONG,
    TITLE,
    TITLE_LONG,
    TITLE_LONGEST,
    TextStyle,
)
from exports.pdf.tags import Node
from exports.pdf.text import Span

_SMALL_LABEL = 54.0  # points
_TITLE_STYLES = ((110, TITLE), (340, TITLE_LONG))  # up to so many characters
_SIGNATORY_SHARES = (0.34, 0.32, 0.34)


def agreement_story(sheet: AgreementSheet, parts: Parts) -> Stack:
    """The whole sheet as one stack of blocks. Raises MissingGlyph and UnknownNote."""
    return Stack([*AgreementStory(sheet, parts).blocks()])


class AgreementStory:
    """Builds one sheet's blocks in reading order, so that notes are first cited where they are first read."""

    def __init__(self, sheet: AgreementSheet, parts: Parts) -> None:
        self._sheet = sheet
        self._parts = parts
        self._labels = parts.labels
        self._evidence = parts.evidence

    def blocks(self) -> list[Block]:
        """Title first, notes last; a section with nothing to say is left out."""
        title = self._title()
        sections = [block for build in self._sections() for block in build()]
        if not sections:
            quiet = Paragraph([Span(self._labels.nothing_recorded, QUIET)], where=self._labels.sheet)
            sections = self._section(self._labels.status, [quiet])
        return [title, *sections, *self._sources(), *self._notes()]

    def _sections(self) -> Sequence[Callable[[], list[Block]]]:
        return (
            self._status,
            self._key_judgements,
            self._talking_points,
            self._summary,
            self._facts,
            self._parties,
            self._signatories,
            self._provisions,
            self._relations,
            self._statements,
            self._events,
            self._equipment,
            self._programmes,
            self._texts,
            self._judgements,
            self._tasks,
        )

    # head

    def _title(self) -> Block:
        sheet, where = self._sheet, self._labels.sheet
        title, support = sheet.title, sheet.title.support
        spans = self._evidence.value(title.text, title_style(title.text), support, title.language)
        blocks: list[Block] = [
            Paragraph([Span(self._labels.sheet, EYEBROW)], where=where, after=2.0),
            Paragraph(spans, Node("H1"), where=where),
            *self._evidence.rivals(support, where),
            *lines([(other.text, OTHER_TITLE, other.language) for other in sheet.other_titles], where, 1.0),
        ]
        return Stack(blocks, after=SECTION_GAP)

    def _status(self) -> list[Block]:
        sheet = self._sheet
        blocks: list[Block] = []
        if sheet.status:
            value = self._evidence.value(sheet.status.text, HEADLINE, sheet.status.support, sheet.status.language)
            blocks.append(Paragraph(value, where=self._labels.status, after=BLOCK_GAP))
            blocks += self._evidence.rivals(sheet.status.support, self._labels.status)
        if sheet.ladder:
            blocks.append(self._ladder(sheet.ladder))
        blocks += [self._named_ladder(ladder) for ladder in sheet.party_ladders]
        return self._section(self._labels.status, blocks)

    def _ladder(self, ladder: Ladder) -> Block:
        return ladder_block(ladder, self._parts.grid.column, self._evidence, self._labels)

    def _named_ladder(self, ladder: Ladder) -> Block:
        name = Paragraph([Span(ladder.name, LABEL)], where=self._labels.status, keeps_next=True)
        return Stack([name, self._ladder(ladder)], before=BLOCK_GAP)

    # what it comes to

    def _key_judgements(self) -> list[Block]:
        return self._assessments(AssessmentForm.KEY_JUDGEMENT, self._labels.key_judgements)

    def _talking_points(self) -> list[Block]:
        return self._assessments(AssessmentForm.TALKING_POINT, self._labels.talking_points)

    def _judgements(self) -> list[Block]:
        return self._assessments(AssessmentForm.JUDGEMENT, self._labels.judgements)

    def _assessments(self, form: AssessmentForm, title: str) -> list[Block]:
        chosen = [assessment for assessment in self._sheet.assessments if assessment.form is form]
        return self._list(title, [self._assessment(assessment, title) for assessment in chosen])

    def _assessment(self, assessment: Assessment, where: str) -> Block:
        labels, quiet = self._labels, SMALL_QUIET
        judgement = [Span(assessment.judgement, BODY), *self._evidence.references(assessment.notes, BODY)]
        pairs = (
            (labels.confidence, assessment.confidence),
            (labels.likelihood, assessment.likelihood),
            (labels.basis, assessment.basis),
        )
        below = [
            Paragraph([Span(f"{label}: ", quiet), Span(text, SMALL)], where=where) for label, text in pairs if text
        ]
        return Stack([Paragraph(judgement, where=where), *below])

    def _summary(self) -> list[Block]:
        fact = self._sheet.summary
        if fact is None:
            return []
        title = self._labels.summary
        value = self._evidence.value(fact.text, LEAD, fact.support, fact.language)
        paragraphs = [Paragraph(value, where=title), *self._evidence.rivals(fact.support, title)]
        return self._section(title, paragraphs)

    def _facts(self) -> list[Block]:
        facts, title = self._sheet.facts, self._labels.facts
        return self._section(title, [self._parts.facts(facts, title)] if facts else [])

    # who

    def _parties(self) -> list[Block]:
        title = self._labels.parties
        return self._list(title, [self._party(party, title) for party in self._sheet.parties])

    def _party(self, party: Party, where: str) -> Block:
        spans = [Span(party.name, STRONG), *phrases(party.names)]
        if party.role:
            spans.append(Span(f" {party.role}", QUIET))
        block = self._parts.statement(spans, party.support, where)
        if not party.facts:
            return block
        return Stack([block, self._parts.facts(party.facts, f"{where}: {party.name}")])

    def _signatories(self) -> list[Block]:
        labels, signatories = self._labels, self._sheet.signatories
        if not signatories:
            return []
        rows = [self._signatory(signatory) for signatory in signatories]
        table = self._parts.table((labels.name, labels.capacity, labels.act), _SIGNATORY_SHARES, rows)
        rivals = [paragraph for signatory in signatories for paragraph in self._signatory_rivals(signatory)]
        below = [Stack([*rivals], before=BLOCK_GAP)] if rivals else []
        return self._section(labels.signatories, [table, *below])

    def _signatory_rivals(self, signatory: Signatory) -> list[Paragraph]:
        """Who else is said to have signed: under the table, since a column is too narrow for reasons."""
        return self._evidence.rivals(signatory.support, f"{self._labels.signatories}: {signatory.name}")

    def _signatory(self, signatory: Signatory) -> list[Block]:
        where = f"{self._labels.signatories}: {signatory.name}"
        name = [Span(signatory.name, STRONG, signatory.language)]
        who = Stack(
            [
                Paragraph(self._evidence.marked(name, signatory.support), where=where),
                *lines([(other.text, QUIET, other.language) for other in signatory.names], where),
            ]
        )
        capacity = [(text, BODY, "") for text in (signatory.post, signatory.organization)]
        if signatory.on_behalf_of not in ("", signatory.organization):
            capacity.append((signatory.on_behalf_of, QUIET, ""))
        held = lines([(self._held(signatory.held_post), QUIET, "")], where)
        act = Stack([*self._act(signatory, where), *held] or [Gap()])
        return [who, _cell(capacity, where), act]

    def _act(self, signatory: Signatory, where: str) -> list[Block]:
        """What was done and when; the date stays in one piece."""
        if not (signatory.action or signatory.date):
            return []
        separator = ", " if signatory.action and signatory.date else ""
        return [
            Paragraph(
                [Span(f"{signatory.action}{separator}", BODY), Span(signatory.date, BODY, whole=True)],
                where=where,
            )
        ]

    def _held(self, held: HeldPost | None) -> str:
        labels = self._labels
        return {
            None: "",
            HeldPost.YES: labels.in_post,
            HeldPost.NO: labels.not_in_post,
            HeldPost.NOT_SHOWN: labels.in_post_not_shown,
        }[held]

    # what

    def _provisions(self) -> list[Block]:
        title = self._labels.provisions
        blocks = []
        for provision in self._sheet.provisions:
            spans = [Span(provision.kind, STRONG)]
            if provision.text:
                spans += [Span(" ", BODY), Span(provision.text, BODY, provision.language)]
            if provision.article:
                spans.append(Span(f" {provision.article}", QUIET))
            blocks.append(self._parts.statement(spans, provision.support, title))
        return self._list(title, blocks)

    def _relations(self) -> list[Block]:
        title = self._labels.relations
        blocks = []
        for relation in self._sheet.relations:
            spans = [Span(relation.title, STRONG)]
            block = self._parts.statement(spans, relation.support, title, [("", relation.status)])
            blocks.append(self._parts.labelled(relation.phrase, block, title))
        return self._list(title, blocks)

    def _statements(self) -> list[Block]:
        title = self._labels.statements
        return self._list(title, [self._statement(said, title) for said in self._sheet.statements])

    def _statement(self, said: Statement, where: str) -> Block:
        labels = self._labels
        words = f"{labels.opening_quote}{said.words}{labels.closing_quote}" if said.exact else said.words
        spans = [Span(words, BODY, said.language, tag="Quote" if said.exact else "")]
        if said.translation:
            spans.append(Span(f" {labels.opening_quote}{said.translation}{labels.closing_quote}", EMPHASIS))
        kind = "" if said.exact else labels.paraphrase
        details = [("", text) for text in (said.attribution, kind, said.date, said.occasion)]
        block = self._parts.statement(spans, said.support, where, details)
        return self._parts.labelled(said.speaker, block, where)

    def _events(self) -> list[Block]:
        title = self._labels.events
        return self._list(title, [self._event(event, title) for event in self._sheet.events])

    def _event(self, event: Event, where: str) -> Block:
        spans = [Span(event.title or event.type, STRONG)]
        kind = event.type if event.title else ""
        details = [("", kind), ("", event.place), (self._labels.participants, ", ".join(event.participants))]
        block = self._parts.statement(spans, event.support, where, details)
        return self._parts.labelled(event.date, block, where)

    def _equipment(self) -> list[Block]:
        labels, blocks = self._labels, []
        for equipment in self._sheet.equipment:
            spans = [Span(equipment.designation, STRONG)]
            if equipment.kind:
                spans.append(Span(f" {equipment.kind}", BODY))
            details = [
                (labels.manufacturer, equipment.manufacturer),
                (labels.operators, ", ".join(equipment.operators)),
            ]
            blocks.append(self._parts.statement(spans, equipment.support, labels.equipment, details))
        return self._list(labels.equipment, blocks)

    def _programmes(self) -> list[Block]:
        title, blocks = self._labels.programmes, []
        for programme in self._sheet.programmes:
            spans = [Span(programme.name, STRONG)]
            if programme.purpose:
                spans.append(Span(f" {programme.purpose}", BODY))
            details = [("", ", ".join(programme.organizations))]
            blocks.append(self._parts.statement(spans, programme.support, title, details))
        return self._list(title, blocks)

    def _texts(self) -> list[Block]:
        title = self._labels.texts
        return self._list(title, [self._text(text, title) for text in self._sheet.texts])

    def _text(self, text: InstrumentText, where: str) -> Block:
        labels = self._labels
        authentic = {True: labels.authentic, False: labels.not_authentic, None: ""}[text.authentic]
        spans = [Span(text.language, STRONG)]
        if detail := ", ".join(part for part in (authentic, text.availability) if part):
            spans.append(Span(f" {detail}", BODY))
        return self._parts.statement(spans, text.support, where, [(labels.annexes, text.annexes), ("", text.where)])

    # what is open, and what it rests on

    def _tasks(self) -> list[Block]:
        title = self._labels.tasks
        return self._list(title, [self._task(task, title) for task in self._sheet.tasks])

    def _task(self, task: Task, where: str) -> Block:
        details = [(self._labels.due, task.due), ("", task.outcome)]
        return self._parts.statement([Span(task.question, BODY)], None, where, details)

    def _sources(self) -> list[Block]:
        title = self._labels.sources
        if self._sheet.sources is None:
            blocks: list[Block] = []
            if not self._sheet.notes:
                blocks = [Paragraph([Span(self._labels.no_sources, QUIET)], where=title)]
            return self._section(title, blocks)
        return self._section(title, self._source_summary(self._sheet.sources, title))

    def _source_summary(self, summary: SourceSummary, where: str) -> list[Block]:
        labels = self._labels
        count = labels.source_count.format(sources=summary.sources, origins=summary.origins)
        grades = ", ".join(self._grade(grade) for grade in summary.grades)
        blocks: list[Block] = [Paragraph([Span(count, BODY)], where=where)]
        blocks += lines([(summary.statement, BODY, "")], where, BLOCK_GAP / 2)
        pairs = [(labels.grades, [grades] if grades else [])]
        pairs += [(labels.strengths, list(summary.strengths)), (labels.gaps, list(summary.gaps))]
        blocks += [self._labelled(label, small(texts, where), where) for label, texts in pairs if texts]
        key = self._evidence.key(where)
        return [*blocks, self._labelled(labels.key, key, where)] if key else blocks

    def _grade(self, grade: GradeCount) -> str:
        letters = " ".join((grade.reliability, grade.credibility)).strip() or self._labels.not_graded
        return self._labels.grade_count.format(count=grade.count, grade=letters)

    def _labelled(self, label: str, blocks: Sequence[Block], where: str) -> Block:
        name = Paragraph([Span(label, SMALL_QUIET)], where=where)
        room = self._parts.grid.column - _SMALL_LABEL
        return Columns([name, Stack(blocks)], (_SMALL_LABEL, room), 0, before=BLOCK_GAP / 2)

    def _notes(self) -> list[Block]:
        if not self._sheet.notes:
            return []
        section = NotesSection(self._parts.grid, self._labels, self._evidence)
        return [section.block(self._sheet.notes)]

    # shared

    def _section(self, title: str, blocks: Sequence[Block]) -> list[Block]:
        return [self._parts.section(title, blocks)] if blocks else []

    def _list(self, title: str, blocks: Sequence[Block]) -> list[Block]:
        return self._section(title, [self._parts.items(blocks)] if blocks else [])


def title_style(title: str) -> TextStyle:
    """A size for a title, smaller for one that would otherwise fill the page."""
    return next((style for limit, style in _TITLE_STYLES if len(title) <= limit), TITLE_LONGEST)


def phrases(names: Sequence[Phrase]) -> list[Span]:
    """Other names after a name."""
    return [Span(f" {name.text}", QUIET, name.language) for name in names]


def small(texts: Sequence[str], where: str) -> list[Block]:
    """Small paragraphs."""
    return lines([(text, SMALL, "") for text in texts], where)


def _cell(entries: Sequence[tuple[str, TextStyle, str]], where: str) -> Block:
    return Stack(lines(entries, where) or [Gap()])
