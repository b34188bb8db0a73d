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
from db.models.vocabulary import HeldPost, Standing, Tlp
from db.operations.records import add_record, set_field
from exports.briefing.agreement import agreement_sheet
from exports.briefing.sheet import AgreementSheet, StepState, Support
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

    def sheet(self, key: str) -> AgreementSheet:
        return agreement_sheet(self.session, self.ids[key], OPTIONS)


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


def test_the_memorandum_is_signed_and_not_known_to_be_in_force(case: SampleCase) -> None:
    sheet = case.sheet("mou")
    assert sheet.status is not None
    assert sheet.status.text == "Signed"
    assert sheet.ladder is not None
    steps = {step.label: (step.state, step.date) for step in sheet.ladder.steps}
    assert steps == {
        "Signed": (StepState.REACHED, "3 September 2024"),
        "In force": (StepState.UNKNOWN, ""),
    }


def test_rival_signatories_stand_side_by_side_with_who_reports_them(case: SampleCase) -> None:
    first, second = case.sheet("mou").signatories
    assert {first.name, second.name} == {"Ministry of Defense of Japan", "Norwegian Ministry of Defence"}
    assert first.support.standing is Standing.DISPUTED
    rival = first.support.rivals[0]
    assert "Minoru Kihara" in rival.text
    assert "Janes" in rival.reported_by
    assert not rival.compatible
    assert first.support.reason
    assert second.support.rivals == ()


def test_signatories_are_shown_in_their_posts_on_the_day(case: SampleCase) -> None:
    signatories = case.sheet("fr2015").signatories
    assert len(signatories) == 4
    assert all(signatory.post and signatory.on_behalf_of in ("Japan", "France") for signatory in signatories)
    assert {signatory.held_post for signatory in signatories} == {HeldPost.YES}
    assert [name.text for name in signatories[0].names] == ["岸田文雄"]


def test_statements_tell_their_chain(case: SampleCase) -> None:
    statements = case.sheet("mou").statements
    gram = next(said for said in statements if "Janes" in said.attribution and said.speaker == "Bjørn Arild Gram")
    assert gram.attribution == "Bjørn Arild Gram, relayed by Ministry of Defense of Japan, reported by Janes"


def test_relations_are_told_from_both_sides(case: SampleCase) -> None:
    assert [relation.phrase for relation in case.sheet("mou").relations] == ["precursor to"]
    assert [relation.phrase for relation in case.sheet("transfer-no").relations] == ["preceded by"]


def test_notes_are_numbered_from_one_in_the_order_of_reading(case: SampleCase) -> None:
    for key in ("mou", "fr2015", "ae2023"):
        sheet = case.sheet(key)
        assert [note.number for note in sheet.notes] == list(range(1, len(sheet.notes) + 1))
        cited = [number for support in _supports(sheet) for number in support.notes]
        assert set(cited) <= {note.number for note in sheet.notes}


def _supports(sheet: AgreementSheet) -> list[Support]:
    parts = (sheet.facts, sheet.parties, sheet.signatories, sheet.provisions, sheet.relations, sheet.events)
    return [item.support for part in parts for item in part]


def test_sources_say_how_many_and_how_independent(case: SampleCase) -> None:
    sources = case.sheet("mou").sources
    assert sources is not None
    assert 0 < sources.origins < sources.sources
    assert sum(grade.count for grade in sources.grades) == len(case.sheet("mou").notes)


def test_an_empty_agreement_claims_nothing(case: SampleCase) -> None:
    sheet = case.sheet("empty")
    assert (sheet.notes, sheet.sources, sheet.parties, sheet.signatories) == ((), None, (), ())
    assert sheet.title.support.standing is Standing.UNCITED
    assert sheet.status is not None
    assert sheet.status.text == ""


def test_an_action_without_date_or_source_is_reached_and_uncited(case: SampleCase) -> None:
    ladder = case.sheet("bare").ladder
    assert ladder is not None
    assert ladder.steps[0].state is StepState.REACHED
    assert ladder.steps[0].support.standing is Standing.UNCITED


def test_the_marking_is_the_records_own_or_the_files(case: SampleCase) -> None:
    own, default = case.sheet("observed").marking, case.sheet("mou").marking
    assert own is not None
    assert own.tlp is Tlp.RED
    assert default is not None
    assert default.tlp is Tlp.CLEAR


def test_what_is_no_agreement_has_no_sheet(case: SampleCase) -> None:
    with pytest.raises(RecordNotFound):
        agreement_sheet(case.session, case.ids["kihara"], OPTIONS)


def test_the_same_file_gives_the_same_bytes(case: SampleCase) -> None:
    assert render(case.sheet("mou")) == render(case.sheet("mou"))


def test_the_page_holds_names_in_their_scripts_and_text_as_typed(case: SampleCase) -> None:
    text = compact(all_text(render(case.sheet("mou"))))
    assert compact("防衛装備・技術協力に関する覚書") in text
    assert compact("Bjørn Arild Gram") in text
    assert compact("Observed <in force> & reported") in compact(all_text(render(case.sheet("observed"))))


def test_every_agreement_of_the_sample_prints_without_a_dead_link(case: SampleCase) -> None:
    agreements = case.session.scalars(select(Agreement.id)).all()
    links = 0
    for agreement in agreements:
        pdf = open_pdf(render(agreement_sheet(case.session, agreement, OPTIONS)))
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


def _write(path: Path, sheet: AgreementSheet) -> Path:
    path.write_bytes(render(sheet))
    return path


def test_what_is_only_planned_has_not_been_reached(case: SampleCase) -> None:
    before = replace(OPTIONS, day="2016-11-30")
    sheet = agreement_sheet(case.session, case.ids["fr2015"], before)
    assert sheet.status is not None
    assert sheet.status.text == "Signed"
    assert sheet.ladder is not None
    assert [step.state for step in sheet.ladder.steps] == [StepState.REACHED, StepState.NOT_REACHED]
    assert case.sheet("fr2015").status.text == "In force"  # type: ignore[union-attr]
