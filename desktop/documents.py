"""What the command line writes as JSON: plain values with ids as text. docs/guide/command-line.md describes them."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from db.compare import Comparison, Side
from db.dates import Edtf
from db.evidence import ClaimRow, FieldEvidence
from db.fields import FieldValue
from db.inspection import Finding
from db.introduction import News, Writer
from db.merging.preview import Contributor, TakenBack
from db.models.vocabulary import FindingKind
from db.queries.agreements import AgreementRow
from db.queries.case_file import CaseFileRow, EditRow
from db.queries.claims import CitedClaim
from db.queries.history import ChangeRow, ConflictRow, EntryRow
from db.queries.records import Mention, RecordRow
from db.review.findings import Finding as Reviewed

Names = Mapping[uuid.UUID, str]
Document = dict[str, Any]


def written(document: object) -> str:
    """A document as indented JSON, in UTF-8 as it is."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def value_document(value: FieldValue, names: Names) -> object:
    """A field's value: text, number, true or false, null, a date, a record, or an array of such."""
    match value:
        case Edtf():
            return date_document(value)
        case uuid.UUID():
            return {"id": str(value), "title": names.get(value, "")}
        case frozenset():
            return [value_document(item, names) for item in sorted(value, key=lambda item: _order(item, names))]
        case bytes():
            return value.hex()
        case bool() | int() | None:
            return value
    return str(value)


def _order(item: object, names: Names) -> tuple[str, str]:
    return (names.get(item, "") if isinstance(item, uuid.UUID) else "", str(item))


def date_document(date: Edtf | None) -> Document | None:
    """A date as EDTF (null where it could not be read), as it was written, and the days it may mean."""
    if date is None:
        return None
    days = {"earliest": date.earliest or None, "latest": date.latest or None}
    return {"edtf": date.form or None, "text": date.text, **days}


def record_document(row: RecordRow, names: Names) -> Document:
    """A record with all its fields."""
    fields = {field.name: value_document(field.value, names) for field in row.fields}
    return {"id": str(row.id), "kind": row.kind, "title": row.title, "fields": fields}


def status_document(row: AgreementRow) -> Document:
    """What is derived of an agreement: where it stands, and its parties."""
    parties = [{"id": str(party.id), "name": party.name, "status": party.status.value} for party in row.parties]
    return {"status": row.status.value, "signed": date_document(row.signed), "parties": parties}


def evidence_document(evidence: FieldEvidence, cited: Mapping[uuid.UUID, CitedClaim], names: Names) -> Document:
    """How well a field is known, and by which claims."""
    return {
        "standing": evidence.standing.value,
        "origins": evidence.origins,
        "claims": [_claim_document(claim, cited[claim.id], names) for claim in evidence.claims],
    }


def _claim_document(claim: ClaimRow, cited: CitedClaim, names: Names) -> Document:
    citation = cited.citation
    return {
        "id": str(claim.id),
        "value": claim.value,
        "as_of": date_document(claim.as_of),
        "verdict": claim.verdict.value,
        "citation": str(claim.citation),
        "quotation": citation.quotation or None,
        "quotation_language": (citation.quotation and citation.language) or None,
        "locator": citation.place or None,
        "reliability": citation.source.reliability,
        "credibility": citation.credibility,
        "source": {"id": str(claim.source), "title": names.get(claim.source, "")},
        "origin": {"id": str(claim.origin), "title": names.get(claim.origin, "")},
        "original_text": claim.original_text or None,
        "original_language": claim.original_language or None,
        "analyst": cited.analyst or None,
        "added": moment_text(cited.added) if cited.added else None,
        "accepted": claim.accepted,
        "reason": claim.reason or None,
        "notes": claim.notes or None,
    }


def mention_document(mention: Mention) -> Document:
    """A record that points at another one."""
    return {"id": str(mention.id), "kind": mention.kind, "title": mention.title, "field": mention.field}


def case_file_document(row: CaseFileRow) -> Document:
    """A case file as a whole."""
    return {
        "id": str(row.id) if row.id else None,
        "title": row.title,
        "description": row.description or None,
        "marking": row.marking or None,
        "marking_line": row.marking_line or None,
        "language": row.language or None,
        "revision": row.revision,
        "schema_version": row.schema_version,
        "records": row.records,
        "edits": row.edits,
        "conflicts": row.conflicts,
        "last_edit": edit_document(row.last_edit) if row.last_edit else None,
    }


def writer_document(writer: Writer) -> Document:
    """Somebody who edited a file; null is another program."""
    span = {"first": moment_text(writer.first), "last": moment_text(writer.last)}
    return {"author": writer.name or None, "edits": writer.edits, **span, "clock_ahead": writer.is_ahead}


def contributor_document(contributor: Contributor) -> Document:
    """Somebody whose edits a merge took in; null is another program."""
    span = {"first": moment_text(contributor.since), "last": moment_text(contributor.until)}
    return {"author": contributor.name or None, "edits": contributor.edits, **span}


def taken_back_document(row: TakenBack) -> Document:
    """An edit or a merge that somebody had undone, and what a merge would take back with it."""
    what = {"deleted": row.deleted, "fields": row.fields}
    return {"id": str(row.edit), "author": row.who or None, "label": row.label, **what}


def news_document(news: News) -> Document:
    """What a file knows that a copy of the same case on this computer does not."""
    told = {"edits": news.edits, "added": news.added, "changed_fields": news.changed, "deleted": news.deleted}
    return {"compared_with": str(news.path), **told, "lacks": news.lacks}


def edit_document(edit: EditRow) -> Document:
    """An edit: who, when, what."""
    return {"id": str(edit.id), "author": edit.author or None, "at": moment_text(edit.at), "label": edit.label}


def moment_text(moment: datetime) -> str:
    """A time in UTC to the second, as ISO 8601."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def entry_document(entry: EntryRow) -> Document:
    """An edit or a merge in the history."""
    return {
        "id": str(entry.id),
        "author": entry.author or None,
        "at": moment_text(entry.at),
        "label": entry.label,
        "changes": entry.changes,
        "undo_of": str(entry.undo_of) if entry.undo_of else None,
        "undone": entry.undone,
        "clock_ahead": entry.from_future,
    }


_OPERATIONS = {"I": "created", "U": "set", "D": "deleted", "T": "kept"}


def change_document(change: ChangeRow) -> Document:
    """One change of one record or field."""
    told: Document = {
        "operation": _OPERATIONS[change.op],
        "id": str(change.record),
        "kind": change.kind,
        "field": change.field or None,
    }
    return told | ({"before": change.before, "after": change.after} if change.op == "U" else {})


def finding_document(finding: Finding) -> Document:
    """Something that is wrong with a file."""
    return {
        "check": finding.check.value,
        "kind": finding.kind or None,
        "id": str(finding.record) if finding.record else None,
        "text": finding.text,
    }


def review_document(counts: Mapping[FindingKind, int], dismissed: int, findings: Iterable[Reviewed]) -> Document:
    """What there is to look at in what a file says: how much of each kind, and each finding."""
    return {
        "counts": {kind.value: count for kind, count in counts.items()},
        "dismissed": dismissed,
        "findings": [_reviewed_document(finding) for finding in findings],
    }


def _reviewed_document(finding: Reviewed) -> Document:
    return {
        "finding": finding.kind.value,
        "id": str(finding.record),
        "kind": finding.of,
        "title": finding.title,
        "part_of": {"id": str(finding.owner), "title": finding.owner_title} if finding.owner else None,
        "field": finding.field or None,
        "text": finding.sentence,
        "key": finding.key,
        "dismissed": finding.reason if finding.dismissal else None,
    }


def conflict_document(conflict: ConflictRow) -> Document:
    """A field that two people set apart from each other; the last value is shown."""
    return {
        "id": str(conflict.record),
        "kind": conflict.kind,
        "title": conflict.title,
        "field": conflict.field,
        "values": list(conflict.values),
    }


def comparison_document(comparison: Comparison) -> Document:
    """Two files side by side."""
    return {
        "same": comparison.is_same,
        "first": _side_document(comparison.first),
        "second": _side_document(comparison.second),
        "differences": [
            {
                "id": str(row.record),
                "kind": row.kind,
                "title": row.title,
                "field": row.field,
                "first": row.first,
                "second": row.second,
            }
            for row in comparison.differences
        ],
    }


def _side_document(side: Side) -> Document:
    return {
        "revision": side.revision,
        "edits": [edit_document(edit) for edit in side.edits],
        "records": named_documents((row.id, row.kind, row.title) for row in side.records),
    }


def named_documents(rows: Iterable[tuple[uuid.UUID, str, str]]) -> list[Document]:
    """Records by id, kind and title."""
    return [{"id": str(key), "kind": kind, "title": title} for key, kind, title in rows]
