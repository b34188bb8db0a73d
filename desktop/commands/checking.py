"""check: whether a case file is sound, and what there is to look at in what it says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from db.inspection import Check
from db.inspection import Finding as Fault
from db.models.vocabulary import FindingKind
from db.opening import read_again, surveyed_copy
from db.review.findings import Finding, told
from db.review.survey import review
from desktop.commands.parameters import file_argument, json_option
from desktop.documents import finding_document, review_document, written
from desktop.errors import ExitCode
from desktop.findings import field_words, heading_of
from desktop.tables import printable, some_lines, table, terminal_width
from desktop.words import tr

_MOST_OF_A_KIND = 5
"""How many findings of a kind are told on a terminal; JSON has them all."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the review found, by kind, as far as it is to be told; and how much of it somebody dismissed."""

    counts: dict[FindingKind, int]
    dismissed: int
    findings: dict[FindingKind, list[Finding]]


@click.command("check", short_help="Check that a case file is sound, and review what it says.")
@file_argument()
@click.option("--sound-only", is_flag=True, help="Only whether it is sound, not what there is to look at.")
@click.option("--dismissed", is_flag=True, help="Tell also the findings that somebody dismissed, and why.")
@json_option
def check_command(file: Path, sound_only: bool, dismissed: bool, as_json: bool) -> int:
    """Check a case file: its schema, its integrity, its references, and its log against its records.

    Of a file that is sound, the review then tells what an analyst should look at. That does not change how the
    command ends.
    """
    with surveyed_copy(file) as (copy, faults):
        reviewed = None if faults or sound_only else _review(copy, dismissed, None if as_json else _most())
    if as_json:
        click.echo(written(_document(file, faults, reviewed)))
    else:
        parts = [_check_text(file, faults), *([_review_text(reviewed)] if reviewed else [])]
        click.echo("\n\n".join(parts))
    return ExitCode.FINDINGS if faults else ExitCode.FINE


def _most() -> int | None:
    return None if terminal_width() is None else _MOST_OF_A_KIND


def _review(copy: Path, dismissed: bool, most: int | None) -> _Told:
    """Review a private copy; of each kind, no more findings than are told are put into words."""
    with read_again(copy) as session:
        reviewed = review(session)
        shown = reviewed.open.plus(reviewed.dismissed) if dismissed else reviewed.open
        findings = {kind: told(session, shown.of_kinds({kind}), most) for kind in shown.counts()}
        return _Told(reviewed.open.counts(), len(reviewed.dismissed), findings)


def _document(file: Path, faults: Sequence[Fault], reviewed: _Told | None) -> dict[str, object]:
    return {
        "file": str(file),
        "sound": not faults,
        "checks": {check.value: _verdict(check, faults) for check in Check},
        "findings": [finding_document(fault) for fault in faults],
        "review": reviewed
        and review_document(
            reviewed.counts,
            reviewed.dismissed,
            [finding for kind in FindingKind for finding in reviewed.findings.get(kind, [])],
        ),
    }


def _verdict(check: Check, faults: Sequence[Fault]) -> str:
    """Whether a check passed, failed, or was not made because an earlier one failed."""
    failed = [fault.check for fault in faults]
    if check in failed:
        return "failed"
    order = list(Check)
    stopped = next((each for each in (Check.SCHEMA, Check.INTEGRITY) if each in failed), None)
    return "skipped" if stopped and order.index(check) > order.index(stopped) else "passed"


def _check_text(file: Path, faults: Sequence[Fault]) -> str:
    names = {
        Check.SCHEMA: tr("the tables and rules of its version"),
        Check.INTEGRITY: tr("the integrity of the database"),
        Check.REFERENCES: tr("that no record points at a missing one"),
        Check.LOG: tr("that all records are as the log tells"),
    }
    verdicts = {"passed": tr("sound"), "failed": tr("FAILED"), "skipped": tr("not checked")}
    rows = [(verdicts[_verdict(check, faults)], words) for check, words in names.items()]
    lines = [printable(str(file)), table(rows, indent=2)]
    if faults:
        lines += ["", *some_lines([" ".join(filter(None, _fault_words(fault))) for fault in faults])]
    lines += ["", tr("There is something wrong with it.") if faults else tr("Nothing is wrong with it.")]
    return "\n".join(lines)


def _fault_words(fault: Fault) -> tuple[str, str, str]:
    return fault.kind, str(fault.record or ""), fault.text


def _review_text(reviewed: _Told) -> str:
    parts = [_kind_text(kind, reviewed) for kind in FindingKind if kind in reviewed.findings]
    if not reviewed.counts:
        parts.insert(0, tr("There is nothing to look at in what it says."))
    if reviewed.dismissed:
        parts.append(tr("{count} dismissed.").format(count=f"{reviewed.dismissed:,}"))
    return "\n\n".join(parts)


def _kind_text(kind: FindingKind, reviewed: _Told) -> str:
    findings, count = reviewed.findings[kind], reviewed.counts.get(kind, 0)
    lines = [f"{heading_of(kind)}: {count:,}"]
    for finding in findings:
        lines += [f"  {' · '.join(_where(finding))}", f"    {finding.sentence}"]
        if finding.dismissal:
            lines.append(tr("    Dismissed: {reason}").format(reason=finding.reason))
    if count > len(findings):
        lines.append(tr("  … and {count} more; --json has all").format(count=f"{count - len(findings):,}"))
    return "\n".join(printable(line) for line in lines)


def _where(finding: Finding) -> Iterator[str]:
    """From the record that a person knows to the field of its part."""
    return filter(None, (finding.owner_title, finding.title, field_words(finding.field)))
