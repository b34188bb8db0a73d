"""brief, demo: briefings as PDF and DOCX."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from db.errors import InvalidValue, RecordNotFound
from db.fields import field_of
from db.lock import FileLock
from db.models import Agreement, Entity, Organization, Party, Person
from db.models.vocabulary import Tlp
from db.opening import new_file
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.case_file import case_file
from db.queries.lookup import find_record, read_references
from db.queries.records import list_records
from db.queries.titles import class_of
from desktop.commands.parameters import PATH, author_option, file_argument, json_option, reading
from desktop.documents import Document, written
from desktop.printing.names import file_stem, slug
from desktop.printing.options import Kind, SheetOptions, Subject, typed_day
from desktop.printing.saving import refuse_other_files, save_pdf
from desktop.printing.sheet import file_bytes, read_briefing, sheet_pdf
from desktop.printing.templates import remember_template
from desktop.printing.templates import template as find_template
from desktop.sample import SAMPLE_FILE, SAMPLE_OFFICIAL, SAMPLE_STATES, make_sample
from desktop.settings import editor, trust
from desktop.tables import printable
from desktop.words import tr
from desktop.workspace import Workspace
from exports.paper import Paper


class Day(click.ParamType[date]):
    """A day as people type it."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        day = typed_day(str(value))
        if day is None:
            self.fail(tr("“{day}” is not one day. Write it as 2024-09-03.").format(day=value), param, ctx)
        return day


class BriefingName(click.ParamType[Kind]):
    """A kind of briefing; the plural will do."""

    name = "kind"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Kind:
        """The kind."""
        word = str(value).casefold().removesuffix("s")
        if word not in list(Kind):
            kinds = ", ".join(Kind)
            self.fail(
                tr("There is no briefing “{kind}”. There are: {kinds}.").format(kind=value, kinds=kinds), param, ctx
            )
        return Kind(word)


_LANGUAGES = ("en", "ja", "nb")
_STYLES = ("plain", "chicago-notes", "chicago-author-date", "oscola", "apa", "ieee")
_LONGEST_CODE = 3
_GROUPINGS = ("none", "subject", "status", "party", "year")
_TLP = click.Choice([tlp.value for tlp in Tlp], case_sensitive=False)
paper_option = click.option(
    "--paper",
    type=click.Choice([paper.name for paper in Paper], case_sensitive=False),
    help="Size of the page.  [default: A4]",
)
date_option = click.option(
    "--date", "day", type=Day(), metavar="DATE", help="The date on the sheet; otherwise the day of the last edit."
)


@click.command("brief", short_help="Print a briefing as PDF or DOCX.")
@file_argument()
@click.option("--kind", type=BriefingName(), required=True, help="agreement, official, pair, register or dossier.")
@click.option("--record", "keys", metavar="ID", multiple=True, help="What it is about; of a pair both states.")
@click.option(
    "--filter", "query", metavar="QUERY", default="", help="Agreements of a register or dossier, as in `list`."
)
@click.option(
    "-o",
    "--output",
    type=PATH,
    required=True,
    metavar="OUT.pdf|OUT.docx",
    help="The file to make; its suffix says which kind.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option(
    "--template", metavar="NAME", help="Choices that were remembered for this case; others here go before them."
)
@click.option("--save-template", metavar="NAME", help="Remember the choices of this briefing for this case.")
@click.option("--group", type=click.Choice(_GROUPINGS), default="subject", show_default=True, help="Of a register.")
@click.option(
    "--sort", metavar="COLUMN", default="signed", show_default=True, help="Of a register; -COLUMN: last first."
)
@click.option("--title", metavar="TITLE", default="", help="Of a dossier; otherwise the case's.")
@click.option("--section", "sections", metavar="NAME", multiple=True, help="Sections in this order; otherwise all.")
@paper_option
@click.option("--language", type=click.Choice(_LANGUAGES), help="Of labels, terms and dates.  [default: en]")
@click.option("--style", type=click.Choice(_STYLES), help="Of citations.  [default: plain]")
@click.option("--notes", type=click.Choice(["end", "page"]), help="Where notes stand.  [default: end]")
@click.option("--plain/--colour", default=None, help="Without colour, or with it.")
@click.option("--internal/--no-internal", default=None, help="Open questions and internal notes in or out.")
@date_option
@click.option("--as-of", type=Day(), metavar="DATE", help="The file as it was known at the end of that day.")
@click.option(
    "--compiled", type=Day(), metavar="DATE", help="The day in the PDF's metadata; otherwise the date on the sheet."
)
@click.option("--marking", type=_TLP, help="A stricter marking than that of what it tells.")
@click.option("--ceiling", type=_TLP, help="Leave out what is marked above it.")
@click.option("--say-withheld/--no-say-withheld", default=None, help="Say that something was left out.")
@click.option("--originator", metavar="NAME", help="Who compiled it, printed below its title.")
@json_option
def brief_command(
    file: Path,
    kind: Kind,
    keys: tuple[str, ...],
    query: str,
    output: Path,
    force: bool,
    template: str | None,
    save_template: str | None,
    group: str,
    sort: str,
    title: str,
    as_json: bool,
    **choices: Any,
) -> None:
    """Print a briefing as PDF, or DOCX to edit: a sheet, a profile, a country pair's brief, a register or a dossier."""
    refuse_other_files(output)
    _refuse_what_says_nothing(kind, query, title)
    with reading(file) as workspace:
        case = workspace.read(case_file).id
        options = _chosen(case, template, choices)
        records = tuple(_record(workspace, kind, key) for key in keys)
        subject = Subject(kind, records, query, group, sort, title)
        briefing = read_briefing(workspace.read, subject, options)
        save_pdf(output, file_bytes(briefing, options, output.suffix), replace=force)
    if save_template and case:
        remember_template(case, save_template, options)
    if as_json:
        click.echo(written({"output": str(output), "kind": kind.value, "records": [str(key) for key in records]}))
    else:
        click.echo(printable(tr("Printed {file}.").format(file=output)))


def _refuse_what_says_nothing(kind: Kind, query: str, title: str) -> None:
    """Raises InvalidValue for a choice that this kind of briefing has not, instead of printing something else."""
    if query and kind not in (Kind.REGISTER, Kind.DOSSIER):
        raise InvalidValue(tr("--filter is for a register or a dossier."))
    if title and kind is not Kind.DOSSIER:
        raise InvalidValue(tr("--title is for a dossier."))


def _chosen(case: uuid.UUID | None, name: str | None, choices: dict[str, Any]) -> SheetOptions:
    """The template's choices, or the usual ones, with those that were made here. Raises InvalidValue."""
    usual = find_template(case, name) if name and case else SheetOptions()
    made = {
        "paper": Paper[choices["paper"]] if choices["paper"] else None,
        "day": choices["day"],
        "compiled": choices["compiled"],
        "as_of": choices["as_of"],
        "marking": Tlp(choices["marking"]) if choices["marking"] else None,
        "ceiling": Tlp(choices["ceiling"]) if choices["ceiling"] else None,
        "originator": choices["originator"],
        "language": choices["language"],
        "style": choices["style"],
        "notes_at_page": choices["notes"] == "page" if choices["notes"] else None,
        "plain": choices["plain"],
        "internal": choices["internal"],
        "says_withheld": choices["say_withheld"],
        "sections": choices["sections"] or None,
    }
    return replace(usual, **{name: value for name, value in made.items() if value is not None})


_ABOUT: dict[Kind, type[Entity]] = {Kind.AGREEMENT: Agreement, Kind.OFFICIAL: Person, Kind.PAIR: Organization}


def _record(workspace: Workspace, kind: Kind, key: str) -> uuid.UUID:
    """The record that is meant, a state also by its code. Raises RecordNotFound for one of another kind."""
    wanted = _ABOUT.get(kind)
    if wanted is Organization or (kind is Kind.DOSSIER and len(key) <= _LONGEST_CODE):
        key = workspace.read(read_references, field_of(Party, "organization"), key)
    record = workspace.read(find_record, key)
    found = workspace.read(class_of, record)
    if wanted and found is not wanted:
        raise RecordNotFound(_refusal(wanted).format(id=record, kind=found.PLURAL))
    return record


def _refusal(wanted: type[Entity]) -> str:
    """What to say of a record of another kind than the wanted one."""
    if wanted is Agreement:
        return tr("{id} is no agreement, but one of the {kind}.")
    if wanted is Person:
        return tr("{id} is no official, but one of the {kind}.")
    return tr("{id} is no state, but one of the {kind}.")


def _sheet(workspace: Workspace, subject: Subject, options: SheetOptions) -> bytes:
    return sheet_pdf(read_briefing(workspace.read, subject, options), options).pdf


@click.command("demo", short_help="Make the sample and its briefings.")
@click.option("--out", type=PATH, required=True, metavar="DIR", help="Where to; files of an earlier demo are replaced.")
@paper_option
@date_option
@author_option
@json_option
def demo_command(out: Path, paper: str | None, day: date | None, author: str | None, as_json: bool) -> None:
    """Make the sample case file and a briefing of each kind, with a sheet for each agreement."""
    out.mkdir(parents=True, exist_ok=True)
    case_file = out / SAMPLE_FILE
    with _locked(case_file), new_file(case_file, replace=True) as draft:
        sheets = _make_sample(draft, out, author, SheetOptions(Paper[paper] if paper else Paper.A4, day))
    if as_json:
        click.echo(written({"case_file": str(case_file), "briefings": sheets}))
    else:
        lines = [tr("Made {file} and its briefings:").format(file=case_file)]
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
    """The sample in a new case file, a sheet per agreement, and one briefing of each other kind."""
    workspace = make_sample(draft, trust(), editor(author))
    try:
        sheets = [*_agreement_sheets(workspace), *_other_briefings(workspace)]
        for subject, name, _ in sheets:
            save_pdf(out / name, _sheet(workspace, subject, options), replace=True)
    finally:
        workspace.close()
    return [
        {
            "kind": subject.kind.value,
            "records": [str(key) for key in subject.records],
            "title": title,
            "output": str(out / name),
        }
        for subject, name, title in sheets
    ]


def _agreement_sheets(workspace: Workspace) -> Iterator[tuple[Subject, str, str]]:
    """Each agreement with a name for its file and its title."""
    agreements = workspace.read(list_records, Agreement)
    names = _file_names(workspace.read(agreement_status, [row.id for row in agreements]).values())
    for row in agreements:
        yield Subject(Kind.AGREEMENT, (row.id,)), names[row.id], row.title


def _other_briefings(workspace: Workspace) -> Iterator[tuple[Subject, str, str]]:
    """The profile of the minister, the brief of both states, the register and the dossier."""
    title = workspace.read(case_file).title
    people = {row.title: row.id for row in workspace.read(list_records, Person)}
    states = {row["iso_code"].text: row for row in workspace.read(list_records, Organization)}
    first, second = (states[code] for code in SAMPLE_STATES)
    yield Subject(Kind.OFFICIAL, (people[SAMPLE_OFFICIAL],)), f"official-{slug(SAMPLE_OFFICIAL)}.pdf", SAMPLE_OFFICIAL
    names = f"{first.title}–{second.title}"
    yield Subject(Kind.PAIR, (first.id, second.id)), f"pair-{slug(names)}.pdf", names
    yield Subject(Kind.REGISTER), "register.pdf", title
    yield Subject(Kind.DOSSIER), "dossier.pdf", title


def _file_names(rows: Iterable[AgreementRow]) -> dict[uuid.UUID, str]:
    """A file name for each agreement, of its signature, parties and type; numbered where two have the same."""
    names: dict[uuid.UUID, str] = {}
    used: Counter[str] = Counter()
    for row in rows:
        stem = file_stem(row)
        used[stem] += 1
        names[row.id] = f"{stem}.pdf" if used[stem] == 1 else f"{stem}-{used[stem]}.pdf"
    return names
