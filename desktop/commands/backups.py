"""backups, restore: the backups of a case file, and one of them in its place or as a new file."""

from datetime import UTC, datetime
from pathlib import Path

import click

from db.backups import Backup, backups_of, read_name
from db.errors import FileRefused
from db.restoring import restore, restore_copy
from desktop.commands.parameters import PATH, author_option, file_argument, json_option
from desktop.documents import Document, written
from desktop.folders import backup_folder
from desktop.settings import editor, trust
from desktop.tables import printable, table, terminal_width
from desktop.words import tr


@click.command("backups", short_help="List the backups of a case file.")
@file_argument()
@json_option
def backups_command(file: Path, as_json: bool) -> None:
    """List the backups of a case file, the newest first, also where the file itself is lost."""
    found = backups_of(file, backup_folder())
    if as_json:
        click.echo(written({"file": str(file), "backups": [backup_document(backup) for backup in found]}))
    elif not found:
        click.echo(printable(tr("There is no backup of {file}.").format(file=file)))
    else:
        rows = [
            (_when(backup), backup.why.value, f"{-(-backup.size // 1024):,} KB", backup.revision, backup.of)
            for backup in found
        ]
        headers = (tr("When (UTC)"), tr("Why"), tr("Size"), tr("Revision"), tr("Of"))
        click.echo(table(rows, headers, width=terminal_width()))


@click.command("restore", short_help="Restore a backup of a case file.")
@file_argument()
@click.argument("backup")
@click.option("-o", "--output", type=PATH, help="Make a new file of it, and leave FILE as it is.")
@author_option
@json_option
def restore_command(file: Path, backup: str, output: Path | None, author: str | None, as_json: bool) -> None:
    """Put a BACKUP in the place of FILE, after FILE was backed up as it is.

    BACKUP is when it was made, as `depositary backups` tells it, or as much of that as is needed; or its path; or
    `newest`, the newest one of a file of this name. `depositary compare FILE BACKUP` tells what would change.
    """
    chosen = _chosen(file, backup)
    kept: Backup | None = None
    if output is not None:
        restore_copy(chosen, output, trust())
    else:
        kept = restore(file, chosen, backup_folder(), trust(), name=editor(author).name).kept
    made = output or file
    if as_json:
        click.echo(
            written({"file": str(made), "backup": backup_document(chosen), "kept": kept and backup_document(kept)})
        )
    else:
        click.echo(_restored_text(made, chosen, kept))


def _restored_text(made: Path, backup: Backup, kept: Backup | None) -> str:
    told = tr("{file} is as it was on {when} UTC (revision {revision}).")
    lines = [told.format(file=made, when=_when(backup), revision=backup.revision)]
    if kept is not None:
        lines.append(tr("As it was until now, it is the backup of {when} UTC.").format(when=_when(kept)))
    return printable("\n".join(lines))


def _chosen(file: Path, words: str) -> Backup:
    """The backup that is meant. Raises FileRefused."""
    path = Path(words)
    named = read_name(path) if path.is_file() else None
    if named is not None:
        return named
    found = backups_of(file, backup_folder())
    if words == "newest" and found:
        return next((backup for backup in found if backup.is_of(file)), found[0])
    meant = [backup for backup in found if _when(backup).startswith(words) or backup.path.name.startswith(words)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise click.UsageError(tr("“{words}” can mean {count} backups.").format(words=words, count=len(meant)))
    raise FileRefused(tr("There is no such backup of {file}. `depositary backups` lists them.").format(file=file))


def _when(backup: Backup) -> str:
    return f"{backup.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def backup_document(backup: Backup) -> Document:
    """A backup in JSON."""
    return {
        "path": str(backup.path),
        "of": backup.of,
        "at": datetime.isoformat(backup.at),
        "why": backup.why.value,
        "size": backup.size,
        "revision": backup.revision,
    }
