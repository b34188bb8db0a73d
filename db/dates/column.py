"""A date as one stored value, so that the change log sees one field and a merge cannot tear it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Text, case, func, type_coerce
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from db.dates.edtf import Edtf, read

_DAY_LENGTH = len("2024-09-03")

DateColumn = ColumnElement[Any] | InstrumentedAttribute[Any]


def encode(edtf: Edtf) -> str:
    """Write a date as ``earliest|latest|form|text``, with the text left out where it is the form.

    The stored value sorts by the earliest day, and what could not be read last: ``|`` comes after every
    digit.
    """
    text = "" if edtf.text == edtf.form else edtf.text
    return f"{edtf.earliest}|{edtf.latest}|{edtf.form}|{text}"


def decode(value: str) -> Edtf:
    """Read a stored date back.

    The days are worked out again from the form, because a foreign file may hold anything; ``ValueError``
    where the value is not exactly what ``encode`` writes.
    """
    parts = value.split("|", maxsplit=3)
    if len(parts) == 4:
        form, text = parts[2:]
        edtf = read(text or form)
        if form and not edtf.is_date:
            edtf = replace(read(form), text=text)
        if encode(edtf) == value:
            return edtf
    raise ValueError(f"not a stored date: {value[:100]!r}")


class EdtfType(TypeDecorator[Edtf]):
    """A column of dates; compare it with an ``Edtf``, and filter by ``earliest`` and ``latest``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Edtf | None, dialect: Dialect) -> str | None:
        """Encode for the file."""
        return None if value is None else encode(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Edtf | None:
        """Decode from the file; ``ValueError`` where it holds something else."""
        return None if value is None else decode(value)


def earliest(column: DateColumn) -> ColumnElement[str | None]:
    """Return the SQL expression for a stored date's earliest day; NULL where it could not be read."""
    return _day_at(column, 1)


def latest(column: DateColumn) -> ColumnElement[str | None]:
    """Return the SQL expression for a stored date's latest day; NULL where it could not be read."""
    return _day_at(column, 1 + _DAY_LENGTH + len("|"))


def _day_at(column: DateColumn, position: int) -> ColumnElement[str | None]:
    stored = type_coerce(column, Text)
    return case((stored < "|", func.substr(stored, position, _DAY_LENGTH, type_=Text)))
