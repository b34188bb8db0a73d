"""Every sheet is PDF/UA-1 and PDF/A-2a, and sound as a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.models.vocabulary import Tlp
from exports.briefing.document import Briefing, FactTable, Ladders
from exports.briefing.sheet import Fact, Ladder, Marking, Phrase, Step, StepState
from exports.pdf import Paper, PdfOptions, render
from tests.exports.pdf import sheets
from tests.exports.pdf.verapdf import validation


def crowded() -> Briefing:
    """Everything that runs over: a long cell, many signatories, a long title, marking and address."""
    rich = sheets.rich()
    rows = [sheets.signatory(f"Official {number}", "木原稔", ("Minister",), "Japan") for number in range(60)]
    ladder = Ladder((Step("Signature", StepState.REACHED, "2024", sheets.single(1)),), "Japan")
    facts = (Fact("Summary", "word 木原稔 Łódź m\u0304 " * 400, sheets.single(1)), Fact("Term", ""))
    long_note = replace(rich.notes[0], url="https://example.org/" + "path/" * 96, reference=(Phrase("x" * 900),))
    made = sheets.with_section(rich, "facts", FactTable(facts))
    made = sheets.with_section(made, "status", Ladders((ladder,)))
    made = sheets.with_sections(made, sheets.signatories(*rows))
    marking = Marking(Tlp.AMBER_STRICT, "FOR THE WORKING GROUP " * 8)
    made = sheets.with_front(made, case_title="Japan and its partners " * 20, marking=marking)
    return replace(made, notes=(long_note, *rich.notes[1:]))


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Each sheet on each paper."""
    made = []
    for build in (sheets.rich, sheets.france, sheets.empty, crowded):
        for paper in Paper:
            file = tmp_path / f"{build.__name__}-{paper.name}.pdf"
            file.write_bytes(render(build(), PdfOptions(paper)).pdf)
            made.append(file)
    return made


@pytest.mark.pdfa
def test_every_sheet_is_accessible_archival_and_sound(files: list[Path]) -> None:
    missing = validation.missing_tools()
    if missing and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing, f"DEPOSITARY_REQUIRE_PDFA=1, but not installed: {', '.join(missing)}"
    compliant, said = validation.verapdf(files)
    assert compliant, said
    for file in files:
        sound, said = validation.qpdf(file)
        assert sound, said


@pytest.mark.pdfa
def test_the_validator_finds_a_fault(tmp_path: Path) -> None:
    """A check that cannot fail is no check: without its language, a sheet is not accessible."""
    if validation.missing_tools() and not validation.must_validate():
        pytest.skip(f"not installed: {', '.join(validation.missing_tools())}")
    import pikepdf

    file = tmp_path / "fault.pdf"
    file.write_bytes(render(sheets.empty()).pdf)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Lang
        pdf.save(file)
    compliant, said = validation.verapdf([file])
    assert not compliant
    assert "clause 7.2" in said
