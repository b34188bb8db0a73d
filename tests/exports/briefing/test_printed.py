"""Profiles and pairs as PDF: the text as a reader copies it, links that land, accessible and archival."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from db.identity import state_id
from db.models import OtherName, Person
from exports.briefing.document import Briefing
from exports.briefing.official import official_briefing
from exports.briefing.pair import pair_briefing
from exports.paper import Paper
from exports.pdf import PdfOptions, render
from tests.exports.briefing.cases import OPTIONS, Written, sample
from tests.exports.briefing.test_official import NAMES
from tests.exports.pdf.reading import all_text, compact, open_pdf
from tests.exports.pdf.verapdf import validation

PRINTED = [name for name in NAMES if name[1] in ("el", "ru", "ja")]


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as case:
        case.ids["names"] = case.add(Person, name="Many Names")
        for name, language, script in PRINTED:
            case.add(OtherName, record=case.ids["names"], name=name, language=language, script=script)
        yield case


def official(case: Written, key: str) -> Briefing:
    return official_briefing(case.session, case.ids[key], OPTIONS)


def pair(case: Written, other: str, *sections: str) -> Briefing:
    return pair_briefing(case.session, state_id("JPN"), state_id(other), replace(OPTIONS, sections=sections))


def test_names_are_copied_as_they_are_written(japan: Written) -> None:
    text = compact(all_text(render(official(japan, "names")).pdf))
    assert all(compact(name) in text for name, _, _ in PRINTED)


def test_a_group_stands_above_its_agreements(japan: Written) -> None:
    text = compact(all_text(render(pair(japan, "GBR", "agreements")).pdf))
    places = [text.index(compact(words)) for words in ("Logistic support", "UK–Japan Defence Logistics Treaty")]
    assert places == sorted(places)


@pytest.mark.parametrize("paper", list(Paper))
def test_no_link_leads_nowhere(japan: Written, paper: Paper) -> None:
    briefings = [official(japan, "gram"), official(japan, "nakatani"), *(pair(japan, code) for code in ("NOR", "USA"))]
    for briefing in briefings:
        pdf = open_pdf(render(briefing, PdfOptions(paper)).pdf)
        pages = {page.objgen for page in pdf.pages}
        targets = list(_targets(pdf))
        assert targets
        assert set(targets) <= pages


def _targets(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    for page in pdf.pages:
        for annotation in page.get("/Annots", pikepdf.Array()):
            if "/Dest" in annotation:
                yield annotation["/Dest"][0].objgen


def test_every_fact_leads_to_its_record(japan: Written) -> None:
    places = render(pair(japan, "NOR")).places
    told = {place.link.record for place in places}
    assert {japan.ids[key] for key in ("mou", "transfer-no", "meeting", "dm-no", "jsm")} <= told


@pytest.mark.pdfa
def test_profile_and_pair_are_accessible_and_archival(japan: Written, tmp_path: Path) -> None:
    missing = validation.missing_tools()
    if missing and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, f"DEPOSITARY_REQUIRE_PDFA=1, but not installed: {', '.join(missing)}"
    files = []
    for name, briefing in (("gram", official(japan, "gram")), ("pair", pair(japan, "GBR"))):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(render(briefing).pdf)
    compliant, said = validation.verapdf(files)
    assert compliant, said
    for file in files:
        sound, said = validation.qpdf(file)
        assert sound, said
