"""Asking the side index: the records that have all the words, best first, each with the passage that shows why."""

import sqlite3
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.duplicates.classes import Classes, classes_of
from db.errors import CaseFileError
from db.fields import fields_of
from db.index.build import Progress, State, is_of, read_state
from db.index.documents import KINDS, owner_column, text_columns, words_of
from db.index.location import IndexLost, discard, faults_told, open_index
from db.index.snippets import Segment, best_passage, marked
from db.index.terms import Terms, read_terms
from db.log import driver_connection
from db.models.base import Duplicable
from db.queries.titles import chunks, entity, kinds_of, titles
from db.search import contains, standing
from db.triggers import table_of

MOST_RANKED = 20_000
"""Hits beyond which the newest come first instead of the best, because every one would have to be weighed."""
MOST = 200
"""Results that are told at most."""
_FEWEST, _LATE = 200, 4
"""How many hits are looked at, and how many more for each result: several parts of one record make one result."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record to open, and where in it or in one of its parts the words are. Kinds are tables."""

    record: uuid.UUID
    kind: str
    title: tuple[Segment, ...]
    part: uuid.UUID
    """The record that has the words: the same one, or one that it owns."""
    part_kind: str
    field: str
    """The field of the part; empty where its words have just changed."""
    snippet: tuple[Segment, ...]

    @property
    def is_in_title(self) -> bool:
        """Whether the title itself shows why the record was found."""
        return self.part == self.record and any(segment.is_hit for segment in self.title)

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(segment.text for segment in self.title)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search. `is_ranked`: the best first; otherwise, as there are too many, the newest."""

    hits: tuple[Hit, ...] = ()
    is_ranked: bool = True
    counts: Mapping[str, int] = field(default_factory=dict)
    """Records by kind among the first `MOST_RANKED` hits, whatever kinds were asked for."""
    is_complete: bool = True
    """Whether all texts were searched; while the index is being made, only titles are."""


class NotIndexed(CaseFileError):
    """The index is still being made, or must be made anew; `progress` tells how far it is."""

    def __init__(self, progress: Progress) -> None:
        super().__init__("The search index of this file is not ready yet.")
        self.progress = progress


@dataclass(frozen=True, slots=True)
class _Match:
    pk: int
    part: uuid.UUID
    part_kind: str
    record: uuid.UUID
    kind: str


def search(
    session: Session, path: Path, text: str, *, kinds: Collection[str] = (), limit: int = 50, count: bool = False
) -> Found:
    """The records that have all the words of a text, best first; `kinds` are tables, none meaning all.

    Words may be parts of the text's words from their beginning; between quotation marks they are a phrase.
    `count` also tells how many there are of each kind. Raises NotIndexed.
    """
    terms = read_terms(text)
    matches, is_ranked, counts, state = _ask(path, terms, kinds, min(limit, MOST), count)
    if not is_of(driver_connection(session.connection()), state):
        raise NotIndexed(Progress())
    return Found(tuple(_hits(session, matches, terms)), is_ranked, counts)


def find(
    session: Session,
    path: Path | None,
    text: str,
    *,
    kinds: Collection[str] = (),
    limit: int = 50,
    count: bool = False,
) -> Found:
    """What `search` finds or, without an index that is ready, the records that have the words in their titles."""
    if path is not None:
        with suppress(NotIndexed):
            return search(session, path, text, kinds=kinds, limit=limit, count=count)
    terms = read_terms(text)
    found = _with_title(session, terms, kinds, limit) if terms else []
    return Found(tuple(_named(session, found, terms)), is_complete=False)


def likely(path: Path, text: str, kind: str, limit: int) -> list[uuid.UUID]:
    """The newest records of a kind that have all the words of a text, as far as an index knows yet; it may be stale.

    For whoever looks at the records themselves anyway: what the index lacks is found later, and nothing goes wrong.
    """
    terms = read_terms(text)
    if not terms:
        return []
    with suppress(IndexLost, CaseFileError), open_index(path) as index, faults_told():
        return [match.record for match in _Query(terms, (kind,)).matches(index, limit, is_ranked=False)]
    return []


def named(session: Session, records: Sequence[uuid.UUID]) -> list[Hit]:
    """Some records by their titles, in the order given; those that are not in the file are left out."""
    kinds = kinds_of(session, records)
    return list(_named(session, [(record, kinds[record]) for record in records if record in kinds], read_terms("")))


def _with_title(session: Session, terms: Terms, kinds: Collection[str], limit: int) -> list[tuple[uuid.UUID, str]]:
    """The newest records of each kind that stands alone whose titles have all the terms."""
    found: list[tuple[uuid.UUID, str]] = []
    for kind in kinds or [kind for kind in KINDS if owner_column(entity(kind)) is None]:
        table = table_of(entity(kind))
        columns = [table.c[name] for name in text_columns(entity(kind)) if name in entity(kind).TITLE]
        has_terms = [or_(*(contains(column, term.written) for column in columns)) for term in terms.terms]
        if columns and len(found) < limit:
            alone = standing(entity(kind))
            has_terms += [] if alone is None else [alone]
            query = select(table.c.id).where(*has_terms).order_by(table.c.pk.desc()).limit(limit - len(found))
            found += [(record, kind) for record in session.scalars(query)]
    return found


def _named(session: Session, records: Sequence[tuple[uuid.UUID, str]], terms: Terms) -> Iterable[Hit]:
    names = titles(session, {record for record, _ in records})
    for record, kind in records:
        title = marked(names[record], terms)
        yield Hit(record, kind, title, part=record, part_kind=kind, field="", snippet=title)


def _ask(
    path: Path, terms: Terms, kinds: Collection[str], limit: int, count: bool
) -> tuple[list[_Match], bool, dict[str, int], State]:
    """What the index knows. It is asked before the case file, so that no lock on that one is held meanwhile."""
    try:
        with open_index(path) as index, faults_told():
            state = read_state(index)
            if state is None or not state.progress.is_ready:
                raise NotIndexed(state.progress if state else Progress())
            if not terms:
                return [], True, {}, state
            asked = _Query(terms, tuple(kinds))
            is_ranked = asked.count(index) <= MOST_RANKED
            counts = asked.counts(index) if count else {}
            return asked.matches(index, limit, is_ranked), is_ranked, counts, state
    except IndexLost:
        discard(path)
        raise NotIndexed(Progress()) from None


@dataclass(frozen=True, slots=True)
class _Query:
    """The SQL of one search: words, trigrams and short pieces, whichever of them there are."""

    terms: Terms
    kinds: tuple[str, ...]

    def matches(self, index: sqlite3.Connection, limit: int, is_ranked: bool) -> list[_Match]:
        """The hits in order, one for each record to open. A record counts double what one of its parts does."""
        order, own = ("score", self._preference()) if is_ranked else ("pk DESC", "0")
        score = self._score() if is_ranked else "0"
        hits = f"SELECT {self._key()} AS pk, {score} AS score FROM {self._source(self.kinds)} ORDER BY {order} LIMIT ?"
        sql = f"""SELECT d.pk, d.id, d.kind, d.root, d.root_kind FROM ({hits}) hit JOIN document d ON d.pk = hit.pk
                  ORDER BY hit.score * {own}, d.pk DESC"""
        found: dict[bytes, _Match] = {}
        for pk, part, part_kind, root, kind in index.execute(sql, [*self._values(self.kinds), _FEWEST + limit * _LATE]):
            if root not in found and len(found) < limit:
                found[root] = _Match(pk, uuid.UUID(bytes=part), part_kind, uuid.UUID(bytes=root), kind)
        return list(found.values())

    def count(self, index: sqlite3.Connection) -> int:
        """How many hits there are, up to one more than can be ranked."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {self._source(self.kinds)} LIMIT ?)"
        found: int = index.execute(sql, [*self._values(self.kinds), MOST_RANKED + 1]).fetchone()[0]
        return found

    def counts(self, index: sqlite3.Connection) -> dict[str, int]:
        """How many records to open there are of each kind."""
        hits = f"SELECT {self._key()} AS pk FROM {self._source(())} LIMIT ?"
        sql = f"""SELECT d.root_kind, count(DISTINCT d.root) FROM ({hits}) hit JOIN document d ON d.pk = hit.pk
                  GROUP BY d.root_kind"""
        return dict(index.execute(sql, [*self._values(()), MOST_RANKED]).fetchall())

    def _table(self) -> str:
        return "word_index" if self.terms.words else "script_index" if self.terms.trigrams else "script"

    def _key(self) -> str:
        return f"{self._table()}.{'pk' if self._table() == 'script' else 'rowid'}"

    def _score(self) -> str:
        """Less is better: bm25, which the tables weigh by column; without an index, short texts before long ones."""
        return "length(script.text)" if self._table() == "script" else "rank"

    def _preference(self) -> str:
        """bm25 is negative, a length is not."""
        own, part = (1, 2) if self._table() == "script" else (2, 1)
        return f"CASE WHEN d.id = d.root THEN {own} ELSE {part} END"

    def _source(self, kinds: Sequence[str]) -> str:
        """What is selected from, to the end of the conditions."""
        table, key, terms = self._table(), self._key(), self.terms
        conditions = [f"{table} MATCH ?"] if table != "script" else []
        if terms.trigrams and table != "script_index":
            conditions.append(f"{key} IN (SELECT rowid FROM script_index WHERE script_index MATCH ?)")
        for _ in terms.short:
            conditions.append(
                "instr(script.text, ?)"
                if table == "script"
                else f"EXISTS (SELECT 1 FROM script s WHERE s.pk = {key} AND instr(s.text, ?))"
            )
        if kinds:
            marks = ", ".join("?" * len(kinds))
            of_kinds = f"d.root_kind IN ({marks}) OR d.kind IN ({marks})"
            conditions.append(f"EXISTS (SELECT 1 FROM document d WHERE d.pk = {key} AND ({of_kinds}))")
        return f"{table} WHERE {' AND '.join(conditions)}"

    def _values(self, kinds: Sequence[str]) -> list[object]:
        terms = self.terms
        return [*filter(None, (terms.words, terms.trigrams)), *terms.short, *kinds, *kinds]


def _hits(session: Session, matches: Sequence[_Match], terms: Terms) -> Iterable[Hit]:
    """The matches as the case file tells them now; what is no longer in it is left out."""
    stands = _standing(session, matches)
    names = titles(session, {*stands.values()})
    texts = _texts(session, matches)
    told: set[uuid.UUID] = set()
    for match in matches:
        record = stands[match.record]
        if record in names and match.part in texts and record not in told:
            told.add(record)
            passage = best_passage(texts[match.part], terms)
            yield Hit(
                record=record,
                kind=match.kind,
                title=marked(names[record], terms),
                part=match.part,
                part_kind=match.part_kind,
                field=passage.field if passage.found else "",
                snippet=passage.segments,
            )


def _standing(session: Session, matches: Sequence[_Match]) -> dict[uuid.UUID, uuid.UUID]:
    """The record to open for each that matches: of joined ones, the one that stands for all."""
    kinds = {match.kind for match in matches}
    classes = {kind: classes_of(session, cls) for kind in kinds if issubclass(cls := entity(kind), Duplicable)}
    canonical = {match.record: classes.get(match.kind, Classes()).of(match.record.bytes) for match in matches}
    return {record: uuid.UUID(bytes=stands) for record, stands in canonical.items()}


def _texts(session: Session, matches: Iterable[_Match]) -> dict[uuid.UUID, dict[str, str]]:
    """The words of each part that matches, by field."""
    by_kind: dict[str, list[uuid.UUID]] = {}
    for match in matches:
        by_kind.setdefault(match.part_kind, []).append(match.part)
    return {
        part: {name: text for name, text in texts.items() if text}
        for kind, parts in by_kind.items()
        for part, texts in _texts_of(session, kind, parts)
    }


def _texts_of(session: Session, kind: str, parts: Sequence[uuid.UUID]) -> Iterable[tuple[uuid.UUID, dict[str, str]]]:
    columns = text_columns(entity(kind))
    names = {f.column: f.name for f in fields_of(entity(kind)).values()}
    connection = driver_connection(session.connection())
    for chunk in chunks(parts):
        rows = connection.execute(
            f"SELECT id, {', '.join(columns)} FROM {kind} WHERE id IN ({', '.join('?' * len(chunk))})",
            [part.bytes for part in chunk],
        )
        for key, *texts in rows.fetchall():
            told = zip(columns, texts, strict=True)
            yield uuid.UUID(bytes=key), {names[name]: words_of(kind, text) for name, text in told if text}
