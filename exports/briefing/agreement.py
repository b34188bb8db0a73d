"""What the sheet of one agreement says, read from the case file."""

import uuid
from collections.abc import Iterable
from dataclasses import replace

from babel import Locale, UnknownLocaleError
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.dates import Edtf
from db.errors import RecordNotFound
from db.evidence import STATUS, FieldEvidence, evidence
from db.models import (
    Agreement,
    AgreementText,
    Assessment,
    Concern,
    Entity,
    Equipment,
    Event,
    OtherName,
    Party,
    PartyAction,
    Programme,
    ProgrammeAgreement,
    Provision,
    Relation,
    Signatory,
    Statement,
    Task,
)
from db.models.vocabulary import (
    AssessmentForm,
    LegallyBinding,
    Outcome,
    RelationType,
    Tlp,
    Wording,
)
from db.queries.case_file import CaseFileRow, case_file
from db.queries.records import FieldRow, RecordRow, list_records, record
from db.queries.titles import class_of
from db.status import Status, has_happened
from db.triggers import table_of
from exports.briefing import sheet
from exports.briefing.ladders import SIGNATURES, deeds_of, ladder, status
from exports.briefing.notes import NoteBook
from exports.briefing.posts import held_post, membership_of
from exports.briefing.support import Weights
from exports.briefing.words import BriefingOptions

_PLAIN_FACTS = ("instrument_type", "legally_binding", "subjects", "place_signed")
_SHOWN_UNKNOWN = ("instrument_type", "legally_binding")
_FURTHER_FACTS = ("unts_number", "treaty_number", "depositary")


def agreement_sheet(session: Session, key: uuid.UUID, options: BriefingOptions) -> sheet.AgreementSheet:
    """Everything that one agreement's sheet says. Raises RecordNotFound if there is no such agreement."""
    if class_of(session, key) is not Agreement:
        raise RecordNotFound(f"The record {key} is no agreement.")
    return _Reading(session, key, options).read()


class _Reading:
    """One reading of an agreement, in the order of the sheet, so that notes are numbered as they are first read."""

    def __init__(self, session: Session, key: uuid.UUID, options: BriefingOptions) -> None:
        self._session = session
        self._key = key
        self._options = options
        self._words = options.words
        self._notes = NoteBook(session, options)
        self._weights = Weights(session, self._notes, options)
        self._row = record(session, key)
        self._actions = sorted(self._parts(PartyAction), key=_by_date)

    def read(self) -> sheet.AgreementSheet:
        """The parts are read in the order in which they are printed."""
        case = case_file(self._session)
        title = self._fact("title", self._row["title"])
        stand = self._status()
        whole, each = self._ladders()
        assessments = self._assessments()
        summary = self._fact("summary", self._row["summary"])
        parts = {
            "facts": tuple(self._facts()),
            "parties": tuple(self._parties()),
            "signatories": tuple(self._signatories()),
            "provisions": tuple(self._provisions()),
            "relations": tuple(self._relations()),
            "texts": tuple(self._texts()),
            "statements": tuple(self._statements()),
            "events": tuple(self._events()),
            "equipment": tuple(self._equipment()),
            "programmes": tuple(self._programmes()),
        }
        notes = self._notes.notes()
        return sheet.AgreementSheet(
            case_title=case.title,
            revision=case.revision,
            marking=self._marking(case),
            title=title,
            date=self._options.date,
            compiled=self._options.compiled,
            originator=self._options.originator,
            language=case.language or "en-GB",
            other_titles=self._names(self._key),
            status=stand,
            summary=summary if summary.text else None,
            ladder=whole,
            party_ladders=each,
            assessments=assessments,
            tasks=tuple(self._tasks()),
            notes=notes,
            sources=self._notes.summary(notes, self._weights.given),
            **parts,  # type: ignore[arg-type]
        )

    def _marking(self, case: CaseFileRow) -> sheet.Marking:
        """The agreement's own marking, else that of the case file."""
        return sheet.Marking(Tlp(self._row["marking"].text or case.marking), case.marking_line)

    def _parts(self, cls: type[Entity], column: str = "agreement_id") -> list[RecordRow]:
        return self._where(cls, table_of(cls).c[column] == self._key)

    def _where(self, cls: type[Entity], condition: ColumnElement[bool]) -> list[RecordRow]:
        return list_records(self._session, cls, where=condition)

    def _concerning(self, cls: type[Entity]) -> list[RecordRow]:
        concern = table_of(Concern)
        inside = select(concern.c.record_id).where(concern.c.subject_id == self._key)
        return self._where(cls, table_of(cls).c.id.in_(inside))

    def _names(self, key: uuid.UUID) -> tuple[sheet.Phrase, ...]:
        rows = self._where(OtherName, table_of(OtherName).c.record_id == key)
        return tuple(sheet.Phrase(row["name"].text, row["language"].text) for row in rows)

    def _fact(self, name: str, field: FieldRow, text: str = "") -> sheet.Fact:
        label = getattr(self._words, name)
        return sheet.Fact(label, text or field.text, self._weights.of_field(self._key, name))

    def _facts(self) -> Iterable[sheet.Fact]:
        for name in (*_PLAIN_FACTS, *_FURTHER_FACTS):
            field = self._row[name]
            if field.value is LegallyBinding.UNKNOWN:
                yield sheet.Fact(getattr(self._words, name), "", sheet.UNKNOWN)
            elif field.text or name in _SHOWN_UNKNOWN:
                yield self._fact(name, field)
        yield from self._place_of_signature()
        if self._row["term_span"].text:
            yield sheet.Fact(self._words.term, self._row["term_span"].text, self._field("term_span"))
        if self._row["renewal_type"].text:
            yield sheet.Fact(self._words.renewal, self._row["renewal_type"].text, self._field("renewal_type"))

    def _place_of_signature(self) -> Iterable[sheet.Fact]:
        """Where it was signed, as the action says, unless the agreement itself says so."""
        signed = [row for row in self._actions if row["action"].value in SIGNATURES and row["place"].text]
        if signed and not self._row["place_signed"].text:
            support = self._weights.of_field(signed[0].id, "place")
            yield sheet.Fact(self._words.place_signed, signed[0]["place"].text, support)

    def _field(self, name: str) -> sheet.Support:
        return self._weights.of_field(self._key, name)

    def _status(self) -> sheet.Fact:
        parties = [row["organization"].value for row in self._parts(Party)]
        reached = status(self._actions, [key for key in parties if isinstance(key, uuid.UUID)], self._options.day)
        word = reached.value.capitalize() if reached is not Status.NOT_KNOWN else ""
        if reached is not Status.NOT_KNOWN:
            support = self._action_support(self._last_done())  # its rivals stand at the ladder's step
            return sheet.Fact(self._words.status, word, replace(support, rivals=(), reason=""))
        observed = evidence(self._session, self._key).get(STATUS)
        text = _observed(observed, self._words.reported) or word
        return sheet.Fact(self._words.status, text, self._weights.of_field(self._key, STATUS))

    def _last_done(self) -> RecordRow:
        """The last action that has come to pass on the sheet's day."""
        done = zip(self._actions, deeds_of(self._actions), strict=True)
        return [row for row, deed in done if has_happened(deed, self._options.day)][-1]

    def _ladders(self) -> tuple[sheet.Ladder, tuple[sheet.Ladder, ...]]:
        whole = [row for row in self._actions if row["organization"].value is None]
        own: dict[str, list[RecordRow]] = {}
        for row in self._actions:
            if row["organization"].value is not None:
                own.setdefault(row["organization"].text, []).append(row)
        each = tuple(ladder(rows, self._action_support, self._options.day, name) for name, rows in own.items())
        return ladder(whole, self._action_support, self._options.day), each

    def _action_support(self, action: RecordRow) -> sheet.Support:
        """An action is as well known as its date, or, without one, as that it happened at all."""
        found = evidence(self._session, action.id)
        if "date" in found:
            return self._weights.of_field(action.id, "date")
        return self._weights.of_record(action.id)

    def _parties(self) -> Iterable[sheet.Party]:
        claimed = evidence(self._session, self._key).get("parties")
        for row in sorted(self._parts(Party), key=lambda row: row.title):
            key = row["organization"].value
            names = self._names(key) if isinstance(key, uuid.UUID) else ()
            support = self._weights.of_record(row.id, _agreeing(claimed))
            yield sheet.Party(row["organization"].text, row["role"].text, support=support, names=names)

    def _signatories(self) -> Iterable[sheet.Signatory]:
        for action in self._actions:
            claimed = evidence(self._session, action.id).get("signatories")
            rows = self._where(Signatory, table_of(Signatory).c.action_id == action.id)
            signatories = [self._signatory(row, action, claimed) for row in rows]
            yield from signatories[:1]
            yield from (_without_rivals(signatory) if claimed else signatory for signatory in signatories[1:])

    def _signatory(self, row: RecordRow, action: RecordRow, claimed: FieldEvidence | None) -> sheet.Signatory:
        person = row["person"].value
        membership = membership_of(self._session, row)
        behalf = row["on_behalf_of"].text or (membership["on_behalf_of"].text if membership else "")
        return sheet.Signatory(
            name=row["person"].text or row["organization"].text or row["as_reported"].text,
            names=self._names(person) if isinstance(person, uuid.UUID) else (),
            post=membership["post"].text if membership else "",
            organization=membership["organization"].text if membership else "",
            on_behalf_of=behalf,
            action=action["action"].text,
            date=action["date"].text,
            held_post=held_post(membership, action) if person and membership else None,
            support=self._weights.of_record(row.id, claimed),
        )

    def _provisions(self) -> Iterable[sheet.Provision]:
        for row in self._parts(Provision):
            article = row["article"].text
            yield sheet.Provision(
                kind=row["provision_kind"].text.capitalize(),
                text=row["text"].text,
                article=self._words.article.format(article=article) if article else "",
                support=self._weights.of_record(row.id),
            )

    def _relations(self) -> Iterable[sheet.Relation]:
        for row in self._parts(Relation):
            yield self._relation(row, row["relation_type"].text, row["target"].value)
        for row in self._parts(Relation, "target_id"):
            phrase = RelationType(row["relation_type"].text).inverse
            yield self._relation(row, phrase, row["agreement"].value)

    def _relation(self, row: RecordRow, phrase: str, other: object) -> sheet.Relation:
        assert isinstance(other, uuid.UUID)
        reading = _Reading(self._session, other, self._options)
        return sheet.Relation(
            phrase, reading._row["title"].text, reading._status().text, self._weights.of_record(row.id)
        )

    def _texts(self) -> Iterable[sheet.InstrumentText]:
        for row in self._parts(AgreementText):
            authentic = row["authentic"].value
            yield sheet.InstrumentText(
                language=self._language(row["language"].text),
                authentic=authentic if isinstance(authentic, bool) else None,
                availability=row["publicity"].text,
                annexes=row["annexes"].text,
                where=row["location"].text,
                support=self._with_source(row),
            )

    def _language(self, code: str) -> str:
        """A language by its name in the briefing's own."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self._options.locale) or code
        except (ValueError, UnknownLocaleError):
            return code

    def _statements(self) -> Iterable[sheet.Statement]:
        for row in sorted(self._concerning(Statement), key=_by_date):
            yield sheet.Statement(
                speaker=row["speaker"].text,
                words=row["text"].text,
                exact=row["wording"].value is Wording.EXACT,
                language=row["language"].text,
                translation=row["translation"].text,
                date=row["date"].text,
                occasion=row["occasion"].text,
                attribution=self._attribution(row),
                support=self._with_source(row),
            )

    def _attribution(self, row: RecordRow) -> str:
        """Through whose hands the words came to us: speaker, relayed by, reported by."""
        source = row["source"].value
        chain = [row["speaker"].text]
        if row["relayed_by"].text:
            chain.append(self._words.relayed_by.format(name=row["relayed_by"].text))
        if isinstance(source, uuid.UUID):
            chain.append(self._words.reported_by.format(name=self._notes.outlet(source)))
        return ", ".join(chain) if len(chain) > 1 else ""

    def _with_source(self, row: RecordRow) -> sheet.Support:
        """The support of a record that names its source itself, besides the claims about it."""
        source = row["source"].value
        support = self._weights.of_record(row.id)
        if support.notes or not isinstance(source, uuid.UUID):
            return support
        self._weights.given.pop()
        return self._weights.of_source(source)

    def _equipment(self) -> Iterable[sheet.Equipment]:
        for row in self._concerning(Equipment):
            yield sheet.Equipment(
                designation=row["designation"].text,
                kind=row["equipment_kind"].text,
                manufacturer=row["manufacturer"].text,
                operators=_split(row["operators"]),
                support=self._weights.of_record(row.id),
            )

    def _programmes(self) -> Iterable[sheet.Programme]:
        link = table_of(ProgrammeAgreement)
        inside = select(link.c.programme_id).where(link.c.agreement_id == self._key)
        for row in self._where(Programme, table_of(Programme).c.id.in_(inside)):
            yield sheet.Programme(
                name=row["name"].text,
                purpose=row["purpose"].text,
                organizations=_split(row["organizations"]),
                support=self._weights.of_record(row.id),
            )

    def _events(self) -> Iterable[sheet.Event]:
        for row in sorted(self._concerning(Event), key=_by_date):
            yield sheet.Event(
                type=row["event_type"].text,
                title=row["title"].text,
                date=row["date"].text,
                place=row["place"].text,
                participants=_split(row["participants"]),
                support=self._weights.of_record(row.id),
            )

    def _assessments(self) -> tuple[sheet.Assessment, ...]:
        return tuple(
            sheet.Assessment(
                form=AssessmentForm(row["assessment_form"].text or AssessmentForm.JUDGEMENT),
                judgement=row["judgement"].text,
                basis=row["basis"].text,
                confidence=row["confidence"].text,
                likelihood=row["likelihood"].text,
            )
            for row in self._concerning(Assessment)
        )

    def _tasks(self) -> Iterable[sheet.Task]:
        for row in self._concerning(Task):
            if row["outcome"].value in (Outcome.OPEN, Outcome.NOT_FOUND):
                searched = [row["searched_where"].text, row["searched_on"].text]
                told = [row["outcome"].text if row["outcome"].value is Outcome.NOT_FOUND else "", *searched]
                yield sheet.Task(row["question"].text, row["due"].text, ", ".join(part for part in told if part))


def _by_date(row: RecordRow) -> tuple[str, str]:
    """Undated last; among equals in the order of entry."""
    value = row["date"].value
    return (value.earliest or "~", value.latest) if isinstance(value, Edtf) else ("~", "")


def _split(field: FieldRow) -> tuple[str, ...]:
    return tuple(field.text.split("; ")) if field.text else ()


def _observed(found: FieldEvidence | None, form: str) -> str:
    """A status that a source observed on a day, as “reported in force (2019)”."""
    for claim in found.claims if found else ():
        return form.format(status=claim.value, date=claim.as_of.text if claim.as_of else "")
    return ""


def _agreeing(found: FieldEvidence | None) -> FieldEvidence | None:
    return found if found and found.claims else None


def _without_rivals(signatory: sheet.Signatory) -> sheet.Signatory:
    """What rivals say about who signed is told with the first signatory, once."""
    return replace(signatory, support=replace(signatory.support, rivals=(), reason=""))
