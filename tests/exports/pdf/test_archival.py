"""Every sheet is PDF/UA-1 and PDF/A-2a, and sound as a file."""

from dataclasses import replace
from pathlib import Path

import pytest

from db.models.vocabulary import Tlp
from exports.briefing.sheet import AgreementSheet, Fact, Marking, Phrase
from exports.pdf import Paper, PdfOptions, render
from tests.exports.pdf import sheets
from tests.exports.pdf.verapdf import validation


def crowded() -> AgreementSheet:
    """Everything that runs over: a long cell, many signatories, a long title, marking and address."""
    rich = sheets.rich()
    signatories = tuple(replace(rich.signatories[0], name=f"Official {number}") for number in range(60))
    long_note = replace(rich.notes[0], url="https://example.org/" + "path/" * 96, reference=(Phrase("x" * 900),))
    return replace(
        rich,
        case_title="Japan and its partners " * 20,
        marking=Marking(Tlp.AMBER_STRICT, "FOR THE WORKING GROUP " * 8),
        facts=(*rich.facts, Fact("Summary", "word 木原稔 Łódź m\u0304 " * 400, sheets.single(1))),
        signatories=signatories,
        party_ladders=(replace(rich.ladder, name="Japan"),) if rich.ladder else (),
        notes=(long_note, *rich.notes[1:]),
    )


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Each sheet on each paper."""
    made = []
    for build in (sheets.rich, sheets.france, sheets.empty, crowded):
        for paper in Paper:
            file = tmp_path / f"{build.__name__}-{paper.name}.pdf"
            file.write_bytes(render(build(), PdfOptions(paper)))
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
    file.write_bytes(render(sheets.empty()))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Lang
        pdf.save(file)
    compliant, said = validation.verapdf([file])
    assert not compliant
    assert "clause 7.2" in said
