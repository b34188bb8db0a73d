"""A chronology: everything that has a day, in one table by year."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from db.dates import Edtf
from db.models import Agreement
from db.models.vocabulary import Action
from db.queries.records import RecordRow
from exports.briefing import items
from exports.briefing.document import Block, Cell, Column, Item, Link, Role, Row, RowKind, Run, Table
from exports.briefing.reading import Reading, date_of, keys_of
from exports.briefing.sheet import Support

_SHARES = (0.24, 0.76)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a day. `support` is asked only when it is printed, so that notes are numbered in order.

    It has a mark and notes for what is said; what rivals say stands in the sheets.
    """

    record: uuid.UUID
    field: str
    date: Edtf | None
    title: str
    details: tuple[str, ...]
    support: Callable[[Reading], Support]
    rank: int = 0
    """Among what took place on one day: the steps of an agreement's life come in their own order."""

    @classmethod
    def of_actions(cls, reading: Reading, rows: Sequence[RecordRow]) -> list["Happening"]:
        """Actions: what they were, by whom, of which agreement by its whole title."""
        agreements = reading.by_id(Agreement, keys_of(rows, "agreement"))
        titles: dict[object, str] = {key: row["title"].text for key, row in agreements.items()}
        return [cls._of_action(row, titles.get(row["agreement"].value, row["agreement"].text)) for row in rows]

    @classmethod
    def _of_action(cls, row: RecordRow, agreement: str) -> "Happening":
        party = row["organization"].text
        action = row["action"].text.capitalize()
        return cls(
            row.id,
            "date",
            date_of(row),
            f"{action}: {agreement}",
            tuple(text for text in (party, row["place"].text) if text),
            lambda reading: reading.weights.of_field(row.id, "date", argued=False),
            1 + list(Action).index(Action(str(row["action"].value))),
        )

    @classmethod
    def of_event(cls, reading: Reading, row: RecordRow) -> "Happening":
        """An occasion, its kind and place."""
        kind, title = items.event_kind(row), row["title"].text
        details = (kind if title else "", row["place"].text)
        return cls(
            row.id,
            "date",
            date_of(row),
            title or kind.capitalize(),
            tuple(text for text in details if text),
            lambda reading: reading.weights.of_record(row.id, argued=False),
        )

    @classmethod
    def of_statement(cls, reading: Reading, row: RecordRow) -> "Happening":
        """That somebody said something; the words stand elsewhere."""
        told = row["speaker"].text or reading.labels.one_statement.capitalize()
        details = (reading.labels.one_statement if row["speaker"].text else "", row["occasion"].text)
        return cls(
            row.id,
            "date",
            date_of(row),
            told,
            tuple(text for text in details if text),
            lambda reading: reading.of_record_or_source(row, argued=False),
        )

    @classmethod
    def of_post(cls, row: RecordRow, field: str, meaning: str) -> "Happening":
        """That somebody came into a post or left it."""
        told = row["start_meaning" if field == "start_date" else "end_meaning"].text or meaning.lower()
        post = row["post"].text or row["organization"].text
        title = ", ".join(text for text in (row["person"].text, post) if text)
        return cls(
            row.id,
            field,
            date_of(row, field),
            title,
            (told,),
            lambda reading: reading.weights.of_field(row.id, field, argued=False),
        )

    @property
    def order(self) -> tuple[str, str, int, str]:
        """Earliest day first, what is surer dated before what is not."""
        assert self.date is not None
        return self.date.earliest, self.date.latest, self.rank, self.title


def chronology(reading: Reading, happenings: Iterable[Happening]) -> Iterator[Block]:
    """A table of what happened by year, and below it what is still to come; nothing where nothing has a day.

    A disputed day is marked; what rivals say about it stands in the sheets.
    """
    ordered = sorted(happenings, key=lambda each: each.order)
    rows: list[Row] = []
    for name, group in groupby(ordered, key=lambda each: _heading(reading, each)):
        rows.append(Row((Cell((items.plain(name, Role.STRONG),)),), RowKind.GROUP))
        rows += [_row(reading, each) for each in group]
    if rows:
        headings = (reading.labels.chronology_day, reading.labels.chronology_what)
        yield Table(tuple(map(Column, headings, _SHARES)), tuple(rows), full=True)


def _heading(reading: Reading, happening: Happening) -> str:
    """Its year, or that its day is still to come."""
    assert happening.date is not None
    if reading.day and happening.date.earliest > reading.options.day:
        return reading.labels.later.format(date=reading.day_words)
    return happening.date.earliest[:4]


def _row(reading: Reading, happening: Happening) -> Row:
    link = Link(happening.record, happening.field)
    dated = Item((Run(reading.date(happening.date)),), link=link)
    what = Item((Run(happening.title),), happening.support(reading), link=link)
    quiet = [items.plain(reading.labels.listed(happening.details), Role.QUIET)] if happening.details else []
    return Row((Cell((dated,)), Cell((what, *quiet))), link=link)
