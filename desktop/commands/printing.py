"""brief, demo: briefing sheets as PDF."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from db.errors import InvalidValue, RecordNotFound
from db.fields import field_of
from db.lock import FileLock
from db.models import Agreement, Entity, Organization, Party, Person
from db.models.vocabulary import Tlp
from db.opening import new_file
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.lookup import find_record, read_references
from db.queries.records import list_records
from db.queries.titles import class_of
from desktop.commands.parameters import PATH, author_option, file_argument, json_option, reading
from desktop.documents import Document, written
from desktop.printing.names import file_stem
from desktop.printing.options import SheetOptions
from desktop.printing.saving import refuse_other_files, save_pdf
from desktop.printing.sheet import read_briefing, sheet_pdf
from desktop.sample import SAMPLE_FILE, make_sample
from desktop.settings import editor, trust
from desktop.tables import printable
from desktop.words import tr
from desktop.workspace import Workspace
from exports.briefing.document import BriefingKind
from exports.paper import Paper


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


@dataclass(frozen=True, slots=True)
class About:
    """What a kind of sheet is about: so many records of one kind."""

    cls: type[Entity]
    count: int = 1


_ABOUT: Mapping[BriefingKind, About] = {
    BriefingKind.AGREEMENT: About(Agreement),
    BriefingKind.OFFICIAL: About(Person),
    BriefingKind.PAIR: About(Organization, 2),
}


class SheetKind(click.ParamType[BriefingKind]):
    """A kind of sheet, in the singular or the plural."""

    name = "kind"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> BriefingKind:
        """The kind."""
        word = str(value).casefold()
        for kind in _ABOUT:
            if word in (kind.value, f"{kind.value}s"):
                return kind
        kinds = ", ".join(kind.value for kind in _ABOUT)
        self.fail(tr("There is no briefing sheet “{kind}”. There are: {kinds}.").format(kind=value, kinds=kinds))


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
@click.option("--kind", type=SheetKind(), required=True, help="What the sheet is about: agreement, official or pair.")
@click.option(
    "--record",
    "keys",
    metavar="ID",
    required=True,
    multiple=True,
    help="Which one; for a pair, both states, also by their codes.",
)
@click.option("-o", "--output", type=PATH, required=True, metavar="OUT.pdf", help="The PDF to make.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@paper_option
@date_option
@click.option(
    "--compiled", type=Day(), metavar="DATE", help="The day in the PDF's metadata; otherwise the date on the sheet."
)
@click.option(
    "--marking",
    type=click.Choice([tlp.value for tlp in Tlp], case_sensitive=False),
    help="A stricter marking than the file's.",
)
@click.option("--originator", metavar="NAME", default="", help="Who compiled the sheet, printed below its title.")
@json_option
def brief_command(
    file: Path,
    kind: BriefingKind,
    keys: tuple[str, ...],
    output: Path,
    force: bool,
    paper: str,
    day: date | None,
    compiled: date | None,
    marking: str | None,
    originator: str,
    as_json: bool,
) -> None:
    """Print a briefing sheet on a record, or on two states, as PDF."""
    about = _ABOUT[kind]
    if len(keys) != about.count:
        raise InvalidValue(
            tr("A sheet of this kind takes --record {count} times, not {given}.").format(
                count=about.count, given=len(keys)
            )
        )
    refuse_other_files(output)
    options = SheetOptions(Paper[paper], day, compiled, Tlp(marking) if marking else None, originator)
    with reading(file) as workspace:
        records = [_find(workspace, about, key) for key in keys]
        save_pdf(output, _sheet(workspace, kind, records, options), replace=force)
    if as_json:
        told = {"id": str(records[0])} if about.count == 1 else {"ids": [str(record) for record in records]}
        named = about.cls.PLURAL if about.count == 1 else kind.value
        click.echo(written({"output": str(output), **told, "kind": named}))
    else:
        click.echo(printable(tr("Printed {file}.").format(file=output)))


def _find(workspace: Workspace, about: About, key: str) -> uuid.UUID:
    """The record that is meant, a state also by its code. Raises RecordNotFound for one of another kind."""
    if about.cls is Organization:
        key = workspace.read(read_references, field_of(Party, "organization"), key)
    record = workspace.read(find_record, key)
    found = workspace.read(class_of, record)
    if found is not about.cls:
        raise RecordNotFound(_refusal(about.cls).format(id=record, kind=found.PLURAL))
    return record


def _refusal(wanted: type[Entity]) -> str:
    """What to say of a record of another kind than the wanted one."""
    if wanted is Agreement:
        return tr("{id} is no agreement, but one of the {kind}.")
    if wanted is Person:
        return tr("{id} is no official, but one of the {kind}.")
    return tr("{id} is no state, but one of the {kind}.")


def _sheet(workspace: Workspace, kind: BriefingKind, records: Sequence[uuid.UUID], options: SheetOptions) -> bytes:
    return sheet_pdf(read_briefing(workspace.read, kind, records, options), options).pdf


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
        sheets = _make_sample(draft, out, author, SheetOptions(Paper[paper], day))
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


def _make_sample(draft: Path, out: Path, author: str | None, options: SheetOptions) -> list[Document]:
    """The sample in a new case file, and a sheet per agreement."""
    workspace = make_sample(draft, trust(), editor(author))
    try:
        agreements = workspace.read(list_records, Agreement)
        names = _file_names(workspace.read(agreement_status, [row.id for row in agreements]).values())
        for row in agreements:
            save_pdf(out / names[row.id], _sheet(workspace, BriefingKind.AGREEMENT, [row.id], options), replace=True)
    finally:
        workspace.close()
    return [{"id": str(row.id), "title": row.title, "output": str(out / names[row.id])} for row in agreements]


def _file_names(rows: Iterable[AgreementRow]) -> dict[uuid.UUID, str]:
    """A file name for each agreement, of its signature, parties and type; numbered where two have the same."""
    names: dict[uuid.UUID, str] = {}
    used: Counter[str] = Counter()
    for row in rows:
        stem = file_stem(row)
        used[stem] += 1
        names[row.id] = f"{stem}.pdf" if used[stem] == 1 else f"{stem}-{used[stem]}.pdf"
    return names
