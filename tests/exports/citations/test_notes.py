"""The notes of a briefing in each style: only the reference changes, and nothing that proves anything is lost."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

import resources
from db.engine import open_engine, open_sessions
from db.importers.records import load_records, read_document
from db.log import Editor, edit
from db.models import Citation, Contributor, Source, SourceVariable
from db.operations.records import add_record
from exports.briefing.notes import NoteBook
from exports.briefing.sheet import Note
from exports.briefing.words import BriefingOptions
from exports.citations.errors import MissingPandoc
from exports.citations.items import Cited as Place
from exports.citations.notes import BibliographyEntry, CitedWorks
from exports.citations.styles import CitationStyle, Family
from tests.db.case import make_empty
from tests.exports.citations.reading import marked, plain
from tests.exports.citations.sources import PAGE

EDITOR = Editor(uuid.UUID(int=1), "Analyst")
STYLES = [style for style in CitationStyle if style is not CitationStyle.PLAIN]
SAMPLE = (
    ("jdefense-norway", "jd-meeting"),
    ("jdefense-norway", "jd-signed"),
    ("kihara-blog", "kb-signed"),
    ("jiji-ja", "jiji-ja-signed"),
    ("wikidata", "wd-gram"),
    ("jdefense-norway", "jd-gram"),
)


@dataclass
class Cited:
    """The sample in a file, and what a briefing of it cites."""

    session: Session
    ids: dict[str, uuid.UUID]

    def book(self, style: CitationStyle, cache: Path | None = None) -> NoteBook:
        book = NoteBook(self.session, BriefingOptions(style=style, citation_cache=cache))
        for source, citation in SAMPLE:
            book.number(self.ids[citation], self.ids[source])
        book.number_of_source(self.ids["mod-release"])
        book.number(self.ids["letter-citation"], self.ids["letter"])
        return book

    def notes(self, style: CitationStyle) -> tuple[Note, ...]:
        return self.book(style).notes()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cited]:
    engine = open_engine(make_empty(tmp_path_factory.mktemp("cited") / "cited.casefile"), writable=True)
    with edit(open_sessions(engine), EDITOR, "sample") as session:
        ids = load_records(session, read_document(resources.path("samples/japan_norway.toml")))
        ids["letter"] = _letter(session)
        ids["letter-citation"] = add_record(
            session, Citation, {"source": ids["letter"], "locator_label": "paragraph", "locator": "2"}
        )
    with open_sessions(engine)() as session:
        yield Cited(session, ids)
    engine.dispose()


def _letter(session: Session) -> uuid.UUID:
    fields = {"title": "On the memorandum", "source_type": "personal_communication", "issued": "2024-10-01"}
    letter = add_record(session, Source, fields)
    author = {"source": letter, "contributor_role": "author", "given": "Richard", "family": "Roe", "position": 2}
    add_record(session, Contributor, author)
    add_record(session, Contributor, author | {"given": "Jane", "family": "Doe", "position": 1})
    add_record(session, SourceVariable, {"source": letter, "variable": "genre", "value": "letter"})
    add_record(session, SourceVariable, {"source": letter, "variable": "type", "value": "book"})
    return letter


def test_the_plain_style_is_the_default_and_asks_nobody(case: Cited, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.citations.pandoc.find_spec", lambda name: None)
    assert BriefingOptions().style is CitationStyle.PLAIN
    notes = case.notes(CitationStyle.PLAIN)
    assert marked(notes[0].reference) == "“木原防衛大臣がノルウェー国防大臣と会談(9月3日)”, *J-Defense News*"
    assert (notes[0].issued, notes[0].url) == (
        "5 September 2024",
        "https://j-defense.ikaros.jp/docs/mod/001289.html",
    )
    assert case.book(CitationStyle.PLAIN).bibliography() == ()
    with pytest.raises(MissingPandoc):
        case.notes(CitationStyle.APA)


@pytest.mark.parametrize("style", STYLES)
def test_what_stands_beside_a_reference_stays(case: Cited, style: CitationStyle) -> None:
    changed = {"reference": (), "locator": "", "publisher": "", "issued": "", "accessed": "", "url": ""}
    for before, after in zip(case.notes(CitationStyle.PLAIN), case.notes(style), strict=True):
        assert replace(before, **changed) == replace(after, **changed)  # type: ignore[arg-type]
        assert after.reference


@pytest.mark.parametrize("style", STYLES)
def test_no_date_and_no_address_is_lost(case: Cited, style: CitationStyle) -> None:
    book = case.book(style)
    entries = "".join(plain(entry.phrases) for entry in book.bibliography())
    told: set[str] = set()
    for before, after in zip(case.notes(CitationStyle.PLAIN), book.notes(), strict=True):
        text = plain(after.reference) + entries + after.url + after.issued
        if str(after.source) not in told or style.family is Family.AUTHOR_DATE:
            assert before.url in text
            assert before.issued == "undated" or before.issued[-4:] in text
        told.add(str(after.source))


def test_the_web_page_that_ieee_does_not_date_keeps_its_date_beside(case: Cited) -> None:
    assert case.notes(CitationStyle.IEEE)[2].issued == "3 September 2024"
    assert case.notes(CitationStyle.CHICAGO_NOTES)[2].issued == ""


def test_notes_in_oscola(case: Cited) -> None:
    notes = [marked(note.reference) for note in case.notes(CitationStyle.OSCOLA)]
    assert notes[:4] == [
        "‘木原防衛大臣がノルウェー国防大臣と会談(9月3日)’ *J-Defense News* (5 September 2024) "
        "<https://j-defense.ikaros.jp/docs/mod/001289.html>.",
        "ibid.",
        "‘ノルウェー国防大臣が来日’ (3 September 2024) <https://kiharaminoru.jp/blog/2024/09/03/6952>.",
        "‘ノルウェーと装備協力覚書=木原氏、国防相と会談’ *Jiji Press* (3 September 2024) "
        "<https://sp.m.jiji.com/article/show/3329346>.",
    ]
    assert notes[5] == "‘木原防衛大臣がノルウェー国防大臣と会談(9月3日)’ (n 1)."
    assert notes[6].startswith("Ministry of Defense, ‘日ノルウェー防衛相会談について’")
    assert notes[7] == "Letter from Jane Doe and Richard Roe, ‘On the memorandum’ (1 October 2024) para 2."


def test_a_source_without_an_entry_is_told_in_its_note(case: Cited) -> None:
    letter = case.notes(CitationStyle.APA)[7]
    assert marked(letter.reference) == (
        "(J. Doe & R. Roe, personal communication, October 1, 2024, para. 2) Richard Roe, Jane Doe, “On the memorandum”"
    )
    assert letter.issued == "1 October 2024"


def test_the_bibliography_names_the_notes_that_cite_it(case: Cited) -> None:
    entries = case.book(CitationStyle.CHICAGO_AUTHOR_DATE).bibliography()
    found = next(entry for entry in entries if "J-Defense" in plain(entry.phrases))
    assert isinstance(found, BibliographyEntry)
    assert found.notes == (1, 2, 6)
    assert sorted(number for entry in entries for number in entry.notes) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en_GB", "September 3, 2024"),
        ("nb_NO", "3. september 2024"),
        ("no", "3. september 2024"),
        ("ja", "2024年9月3日"),
    ],
)
def test_the_locale_chooses_the_style_s_words(locale: str, day: str) -> None:
    works = CitedWorks((PAGE,), (Place(0),), CitationStyle.CHICAGO_NOTES, locale)
    (note,) = works.notes([Note(1, (), accessed="5 September 2024")])
    assert day in marked(note.reference)
    assert note.accessed == ""


def test_a_source_mentioned_after_the_notes_were_asked_for_gets_its_own(case: Cited, tmp_path: Path) -> None:
    book = case.book(CitationStyle.IEEE, cache=tmp_path)
    before = book.notes()
    number = book.number_of_source(case.ids["arab-jiji"])
    assert len(book.notes()) == number == len(before) + 1
    assert book.notes()[:-1] == before
    assert len(list(tmp_path.iterdir())) == 2
