"""How well each fact is supported: without a source, disputed, from a single origin, or by poor sources."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from db.evidence import FieldEvidence, Verdict, weigh
from db.fields import Field, FieldValue, Item, fields_of
from db.models.vocabulary import Credibility, FindingKind, Reliability, Standing
from db.queries.history import typed_value
from db.review.scope import Hits, Scope, has_any, hit, select
from db.review.settled import settled
from db.review.uncited import uncited


@dataclass(frozen=True, slots=True)
class Claimed:
    """What any claim is about, among the records of a scope."""

    records: frozenset[bytes]
    by_field: Mapping[str, frozenset[bytes]]

    def at(self, name: str) -> frozenset[bytes]:
        """The records of which a field is claimed."""
        return self.by_field.get(name, frozenset())


def support(scope: Scope) -> Iterator[Hits]:
    """What the claims about some records, and the lack of them, amount to."""
    claimed = _claimed(scope)
    yield from uncited(scope)
    if claimed.records:
        yield from _weighed(scope, claimed)


def _claimed(scope: Scope) -> Claimed:
    by_field: dict[str, set[bytes]] = {}
    if has_any(scope.connection, "claim"):
        for record, name in scope.rows("SELECT subject_id, property FROM claim WHERE subject_id IN ({ids})"):
            by_field.setdefault(name, set()).add(record)
    return Claimed(
        frozenset().union(*by_field.values()), {name: frozenset(records) for name, records in by_field.items()}
    )


def _weighed(scope: Scope, claimed: Claimed) -> Iterator[Hits]:
    found = list(weigh(scope.session, scope.cls, _shown(scope, claimed)))
    grades = _grades(scope, found)
    done = settled(scope, found)
    for field in found:
        if (field.subject, field.property) not in done:
            yield from _standing(field)
        yield from _graded(field, grades)


def _shown(scope: Scope, claimed: Claimed) -> dict[uuid.UUID, dict[str, FieldValue]]:
    """What records show in the fields that claims are about."""
    shown: dict[uuid.UUID, dict[str, FieldValue]] = {uuid.UUID(bytes=record): {} for record in claimed.records}
    for name in sorted(claimed.by_field):
        field = fields_of(scope.cls).get(name)
        if field is None:
            continue  # existence, status: claims can be about what is no field
        read = _sets if field.link else _column
        for record, value in read(scope, field, claimed.at(name)).items():
            shown[uuid.UUID(bytes=record)][name] = value
    return shown


def _column(scope: Scope, field: Field, records: Collection[bytes]) -> dict[bytes, FieldValue]:
    query = f"SELECT id, {field.column} FROM {scope.table} WHERE id IN ({{ids}})"
    rows = select(scope.connection, query, sorted(records))
    return {record: typed_value(scope.cls, field.column, value) for record, value in rows}


def _sets(scope: Scope, field: Field, records: Collection[bytes]) -> dict[bytes, FieldValue]:
    sets: dict[bytes, set[Item]] = {record: set() for record in records}
    link = field.link
    assert link is not None
    owner, *ends = link.ENDS
    query = f"SELECT {', '.join(link.ENDS)} FROM {link.__tablename__} WHERE {owner} IN ({{ids}})"
    for record, *values in select(scope.connection, query, sorted(records)):
        named = ((end, value) for end, value in zip(ends, values, strict=True) if value is not None)
        sets[record].update(cast(Item, typed_value(link, *member)) for member in islice(named, 1))
    return {record: frozenset(members) for record, members in sets.items()}


def _standing(found: FieldEvidence) -> Iterator[Hits]:
    """Disputed: its basis is the value, and each rival with its origin. From a single origin: the value and that."""
    record = found.subject.bytes
    if found.standing is Standing.DISPUTED:
        rivals = {(claim.value or "", claim.origin.bytes) for claim in found.by(Verdict.DISPUTES)}
        basis = (found.value, *(item for rival in sorted(rivals) for item in rival))
        yield hit(FindingKind.DISPUTED, record, found.property, basis)
    elif found.standing is Standing.SINGLE:
        yield hit(FindingKind.SINGLE_ORIGIN, record, found.property, (found.value, found.claims[0].origin.bytes))


Grade = tuple[str | None, str | None]


def _grades(scope: Scope, found: Sequence[FieldEvidence]) -> dict[bytes, Grade]:
    """The grade of the source and of the information, by citation."""
    citations = sorted({claim.citation.bytes for field in found for claim in field.claims})
    query = """SELECT t.id, s.reliability, t.credibility FROM citation t JOIN source s ON s.id = t.source_id
               WHERE t.id IN ({ids})"""
    return {record: (first, second) for record, first, second in select(scope.connection, query, citations)}


def _graded(found: FieldEvidence, grades: dict[bytes, Grade]) -> Iterator[Hits]:
    """One finding where no supporting claim has a good grade. Its basis: the value and the grades that there are."""
    given = [grades[claim.citation.bytes] for claim in found.claims if claim.verdict is not Verdict.DISPUTES]
    judged = {judge(grade) for grade in given}
    if not judged or None in judged:
        return
    kind = next(kind for kind in (FindingKind.NOT_JUDGED, FindingKind.UNGRADED, FindingKind.POOR) if kind in judged)
    told = sorted({f"{reliability or ''}{credibility or ''}" for reliability, credibility in given})
    yield hit(kind, found.subject.bytes, found.property, (found.value, *told))


def judge(grade: Grade) -> FindingKind | None:
    """What is to be said of a grade; None where it is fair or better. F and 6 are no bad marks: nobody could judge."""
    reliability, credibility = grade
    if reliability == Reliability.E or credibility == Credibility.IMPROBABLE:
        return FindingKind.POOR
    if reliability == Reliability.F or credibility == Credibility.CANNOT_BE_JUDGED:
        return FindingKind.NOT_JUDGED
    return None if reliability or credibility else FindingKind.UNGRADED
