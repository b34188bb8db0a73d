"""The agreement sheet of real agreements: what it says, and that its PDF is sound and without dead ends."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.engine import open_engine, open_sessions
from db.errors import RecordNotFound
from db.importers.records import load_records, read_document
from db.log import Editor, edit
from db.models import Agreement, PartyAction
from db.models.vocabulary import Standing, Tlp
from db.operations.records import add_record, set_field
from exports.briefing.agreement import AGREEMENT_SECTIONS, agreement_briefing, agreement_chapter
from exports.briefing.compilation import Compilation
from exports.briefing.document import Briefing, FactTable, Item, ItemList, Ladders, Row, SourceStatement, Table
from exports.briefing.sheet import Ladder, SourceSummary, StepState, Support
from exports.briefing.words import BriefingOptions
from exports.pdf import render
from tests.db.case import make_empty
from tests.exports.pdf.reading import all_text, compact, open_pdf
from tests.exports.pdf.verapdf import validation

EDITOR = Editor(uuid.UUID(int=1), "Analyst")
OPTIONS = BriefingOptions(date="23 November 2026")


@dataclass
class SampleCase:
    """The sample in a file, an agreement with nothing but a title, and the keys of the document."""

    session: Session
    ids: dict[str, uuid.UUID]

    def sheet(self, key: str) -> Briefing:
        return agreement_briefing(self.session, self.ids[key], OPTIONS)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleCase]:
    path = make_empty(tmp_path_factory.mktemp("sample") / "sample.casefile")
    engine = open_engine(path, writable=True)
    document = read_document(resources.path("samples/japan_norway.toml"))
    with edit(open_sessions(engine), EDITOR, "sample") as session:
        ids = load_records(session, document)
        ids["empty"] = add_record(session, Agreement, {"title": "An agreement that nobody knows anything about"})
        observed = add_record(session, Agreement, {"title": "Observed <in force> & reported"})
        ids["bare"] = add_record(session, Agreement, {"title": "Signed, it is said"})
        add_record(session, PartyAction, {"agreement": ids["bare"], "action": "signature"})
        set_field(session, observed, "marking", "RED")
        ids["observed"] = observed
    with open_sessions(engine)() as session:
        yield SampleCase(session, ids)
    engine.dispose()


def blocks(briefing: Briefing, name: str) -> tuple[object, ...]:
    """What stands in a section; nothing where it was left out."""
    return next((section.blocks for section in briefing.sections() if section.name == name), ())


def items(briefing: Briefing, name: str) -> tuple[Item, ...]:
    return tuple(item for block in blocks(briefing, name) if isinstance(block, ItemList) for item in block.items)


def rows(briefing: Briefing, name: str) -> tuple[Row, ...]:
    return tuple(row for block in blocks(briefing, name) if isinstance(block, Table) for row in block.rows)


def words(item: Item) -> str:
    return "".join(run.text for run in item.runs)


def main_ladder(briefing: Briefing) -> Ladder:
    return next(block.ladders[0] for block in blocks(briefing, "status") if isinstance(block, Ladders))


def stand(briefing: Briefing) -> str:
    return next(words(block) for block in blocks(briefing, "status") if isinstance(block, Item))


def support(item: Item) -> Support:
    assert item.support is not None
    return item.support


def summary(briefing: Briefing) -> SourceSummary:
    return next(block.summary for block in blocks(briefing, "sources") if isinstance(block, SourceStatement))


def test_the_memorandum_is_signed_and_not_known_to_be_in_force(case: SampleCase) -> None:
    sheet = case.sheet("mou")
    assert stand(sheet) == "Signed"
    steps = {step.label: (step.state, step.date) for step in main_ladder(sheet).steps}
    assert steps == {
        "Signed": (StepState.REACHED, "3 September 2024"),
        "In force": (StepState.UNKNOWN, ""),
    }


def test_rival_signatories_stand_side_by_side_with_who_reports_them(case: SampleCase) -> None:
    first, second = (row.cells[0].lines[0] for row in rows(case.sheet("mou"), "signatories"))
    assert {words(first), words(second)} == {"Ministry of Defense of Japan", "Norwegian Ministry of Defence"}
    assert support(first).standing is Standing.DISPUTED
    rival = support(first).rivals[0]
    assert "Minoru Kihara" in rival.text
    assert "Janes" in rival.reported_by
    assert not rival.compatible
    assert support(first).reason
    assert support(second).rivals == ()


def test_signatories_are_shown_in_their_posts_on_the_day(case: SampleCase) -> None:
    cells = [row.cells for row in rows(case.sheet("fr2015"), "signatories")]
    assert len(cells) == 4
    for _, capacity, act in cells:
        post, *_, behalf = map(words, capacity.lines)
        assert post
        assert behalf in ("Japan", "France")
        assert words(act.lines[-1]) == OPTIONS.labels.in_post
    assert words(cells[0][0].lines[1]) == "岸田文雄"


def test_statements_tell_their_chain(case: SampleCase) -> None:
    chains = [said.details[0][1] for said in items(case.sheet("mou"), "statements") if said.label == "Bjørn Arild Gram"]
    assert "Bjørn Arild Gram, relayed by Ministry of Defense of Japan, reported by Janes" in chains


def test_relations_are_told_from_both_sides(case: SampleCase) -> None:
    assert [relation.label for relation in items(case.sheet("mou"), "relations")] == ["precursor to"]
    assert [relation.label for relation in items(case.sheet("transfer-no"), "relations")] == ["preceded by"]


def numbers(sheet: Briefing) -> Iterator[int]:
    """The notes that a sheet cites, as a reader meets them."""
    yield from cited(sheet.chapters[0].title.support)
    for section in sheet.sections():
        for block in section.blocks:
            yield from _numbers(block)


def _numbers(block: object) -> Iterator[int]:
    match block:
        case Item():
            yield from cited(block.support)
        case ItemList():
            yield from (number for item in block.items for number in _numbers(item))
        case FactTable():
            yield from (number for fact in block.facts for number in cited(fact.support))
        case Table():
            lines = (line for row in block.rows for cell in row.cells for line in cell.lines)
            yield from (number for line in lines if line.support for number in line.support.notes)
            yield from (number for row in block.rows for line in row.cells[0].lines for number in rivals(line.support))
        case Ladders():
            yield from (number for ladder in block.ladders for number in of_ladder(ladder))


def of_ladder(ladder: Ladder) -> Iterator[int]:
    yield from (number for step in ladder.steps for number in step.support.notes)
    yield from (number for step in ladder.steps for number in rivals(step.support))


def cited(each: Support | None) -> Iterator[int]:
    yield from each.notes if each else ()
    yield from rivals(each)


def rivals(each: Support | None) -> Iterator[int]:
    yield from (number for rival in (each.rivals if each else ()) for number in rival.notes)


def test_notes_are_numbered_from_one(case: SampleCase) -> None:
    for key in ("mou", "fr2015", "ae2023"):
        sheet = case.sheet(key)
        assert [note.number for note in sheet.notes] == list(range(1, len(sheet.notes) + 1))
        assert set(numbers(sheet)) == {note.number for note in sheet.notes}


def test_sections_are_chosen_and_ordered_and_count_their_notes_alone(case: SampleCase) -> None:
    compilation = Compilation(case.session, OPTIONS)
    chapter = agreement_chapter(compilation, case.ids["mou"], ("parties", "facts"))
    assert [section.name for section in chapter.sections] == ["parties", "facts"]
    assert 0 < len(compilation.notes.notes()) < len(case.sheet("mou").notes)
    names = [section.name for section in case.sheet("mou").sections()]
    assert names[:-1] == [name for name in AGREEMENT_SECTIONS if name in names]
    assert names[-1] == "sources"


def test_what_can_be_clicked_leads_to_a_record_of_the_file(case: SampleCase) -> None:
    sheet = case.sheet("mou")
    places = render(sheet).places
    assert {place.link.field for place in places} >= {"title", "status", "instrument_type"}
    assert case.ids["mou"] in {place.link.record for place in places}
    assert {note.source for note in sheet.notes} <= {place.link.record for place in places}


def test_sources_say_how_many_and_how_independent(case: SampleCase) -> None:
    sources = summary(case.sheet("mou"))
    assert 0 < sources.origins < sources.sources
    assert sum(grade.count for grade in sources.grades) == len(case.sheet("mou").notes)


def test_an_empty_agreement_claims_nothing(case: SampleCase) -> None:
    sheet = case.sheet("empty")
    assert sheet.notes == ()
    assert [section.name for section in sheet.sections()] == ["status", "facts", "sources"]
    title = sheet.chapters[0].title.support
    assert title is not None
    assert title.standing is Standing.UNCITED
    assert stand(sheet) == ""


def test_an_action_without_date_or_source_is_reached_and_uncited(case: SampleCase) -> None:
    step = main_ladder(case.sheet("bare")).steps[0]
    assert step.state is StepState.REACHED
    assert step.support.standing is Standing.UNCITED


def test_the_marking_is_the_records_own_or_the_files(case: SampleCase) -> None:
    own, default = case.sheet("observed").front.marking, case.sheet("mou").front.marking
    assert own is not None
    assert own.tlp is Tlp.RED
    assert default is not None
    assert default.tlp is Tlp.CLEAR


def test_what_is_no_agreement_has_no_sheet(case: SampleCase) -> None:
    with pytest.raises(RecordNotFound):
        agreement_briefing(case.session, case.ids["kihara"], OPTIONS)


def test_the_same_file_gives_the_same_bytes(case: SampleCase) -> None:
    assert render(case.sheet("mou")) == render(case.sheet("mou"))


def test_the_page_holds_names_in_their_scripts_and_text_as_typed(case: SampleCase) -> None:
    text = compact(all_text(render(case.sheet("mou")).pdf))
    assert compact("防衛装備・技術協力に関する覚書") in text
    assert compact("Bjørn Arild Gram") in text
    assert compact("Observed <in force> & reported") in compact(all_text(render(case.sheet("observed")).pdf))


def test_every_agreement_of_the_sample_prints_without_a_dead_link(case: SampleCase) -> None:
    agreements = case.session.scalars(select(Agreement.id)).all()
    links = 0
    for agreement in agreements:
        pdf = open_pdf(render(agreement_briefing(case.session, agreement, OPTIONS)).pdf)
        pages = {page.objgen for page in pdf.pages}
        for link in _internal_links(pdf):
            assert link in pages, f"{agreement}: a link leads to no page"
            links += 1
    assert links > len(agreements)


def _internal_links(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", pikepdf.Array()):
            if "/Dest" in annotation:
                yield annotation["/Dest"][0].objgen


@pytest.mark.pdfa
def test_three_sheets_of_the_sample_are_accessible_and_archival(case: SampleCase, tmp_path: Path) -> None:
    missing = validation.missing_tools()
    if missing and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, f"DEPOSITARY_REQUIRE_PDFA=1, but not installed: {', '.join(missing)}"
    files = [_write(tmp_path / f"{key}.pdf", case.sheet(key)) for key in ("mou", "fr2015", "empty")]
    compliant, said = validation.verapdf(files)
    assert compliant, said
    for file in files:
        sound, said = validation.qpdf(file)
        assert sound, said


def _write(path: Path, sheet: Briefing) -> Path:
    path.write_bytes(render(sheet).pdf)
    return path


def test_what_is_about_its_signature_is_about_the_agreement(case: SampleCase) -> None:
    sheet = agreement_briefing(case.session, case.ids["mou"], replace(OPTIONS, internal=True))
    told = [item.text for name in ("judgements", "tasks", "remarks") for block in blocks(sheet, name)
            if isinstance(block, ItemList) for item in block.items]  # fmt: skip
    assert [text.split(" ")[0] for text in told] == ["The", "Who", "Is", "Readout"]
    assert [section.name for section in case.sheet("mou").sections()][-2:] == ["judgements", "sources"]


def test_the_key_explains_what_occurs_alone(case: SampleCase) -> None:
    explained = " ".join(summary(case.sheet("mou")).explained)
    assert [word for word in ("Not known", "Admiralty", "evidence", "fingerprint") if word in explained] == [
        "Not known",
        "Admiralty",
    ]
    assert case.sheet("mou").notes[4].joint == ", "


def test_term_and_renewal_are_told_in_words(case: SampleCase) -> None:
    with case.session.begin_nested() as undone:
        for name, value in (("term_span", "P1Y6M"), ("renewal_type", "automatic"), ("renewal_years", 5)):
            set_field(case.session, case.ids["empty"], name, value)
        (table,) = (block for block in blocks(case.sheet("empty"), "facts") if isinstance(block, FactTable))
        undone.rollback()
    told = [(fact.label, fact.text) for fact in table.facts]
    assert told[-3:] == [("Term", "1 year, 6 months"), ("Renewal", "automatic"), ("Renewed for", "5 years")]


def test_what_is_only_planned_has_not_been_reached(case: SampleCase) -> None:
    before = replace(OPTIONS, day="2016-11-30")
    sheet = agreement_briefing(case.session, case.ids["fr2015"], before)
    assert stand(sheet) == "Signed"
    assert [step.state for step in main_ladder(sheet).steps] == [StepState.REACHED, StepState.NOT_REACHED]
    assert stand(case.sheet("fr2015")) == "In force"
