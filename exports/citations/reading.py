"""Sources of a case file as CSL items."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Table, select
from sqlalchemy.orm import Session

from db.csl import COLUMNS, VARIABLE_NAMES
from db.dates import Edtf, read
from db.models import Contributor, SourceVariable
from db.models.vocabulary import LocatorLabel
from db.queries.records import RecordRow
from db.queries.titles import chunks
from db.triggers import table_of
from exports.citations.items import Cited, Item, Name

_DATES = frozenset({"event-date", "original-date", "available-date", "submitted"})
_NO_TEXTS = frozenset({"title", "language", "issued", "accessed"})
_UNKNOWN_TYPE = "document"

Above = Callable[[Collection[uuid.UUID]], set[uuid.UUID]]
"""Which of some records may not be told."""


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A source as the file has it, and what it appeared in."""

    source: RecordRow
    publication: RecordRow | None = None


def read_items(session: Session, sources: Sequence[CitedSource], above: Above) -> list[Item]:
    """The sources as items, in their order; names in the order given by their positions, as they were typed.

    Contributors and variables that may not be told are left out.
    """
    keys = [cited.source.id for cited in sources]
    names, variables = _names(session, keys, above), _variables(session, keys, above)
    return [_item(cited, names[cited.source.id], variables[cited.source.id]) for cited in sources]


def cited(item: int, citation: RecordRow | None) -> Cited:
    """A citation of an item, with its place; without a record, of the item as a whole."""
    if citation is None:
        return Cited(item)
    label = citation["locator_label"].value
    return Cited(item, LocatorLabel(str(label)) if label else None, citation["locator"].text)


def _item(cited: CitedSource, names: Mapping[str, list[Name]], variables: Mapping[str, str]) -> Item:
    row, publication = cited.source, cited.publication
    texts = {variable: text for variable, text in variables.items() if variable not in _DATES}
    dates = {variable: read(text) for variable, text in variables.items() if variable in _DATES}
    for variable, column in COLUMNS.items():
        value = row[column].value
        if isinstance(value, Edtf):
            dates[variable] = value
        elif variable not in _NO_TEXTS and value:
            texts[variable] = str(value)
    if publication:
        texts.setdefault("container-title", publication.title)
        texts |= _publisher(texts, publication)
    return Item(
        type=str(row["source_type"].value or _UNKNOWN_TYPE),
        title=row["title"].text,
        language=row["language"].text,
        texts=tuple(sorted(texts.items())),
        dates=tuple(sorted(dates.items())),
        names=tuple((role, tuple(people)) for role, people in sorted(names.items())),
    )


def _publisher(texts: Mapping[str, str], publication: RecordRow) -> dict[str, str]:
    """Who publishes the publication, unless the source says it itself or the publication is called the same."""
    publisher = publication["publisher"].text
    known = "publisher" in texts or not publisher or publisher == publication.title
    return {} if known else {"publisher": publisher}


def _names(session: Session, keys: Sequence[uuid.UUID], above: Above) -> dict[uuid.UUID, dict[str, list[Name]]]:
    table = table_of(Contributor)
    found: dict[uuid.UUID, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for row in sorted(_told(session, table, keys, above), key=_by_position):
        name = Name(row.family or "", row.given or "", row.literal or "")
        if name != Name():
            found[row.source_id][str(row.contributor_role)].append(name)
    return found


def _variables(session: Session, keys: Sequence[uuid.UUID], above: Above) -> dict[uuid.UUID, dict[str, str]]:
    """The variables that CSL knows; any others are not for references."""
    table = table_of(SourceVariable)
    found: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for row in _told(session, table, keys, above):
        if row.variable in VARIABLE_NAMES and row.value:
            found[row.source_id][row.variable] = row.value
    return found


def _told(session: Session, table: Table, keys: Sequence[uuid.UUID], above: Above) -> Iterator[Row[Any]]:
    """The parts of these sources that may be told, in the order in which they were entered."""
    for chunk in chunks(sorted(keys)):
        rows = session.execute(select(table).where(table.c.source_id.in_(chunk)).order_by(table.c.pk)).all()
        hidden = above([row.id for row in rows])
        yield from (row for row in rows if row.id not in hidden)


def _by_position(row: Row[Any]) -> tuple[bool, int]:
    """Those without a position last."""
    return row.position is None, row.position or 0
