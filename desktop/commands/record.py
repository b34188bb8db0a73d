"""One record as `show` tells it: fields, how well each is known, its status, and what mentions it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.dates import describe
from db.evidence import ClaimRow, FieldEvidence, Verdict, evidence
from db.models import BY_PLURAL
from db.models.vocabulary import Standing
from db.queries.agreements import AgreementRow, PartyRow, agreement_status
from db.queries.claims import CitedClaim, cited_claims
from db.queries.history import ConflictRow, conflicts, known_by, record_as_known
from db.queries.lookup import find_record, find_record_ever
from db.queries.records import FieldRow, Mention, RecordRow, mentions, record, referenced_titles
from db.queries.titles import class_of, titles
from db.status import Status
from desktop.commands.parameters import singular
from desktop.documents import (
    Document,
    Names,
    conflict_document,
    evidence_document,
    mention_document,
    record_document,
    status_document,
)
from desktop.listing import shown_id
from desktop.tables import pad, printable, table, terminal_width, width_of, wrap
from desktop.words import tr

_NARROWEST_VALUE = 24
_TOLD_AS_EVIDENCE = ("claims", "acceptances")


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """A record with all that is told about it. Of a past day (`as_of`) only the fields are known."""

    row: RecordRow
    noun: str
    names: Names
    as_of: str | None = None
    status: AgreementRow | None = None
    evidence: Mapping[str, FieldEvidence] | None = None
    claims: Mapping[uuid.UUID, CitedClaim] | None = None
    """Every claim with its passage, by id."""
    mentions: Sequence[Mention] = ()
    conflicts: Sequence[ConflictRow] = ()

    def document(self) -> Document:
        """For JSON."""
        told = record_document(self.row, self.names)
        if self.as_of is not None:
            return told | {"as_of": self.as_of}
        known = (self.evidence or {}).items()
        return told | {
            **(status_document(self.status) if self.status else {}),
            "evidence": {name: evidence_document(found, self.claims or {}, self.names) for name, found in known},
            "conflicts": [conflict_document(conflict) for conflict in self.conflicts],
            "mentioned_by": [mention_document(mention) for mention in self.mentions],
        }

    def text(self) -> str:
        """For a terminal, in parts with an empty line between them."""
        parts = [self._heading(), self._status(), self._fields(), self._conflicts(), self._claims(), self._mentions()]
        return "\n\n".join(part for part in parts if part)

    def _heading(self) -> str:
        lines = [*wrap(self.row.title, terminal_width()), f"{self.noun} {self.row.id}"]
        if self.as_of is not None:
            lines.append(tr("as this file knew it on {day}").format(day=self.as_of))
        return "\n".join(lines)

    def _status(self) -> str:
        if self.status is None:
            return ""
        lines = [(tr("status"), self.status.status.value)]
        lines += [("", _of_party(party)) for party in self.status.parties if party.status is not Status.NOT_KNOWN]
        return table(lines, width=terminal_width(), indent=2)

    def _fields(self) -> str:
        given = [field for field in self.row.fields if field.text]
        absent = [field.name for field in self.row.fields if not field.text]
        lines = list(self._field_lines(given))
        if absent:
            left = max([width_of(field.name) for field in given], default=0)
            lines += [
                "",
                *_beside("", wrap(tr("no value: {names}").format(names=", ".join(absent)), _room(left)), left),
            ]
        return "\n".join(lines)

    def _field_lines(self, fields: Sequence[FieldRow]) -> Iterator[str]:
        left = max([width_of(field.name) for field in fields], default=0)
        support = {field.name: self._support(field.name) for field in fields}
        right = max([width_of(words) for words in support.values()], default=0)
        for field in fields:
            room = _room(left + right + 2)
            first, *rest = wrap(field.text, room)
            words = f"  {support[field.name]}" if support[field.name] else ""
            first = (pad(first, room) if room else first) + words
            yield from _beside(field.name, [first, *rest], left)

    def _support(self, name: str) -> str:
        found = (self.evidence or {}).get(name)
        if found is None:
            return ""
        words = {
            Standing.SUPPORTED: tr("{count} origins"),
            Standing.SINGLE: tr("1 origin"),
            Standing.DISPUTED: tr("disputed"),
            Standing.UNCITED: tr("no source"),
            Standing.UNKNOWN: "",
        }
        return words[found.standing].format(count=found.origins)

    def _conflicts(self) -> str:
        lines = [
            tr("{field}: {values}; shown is the last").format(
                field=conflict.field, values=" / ".join(f"“{value}”" for value in conflict.values)
            )
            for conflict in self.conflicts
        ]
        return _section(tr("Set apart by two people"), lines)

    def _claims(self) -> str:
        lines: list[str] = []
        for name, found in (self.evidence or {}).items():
            lines += [name] if found.claims else []
            for said, claims in self._by_what_they_say(found.claims).items():
                lines += [f"  {said}", *(line for claim in claims for line in self._claim_lines(claim))]
        return _section(tr("Claims"), lines)

    def _by_what_they_say(self, claims: Sequence[ClaimRow]) -> dict[str, list[CitedClaim]]:
        words = {
            Verdict.SUPPORTS: tr("supports: {value}"),
            Verdict.COMPATIBLE: tr("compatible: {value}"),
            Verdict.DISPUTES: tr("disputes: {value}"),
        }
        groups: dict[str, list[CitedClaim]] = {}
        for claim in sorted(claims, key=lambda claim: list(Verdict).index(claim.verdict)):
            told = (self.claims or {})[claim.id]
            groups.setdefault(words[claim.verdict].format(value=told.text), []).append(told)
        return groups

    def _claim_lines(self, claim: CitedClaim) -> Iterator[str]:
        """A claim with its id, whom it rests on, and the words that were cited."""
        yield f"    {shown_id(claim.row.id)}  {self._source_of(claim)}"
        if claim.citation.quotation:
            yield f"      “{claim.citation.quotation}”"

    def _source_of(self, claim: CitedClaim) -> str:
        told = [claim.citation.source.title, claim.citation.place, claim.citation.grade]
        if claim.row.as_of:
            told.append(tr("as of {day}").format(day=describe(claim.row.as_of)))
        if claim.path:
            told.append(tr("repeats {source}").format(source=claim.path[-1][1]))
        if claim.row.accepted:
            told.append(
                tr("accepted: {reason}").format(reason=claim.row.reason) if claim.row.reason else tr("accepted")
            )
        return "; ".join(part for part in told if part)

    def _mentions(self) -> str:
        told = [mention for mention in self.mentions if mention.kind not in _TOLD_AS_EVIDENCE]
        if not told:
            return ""
        rows = [(mention.kind, mention.title, mention.field, shown_id(mention.id)) for mention in told]
        width = terminal_width()
        return f"{tr('Mentioned by')}\n{table(rows, width=width, indent=2)}"


def _of_party(party: PartyRow) -> str:
    return f"{party.name}: {party.status.value}"


def _room(taken: int) -> int | None:
    """Columns that are left for a value beside what takes some, with the gaps and the margin."""
    width = terminal_width()
    return None if width is None else max(_NARROWEST_VALUE, width - taken - 4)


def _beside(name: str, lines: Sequence[str], left: int) -> Iterator[str]:
    for label, line in zip([name, *[""] * len(lines)], lines, strict=False):
        yield f"  {pad(label, left)}  {line}".rstrip()


def _section(heading: str, lines: Sequence[str]) -> str:
    """A heading with lines under it, each wrapped with a deeper margin."""
    if not lines:
        return ""
    told = [heading]
    for line in lines:
        margin = 2 + len(line) - len(line.lstrip())
        width = terminal_width()
        first, *rest = wrap(" ".join(line.split()), None if width is None else width - margin - 4)
        told += [" " * margin + first, *(" " * (margin + 4) + more for more in rest)]
    return "\n".join(printable(line) for line in told)


def record_shown(session: Session, text: str, as_of: str | None) -> ShownRecord:
    """A record by its id, now or as it was known. Raises InvalidValue, RecordNotFound."""
    if as_of is not None:
        key = find_record_ever(session, text)
        row = record_as_known(session, key, known_by(session, as_of))
        return ShownRecord(row, _noun(row), referenced_titles(session, [row]), as_of)
    key = find_record(session, text)
    row, found = record(session, key), evidence(session, key)
    claims = [claim for known in found.values() for claim in known.claims]
    sources = {source for claim in claims for source in (claim.source, claim.origin)}
    return ShownRecord(
        row=row,
        noun=singular(class_of(session, key)),
        names=referenced_titles(session, [row]) | titles(session, sources),
        status=agreement_status(session, [key]).get(key),
        evidence=found,
        claims=cited_claims(session, class_of(session, key), claims),
        mentions=mentions(session, key),
        conflicts=[conflict for conflict in conflicts(session) if conflict.record == key],
    )


def _noun(row: RecordRow) -> str:
    return singular(BY_PLURAL[row.kind])
