"""Whole briefings of every shape, with hostile words: each is printed whole, marked, with links that land."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.models.vocabulary import Standing, Tlp
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    FactTable,
    Figure,
    Front,
    Item,
    ItemList,
    Ladders,
    NotesPlace,
    Portrait,
    Role,
    Row,
    RowKind,
    Run,
    Section,
    SourceStatement,
    Table,
)
from exports.briefing.labels import Labels
from exports.briefing.sheet import (
    Fact,
    GradeCount,
    Ladder,
    Marking,
    Note,
    Phrase,
    Rival,
    SourceSummary,
    Step,
    StepState,
    Support,
)
from exports.pdf import Paper, PdfOptions, render
from tests.exports.pdf import dossiers
from tests.exports.pdf.reading import compact, open_pdf, page_texts

WHATEVER = (
    "",
    "A word or two, S&P <b>bold</b> {pages} %s \\(",
    "An address https://example.org/" + "long/way?to=go&" * 32,
    "Unbroken" * 60,
    "many words " * 400,
    "two\nlines\r\nand\ttabs \u2028 and \x07 controls \u200b\u00ad\ufeff",
    "防衛装備品・技術移転協定" * 12,
    "اتفاقية التعاون الدفاعي (2024) بين اليابان و NATO",
    "הסכם שיתוף פעולה ביטחוני, 3.5% ועוד Japan (2019) " * 8,
    "\u202eturned\u202c \u2066isolated\u2069 אבג abc",
    "ข้อตกลงความร่วมมือด้านกลาโหม" * 10,
    "रक्षा सहयोग समझौता, 국방 협력 협정, 防务合作协定",
    "Ångström Łódź Ἀθῆναι Москва e\u0301\u0302\u0323",
)
LANGUAGES = st.sampled_from(("", "en-GB", "ja", "zh-TW", "ko", "ar", "he", "th", "hi", "no language"))


class Maker:
    """Draws the parts of a briefing; every text in it has a word of its own, to be found again on paper."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.words: list[str] = []
        self._numbers = count(1)
        self.notes = tuple(map(self._note, range(1, draw(st.sampled_from((0, 1, 3, 40))) + 1)))
        self.words.clear()  # of notes only those that are cited stand at the bottom of pages

    def text(self) -> str:
        word = f"w{next(self._numbers):05}w"
        self.words.append(word)
        return f"{self.draw(st.sampled_from(WHATEVER))} {word}"

    def label(self) -> str:
        """A fixed word, as headings are."""
        self.words.append(f"w{next(self._numbers):05}w")
        return self.words[-1]

    def several(self, most: int = 3) -> range:
        return range(self.draw(st.integers(0, most)))

    def language(self) -> str:
        chosen: str = self.draw(LANGUAGES)
        return chosen

    def _note(self, number: int) -> Note:
        def letter(letters: str) -> str:
            chosen: str = self.draw(st.sampled_from(("", *letters)))
            return chosen

        return Note(
            number,
            (Phrase(self.text(), self.language()), Phrase("https://example.org/phrase")),
            url=self.draw(st.sampled_from(("", "https://example.org/" + "a%20" * 160, "javascript:alert(1)"))),
            reliability=letter("AF"),
            credibility=letter("16"),
            origin=self.text(),
            is_original=self.draw(st.booleans()),
            quotation=self.text(),
            quotation_language=self.language(),
        )

    def numbers(self) -> tuple[int, ...]:
        known = [note.number for note in self.notes]
        return tuple(self.draw(st.lists(st.sampled_from(known), max_size=40, unique=True))) if known else ()

    def support(self) -> Support | None:
        standing, notes = self.draw(st.sampled_from((None, *Standing))), self.numbers()
        if standing is None:
            return None
        if standing is Standing.UNCITED:
            notes = ()
        if standing in (Standing.SUPPORTED, Standing.SINGLE) and not notes:
            standing = Standing.UNCITED
        rivals = tuple(Rival(self.text(), self.numbers(), bool(each % 2)) for each in self.several(2))
        return Support(standing, notes, len(notes), rivals, self.text() if rivals else "")

    def fact(self) -> Fact:
        return Fact(self.text(), self.text(), self.support(), self.language())

    def run(self) -> Run:
        role, flag = self.draw(st.sampled_from(tuple(Role))), self.draw(st.booleans())
        return Run(self.text(), role, self.language(), quote=flag)

    def item(self) -> Item:
        return Item(
            tuple(self.run() for _ in self.several()),
            self.support(),
            label=self.text() if self.draw(st.booleans()) else "",
            details=tuple((self.text(), self.text()) for _ in self.several(1)),
            facts=tuple(self.fact() for _ in self.several(1)),
            notes=self.numbers(),
            particulars=tuple((self.text(), self.text()) for _ in self.several(1)),
        )

    def table(self) -> Table:
        width = self.draw(st.integers(1, 5))
        columns = tuple(Column(self.label(), 1 / width, self.draw(st.booleans())) for _ in range(width))
        rows = [self._row(width) for _ in self.several(6)]
        return Table(columns, tuple(rows), self.draw(st.booleans()))

    def _row(self, width: int) -> Row:
        kind = self.draw(st.sampled_from(tuple(RowKind)))
        cells = 1 if kind is RowKind.GROUP else width
        return Row(tuple(Cell(tuple(self.item() for _ in self.several(2))) for _ in range(cells)), kind)

    def ladders(self) -> Ladders:
        def step() -> Step:
            state = self.draw(st.sampled_from(tuple(StepState)))
            return Step(self.text(), state, self.text(), self.support() or Support(Standing.UNKNOWN))

        made = [tuple(step() for _ in range(1 + each)) for each in self.several(8)]
        return Ladders(tuple(Ladder(steps, self.text()) for steps in made))

    def block(self) -> Block:
        makers: tuple[Callable[[], Block], ...] = (
            self.item,
            lambda: ItemList(tuple(self.item() for _ in self.several(4))),
            lambda: FactTable(tuple(self.fact() for _ in self.several(4))),
            self.table,
            self.ladders,
            lambda: Figure(dossiers.drawing(self.draw(st.sampled_from((60.0, 340.0, 490.0)))), self.text()),
            lambda: Portrait(dossiers.picture(), "A person"),
            self.summary,
        )
        return self.draw(st.sampled_from(makers))()

    def summary(self) -> SourceStatement:
        told = tuple(self.text() for _ in self.several(2))
        return SourceStatement(SourceSummary(3, 2, (GradeCount("A", "1", 2),), self.text(), told, told))

    def chapter(self) -> Chapter:
        sections = tuple(
            Section("", self.label(), tuple(self.block() for _ in range(1 + place))) for place in self.several(3)
        )
        empty = Section("empty", "", ())
        others = tuple(Phrase(self.text(), self.language()) for _ in self.several(2))
        return Chapter(BriefingKind.DOSSIER, self.text(), self.fact_without_label(), (*sections, empty), others)

    def fact_without_label(self) -> Fact:
        return Fact("", self.text(), self.support(), self.language())


@st.composite
def briefings(draw: st.DrawFn) -> tuple[Briefing, list[str]]:
    maker = Maker(draw)
    chapters = tuple(maker.chapter() for _ in range(draw(st.integers(1, 3))))
    cover = maker.fact_without_label() if draw(st.booleans()) else None
    titles = st.sampled_from(("A case", "A title " * 50, "كتاب 防衛 " * 20))
    front = Front(draw(titles), "3f9a2c1", Marking(Tlp.AMBER), draw(titles), None, draw(titles), draw(LANGUAGES))
    place = draw(st.sampled_from(tuple(NotesPlace)))
    return Briefing(BriefingKind.DOSSIER, front, chapters, Labels(), maker.notes, place, cover), maker.words


@settings(max_examples=settings().max_examples // 12, suppress_health_check=list(HealthCheck), deadline=None)
@given(briefings(), st.sampled_from(Paper), st.booleans())
def test_any_briefing_is_printed_whole(made: tuple[Briefing, list[str]], paper: Paper, plain: bool) -> None:
    briefing, words = made
    pdf = render(briefing, PdfOptions(paper, plain)).pdf
    texts = page_texts(pdf)
    assert all(text.count("TLP:AMBER") == 2 for text in texts)
    said = compact("".join(texts))
    assert [word for word in words if word not in said] == []
    with open_pdf(pdf) as opened:
        pages = {page.obj.objgen for page in opened.pages}
        links = [link for page in opened.pages for link in page.get("/Annots", []) if "/Dest" in link]
        assert all(link.Dest[0].objgen in pages for link in links)
