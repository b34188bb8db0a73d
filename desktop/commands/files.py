"""compare, merge: case files as wholes. None of them writes a file that it is given."""

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from db.compare import Comparison as Told
from db.compare import Side, compare
from db.errors import RecordNotFound
from db.fields import field_of
from db.merging.choices import Rule, decisions
from db.merging.comparison import Comparison, compare_files, compare_merge, compare_moments
from db.merging.decisions import Choice, Decision
from db.merging.preview import Contributor, TakenBack, summary
from db.merging.receipts import merge_receipt
from db.merging.union import MergeReceipt
from db.merging.words import Fate, shortened, word_difference
from db.models import BY_TABLE, Entity
from db.opening import new_file, private_copy
from db.queries import Session
from db.queries.history import ConflictRow, conflicts
from db.queries.lookup import find_record
from db.queries.titles import class_of, kinds_of, titles
from desktop.commands.parameters import PATH, author_option, file_argument, json_option, writing
from desktop.documents import (
    Document,
    comparison_document,
    conflict_document,
    contributor_document,
    named_documents,
    taken_back_document,
    written,
)
from desktop.errors import ExitCode
from desktop.listing import shown_id
from desktop.printing.saving import save_pdf
from desktop.settings import editor, trust
from desktop.tables import printable, some_lines, table, terminal_width
from desktop.words import tr


@click.command("compare", short_help="Compare two case files, or one at two moments.")
@file_argument("first")
@click.argument("second", type=PATH, required=False)
@click.option("--since", metavar="DATE|EDIT", help="One file: as it was at the end of a day or after an edit, and now.")
@click.option("-o", "--output", type=PATH, help="Also write a change report, as PDF or DOCX.")
@json_option
def compare_command(first: Path, second: Path | None, since: str | None, output: Path | None, as_json: bool) -> int:
    """Tell what each of two case files has that the other has not, and which fields differ.

    With --since, the same of one file at two moments.
    """
    if (second is None) == (since is None):
        raise click.UsageError(tr("Name a second file, or a moment of the first with --since."))
    with tempfile.TemporaryDirectory(prefix="depositary-") as folder:
        sides = _laid_out(Path(folder), first, second, since or "")
        found = compare(sides.first, sides.second)
        if output is not None:
            names = _apart(first, second) if second else None
            since_then = tr("{file} since {moment}").format(file=first.name, moment=since)
            _report(sides, f"{first.name} – {second.name}" if second else since_then, output, names)
    if as_json:
        click.echo(written(comparison_document(found)))
    else:
        names = (str(first), str(second)) if second else (tr("the file at {moment}").format(moment=since), str(first))
        click.echo(_comparison_text(found, *names))
        if output is not None:
            click.echo("\n" + tr("Printed {file}.").format(file=printable(str(output))))
    return ExitCode.FINE if found.is_same else ExitCode.FINDINGS


def _apart(first: Path, second: Path) -> tuple[str, str]:
    """What two files are called, so that one can tell them apart."""
    return (first.name, second.name) if first.name != second.name else (str(first), str(second))


def _report(sides: Comparison, title: str, output: Path, names: tuple[str, str] | None) -> None:
    from desktop.printing.changes import comparison_bytes  # here: most comparisons make no PDF

    save_pdf(output, comparison_bytes(sides, title, output.suffix, names=names))


def _laid_out(folder: Path, first: Path, second: Path | None, since: str) -> Comparison:
    with private_copy(first, trust()) as mine:
        if second is None:
            return compare_moments(folder, mine, since)
        with private_copy(second, trust()) as theirs:
            return compare_files(folder, mine, theirs)


def _comparison_text(found: Told, first: str, second: str) -> str:
    if found.is_same:
        return tr("Both hold the same (revision {revision}).").format(revision=found.first.revision)
    parts = [_side_text(found.first, first), _side_text(found.second, second)]
    if found.differences:
        rows = [(row.kind, row.title, row.field, row.first or "—", row.second or "—") for row in found.differences]
        headers = (tr("Kind"), tr("Record"), tr("Field"), tr("First"), tr("Second"))
        told = some_lines(table(rows, headers, width=terminal_width(), indent=2).splitlines())
        parts.append("\n".join([tr("Fields that differ"), *told]))
    return "\n\n".join(part for part in parts if part)


def _side_text(side: Side, name: str) -> str:
    heading = tr("Only in {file} (revision {revision})").format(file=printable(name), revision=side.revision)
    lines: list[str] = []
    if side.edits:
        rows = [(shown_id(edit.id), f"{edit.at:%Y-%m-%d %H:%M}", edit.author, edit.label) for edit in side.edits]
        lines += [tr("  edits"), *some_lines(table(rows, width=terminal_width(), indent=4).splitlines())]
    if side.records:
        own = [(shown_id(row.id), row.kind, row.title) for row in side.records]
        lines += [tr("  records"), *some_lines(table(own, width=terminal_width(), indent=4).splitlines())]
    return "\n".join([heading, *lines]) if lines else ""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge with everything that it names in words."""

    receipt: MergeReceipt
    conflicts: tuple[ConflictRow, ...]
    survivors: tuple[tuple[uuid.UUID, str, str], ...]
    """Id, kind and title of records that were deleted on one side and live on."""
    decided: int
    """Changes that decisions made."""
    brought: tuple[Contributor, ...]
    """Who made the edits that were taken in."""
    taken_back: tuple[TakenBack, ...]
    """What somebody had undone, and what that takes back."""


_WHAT = "conflicts, undone (what they undid), all, an ID, or an ID and a field as ID:title"


@click.command("merge", short_help="Merge two case files into a new one.")
@file_argument("first")
@file_argument("second")
@click.option("-o", "--output", type=PATH, help="The file to make; both others stay as they are.")
@click.option("--dry-run", is_flag=True, help="Only tell what would happen.")
@click.option("--keep-mine", metavar="WHAT", multiple=True, help=f"Keep what the first file has: {_WHAT}.")
@click.option("--take-theirs", metavar="WHAT", multiple=True, help="Take what the second file has.")
@click.option("--keep-both", metavar="WHAT", multiple=True, help="Keep both values, as rival claims.")
@click.option("--reason", default="", help="Why; it is kept with each of these decisions.")
@author_option
@json_option
def merge_command(
    first: Path,
    second: Path,
    output: Path | None,
    dry_run: bool,
    keep_mine: tuple[str, ...],
    take_theirs: tuple[str, ...],
    keep_both: tuple[str, ...],
    reason: str,
    author: str | None,
    as_json: bool,
) -> None:
    """Merge two case files into a new one, which holds all that both know.

    What you decide about it is one edit after the merge, so it travels to your colleague and can be undone.
    """
    if output is None and not dry_run:
        raise click.UsageError(tr("Say where the merged file goes: -o OUT. Or use --dry-run."))
    wishes = [(Choice.MINE, keep_mine), (Choice.THEIRS, take_theirs), (Choice.BOTH, keep_both)]
    chosen = [(choice, what, reason) for choice, found in wishes for what in found]
    if dry_run or output is None:
        with tempfile.TemporaryDirectory(prefix="depositary-") as folder:
            merged = _merge(first, second, Path(folder) / first.name, author, chosen)
        output = None
    else:
        with new_file(output) as draft:
            merged = _merge(first, second, draft, author, chosen)
    click.echo(written(_merge_document(merged, output)) if as_json else _merge_text(merged, output))


Wish = tuple[Choice, str, str]
"""A choice, what it is about, and why."""


def _merge(first: Path, second: Path, draft: Path, author: str | None, wishes: list[Wish]) -> Merged:
    """Make the merged file of two that stay as they are."""
    with private_copy(first, trust()) as copy:
        shutil.copyfile(copy, draft)
    decided = _decisions(draft, second, author, wishes) if wishes else ()
    with writing(draft, author) as workspace:
        receipt = workspace.merge(second, decided)
        rivals = {(rival.record, rival.field.removesuffix("_id")) for rival in receipt.conflicts}
        told = [row for row in workspace.read(conflicts) if (row.record, row.field) in rivals]
        kinds = workspace.read(kinds_of, receipt.survivors)
        names = workspace.read(titles, kinds)
        survivors = [(key, _plural(kind), names[key]) for key, kind in kinds.items()]
        kept = workspace.read(merge_receipt, receipt.id) if receipt.changes else None
        count, brought, taken_back = (kept.count, kept.contributors, kept.taken_back) if kept else (0, (), ())
        return Merged(receipt, tuple(told), tuple(survivors), count, brought, taken_back)


def _decisions(draft: Path, second: Path, author: str | None, wishes: list[Wish]) -> tuple[Decision, ...]:
    """What is to be decided about single fields and records. Raises InvalidValue, RecordNotFound."""
    with tempfile.TemporaryDirectory(prefix="depositary-") as folder, private_copy(second, trust()) as theirs:
        sides = compare_merge(Path(folder), draft, theirs, editor(author))
        with sides.sessions() as (mine, merged):
            undone = [row.edit for row in summary(sides).taken_back]
            rules = [rule for wish in wishes for rule in _rules(mine, merged, undone, *wish)]
        return decisions(sides, rules)


def _rules(mine: Session, merged: Session, undone: list[uuid.UUID], *wish: *Wish) -> list[Rule]:
    choice, what, reason = wish
    if what == "undone":
        return [Rule(choice, undo=edit, reason=reason) for edit in undone]
    return [_rule(mine, merged, choice, what, reason)]


def _rule(mine: Session, merged: Session, choice: Choice, what: str, reason: str) -> Rule:
    if what in ("all", "conflicts"):
        return Rule(choice, rivals_only=what == "conflicts", reason=reason)
    key, _, name = what.partition(":")
    try:
        record, session = find_record(merged, key), merged
    except RecordNotFound:
        record, session = find_record(mine, key), mine
    if not name:
        return Rule(choice, whole=record, reason=reason)
    return Rule(choice, rows=(record,), column=field_of(class_of(session, record), name).column, reason=reason)


def _plural(table_name: str) -> str:
    cls = BY_TABLE[table_name]
    return cls.PLURAL if issubclass(cls, Entity) else cls.__tablename__


def _merge_document(merged: Merged, output: Path | None) -> Document:
    receipt = merged.receipt
    return {
        "output": str(output) if output else None,
        "id": str(receipt.id),
        "revision": receipt.revision,
        "same_case": receipt.same_case,
        "edits": receipt.edits,
        "brought_by": [contributor_document(each) for each in merged.brought],
        "taken_back": list(map(taken_back_document, merged.taken_back)),
        "changes": receipt.changes,
        "added": _by_plural(receipt.added),
        "deleted": _by_plural(receipt.deleted),
        "changed_fields": receipt.changed,
        "decision": str(receipt.decision) if receipt.decision else None,
        "decided_changes": merged.decided,
        "conflicts": [conflict_document(conflict) for conflict in merged.conflicts],
        "survivors": named_documents(merged.survivors),
    }


def _by_plural(counts: dict[str, int]) -> dict[str, int]:
    """Counts of records; the members of sets, which are rows too, are no records."""
    return {_plural(kind): count for kind, count in sorted(counts.items()) if issubclass(BY_TABLE[kind], Entity)}


def _undone(row: TakenBack) -> str:
    """Who undid what, and what that takes back."""
    gone = [tr("deletes {count} {kind}").format(count=f"{count:,}", kind=kind) for kind, count in row.deleted.items()]
    back = (
        tr("sets back 1 field") if row.fields == 1 else tr("sets back {count} fields").format(count=f"{row.fields:,}")
    )
    deeds = ", ".join([*gone, *([back] if row.fields else [])])
    return tr("{label}, by {name}: {deeds}").format(label=row.label, name=row.who or tr("another program"), deeds=deeds)


def _edits(brought: Contributor) -> str:
    first, last = f"{brought.since:%Y-%m-%d}", f"{brought.until:%Y-%m-%d}"
    when = first if first == last else tr("{first} to {last}").format(first=first, last=last)
    return f"{brought.edits:,}, {when}"


def _merge_text(merged: Merged, output: Path | None) -> str:
    receipt = merged.receipt
    words = tr("Made {file}.") if output else tr("This is what a merge would do; nothing was written.")
    lines = [printable(words.format(file=output))]
    if not receipt.same_case:
        lines.append(tr("They are no copies of one case file, but two: the older one's title stays."))
    if not receipt.edits:
        return "\n".join([*lines, tr("The first file knew everything that the second one knows.")])
    rows = [
        (tr("edits taken in"), f"{receipt.edits:,}"),
        *((tr("  by {name}").format(name=each.name or tr("another program")), _edits(each)) for each in merged.brought),
        *_counted(tr("{kind} added"), receipt.added),
        *_counted(tr("{kind} deleted"), receipt.deleted),
        (tr("fields changed"), f"{receipt.changed:,}"),
        (tr("changed by your decisions"), f"{merged.decided:,}"),
        (tr("conflicts"), f"{len(merged.conflicts):,}"),
        (tr("revision"), receipt.revision),
    ]
    lines += ["", table(rows, indent=2)]
    if merged.taken_back:
        heading = tr("Undone there, and so taken back here unless you keep it (--keep-mine undone)")
        lines += ["", heading, *(f"  {printable(_undone(row))}" for row in merged.taken_back)]
    if merged.conflicts:
        lines += [
            "",
            tr("Fields that both set, with what differs; the last value is shown"),
            *some_lines(list(_conflict_lines(merged))),
        ]
    if merged.survivors:
        own = [(shown_id(key), kind, title) for key, kind, title in merged.survivors]
        heading = tr("Deleted on one side, and kept because the other side worked on them or needs them")
        lines += ["", heading, *some_lines(table(own, width=terminal_width(), indent=2).splitlines())]
    return "\n".join(lines)


def _counted(words: str, counts: dict[str, int]) -> list[tuple[str, str]]:
    return [(words.format(kind=kind), f"{count:,}") for kind, count in _by_plural(counts).items()]


def _conflict_lines(merged: Merged) -> Iterator[str]:
    for conflict in merged.conflicts:
        *others, shown = conflict.values
        told = [_marked(value, shown, Fate.GONE) for value in others]
        told.append(_marked(others[-1], shown, Fate.ADDED) if len(others) == 1 else shown)
        values = " / ".join(f"“{value}”" for value in told)
        yield printable(f"  {shown_id(conflict.record)}  {conflict.title}: {conflict.field}: {values}")


def _marked(value: str, shown: str, own: Fate) -> str:
    """One of two texts with what only it has between marks, where there is something in common."""
    stretches = word_difference(value, shown)
    if not any(each.fate is Fate.SAME and each.text.strip() for each in stretches):
        return value if own is Fate.GONE else shown
    begin, end = _MARKS[own]
    told = (shortened(each, _AROUND) for each in stretches if each.fate in (own, Fate.SAME))
    return " ".join("".join(f"{begin}{each.text}{end}" if each.fate is own else each.text for each in told).split())


_MARKS = {Fate.GONE: ("[-", "-]"), Fate.ADDED: ("{+", "+}")}
"""Around words that differ, as in a word difference of Git."""
_AROUND = 40
