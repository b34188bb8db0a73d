"""How well each fact is supported: without a source, disputed, from a single origin, or by poor sources."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.evidence import FieldEvidence, Verdict, weigh
from db.models import Link, Statement
from db.models.vocabulary import Credibility, FindingKind, Reliability, Standing
from db.queries.records import values_of
from db.review.facts import FACTS, SAYS_NOTHING, WHOLE, Facts, fact_columns, fact_sets, is_duplicable
from db.review.scope import Hit, Scope, has_any, select
from db.triggers import stored_fields


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What any claim is about, among the records of a scope."""

    records: frozenset[bytes]
    fields: frozenset[tuple[bytes, str]]


def support(scope: Scope) -> Iterator[Hit]:
    """What the claims about some records, and the lack of them, amount to."""
    claimed = _claimed(scope)
    if scope.cls in FACTS:
        yield from _uncited(scope, FACTS[scope.cls], claimed)
    if claimed.records:
        yield from _weighed(scope, claimed)


def _claimed(scope: Scope) -> _Claimed:
    query = "SELECT subject_id, property FROM claim WHERE subject_id IN ({ids})"
    fields = frozenset(scope.rows(query)) if has_any(scope.connection, "claim") else frozenset()
    return _Claimed(frozenset(record for record, _ in fields), fields)


def _uncited(scope: Scope, facts: Facts, claimed: _Claimed) -> Iterator[Hit]:
    """Facts that no claim is about. Basis: the value. A record that was joined with another says nothing of its own."""
    columns = stored_fields(scope.cls) if facts.whole else list(fact_columns(scope.cls))
    names = fact_columns(scope.cls)
    joined = {row[0] for row in scope.rows(_joined(scope))} if is_duplicable(scope.cls) else set()
    for record, *values in scope.rows(f"SELECT id, {', '.join(columns)} FROM {scope.table} WHERE id IN ({{ids}})"):
        if record in joined:
            continue
        for column, value in zip(columns, values, strict=True):
            if value is None or column not in names or value == "" or value in SAYS_NOTHING:
                continue
            if (record, names[column]) not in claimed.fields:
                yield Hit(FindingKind.UNCITED, record, names[column], (value,))
        if facts.whole and record not in claimed.records:
            yield from _whole(scope, facts, record, dict(zip(columns, values, strict=True)))
    for record, name, members in _unclaimed_sets(scope, claimed):
        if record not in joined:
            yield Hit(FindingKind.UNCITED, record, name, members)


def _joined(scope: Scope) -> str:
    return f"SELECT id FROM {scope.table} WHERE id IN ({{ids}}) AND merged_into_id IS NOT NULL"


def _whole(scope: Scope, facts: Facts, record: bytes, row: dict[str, Any]) -> Iterator[Hit]:
    """A record about which there is no claim at all, nor a source or a dated fact of its own."""
    if row.get(facts.source) is None and all(row[name] is None for name in facts.unless):
        kind = FindingKind.NO_SOURCE if scope.cls is Statement else FindingKind.UNCITED
        yield Hit(kind, record, WHOLE, tuple(value for name, value in row.items() if name != "marking"))


def _unclaimed_sets(scope: Scope, claimed: _Claimed) -> Iterator[tuple[bytes, str, tuple[Any, ...]]]:
    """Sets that no claim is about, unless there is one about each member."""
    for field in fact_sets(scope.cls):
        assert field.link is not None
        owner, *ends = field.link.ENDS
        alone = "1" if issubclass(field.link, Link) else "NOT EXISTS(SELECT 1 FROM claim c WHERE c.subject_id = l.id)"
        query = f"""SELECT {owner}, coalesce({", ".join([*ends, "NULL"])}), {alone} FROM {field.link.__tablename__} l
                    WHERE {owner} IN ({{ids}})"""
        members: dict[bytes, list[Any]] = {}
        lacking: set[bytes] = set()
        for record, member, uncited in scope.rows(query):
            members.setdefault(record, []).append(member)
            if uncited:
                lacking.add(record)
        for record in lacking:
            if (record, field.name) not in claimed.fields:
                yield record, field.name, tuple(sorted(members[record], key=lambda item: (str(type(item)), item)))


def _weighed(scope: Scope, claimed: _Claimed) -> Iterator[Hit]:
    values = values_of(scope.session, scope.cls, [uuid.UUID(bytes=record) for record in sorted(claimed.records)])
    shown = {
        key: {name: value for name, value in fields.items() if (key.bytes, name) in claimed.fields}
        for key, fields in values.items()
    }
    found = list(weigh(scope.session, scope.cls, shown))
    grades = _grades(scope, found)
    for field in found:
        yield from _standing(field)
        yield from _graded(field, grades)


def _standing(found: FieldEvidence) -> Iterator[Hit]:
    """Disputed: its basis is the value, and each rival with its origin. From a single origin: the value and that."""
    record = found.subject.bytes
    if found.standing is Standing.DISPUTED:
        rivals = {(claim.value or "", claim.origin.bytes) for claim in found.by(Verdict.DISPUTES)}
        basis = (found.value, *(item for rival in sorted(rivals) for item in rival))
        yield Hit(FindingKind.DISPUTED, record, found.property, basis)
    elif found.standing is Standing.SINGLE:
        yield Hit(FindingKind.SINGLE_ORIGIN, record, found.property, (found.value, found.claims[0].origin.bytes))


Grade = tuple[str | None, str | None]


def _grades(scope: Scope, found: Sequence[FieldEvidence]) -> dict[bytes, Grade]:
    """The grade of the source and of the information, by citation."""
    citations = sorted({claim.citation.bytes for field in found for claim in field.claims})
    query = """SELECT t.id, s.reliability, t.credibility FROM citation t JOIN source s ON s.id = t.source_id
               WHERE t.id IN ({ids})"""
    return {record: (first, second) for record, first, second in select(scope.connection, query, citations)}


def _graded(found: FieldEvidence, grades: dict[bytes, Grade]) -> Iterator[Hit]:
    """One finding where no supporting claim has a good grade. Its basis: the value and the grades that there are."""
    given = [grades[claim.citation.bytes] for claim in found.claims if claim.verdict is not Verdict.DISPUTES]
    judged = {judge(grade) for grade in given}
    if not judged or None in judged:
        return
    kind = next(kind for kind in (FindingKind.NOT_JUDGED, FindingKind.UNGRADED, FindingKind.POOR) if kind in judged)
    told = sorted({f"{reliability or ''}{credibility or ''}" for reliability, credibility in given})
    yield Hit(kind, found.subject.bytes, found.property, (found.value, *told))


def judge(grade: Grade) -> FindingKind | None:
    """What is to be said of a grade; None where it is fair or better. F and 6 are no bad marks: nobody could judge."""
    reliability, credibility = grade
    if reliability == Reliability.E or credibility == Credibility.IMPROBABLE:
        return FindingKind.POOR
    if reliability == Reliability.F or credibility == Credibility.CANNOT_BE_JUDGED:
        return FindingKind.NOT_JUDGED
    return None if reliability or credibility else FindingKind.UNGRADED
