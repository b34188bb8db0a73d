"""new, add, set, delete, revert: each one labelled edit, which `revert` takes back."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from db.captions import caption
from db.dates import Edtf
from db.errors import InvalidValue
from db.fields import canonical, field_of, read_value
from db.models import Acceptance, Entity
from db.operations.claims import add_acceptance
from db.operations.records import add_record, delete_record, find_existing, set_field
from db.queries.case_file import EditRow, case_file, last_edit
from db.queries.lookup import find_edit, find_record, read_references
from db.queries.records import RecordRow, record
from db.queries.titles import class_of
from desktop.commands.parameters import PATH, Kind, author_option, file_argument, json_option, singular, writing
from desktop.documents import Document, case_file_document, edit_document, written
from desktop.settings import editor, trust
from desktop.tables import printable
from desktop.words import tr
from desktop.workspace import Workspace


@click.command("new")
@click.argument("file", type=PATH)
@click.option("--title", required=True, help="What the case file is called.")
@click.option("--marking", type=click.Choice(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"], case_sensitive=False),
              help="TLP label of records that have none of their own.")  # fmt: skip
@author_option
@json_option
def new_command(file: Path, title: str, marking: str | None, author: str | None, as_json: bool) -> None:
    """Make a new case file."""
    values: dict[str, object] = {"title": title, "default_marking": marking}
    workspace = Workspace.create(file, trust(), editor(author), values)
    try:
        row = workspace.read(case_file)
    finally:
        workspace.close()
    if as_json:
        click.echo(written({"file": str(file), **case_file_document(row)}))
    else:
        click.echo(printable(tr("Made {file}.").format(file=file)))


@click.command("add", short_help="Add a record.")
@file_argument()
@click.argument("kind", type=Kind())
@click.argument("values", metavar="FIELD=VALUE...", nargs=-1, required=True)
@author_option
@json_option
def add_command(file: Path, kind: type[Entity], values: Sequence[str], author: str | None, as_json: bool) -> None:
    """Add a record of a KIND. Members of a set stand between semicolons; a state goes by its code."""
    given = dict(map(_split, values))
    if len(given) < len(values):
        raise InvalidValue(tr("One field is given twice. Members of a set go between semicolons."))
    with writing(file, author) as workspace:
        typed = workspace.read(_resolved, kind, given)
        noun = singular(kind)
        label = tr("Add {kind} “{title}”").format(kind=noun, title=_title_of(kind, given))
        workspace.read(_refuse_changing, kind, typed)
        before = workspace.read(last_edit)
        key = workspace.write(label, _OPERATIONS.get(kind, add_record), kind, typed)
        row, edit = workspace.read(record, key), edit_since(workspace, before)
    _tell_unread(row, given)
    if as_json:
        click.echo(written(named(row) | with_edit(edit)))
    else:
        words = tr("Added {kind} “{title}”: {id}") if edit else tr("{kind} “{title}” was there already: {id}")
        click.echo(printable(words.format(kind=noun, title=row.title, id=key)))


_OPERATIONS: dict[type[Entity], Callable[[Session, type[Entity], Mapping[str, object]], uuid.UUID]] = {
    Acceptance: add_acceptance,
}


def _refuse_changing(session: Session, kind: type[Entity], values: Mapping[str, str]) -> None:
    """What is there already is not changed by adding it; an analyst may change their mind, though."""
    existing = None if kind is Acceptance else find_existing(session, kind, values)
    row = record(session, existing) if existing else None
    for name, text in values.items() if row else ():
        field = field_of(kind, name)
        if row and not field.identity and canonical(read_value(field, text)) != canonical(row[name].value):
            raise InvalidValue(
                tr("“{title}” is there already: {id}. Use set to change its {field}.").format(
                    title=row.title, id=row.id, field=name
                )
            )


def _tell_unread(row: RecordRow, names: Iterable[str]) -> None:
    """Say which dates are kept as text: nothing was lost, but nothing sorts or compares by them."""
    for name in names:
        value = row[name].value
        if isinstance(value, Edtf) and not value.is_date:
            words = tr("“{text}” was not read as a date. “{field}” keeps it as text.")
            click.echo(printable(words.format(text=value.text, field=name)), err=True)


def _split(pair: str) -> tuple[str, str]:
    name, equals, value = pair.partition("=")
    if not equals or not name.strip():
        raise InvalidValue(tr("“{pair}” is not FIELD=VALUE.").format(pair=pair))
    return name.strip(), value


def _resolved(session: Session, kind: type[Entity], values: Mapping[str, str]) -> dict[str, str]:
    """The values as given, with everything that they point at by its full id."""
    return {name: read_references(session, field_of(kind, name), value) for name, value in values.items()}


def _title_of(kind: type[Entity], values: Mapping[str, str]) -> str:
    """What the new record will be called, as far as that was typed."""
    names = (name.removesuffix("_id") for name in kind.TITLE)
    return " ".join(", ".join(values[name] for name in names if values.get(name)).split())


@click.command("set", short_help="Set one field of a record.")
@file_argument()
@click.argument("key", metavar="ID")
@click.argument("field")
@click.argument("value")
@author_option
@json_option
def set_command(file: Path, key: str, field: str, value: str, author: str | None, as_json: bool) -> None:
    """Set one FIELD of a record to a VALUE; an empty VALUE ("") clears it."""
    with writing(file, author) as workspace:
        row, typed = workspace.read(_before_setting, key, field, value)
        words = tr("Set {field} of “{title}”") if value.strip() else tr("Clear {field} of “{title}”")
        before = workspace.read(last_edit)
        workspace.write(words.format(field=caption(field).lower(), title=row.title), set_field, row.id, field, typed)
        row, edit = workspace.read(record, row.id), edit_since(workspace, before)
    _tell_unread(row, [field])
    if as_json:
        click.echo(written(named(row) | {"field": field} | with_edit(edit)))
    else:
        tell_edit(edit)


def _before_setting(session: Session, text: str, field: str, value: str) -> tuple[RecordRow, str]:
    key = find_record(session, text)
    return record(session, key), read_references(session, field_of(class_of(session, key), field), value)


@click.command("delete", short_help="Delete a record.")
@file_argument()
@click.argument("key", metavar="ID")
@author_option
@json_option
def delete_command(file: Path, key: str, author: str | None, as_json: bool) -> None:
    """Delete a record with all that belongs to it. Refused while something else points at it."""
    with writing(file, author) as workspace:
        row, noun = workspace.read(_before_deleting, key)
        before = workspace.read(last_edit)
        label = tr("Delete {kind} “{title}”").format(kind=noun, title=row.title)
        count = workspace.write(label, delete_record, row.id)
        edit = edit_since(workspace, before)
    if as_json:
        click.echo(written(named(row) | {"rows": count} | with_edit(edit)))
    else:
        tell_edit(edit)


def _before_deleting(session: Session, text: str) -> tuple[RecordRow, str]:
    key = find_record(session, text)
    return record(session, key), singular(class_of(session, key))


@click.command("revert", short_help="Take back an edit or a merge.")
@file_argument()
@click.argument("key", metavar="EDIT")
@click.option("--over-later", is_flag=True, help="Also where a later edit changed the same.")
@author_option
@json_option
def revert_command(file: Path, key: str, over_later: bool, author: str | None, as_json: bool) -> None:
    """Take back an EDIT, or a merge, by a new one; taking that back redoes it."""
    with writing(file, author) as workspace:
        entry = workspace.read(find_edit, key)
        before = workspace.read(last_edit)
        workspace.revert(entry, over_later=over_later)
        edit = edit_since(workspace, before)
    if as_json:
        click.echo(written({"reverted": str(entry)} | with_edit(edit)))
    else:
        tell_edit(edit)


def edit_since(workspace: Workspace, before: EditRow | None) -> EditRow | None:
    """The edit that was just made; None if it changed nothing and so left no trace."""
    now = workspace.read(last_edit)
    return now if now and (before is None or now.id != before.id) else None


def named(row: RecordRow) -> Document:
    """Which record was meant."""
    return {"id": str(row.id), "kind": row.kind, "title": row.title}


def with_edit(edit: EditRow | None) -> Document:
    """The edit that was made."""
    return {"edit": edit_document(edit) if edit else None}


def tell_edit(edit: EditRow | None) -> None:
    """Say which edit was made."""
    words = tr("{label}. Edit {id}") if edit else tr("It is so already; nothing was changed.")
    click.echo(printable(words.format(label=edit.label, id=edit.id) if edit else words))
