"""What a filter finds first, for every keystroke: nothing is sorted, and each is told as soon as it is found."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

import time
import uuid
from array import array
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.filters import Every, Word, parse
from db.models import Entity
from db.queries.lists.batches import fetched
from db.queries.lists.grouped import HEAD
from db.queries.lists.snapshot import Slice
from db.search import listed
from db.triggers import table_of

_SOON = 0.010
"""Seconds after which a hit is shown without waiting for others."""
_NEWEST = 20_000
"""Records that are looked at before the index is asked: where words are frequent, they have a screen full."""


def hits(session: Session, cls: type[Entity], text: str, indexes: Path | None = None) -> Iterator[Slice]:
    """Records that a filter lets through, and no more than fill a screen; by words alone, the newest first.

    Words are looked for in the newest records, then by the side index in a folder of such, then everywhere: they may
    be parts of words, and the index may be behind. Raises FilterError where the text is no filter.
    """
    found, told, start = array("q"), 0, time.perf_counter()
    for pk in _found(session, cls, text, indexes):
        if pk is not None and pk not in found:
            found.append(pk)
        if len(found) > told and (pk is None or time.perf_counter() - start > _SOON):
            yield Slice(told, found[told:])
            told, start = len(found), time.perf_counter()
        if len(found) == HEAD:
            break
    yield Slice(told, found[told:], is_last=True)


def _found(session: Session, cls: type[Entity], text: str, indexes: Path | None) -> Iterator[int | None]:
    """The pks, some twice; None where it is to be told what there is, because the next ones may take a while."""
    where = listed(cls, text)
    assert where is not None, "a filter says something"
    if not _is_words(text):
        yield from _pks(session, _matches(cls, where))
        return
    pk = table_of(cls).c.pk
    matches = _matches(cls, where).order_by(pk.desc())
    border = (session.scalar(select(func.max(pk))) or 0) - _NEWEST
    yield from _pks(session, matches.where(pk > border))
    if border > 0:
        yield None
        if indexes is not None:
            yield from _pks(session, matches.where(table_of(cls).c.id.in_(_likely(session, cls, text, indexes))))
            yield None
        yield from _pks(session, matches.where(pk <= border))


def _likely(session: Session, cls: type[Entity], text: str, indexes: Path) -> list[uuid.UUID]:
    from db.index.location import index_path  # here: a window need not wait for all this before its first list
    from db.index.query import likely

    return likely(index_path(session, indexes), text, cls.__tablename__, HEAD)


def _is_words(text: str) -> bool:
    """Whether a filter asks for words and nothing else."""
    term = parse(text)
    terms = term.terms if isinstance(term, Every) else (term,)
    return bool(terms) and all(isinstance(inner, Word) for inner in terms)


def _matches(cls: type[Entity], where: ColumnElement[bool]) -> Select[int]:
    return select(table_of(cls).c.pk).where(where).limit(HEAD)


def _pks(session: Session, query: Select[int]) -> Iterator[int]:
    return (pk for (pk,) in fetched(session, query, 1))
