"""upgrade: a case file of an older version is brought up to date."""

import sys
from datetime import UTC
from pathlib import Path

import click

from db.backups import Backup
from db.header import check_header
from db.migrations.upgrade import upgrade
from db.migrations.worker import Watch
from db.opening import recover_own
from db.schema import VERSION
from desktop.commands.backups import backup_document
from desktop.commands.parameters import author_option, file_argument, json_option
from desktop.documents import written
from desktop.folders import backup_folder
from desktop.settings import editor, trust
from desktop.tables import printable
from desktop.words import tr

_PARTS = 100


@click.command("upgrade", short_help="Bring a case file of an older version up to date.")
@file_argument()
@author_option
@json_option
def upgrade_command(file: Path, author: str | None, as_json: bool) -> None:
    """Bring a case file that an older version of Depositary wrote up to date, so that it can be edited.

    FILE is kept as a backup first; a new file takes its place in one step, once it was checked. Ctrl+C calls it off.
    """
    recover_own(file, trust())
    is_present = check_header(file, older=True) == VERSION
    kept = None if is_present else _upgraded(file, editor(author).name, quiet=as_json)
    if as_json:
        click.echo(written({"file": str(file), "kept": kept and backup_document(kept)}))
    elif kept is None:
        click.echo(printable(tr("{file} is up to date already.").format(file=file)))
    else:
        told = tr("{file} is up to date. As it was until now, it is the backup of {when:%Y-%m-%d %H:%M:%S} UTC.")
        click.echo(printable(told.format(file=file, when=kept.at.astimezone(UTC))))


def _upgraded(file: Path, name: str, *, quiet: bool) -> Backup:
    if quiet or not sys.stderr.isatty():
        return upgrade(file, backup_folder(), trust(), name=name)
    with click.progressbar(length=_PARTS, label=file.name, file=sys.stderr) as bar:
        watch = Watch(lambda done: bar.update(int(done * _PARTS) - bar.pos))
        return upgrade(file, backup_folder(), trust(), name=name, watch=watch)
