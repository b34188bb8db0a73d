"""duplicates, join, not-duplicate: what may have been entered twice, and what an analyst says of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy.orm import Session

from db.duplicates.finder import Pair, duplicates, pair_of
from db.duplicates.kinds import KINDS
from db.errors import InvalidValue
from db.models import ENTITIES, Entity
from db.models.base import Duplicable
from db.operations.distinctions import tell_apart
from db.operations.joining import Unfinished, join, unfinished
from db.queries.case_file import last_edit
from db.queries.lookup import find_record
from db.queries.records import record
from desktop.commands.editing import edit_since, named, tell_edit, with_edit
from desktop.commands.parameters import Kind, author_option, file_argument, json_option, reading, writing
from desktop.documents import Document, written
from desktop.tables import printable, terminal_width
from desktop.words import tr

_MOST = 20
"""How many pairs are told on a terminal; JSON has them all."""


@dataclass(frozen=True, slots=True)
class _Found:
    pairs: Sequence[Pair]
    unfinished: Sequence[Unfinished]


@click.command("duplicates", short_help="Find what may have been entered twice.")
@file_argument()
@click.option("--kind", "kinds", type=Kind(), multiple=True, help="Only of this kind; may be given several times.")
@click.option("--told-apart", is_flag=True, help="Those that somebody said are no duplicates, and why.")
@json_option
def duplicates_command(file: Path, kinds: tuple[type[Entity], ...], told_apart: bool, as_json: bool) -> None:
    """Find likely duplicates among officials, organizations, posts, agreements, sources and publications.

    Nothing is joined by itself. The score is an order of what to look at first, and no probability.
    """
    wanted = kinds or KINDS
    other = [kind.PLURAL for kind in wanted if kind not in KINDS]
    if other:
        known = ", ".join(kind.PLURAL for kind in KINDS)
        raise InvalidValue(tr("Duplicates are found among {known}, not among {other}.").format(
            known=known, other=", ".join(other)))  # fmt: skip
    with reading(file) as workspace:
        found = workspace.read(_find, wanted, told_apart, every=not kinds)
    if as_json:
        pairs = {"duplicates": [_pair_document(pair) for pair in found.pairs]}
        click.echo(written(pairs | {"unfinished": [_unfinished_document(each) for each in found.unfinished]}))
    else:
        click.echo(_text(found, None if terminal_width() is None else _MOST))


def _find(session: Session, kinds: Sequence[type[Entity]], told_apart: bool, every: bool) -> _Found:
    """Kinds whose duplicates are not looked for can have been joined all the same."""
    joinable = [cls for cls in ENTITIES if issubclass(cls, Duplicable)] if every else kinds
    left = [] if told_apart else [each for cls in joinable for each in unfinished(session, cls)]
    return _Found(duplicates(session, kinds, judged=told_apart), left)


@click.command("join", short_help="Make one of records that were entered twice.")
@file_argument()
@click.argument("keys", metavar="ID ID...", nargs=-1, required=True)
@click.option("--take", "taken", multiple=True, metavar="FIELD=ID", help="Which record's value a field is to show.")
@author_option
@json_option
def join_command(file: Path, keys: Sequence[str], taken: Sequence[str], author: str | None, as_json: bool) -> None:
    """Join records that are the same: one of them stands for all, and what was said of the others is found at it.

    It is one edit, which `revert` takes back. Without --take a field shows the value of the record that stands for
    all, or where that has none, the first other one.
    """
    with writing(file, author) as workspace:
        records = [workspace.read(find_record, key) for key in keys]
        take = {name: workspace.read(find_record, key) for name, key in map(_split, taken)}
        titles = tr("” and “").join(workspace.read(record, key).title for key in dict.fromkeys(records))
        before = workspace.read(last_edit)
        joined = workspace.write(tr("Join “{titles}”").format(titles=titles), join, records, take)
        row, edit = workspace.read(record, joined.canonical), edit_since(workspace, before)
    if as_json:
        click.echo(written(named(row) | {"joined": [str(key) for key in joined.others]} | with_edit(edit)))
    else:
        tell_edit(edit)


@click.command("not-duplicate", short_help="Say that two records are not the same.")
@file_argument()
@click.argument("first", metavar="ID")
@click.argument("second", metavar="ID")
@click.option("--reason", required=True, help="Why they are not the same; it is kept and travels with the file.")
@author_option
@json_option
def not_duplicate_command(file: Path, first: str, second: str, reason: str, author: str | None, as_json: bool) -> None:
    """Say that two records are not the same, so that they are not offered again.

    They are offered again when what makes them look alike changes. `revert` takes it back.
    """
    with writing(file, author) as workspace:
        ends = [workspace.read(find_record, key) for key in (first, second)]
        pair = workspace.read(pair_of, *ends)
        label = tr("Tell “{first}” and “{second}” apart").format(first=pair.titles[0], second=pair.titles[1])
        before = workspace.read(last_edit)
        key = workspace.write(label, tell_apart, ends[0], ends[1], reason)
        edit = edit_since(workspace, before)
    if as_json:
        told = _pair_document(pair) | {"told_apart": {"id": str(key), "reason": reason.strip()}}
        click.echo(written(told | with_edit(edit)))
    else:
        tell_edit(edit)


def _split(pair: str) -> tuple[str, str]:
    name, equals, key = pair.partition("=")
    if not equals or not name.strip():
        raise InvalidValue(tr("“{pair}” is not FIELD=ID.").format(pair=pair))
    return name.strip(), key


def _pair_document(pair: Pair) -> Document:
    ends = zip((pair.first, pair.second), pair.titles, strict=True)
    return {
        "kind": pair.kind,
        "score": pair.score,
        "records": [{"id": str(key), "title": title} for key, title in ends],
        "reasons": list(pair.reasons),
        "told_apart": {"id": str(pair.distinction), "reason": pair.why_not} if pair.distinction else None,
    }


def _unfinished_document(each: Unfinished) -> Document:
    others = [str(key) for key in each.others]
    return {"kind": each.kind, "id": str(each.canonical), "title": each.title, "joined": others, "left": each.left}


def _text(found: _Found, most: int | None) -> str:
    if not found.pairs and not found.unfinished:
        return tr("Nothing looks as if it had been entered twice.")
    parts = ["\n".join(map(printable, _pair_lines(pair))) for pair in found.pairs[:most]]
    if most is not None and len(found.pairs) > most:
        parts.append(tr("… and {count} more; --json has all").format(count=f"{len(found.pairs) - most:,}"))
    return "\n\n".join([*parts, *(printable(_unfinished_text(each)) for each in found.unfinished)])


def _pair_lines(pair: Pair) -> list[str]:
    lines = [f"{pair.score:.2f}  {pair.kind}"]
    lines += [f"  {_end(key)}  {title}" for key, title in zip((pair.first, pair.second), pair.titles, strict=True)]
    lines += [f"    {reason}" for reason in pair.reasons]
    return lines + ([tr("    Told apart: {reason}").format(reason=pair.why_not)] if pair.distinction else [])


def _unfinished_text(each: Unfinished) -> str:
    words = tr("“{title}” was joined by several people apart, or more was said of the others since. Join again: {ids}")
    return words.format(title=each.title, ids=" ".join(_end(key) for key in (each.canonical, *each.others)))


def _end(key: uuid.UUID) -> str:
    """The end of an id, as a terminal shows it; whole for another program."""
    return str(key) if terminal_width() is None else key.hex[-8:]
