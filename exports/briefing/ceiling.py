"""What a briefing may tell below a marking: records and fields above it are left out by the reading, and counted."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import CaseFileError
from db.evidence import ClaimRow, FieldEvidence, Verdict
from db.facts import facts_of
from db.fields import Field, FieldType, Item, fields_of
from db.models import Entity, Organization, Record
from db.models.vocabulary import Classification, Standing, Tlp
from db.queries.case_file import default_marking
from db.queries.records import FieldRow, RecordRow, display
from db.queries.titles import chunks, titles

WHOLE = ""
"""In place of a field: the record as a whole."""


class AboveCeiling(CaseFileError):
    """What a briefing is to be about may not be told below its marking. Nothing was made."""

    def __init__(self, ceiling: Tlp) -> None:
        super().__init__(f"This record is marked above {ceiling.label}. No briefing was made.")
        self.ceiling = ceiling


class Ceiling:
    """Knows which records may be told, and what was left out.

    A record without a marking has the case file's default. A state without one may always be named: that it exists is
    no secret of the file. What names a record above the ceiling is left out with it, or only that field of it where
    the rest can stand alone; so is what only sources above the ceiling say.
    """

    def __init__(self, session: Session, highest: Tlp | None) -> None:
        self.withheld: set[tuple[uuid.UUID, str]] = set()
        """Each record and field that was left out."""
        self.told: set[uuid.UUID] = set()
        """Each record that is told, or named by one that is."""
        self._session = session
        self._highest = highest
        self._default = default_marking(session)
        self._known: dict[uuid.UUID, bool] = {}

    def require(self, key: uuid.UUID) -> None:
        """Raises AboveCeiling if a record may not be told at all."""
        if self._highest and key in self.above([key]):
            raise AboveCeiling(self._highest)

    def above(self, keys: Collection[uuid.UUID]) -> set[uuid.UUID]:
        """Those of the records that may not be told."""
        if self._highest is None:
            return set()
        self._look_up({key for key in keys if key not in self._known})
        return {key for key in keys if self._known.get(key, False)}

    def admitted(self, cls: type[Entity], rows: Sequence[RecordRow]) -> list[RecordRow]:
        """The records of one kind that may be told, without what in them may not."""
        told = list(rows)
        if self._highest is not None:
            above = self.above({key for row in rows for key in (row.id, *_named(row))})
            told = [each for row in rows if (each := self._without(cls, row, above))]
        self.told.update(key for row in told for key in (row.id, *_named(row)))
        return told

    def evidence(self, found: Sequence[FieldEvidence]) -> list[FieldEvidence]:
        """Evidence without the claims whose source, passage or origin may not be told."""
        if self._highest is None:
            return list(found)
        above = self.above({key for each in found for claim in each.claims for key in _of_claim(claim)})
        return [_without_claims(each, above) for each in found]

    def resting(self, cls: type[Entity], row: RecordRow, told: dict[str, FieldEvidence]) -> RecordRow | None:
        """A record without the fields that only sources above the ceiling give; None where those give all of it.

        `told` is its evidence as `evidence` left it.
        """
        silent = {name for name, found in told.items() if found.standing is Standing.UNKNOWN and found.value}
        if not silent:
            return row
        fields = fields_of(cls)
        is_whole = facts_of(cls).whole and not any(found.claims for found in told.values())
        if is_whole or any(name not in fields or _is_needed(fields[name]) for name in silent):
            self.withheld.add((row.id, WHOLE))
            return None
        return self._blanked(row, silent, {})

    def strictest(self) -> Tlp:
        """How far what is told may be shared: as the strictest of it says; the file's default where nothing is told."""
        marked = {marking for _, marking in self._markings(self.told) if marking}
        return Tlp.strictest(marked) or self._default

    def _look_up(self, keys: set[uuid.UUID]) -> None:
        assert self._highest is not None
        order = list(Tlp)
        allowed = {None, *order[: order.index(self._highest) + 1]}
        self._known.update((key, marking not in allowed) for key, marking in self._markings(keys))

    def _markings(self, keys: Collection[uuid.UUID]) -> Iterator[tuple[uuid.UUID, Tlp | None]]:
        """What each record is marked, itself or by the file's default; None of a state that says nothing."""
        query = select(Record.id, Record.marking, Organization.classification).outerjoin(
            Organization, Organization.id == Record.id
        )
        for chunk in chunks(sorted(keys)):
            for key, marking, classification in self._session.execute(query.where(Record.id.in_(chunk))):
                is_state = classification is Classification.STATE
                yield key, Tlp(marking) if marking else None if is_state else self._default

    def _without(self, cls: type[Entity], row: RecordRow, above: set[uuid.UUID]) -> RecordRow | None:
        if row.id in above:
            self.withheld.add((row.id, WHOLE))
            return None
        fields = fields_of(cls)
        touched = {field.name for field in row.fields if above.intersection(_ids(field))}
        if not touched:
            return row
        if any(_is_needed(fields[name]) for name in touched):
            self.withheld.add((row.id, WHOLE))
            return None
        kept = {
            field.name: frozenset(field.value - above)
            for field in row.fields
            if field.name in touched and isinstance(field.value, frozenset)
        }
        return self._blanked(row, touched, kept)

    def _blanked(self, row: RecordRow, names: Collection[str], kept: dict[str, frozenset[Item]]) -> RecordRow:
        self.withheld.update((row.id, name) for name in names)
        words = titles(
            self._session, {key for members in kept.values() for key in members if isinstance(key, uuid.UUID)}
        )
        return replace(
            row,
            fields=tuple(
                FieldRow(field.name, kept.get(field.name), display(kept.get(field.name), words))
                if field.name in names
                else field
                for field in row.fields
            ),
        )


def _is_needed(field: Field) -> bool:
    """Whether a record says nothing any more without this field."""
    return (field.required or field.identity) and field.holds is not FieldType.REFERENCES


def _ids(field: FieldRow) -> Iterable[uuid.UUID]:
    items = field.value if isinstance(field.value, frozenset) else (field.value,)
    return (item for item in items if isinstance(item, uuid.UUID))


def _named(row: RecordRow) -> Iterable[uuid.UUID]:
    return (key for field in row.fields for key in _ids(field))


def _of_claim(claim: ClaimRow) -> tuple[uuid.UUID, ...]:
    return (claim.id, claim.citation, claim.source, claim.origin, *claim.path)


def _without_claims(found: FieldEvidence, above: set[uuid.UUID]) -> FieldEvidence:
    """What the claims that may be told amount to; `Standing.UNKNOWN` where there were some and none is left."""
    claims = tuple(claim for claim in found.claims if not above.intersection(_of_claim(claim)))
    if len(claims) == len(found.claims):
        return found
    good = {claim.origin for claim in claims if claim.verdict is not Verdict.DISPUTES}
    disputed = any(claim.verdict is Verdict.DISPUTES for claim in claims)
    standing = Standing.SUPPORTED if len(good) > 1 else Standing.SINGLE if good else Standing.UNKNOWN
    return replace(found, claims=claims, standing=Standing.DISPUTED if disputed else standing, origins=len(good))
