"""brief, demo: briefing sheets as PDF."""

import re
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import click

from db.dates import describe, read
from db.errors import FileRefused, InvalidValue, RecordNotFound
from db.lock import FileLock
from db.models import Agreement, Entity
from db.opening import new_file
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.case_file import last_edit
from db.queries.lookup import find_record
from db.queries.records import list_records
from db.queries.titles import class_of
from desktop.commands.parameters import PATH, Kind, author_option, file_argument, json_option, reading
from desktop.documents import Document, written
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.settings import editor, trust
from desktop.tables import printable
from desktop.words import tr
from desktop.workspace import Workspace
from exports.briefing.agreement import agreement_sheet
from exports.briefing.words import BriefingOptions
from exports.pdf import Paper, PdfOptions, render


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(tr("“{day}” is no day. Write it as 2024-09-03.").format(day=value), param, ctx)


paper_option = click.option(
    "--paper",
    type=click.Choice([paper.name for paper in Paper], case_sensitive=False),
    default=Paper.A4.name,
    show_default=True,
    help="Size of the page.",
)
date_option = click.option(
    "--date", "day", type=Day(), metavar="DATE", help="The date on the sheet; otherwise the day of the last edit."
)


@click.command("brief", short_help="Print a briefing sheet as PDF.")
@file_argument()
@click.option("--kind", type=Kind(), required=True, help="What the sheet is about; so far agreements.")
@click.option("--record", "key", metavar="ID", required=True, help="Which one.")
@click.option("-o", "--output", type=PATH, required=True, metavar="OUT.pdf", help="The PDF to make.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@paper_option
@date_option
@json_option
def brief_command(
    file: Path,
    kind: type[Entity],
    key: str,
    output: Path,
    force: bool,
    paper: str,
    day: date | None,
    as_json: bool,
) -> None:
    """Print a briefing sheet on a record as PDF."""
    if kind is not Agreement:
        raise InvalidValue(tr("There is no briefing sheet on {kind} yet, only on agreements.").format(kind=kind.PLURAL))
    _refuse_replacing(output)
    with reading(file) as workspace:
        record = workspace.read(find_record, key)
        found = workspace.read(class_of, record)
        if found is not kind:
            raise RecordNotFound(
                tr("{id} is no agreement, but one of the {kind}.").format(id=record, kind=found.PLURAL)
            )
        with new_file(output, replace=force) as draft:
            draft.write_bytes(_sheet(workspace, record, Paper[paper], day))
    if as_json:
        click.echo(written({"output": str(output), "id": str(record), "kind": kind.PLURAL}))
    else:
        click.echo(printable(tr("Printed {file}.").format(file=output)))


def _refuse_replacing(output: Path) -> None:
    """Even by force nothing but a PDF is replaced: a slip of the finger could name the case file."""
    if output.is_file():
        with output.open("rb") as file:
            if not file.read(5).startswith(b"%PDF"):
                raise FileRefused(tr("{file} is there already and is no PDF. It was not touched.").format(file=output))


def _sheet(workspace: Workspace, record: uuid.UUID, paper: Paper, day: date | None) -> bytes:
    day = day or _last_edited(workspace)
    compiled = datetime(day.year, day.month, day.day, tzinfo=UTC)
    options = BriefingOptions(date=describe(read(day.isoformat())), day=day.isoformat(), compiled=compiled)
    return render(workspace.read(agreement_sheet, record, options), PdfOptions(paper))


def _last_edited(workspace: Workspace) -> date:
    """The day of a file's last edit: a sheet's date unless told otherwise, so that it depends on the file alone."""
    last = workspace.read(last_edit)
    return last.at.date() if last else datetime.now(UTC).date()


@click.command("demo", short_help="Make the sample and its briefings.")
@click.option("--out", type=PATH, required=True, metavar="DIR", help="Where to; files of an earlier demo are replaced.")
@paper_option
@date_option
@author_option
@json_option
def demo_command(out: Path, paper: str, day: date | None, author: str | None, as_json: bool) -> None:
    """Make the sample case file and the briefings of its agreements."""
    out.mkdir(parents=True, exist_ok=True)
    case_file = out / SAMPLE_FILE
    with _locked(case_file), new_file(case_file, replace=True) as draft:
        sheets = _make_sample(draft, out, author, Paper[paper], day)
    if as_json:
        click.echo(written({"case_file": str(case_file), "briefings": sheets}))
    else:
        lines = [tr("Made {file} and the briefings of its agreements:").format(file=case_file)]
        click.echo(printable("\n".join([*lines, *(f"  {sheet['output']}" for sheet in sheets)])))


@contextmanager
def _locked(case_file: Path) -> Iterator[None]:
    """Keep a file from being opened for editing, and refuse where it is. Raises FileInUse."""
    lock = FileLock(case_file)
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make_sample(draft: Path, out: Path, author: str | None, paper: Paper, day: date | None) -> list[Document]:
    """The sample in a new case file, and a sheet per agreement."""
    workspace = make_sample(draft, trust(), editor(author))
    try:
        agreements = workspace.read(list_records, Agreement)
        names = _file_names(workspace.read(agreement_status, [row.id for row in agreements]).values())
        for row in agreements:
            with new_file(out / names[row.id], replace=True) as sheet:
                sheet.write_bytes(_sheet(workspace, row.id, paper, day))
    finally:
        workspace.close()
    return [{"id": str(row.id), "title": row.title, "output": str(out / names[row.id])} for row in agreements]


def _file_names(rows: Iterable[AgreementRow]) -> dict[uuid.UUID, str]:
    """A file name for each agreement, of its signature, parties and type; numbered where two have the same."""
    names: dict[uuid.UUID, str] = {}
    used: Counter[str] = Counter()
    for row in rows:
        day = row.signed.form if row.signed else "unsigned"
        parts = (day, *(party.name for party in row.parties), row.instrument_type or "agreement")
        stem = re.sub(r"[^a-z0-9]+", "-", " ".join(parts).casefold()).strip("-")
        used[stem] += 1
        names[row.id] = f"{stem}.pdf" if used[stem] == 1 else f"{stem}-{used[stem]}.pdf"
    return names
