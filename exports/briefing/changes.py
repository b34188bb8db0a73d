"""What differs between two states of a case file, on paper: the receipt of a merge, or a report of changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from db.captions import caption
from db.dates import describe, read
from db.merging.differences import State
from db.merging.outcome import OpenField, Outcome
from db.merging.preview import Contributor, Summary, TakenBack
from db.merging.receipts import MergeRow
from db.merging.sides import FieldDifference, PartDifference, RecordDifference
from db.merging.words import Fate, Stretch, shortened, word_difference
from db.queries.entry_changes import ChangeLine, Happening
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    FactTable,
    Front,
    Item,
    Role,
    Row,
    RowKind,
    Run,
    Section,
    Table,
)
from exports.briefing.labels import Labels
from exports.briefing.sheet import Fact

_LONGEST = 1_500
"""Characters of one value that are printed; the file has the rest."""
_AROUND = 120
"""Characters that are printed of what is the same, on either side of what is not."""


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """Every fixed word of a change report, in English. Words in braces are filled in."""

    report: str = "Change report"
    receipt: str = "Receipt of a merge"
    first: str = "Before"
    second: str = "After"
    summary: str = "Summary"
    merged: str = "Merged by"
    taken_in: str = "Taken in"
    revision: str = "revision {revision}"
    brought: str = "Brought by {name}"
    another_program: str = "another program"
    edit: str = "1 edit"
    edits: str = "{count} edits"
    span: str = "{since} to {until}"
    kept: str = "Kept, though it was deleted elsewhere"
    both: str = "Kept both, as rival claims: {values}"
    taken_back: str = "Undone by {name}"
    took_back: str = "{label}: {deeds}"
    went: str = "{records} deleted"
    set_back: str = "1 field set back"
    sets_back: str = "{count} fields set back"
    survivors: str = "Outlived a deletion"
    why_survived: str = "Deleted by one side, and kept because the other worked on them or needs them."
    open: str = "Left open"
    values: str = "Values, the last one shown"
    by: str = "{value} ({name})"
    settled: str = "settled since"
    further: str = "And {count} more."
    added: str = "Added"
    returned: str = "Brought back"
    deleted: str = "Deleted"
    changed: str = "Changed"
    fields: str = "Fields set by one side only"
    rivals: str = "Set by both sides"
    decided: str = "Decisions"
    undecided: str = "Nothing was decided: all of it was taken in, and what both sides set is still open."
    more: str = "More was decided; the history of the file shows all of it."
    undone: str = "This merge was undone afterwards."
    nothing: str = "Both hold the same."
    field: str = "Field"
    record: str = "Record"
    value: str = "Now"
    reason: str = "Reason"
    empty: str = "empty"
    rival: str = "both changed it"
    left_out: str = "And {count} further records, which the window shows."
    only_in: str = "Only in {file}"
    edited: str = "Edits only in {file}, by {name}"
    states: Mapping[State, str] | None = None
    are_beside: bool = False
    """Neither side comes after the other: nothing came or went, each has its own."""

    def edits_in(self, file: str) -> str:
        """Whose edits only a file has, with the name still to be filled in."""
        return self.edited.replace("{file}", file.replace("{", "{{").replace("}", "}}"))

    def state(self, state: State) -> str:
        """A heading for the records of one state."""
        return (self.states or _STATES)[state]

    def beside(self, first: str, second: str) -> ChangeWords:
        """The words for two files neither of which comes after the other, by their names."""
        only_first, only_second = (self.only_in.format(file=name) for name in (first, second))
        return replace(
            self,
            first=first,
            second=second,
            added=only_second,
            deleted=only_first,
            changed="Different",
            are_beside=True,
            brought=self.edits_in(second),
            states={
                State.CONFLICT: self.state(State.CONFLICT),
                State.NEW: only_second,
                State.CHANGED: "Different",
                State.DELETED: only_first,
            },
        )


_STATES = {
    State.CONFLICT: "In conflict",
    State.NEW: "New",
    State.CHANGED: "Changed",
    State.DELETED: "Deleted",
}


def change_report(
    title: str,
    summary: Summary,
    records: Iterable[RecordDifference],
    front: Front,
    *,
    left_out: int = 0,
    own: Iterable[Contributor] = (),
    words: ChangeWords = ChangeWords(),
) -> Briefing:
    """Two states side by side: the counts, then each record with its fields before and after.

    `own` are those whose edits only the first state has.
    """
    sections = [Section("summary", words.summary, (_counts(summary, own, words),))]
    by_state: dict[State, list[RecordDifference]] = {}
    for record in records:
        by_state.setdefault(record.state, []).append(record)
    for state, found in sorted(by_state.items()):
        blocks = tuple(block for record in found for block in _record(record, words))
        sections.append(Section(state.name.lower(), words.state(state), blocks))
    if left_out:
        sections[-1] = Section("rest", sections[-1].title, (*sections[-1].blocks, _quiet(words.left_out, left_out)))
    return _briefing(words.report, title, sections, front)


def receipt_report(receipt: MergeRow, front: Front, words: ChangeWords = ChangeWords()) -> Briefing:
    """What came from whom, and what was chosen."""
    facts = [
        Fact(words.taken_in, f"{receipt.origin}, {words.revision.format(revision=receipt.revision)}", None),
        Fact(words.merged, f"{receipt.author}, {_day(receipt.at)}", None),
        *_contributors(receipt.contributors, words),
        *_kinds(words.added, receipt.added),
        *_kinds(words.deleted, receipt.deleted),
        Fact(words.fields, f"{receipt.fields - receipt.rivals:,}", None),
        Fact(words.rivals, f"{receipt.rivals:,}", None),
        *(
            Fact(words.taken_back.format(name=row.who or words.another_program), _took_back(row, words), None)
            for row in receipt.taken_back
        ),
    ]
    blocks: list[Block] = [FactTable(tuple(facts))]
    if receipt.undone:
        blocks.append(Item((Run(words.undone, Role.STRONG),)))
    decided: list[Block] = [_decisions(receipt.decided, words) if receipt.decided else _quiet(words.undecided)]
    if receipt.has_more:
        decided.append(_quiet(words.more))
    sections = [
        Section("summary", words.summary, tuple(blocks)),
        Section("decided", words.decided, tuple(decided)),
        *_outcome(receipt.outcome, words),
    ]
    return _briefing(words.receipt, receipt.origin, sections, front)


def _took_back(row: TakenBack, words: ChangeWords) -> str:
    """What an undo took back here."""
    counts = [_counted(count, kind) for kind, count in row.deleted.items()]
    deeds = [words.went.format(records=", ".join(counts))] if counts else []
    if row.fields:
        deeds.append(words.set_back if row.fields == 1 else words.sets_back.format(count=f"{row.fields:,}"))
    return words.took_back.format(label=row.label, deeds=", ".join(deeds))


def _outcome(outcome: Outcome, words: ChangeWords) -> Iterator[Section]:
    """What outlived a deletion, and what nobody has chosen a value of."""
    if outcome.survivors:
        items = [Item((Run(row.title or "—"), Run(f"  {_one(row.kind)}", Role.QUIET))) for row in outcome.survivors]
        yield Section(
            "survivors",
            words.survivors,
            (_quiet(words.why_survived), *items, *_further(outcome.survived, items, words)),
        )
    if outcome.open_fields:
        columns = (Column(words.record, 0.34), Column(words.field, 0.2), Column(words.values, 0.46))
        rows = [_open_row(row, words) for row in outcome.open_fields]
        yield Section("open", words.open, (Table(columns, tuple(rows)), *_further(outcome.left_open, rows, words)))


def _further(count: int, told: Sequence[object], words: ChangeWords) -> Iterator[Item]:
    if count > len(told):
        yield _quiet(words.further, count - len(told))


def _open_row(row: OpenField, words: ChangeWords) -> Row:
    values = tuple(
        Item((Run(words.by.format(value=_cut(value) or words.empty, name=name or words.another_program)),))
        for value, name in row.values
    )
    settled = (Item((Run(words.settled, Role.QUIET),)),) if row.settled else ()
    return Row((_cell(Run(row.title or "—")), _cell(Run(caption(row.field))), Cell((*values, *settled))))


def _cut(text: str) -> str:
    return text if len(text) <= 3 * _AROUND else f"{text[: 3 * _AROUND]}…"


def _briefing(eyebrow: str, title: str, sections: Sequence[Section], front: Front) -> Briefing:
    chapter = Chapter(BriefingKind.CHANGES, eyebrow, Fact("", title, None), tuple(sections))
    return Briefing(BriefingKind.CHANGES, front, (chapter,), Labels())


def _quiet(text: str, count: int = 0) -> Item:
    return Item((Run(text.format(count=f"{count:,}"), Role.QUIET),))


def _counts(summary: Summary, own: Iterable[Contributor], words: ChangeWords) -> Block:
    before = replace(words, brought=words.edits_in(words.first))
    facts = [
        *_contributors(own, before),
        *_contributors(summary.contributors, words),
        *_kinds(words.added, summary.added),
        *_kinds(words.changed, summary.changed),
        *_kinds(words.deleted, summary.deleted),
    ]
    if summary.rivals:
        facts.append(Fact(words.rivals, f"{summary.rivals:,}", None))
    return FactTable(tuple(facts)) if summary.total else _quiet(words.nothing)


def _contributors(contributors: Iterable[Contributor], words: ChangeWords) -> Iterator[Fact]:
    for each in contributors:
        edits = words.edit if each.edits == 1 else words.edits.format(count=f"{each.edits:,}")
        since, until = _day(each.since), _day(each.until)
        when = since if since == until else words.span.format(since=since, until=until)
        yield Fact(words.brought.format(name=each.name or words.another_program), f"{edits}, {when}", None)


def _kinds(label: str, counts: Mapping[str, int]) -> Iterator[Fact]:
    if counts:
        yield Fact(label, ", ".join(_counted(count, kind) for kind, count in counts.items()), None)


def _counted(count: int, kind: str) -> str:
    return f"{count:,} {_one(kind) if count == 1 else kind.replace('-', ' ')}"


def _one(kind: str) -> str:
    """A kind in the singular."""
    plural = kind.replace("-", " ")
    return f"{plural.removesuffix('ies')}y" if plural.endswith("ies") else plural.removesuffix("s")


def _day(moment: datetime) -> str:
    return describe(read(f"{moment:%Y-%m-%d}"))


def _record(record: RecordDifference, words: ChangeWords) -> Iterator[Block]:
    yield Item((Run(record.title, Role.STRONG), Run(f"  {_one(record.kind)}", Role.QUIET)), heads=True)
    sides = _sides(record)
    rows = [row for part in record.parts for row in _part(part, part.record == record.id, sides, words)]
    heads = {Fate.GONE: words.first, Fate.ADDED: words.second}
    if rows:
        width = 0.8 / len(sides)
        yield Table((Column(words.field, 0.2), *(Column(heads[side], width) for side in sides)), tuple(rows))


def _sides(record: RecordDifference) -> tuple[Fate, ...]:
    """The columns that there is something in: one for a record that only one side has."""
    states = {part.state for part in record.parts}
    if states <= {State.NEW}:
        return (Fate.ADDED,)
    return (Fate.GONE,) if states <= {State.DELETED} else (Fate.GONE, Fate.ADDED)


def _part(part: PartDifference, is_whole: bool, sides: Iterable[Fate], words: ChangeWords) -> Iterator[Row]:
    if part.fields and not is_whole:
        heading = f"{_one(part.kind).capitalize()}: {part.title}"
        yield Row((_cell(Run(heading, Role.STRONG), Run(f"  {words.state(part.state)}", Role.QUIET)),), RowKind.GROUP)
    for each in part.fields:
        yield _field(each, sides, words)


def _field(each: FieldDifference, sides: Iterable[Fate], words: ChangeWords) -> Row:
    name = caption(each.name)
    label = _cell(Run(name), Run(f" ({words.rival})", Role.QUIET)) if each.rival else _cell(Run(name))
    found = word_difference(each.mine.text[:_LONGEST], each.theirs.text[:_LONGEST])
    stretches = tuple(shortened(stretch, _AROUND) for stretch in found)
    return Row((label, *(_side(stretches, side, words) for side in sides)))


def _side(stretches: Sequence[Stretch], own: Fate, words: ChangeWords) -> Cell:
    """One of the texts with what only it has marked; where nothing is common, all of it is plain."""
    whole = all(each.fate is not Fate.SAME for each in stretches)
    mark = Role.GONE if own is Fate.GONE and not words.are_beside else Role.ADDED
    runs = [
        Run(each.text, mark if each.fate is own and not whole else Role.BODY)
        for each in stretches
        if each.fate in (own, Fate.SAME)
    ]
    return _cell(*runs or [Run(words.empty, Role.QUIET)])


def _cell(*runs: Run) -> Cell:
    return Cell((Item(runs),))


def _decided(line: ChangeLine, words: ChangeWords) -> Cell:
    if not line.field:
        return _cell(Run(""))
    if line.rivals:
        values = " / ".join(_cut(value) or words.empty for value in line.rivals)
        return _cell(Run(words.both.format(values=values)))
    text = _cut(line.after)
    return _cell(Run(text)) if text else _cell(Run(words.empty, Role.QUIET))


def _decisions(lines: Iterable[ChangeLine], words: ChangeWords) -> Table:
    columns = (
        Column(words.record, 0.28),
        Column(words.field, 0.16),
        Column(words.value, 0.28),
        Column(words.reason, 0.28),
    )
    told = {
        Happening.ADDED: words.added,
        Happening.RETURNED: words.returned,
        Happening.DELETED: words.deleted,
        Happening.KEPT: words.kept,
    }
    rows = tuple(
        Row(
            (
                _cell(Run(line.title or line.kind)),
                _cell(Run(caption(line.field) if line.field else told.get(line.happening, words.changed))),
                _decided(line, words),
                _cell(Run(line.reason)),
            )
        )
        for line in lines
    )
    return Table(columns, rows)
