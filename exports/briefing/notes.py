"""The numbered notes of a briefing: one per citation, in the order of first mention, and what they amount to."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.dates import Edtf
from db.models import Citation, Contributor, Entity, Publication, Snapshot, Source
from db.models.vocabulary import ContributorRole, Standing
from db.queries.records import FieldRow, RecordRow, list_records, record
from db.queries.titles import chunks
from db.triggers import table_of
from exports.briefing.ceiling import Ceiling
from exports.briefing.sheet import GradeCount, Note, Phrase, SourceSummary
from exports.briefing.words import BriefingOptions
from exports.citations.notes import BibliographyEntry, CitedWorks
from exports.citations.reading import CitedSource, cited, read_items
from exports.citations.styles import CitationStyle

_CANNOT_BE_JUDGED = ("F", "6")


class NoteBook:
    """Gives every citation its number, and in the end all notes."""

    def __init__(self, session: Session, options: BriefingOptions) -> None:
        self._session = session
        self._options = options
        self.ceiling = Ceiling(session, options.ceiling)
        """What may be told, for all that this briefing tells."""
        self._numbers: dict[tuple[uuid.UUID, uuid.UUID | None], int] = {}
        self._origins: set[uuid.UUID] = set()
        self._rows: dict[uuid.UUID, RecordRow] = {}
        self._authors: dict[uuid.UUID, str] = {}
        self._cited: CitedWorks | None = None

    def number(self, citation: uuid.UUID, source: uuid.UUID, origin: uuid.UUID | None = None) -> int:
        """The number of a citation, the next free one at its first mention."""
        self._origins.add(origin or source)
        return self._numbers.setdefault((source, citation), len(self._numbers) + 1)

    def number_of_source(self, source: uuid.UUID) -> int:
        """The number of a source that is named as a whole: a citation of it that has one already, else its own."""
        cited = [number for (known, _), number in self._numbers.items() if known == source]
        if cited:
            return cited[0]
        self._origins.add(source)
        return self._numbers.setdefault((source, None), len(self._numbers) + 1)

    def outlet(self, source: uuid.UUID) -> str:
        """Who published a source, or its title where that is not known."""
        row = self._record(source)
        publication = self._linked(row, "publication")
        return (publication.title if publication else "") or row["publisher"].text or row.title

    def notes(self) -> tuple[Note, ...]:
        """All notes in their order, with references in the chosen style. Raises CitationError where it needs pandoc."""
        self._read_ahead()
        plain = tuple(self._note(number, source, citation) for (source, citation), number in self._numbers.items())
        if self._options.style is CitationStyle.PLAIN:
            plain = tuple(_shortened(plain))
        self.ceiling.told |= self._rows.keys() - self.ceiling.above(self._rows)
        if self._options.style is CitationStyle.PLAIN:
            return plain
        return self._works().notes(plain)

    def bibliography(self) -> tuple[BibliographyEntry, ...]:
        """What follows the notes in a style by author and date; empty in any other. Raises as `notes` does."""
        self._read_ahead()
        return () if self._options.style is CitationStyle.PLAIN else self._works().bibliography()

    def _works(self) -> CitedWorks:
        """What the notes cite so far, for the citation styles; put together once, since numbers are only added."""
        if self._cited is None or len(self._cited.cited) < len(self._numbers):
            self._cited = self._cited_works()
        return self._cited

    def _cited_works(self) -> CitedWorks:
        sources = list(dict.fromkeys(source for source, _ in self._numbers))
        rows = [self._record(source) for source in sources]
        works = [CitedSource(row, self._linked(row, "publication")) for row in rows]
        items = read_items(self._session, works, self.ceiling.above)
        places = {source: place for place, source in enumerate(sources)}
        citations = [
            cited(places[source], self._record(citation) if citation else None) for source, citation in self._numbers
        ]
        options = self._options
        return CitedWorks(tuple(items), tuple(citations), options.style, options.locale, options.citation_cache)

    def summary(
        self, notes: Sequence[Note], standings: Counter[Standing], explained: tuple[str, ...] = ()
    ) -> SourceSummary | None:
        """How much there is, how independent it is, what is strong and what is missing (ICD 206).

        `standings`: how many of the things that the briefing says stand how; `explained`: the key to its apparatus.
        """
        if not notes:
            return None
        return SourceSummary(
            sources=len({source for source, _ in self._numbers}),
            origins=len(self._origins),
            grades=_grades(notes),
            strengths=self._strengths(notes, standings),
            gaps=self._gaps(notes, standings),
            statement=self._ages(),
            explained=explained,
        )

    def _strengths(self, notes: Sequence[Note], standings: Counter[Standing]) -> tuple[str, ...]:
        words = self._options.labels
        graded = sum(1 for note in notes if note.reliability or note.credibility)
        found = [
            words.facts_supported.format(count=standings[Standing.SUPPORTED]) if standings[Standing.SUPPORTED] else "",
            words.graded.format(count=graded, all=len(notes)) if graded else "",
        ]
        return tuple(text for text in found if text)

    def _ages(self) -> str:
        """The newest and the oldest source that has a day."""
        dates = [self._record(source)["issued"].value for source in {source for source, _ in self._numbers}]
        known = sorted((each for each in dates if isinstance(each, Edtf) and each.is_date), key=_by_day)
        if not known:
            return ""
        labels, told = self._options.labels, self._options.vocabulary.date
        newest = labels.newest_source.format(date=told(known[-1]))
        return labels.source_ages.format(newest=newest, oldest=labels.oldest_source.format(date=told(known[0])))

    def _gaps(self, notes: Sequence[Note], standings: Counter[Standing]) -> tuple[str, ...]:
        words = self._options.labels
        grades = [(note.reliability, note.credibility) for note in notes]
        counts = {
            words.gap_disputed: standings[Standing.DISPUTED],
            words.gap_uncited: standings[Standing.UNCITED],
            words.gap_single: standings[Standing.SINGLE],
            words.gap_ungraded: sum(1 for grade in grades if not any(grade)),
            words.gap_not_judged: sum(1 for grade in grades if set(grade) & set(_CANNOT_BE_JUDGED)),
        }
        return tuple(text.format(count=count) for text, count in counts.items() if count)

    def _note(self, number: int, source_key: uuid.UUID, citation_key: uuid.UUID | None) -> Note:
        source = self._record(source_key)
        publication = self._linked(source, "publication")
        container = source["container_title"].text or (publication.title if publication else "")
        publisher = _publisher(source, publication)
        citation = self._record(citation_key) if citation_key else None
        return Note(
            number=number,
            reference=self._reference(source, container),
            url=source["url"].text,
            archive_url=source["archive_url"].text,
            publisher=publisher if publisher != container else "",
            issued=source["issued"].text or self._options.labels.undated,
            accessed=source["accessed"].text,
            reliability=_letter(source["reliability"]),
            credibility=_letter(citation["credibility"]) if citation else "",
            origin=self._origin(citation),
            is_original=not (citation and citation["relays"].value),
            locator=_locator(citation),
            quotation=citation["quotation"].text if citation else "",
            quotation_language=citation["quotation_language"].text if citation else "",
            translation=citation["quotation_translation"].text if citation else "",
            snapshot=self._snapshot(citation),
            source=source_key,
        )

    def _record(self, key: uuid.UUID) -> RecordRow:
        """A record that several notes may ask for, read once."""
        if key not in self._rows:
            self._rows[key] = self._options.vocabulary.rows([record(self._session, key)])[0]
        return self._rows[key]

    def _read_ahead(self) -> None:
        """Read all that the notes tell in a few statements, however many notes there are."""
        citations = self._read(Citation, {citation for _, citation in self._numbers if citation})
        relayed = _linked_keys(citations, "relays")
        sources = self._read(Source, {source for source, _ in self._numbers} | relayed)
        self._read(Publication, _linked_keys(sources, "publication"))
        self._read(Snapshot, _linked_keys(citations, "snapshot"))
        self._authors |= self._contributors([row.id for row in sources])

    def _read(self, cls: type[Entity], keys: Collection[uuid.UUID]) -> list[RecordRow]:
        """Records of one kind; those that are known already are not read again."""
        table = table_of(cls)
        for chunk in chunks(sorted(key for key in keys if key not in self._rows)):
            rows = list_records(self._session, cls, where=table.c.id.in_(chunk))
            self._rows.update((row.id, row) for row in self._options.vocabulary.rows(rows))
        return [self._rows[key] for key in sorted(keys) if key in self._rows]

    def _contributors(self, sources: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
        """The authors of each source who may be told, as a reference names them."""
        table = table_of(Contributor)
        names: dict[uuid.UUID, list[str]] = {}
        for chunk in chunks(sources):
            rows = list_records(self._session, Contributor, where=table.c.source_id.in_(chunk))
            for row in self.ceiling.admitted(Contributor, rows):
                source = row["source"].value
                if row["contributor_role"].value == ContributorRole.AUTHOR and isinstance(source, uuid.UUID):
                    name = row["literal"].text or f"{row['given'].text} {row['family'].text}".strip()
                    names.setdefault(source, []).append(name)
        return {source: ", ".join(each) for source, each in names.items()}

    def _linked(self, row: RecordRow, name: str) -> RecordRow | None:
        key = row[name].value
        return self._record(key) if isinstance(key, uuid.UUID) and not self.ceiling.above([key]) else None

    def _snapshot(self, citation: RecordRow | None) -> str:
        snapshot = self._linked(citation, "snapshot") if citation else None
        return snapshot["sha256"].text if snapshot else ""

    def _reference(self, source: RecordRow, container: str) -> tuple[Phrase, ...]:
        """Authors, title and what it appeared in; publisher and date have fields of their own."""
        language = source["language"].text
        people, labels = self._authors.get(source.id, ""), self._options.labels
        return (
            *([Phrase(f"{people}{labels.comma}")] if people else []),
            Phrase(f"{labels.opening_quote}{source['title'].text}{labels.closing_quote}", language),
            *([Phrase(labels.comma), Phrase(container, language, italic=True)] if container else []),
        )

    def _origin(self, citation: RecordRow | None) -> str:
        words = self._options.labels
        relayed = citation["relays"].value if citation else None
        if isinstance(relayed, uuid.UUID):
            return words.repeats.format(name=self.outlet(relayed))
        return words.original_report


def _shortened(notes: Iterable[Note]) -> Iterator[Note]:
    """Notes that tell in full only where a source stands first; later ones have its title and what is their own."""
    known: set[uuid.UUID | None] = set()
    for note in notes:
        if note.source in known:
            yield replace(note, publisher="", issued="", accessed="", url="", archive_url="")
        else:
            yield note
        known.add(note.source)


def _by_day(date: Edtf) -> tuple[str, str, str]:
    return date.earliest, date.latest, date.text


def _grades(notes: Sequence[Note]) -> tuple[GradeCount, ...]:
    counts = Counter((note.reliability, note.credibility) for note in notes)
    return tuple(GradeCount(*grade, count) for grade, count in sorted(counts.items()))


def _publisher(source: RecordRow, publication: RecordRow | None) -> str:
    return source["publisher"].text or (publication["publisher"].text if publication else "")


def _linked_keys(rows: Iterable[RecordRow], name: str) -> set[uuid.UUID]:
    values = (row[name].value for row in rows)
    return {value for value in values if isinstance(value, uuid.UUID)}


def _letter(grade: FieldRow) -> str:
    """A grade as its letter or figure alone: a note has no room for what it means."""
    return str(grade.value or "")


def _locator(citation: RecordRow | None) -> str:
    if citation is None or not citation["locator"].text:
        return ""
    return f"{citation['locator_label'].text} {citation['locator'].text}".strip()
