"""info, list, show, history: what a case file holds."""

import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from db.errors import FilterError, InvalidValue
from db.introduction import News, Writer, introduce, is_stranger, writers
from db.models import BY_TABLE, Agreement, Entity, Link
from db.queries.agreements import AgreementRow, agreement_status
from db.queries.case_file import CaseFileRow, case_file
from db.queries.history import ChangeRow, EntryRow, changes, entries
from db.queries.lookup import find_record_ever
from db.queries.records import RecordRow, list_records, referenced_titles
from db.search import listed
from desktop.commands.parameters import MAIN_KINDS, Kind, file_argument, json_option, reading
from desktop.commands.record import record_shown
from desktop.documents import (
    Document,
    Names,
    case_file_document,
    change_document,
    entry_document,
    news_document,
    record_document,
    status_document,
    writer_document,
    written,
)
from desktop.folders import data_folder
from desktop.listing import agreement_table, record_table
from desktop.settings import preferences, trust
from desktop.tables import printable, table, terminal_width, width_of, wrap
from desktop.words import tr

_MOST_WRITERS = 6


@click.command("info", short_help="Tell what a case file holds.")
@file_argument()
@json_option
def info_command(file: Path, as_json: bool) -> None:
    """Tell what a case file is and how much it holds."""
    own = trust()
    stranger = is_stranger(file, own)
    with reading(file) as workspace:
        row, people = workspace.read(case_file), workspace.read(writers)
    news = introduce(file, own, _lately_open()).news if stranger else ()
    size = file.stat().st_size
    if as_json:
        told = {"size": size, "written_here": not stranger, "writers": list(map(writer_document, people))}
        compared = {"news": list(map(news_document, news))}
        click.echo(written({"file": str(file), **case_file_document(row), **told, **compared}))
    else:
        click.echo(_info_text(file, row, size, [*_writer_facts(people), *_news_facts(news)]))


def _lately_open() -> list[Path]:
    """The files that the window had open, which may be copies of the same case; none where there was no window."""
    from desktop.recent import recent_files  # loads Qt, which takes a while

    return recent_files(preferences()) if (data_folder() / "window.ini").exists() else []


def _edits(count: int) -> str:
    return tr("one edit") if count == 1 else tr("{count} edits").format(count=f"{count:,}")


def _writer_facts(people: Sequence[Writer]) -> list[tuple[str, str]]:
    lines = [
        tr("{name}, {edits}, {first} to {last}").format(
            name=writer.name or tr("another program"),
            edits=_edits(writer.edits),
            first=f"{writer.first:%Y-%m-%d}",
            last=f"{writer.last:%Y-%m-%d}",
        )
        + (tr(" (by a clock that was ahead)") if writer.is_ahead else "")
        for writer in people[:_MOST_WRITERS]
    ]
    if len(people) > _MOST_WRITERS:
        lines.append(tr("and {count} more").format(count=f"{len(people) - _MOST_WRITERS:,}"))
    return [(tr("Written by") if number == 0 else "", line) for number, line in enumerate(lines)]


def _news_facts(news: Sequence[News]) -> list[tuple[str, str]]:
    words = tr("{edits} that {file} does not have (records added: {added}, fields set: {changed}); it lacks {lacks}")
    return [
        (
            tr("New in it"),
            words.format(
                edits=_edits(each.edits),
                file=each.path.name,
                added=f"{sum(each.added.values()):,}",
                changed=f"{each.changed:,}",
                lacks=_edits(each.lacks),
            ),
        )
        for each in news
    ]


def _info_text(file: Path, row: CaseFileRow, size: int, more: Sequence[tuple[str, str]]) -> str:
    edit = row.last_edit
    last = tr("{label}, by {author}, {when}").format(
        label=edit.label, author=edit.author or tr("another program"), when=f"{edit.at:%Y-%m-%d %H:%M} UTC"
    ) if edit else ""  # fmt: skip
    facts = [
        (tr("File"), str(file)),
        (tr("Id"), str(row.id or "")),
        (tr("Revision"), row.revision),
        (tr("Marking"), " · ".join(filter(None, (row.marking and f"TLP:{row.marking}", row.marking_line)))),
        (tr("Size"), tr("{size} KB").format(size=f"{-(-size // 1024):,}")),
        (tr("Schema version"), str(row.schema_version)),
        (tr("Edits"), f"{row.edits:,}"),
        (tr("Last edit"), last),
        *more,
        (tr("Conflicts"), f"{row.conflicts:,}"),
    ]
    kinds = [*MAIN_KINDS, *sorted(row.records.keys() - {*MAIN_KINDS, "case-files"})]
    counts = [(kind, f"{row.records[kind]:,}") for kind in kinds if kind in row.records]
    width = terminal_width()
    parts = [
        printable(row.title),
        *(wrap(row.description, width) if row.description else []),
        "",
        table([fact for fact in facts if fact[1]], width=width),
        *(["", table(counts, width=width)] if counts else []),
    ]
    return "\n".join(parts)


@click.command("list", short_help="List records of one kind.")
@file_argument()
@click.argument("kind", type=Kind())
@click.option("--filter", "text", default="", metavar="QUERY", help='Such as: party:NO status:"in force" -amendment')
@click.option("--limit", type=click.IntRange(min=1), help="At most so many records.")
@json_option
def list_command(file: Path, kind: type[Entity], text: str, limit: int | None, as_json: bool) -> None:
    """List the records of a KIND: agreements, officials, organizations, sources and so on."""
    try:
        with reading(file) as workspace:
            found, names, statuses = workspace.read(_listing, kind, text, limit)
    except FilterError as error:
        raise error if as_json else _pointing(error, text) from None
    if as_json:
        click.echo(written([_listed(row, names, statuses) for row in found]))
    elif not found:
        click.echo(tr("Nothing found.") if text else tr("There are no {kind} yet.").format(kind=kind.PLURAL))
    else:
        shown = agreement_table(list(statuses.values())) if statuses else record_table(kind, found)
        click.echo(shown)


def _listing(
    session: Session, kind: type[Entity], text: str, limit: int | None
) -> tuple[list[RecordRow], Names, dict[uuid.UUID, AgreementRow]]:
    found = list_records(session, kind, where=listed(kind, text), limit=limit)
    statuses = agreement_status(session, [row.id for row in found]) if kind is Agreement else {}
    ordered = {row.id: statuses[row.id] for row in found if row.id in statuses}
    return found, referenced_titles(session, found), ordered


def _listed(row: RecordRow, names: Names, statuses: dict[uuid.UUID, AgreementRow]) -> Document:
    derived = status_document(statuses[row.id]) if row.id in statuses else {}
    return record_document(row, names) | derived


def _pointing(error: FilterError, text: str) -> FilterError:
    """The error with the filter under it and a mark where it points."""
    line = " ".join(text.splitlines() or [text])
    mark = " " * width_of(printable(line[: error.position])) + "^"
    return FilterError(f"{error}\n  {line}\n  {mark}", error.position)


@click.command("show", short_help="Show a record with its evidence.")
@file_argument()
@click.argument("record", metavar="ID")
@click.option("--as-of", metavar="DATE", help="As this file knew it at the end of that day (YYYY-MM-DD, UTC).")
@json_option
def show_command(file: Path, record: str, as_of: str | None, as_json: bool) -> None:
    """Show a record: its fields, how well each is known, and what mentions it."""
    with reading(file) as workspace:
        shown = workspace.read(record_shown, record, as_of)
    click.echo(written(shown.document()) if as_json else shown.text())


@click.command("history", short_help="Tell who edited what and when.")
@file_argument()
@click.argument("record", metavar="[ID]", required=False)
@click.option("--field", metavar="FIELD", help="Only what was done to this field of the record.")
@json_option
def history_command(file: Path, record: str | None, field: str | None, as_json: bool) -> None:
    """Tell who edited what and when, newest first; with an ID, what was done to that record."""
    if field is not None and record is None:
        raise InvalidValue(tr("A field is a record's: name the record too."))
    with reading(file) as workspace:
        key, found = workspace.read(_history, record, field)
    if as_json:
        click.echo(written([_told(entry, details) for entry, details in found]))
    else:
        click.echo(_history_text(found, key))


Told = list[tuple[EntryRow, list[ChangeRow] | None]]


def _history(session: Session, text: str | None, field: str | None) -> tuple[uuid.UUID | None, Told]:
    """The entries; with an id the record, and its entries with what they changed in it."""
    if text is None:
        return None, [(entry, None) for entry in entries(session)]
    record = find_record_ever(session, text)
    found = entries(session, record, field)
    return record, [(entry, changes(session, entry.id, record, field)) for entry in found]


def _told(entry: EntryRow, details: list[ChangeRow] | None) -> Document:
    told = {} if details is None else {"details": [change_document(change) for change in details]}
    return entry_document(entry) | told


def _history_text(found: Told, record: uuid.UUID | None) -> str:
    whole = terminal_width() is None
    headers = (tr("Edit"), tr("When (UTC)"), tr("Who"), tr("Changes"), tr("What"))
    rows = [
        (
            str(entry.id) if whole else str(entry.id)[-8:],
            f"{entry.at:%Y-%m-%d %H:%M}",
            entry.author or tr("another program"),
            f"{entry.changes:,}",
            entry.label + _remarks(entry),
        )
        for entry, _ in found
    ]
    lines = table(rows, headers, width=terminal_width()).splitlines()
    told = [lines[0]]
    for line, (_, details) in zip(lines[1:], found, strict=True):
        told += [line, *_change_lines(details or (), record)]
    return "\n".join(told)


def _remarks(entry: EntryRow) -> str:
    remarks = {tr("undone"): entry.undone, tr("its clock was ahead"): entry.from_future}
    told = ", ".join(remark for remark, holds in remarks.items() if holds)
    return f" ({told})" if told else ""


def _change_lines(details: Sequence[ChangeRow], record: uuid.UUID | None) -> list[str]:
    """What an edit did to a record, and in numbers to its parts."""
    told = [_of_record(change) if change.record == record else _of_part(change) for change in details]
    counts = Counter(told)
    return [printable("    " + " ".join(line.format(count=counts[line]).split())) for line in dict.fromkeys(told)]


def _of_record(change: ChangeRow) -> str:
    words = {"I": tr("created"), "D": tr("deleted"), "T": tr("kept"), "U": _set_words(change)}
    return words[change.op]


def _of_part(change: ChangeRow) -> str:
    cls = BY_TABLE.get(change.kind)
    name = cls.FIELD if cls is not None and issubclass(cls, Link) else change.kind
    words = {
        "I": tr("{name}: {{count}} added"),
        "D": tr("{name}: {{count}} removed"),
        "T": tr("{name}: {{count}} kept"),
    }
    return words[change.op].format(name=name) if change.op in words else f"{name}: {_of_record(change)}"


def _set_words(change: ChangeRow) -> str:
    before, after = (value.replace("{", "{{").replace("}", "}}") for value in (change.before, change.after))
    return tr("{field}: “{before}” → “{after}”").format(field=change.field, before=before, after=after)
