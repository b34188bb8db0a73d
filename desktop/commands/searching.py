"""search: the records of a case file that have some words, in whatever field and script."""

import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy.orm import Session

from db.index.build import advance
from db.index.location import IndexNotWritten, discard_unused, index_path
from db.index.query import MOST, Found, Hit, search
from db.index.snippets import Segment
from db.models import Entity
from db.queries.titles import entity
from desktop.commands.parameters import Kind, file_argument, json_option, reading, singular
from desktop.documents import Document, written
from desktop.folders import search_folder
from desktop.listing import shown_id
from desktop.tables import fit, printable, terminal_width
from desktop.words import tr
from desktop.workspace import Workspace

_TURN = 0.25
"""Seconds for which the file is read at a stretch while its index is made."""


@click.command("search", short_help="Find records by their words.")
@file_argument()
@click.argument("query", metavar="QUERY")
@click.option("--kind", "kinds", type=Kind(), multiple=True, help="Only records of this kind; can be given again.")
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="At most so many records.")
@json_option
def search_command(file: Path, query: str, kinds: tuple[type[Entity], ...], limit: int, as_json: bool) -> None:
    """Find the records that have all words of the QUERY, in any field, script and kind, best first.

    Words may be beginnings of words; "quotation marks" keep a phrase together. Case and accents do not matter.
    """
    tables = [kind.__tablename__ for kind in kinds]
    with reading(file) as workspace:
        try:
            found = _search(workspace, search_folder(), query, tables, limit)
            discard_unused(search_folder())
        except IndexNotWritten:  # no cache folder, or no room in it: an index for this one time
            with TemporaryDirectory() as folder:
                found = _search(workspace, Path(folder), query, tables, limit)
    if as_json:
        click.echo(written([_document(hit) for hit in found.hits]))
    else:
        click.echo(_text(found, limit))


def _search(workspace: Workspace, folder: Path, query: str, kinds: Collection[str], limit: int) -> Found:
    path = workspace.read(index_path, folder)
    workspace.read(_refresh, path)
    return workspace.read(search, path, query, kinds=kinds, limit=limit)


def _refresh(session: Session, path: Path) -> None:
    """Bring the index up to the file's last change. The first time it is made, which is told where it takes long."""
    progress = advance(session, path, _TURN)
    is_told = not progress.is_current and sys.stderr.isatty()
    while not progress.is_current:
        if is_told:
            words = tr("Reading {done} of {total} records").format(
                done=f"{progress.done:,}", total=f"{progress.total:,}"
            )
            click.echo(f"\r{words}", err=True, nl=False)
        progress = advance(session, path, _TURN)
    if is_told:
        click.echo("\r\x1b[K", err=True, nl=False)


def _document(hit: Hit) -> Document:
    part = {"id": str(hit.part), "kind": entity(hit.part_kind).PLURAL} if hit.part != hit.record else None
    return {
        "id": str(hit.record),
        "kind": entity(hit.kind).PLURAL,
        "title": hit.name,
        "part": part,
        "field": hit.field or None,
        "snippet": [{"text": segment.text, "hit": segment.is_hit} for segment in hit.snippet],
    }


def _text(found: Found, limit: int) -> str:
    if not found.hits:
        return tr("Nothing found.")
    lines = [line for hit in found.hits for line in _lines(hit)]
    if len(found.hits) == limit:
        lines.append(tr("There may be more; --limit shows up to {most}.").format(most=MOST))
    return "\n".join(lines)


def _lines(hit: Hit) -> list[str]:
    """A record in one line and, indented, the passage that has the words, in «marks»."""
    width = terminal_width()
    heading = f"{shown_id(hit.record)}  {singular(entity(hit.kind))}  {printable(hit.name)}"
    part = "" if hit.part == hit.record else singular(entity(hit.part_kind))
    place = ", ".join(dict.fromkeys(filter(None, (part, hit.field))))
    passage = f"    {place}: {printable(_marked(hit.snippet))}"
    lines = [heading] if hit.is_in_title and hit.name == _plain(hit.snippet) else [heading, passage]
    return [line if width is None else fit(line, width) for line in lines]


def _marked(segments: Sequence[Segment]) -> str:
    return "".join(f"«{segment.text}»" if segment.is_hit else segment.text for segment in segments)


def _plain(segments: Sequence[Segment]) -> str:
    return "".join(segment.text for segment in segments)
