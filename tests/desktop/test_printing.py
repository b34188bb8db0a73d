"""brief and demo: sheets as PDF."""

from pathlib import Path
from zipfile import ZipFile

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from db.lock import FileLock
from tests.desktop.command_line import Case, document, refusal, told


def first_page(path: Path) -> tuple[tuple[int, int], str]:
    """Size in points and text of a PDF's first page."""
    pdf = pdfium.PdfDocument(path)
    try:
        page = pdf[0]
        width, height = page.get_size()
        return (round(width), round(height)), " ".join(page.get_textpage().get_text_range().split())
    finally:
        pdf.close()


class TestBrief:
    def test_a_sheet(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "sheet.pdf"
        words = (
            "brief",
            case.path,
            "--kind",
            "agreement",
            "--record",
            case.agreement,
            "-o",
            out,
            "--date",
            "2024-09-03",
        )
        assert told(*words) == f"Printed {out}.\n"
        size, text = first_page(out)
        assert size == (595, 842)
        for expected in ("Memorandum", "TLP:AMBER", "3 September 2024"):
            assert expected in text

    def test_letter_as_json(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "sheet.pdf"
        found = document(
            "brief", case.path, "--kind", "agreements", "--record", case.agreement[-8:], "-o", out, "--paper", "Letter"
        )
        assert found == {"output": str(out), "kind": "agreement", "records": [case.agreement]}
        assert first_page(out)[0] == (612, 792)

    def test_a_file_that_is_there(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "sheet.pdf"
        words = ("brief", case.path, "--kind", "agreement", "--record", case.agreement, "-o", out)
        told(*words)
        out.write_bytes(b"%PDF-old")
        assert refusal(*words)[0] == 3
        assert out.read_bytes() == b"%PDF-old"
        told(*words, "--force")
        assert out.stat().st_size > 1000

    @pytest.mark.parametrize(
        ("kind", "choice", "said"),
        [
            ("agreement", ("--filter", "party:NOR"), "--filter is for a register or a dossier."),
            ("register", ("--title", "Ours"), "--title is for a dossier."),
            ("pair", (), "A country pair is about two states."),
            ("register", ("-o", "out.odt"), "end the name out.odt in .pdf or .docx"),
        ],
    )
    def test_what_would_say_nothing_is_refused(
        self, case: Case, tmp_path: Path, kind: str, choice: tuple[str, str], said: str
    ) -> None:
        record = ("--record", case.agreement) if kind == "agreement" else ()
        code, words = refusal("brief", case.path, "--kind", kind, *record, "-o", tmp_path / "out.pdf", *choice)
        assert code in (2, 3)
        assert said in words

    def test_days_as_people_type_them(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "out.pdf"
        sheet = ("brief", case.path, "--kind", "agreement", "--record", case.agreement, "-o", out, "--force")
        told(*sheet, "--date", "1 Sept 2024")
        assert "1 September 2024" in first_page(out)[1]
        _, words = refusal(*sheet, "--as-of", "2 Jan 2000")
        assert "On 2000-01-02 this was not in the file yet." in words

    def test_no_force_replaces_the_case_file(self, case: Case) -> None:
        before = case.path.read_bytes()
        words = ("brief", case.path, "--kind", "agreement", "--record", case.agreement, "-o", case.path)
        assert refusal(*words, "--force")[0] == 3
        assert case.path.read_bytes() == before

    @pytest.mark.parametrize(
        ("kind", "date"), [("officials", "2024-09-03"), ("agreement", "3 Sept"), ("nothing", "2024-09-03")]
    )
    def test_what_cannot_be_meant(self, case: Case, tmp_path: Path, kind: str, date: str) -> None:
        out = tmp_path / "sheet.pdf"
        words = ("brief", case.path, "--kind", kind, "--record", case.agreement, "-o", out, "--date", date)
        assert refusal(*words)[0] == 2
        assert not out.exists()

    def test_another_kind_of_record(self, case: Case, tmp_path: Path) -> None:
        words = ("brief", case.path, "--kind", "agreement", "--record", case.norway, "-o", tmp_path / "sheet.pdf")
        assert refusal(*words) == (2, f"{case.norway} is no agreement, but one of the organizations.")

    def test_an_official_and_a_pair(self, case: Case, tmp_path: Path) -> None:
        official = document("add", case.path, "officials", "name=Bjørn Arild Gram")["id"]
        out = tmp_path / "official.pdf"
        found = document("brief", case.path, "--kind", "official", "--record", official, "-o", out)
        assert found == {"output": str(out), "kind": "official", "records": [official]}
        assert "Bjørn Arild Gram" in first_page(out)[1]
        states = [
            document("add", case.path, "organizations", f"name={name}", "classification=state", f"iso_code={code}")[
                "id"
            ]
            for code, name in (("SWE", "Sweden"), ("FIN", "Finland"))
        ]
        out = tmp_path / "pair.pdf"
        found = document("brief", case.path, "--kind", "pair", "--record", "SWE", "--record", states[1], "-o", out)
        assert found == {"output": str(out), "kind": "pair", "records": states}
        assert "Sweden and Finland" in first_page(out)[1]

    @pytest.mark.parametrize(
        "records", [("SWE",), ("NOR", "NOR"), ("NOR", "JPN", "SWE")], ids=["one", "the same twice", "three"]
    )
    def test_a_pair_is_of_two(self, case: Case, tmp_path: Path, records: tuple[str, ...]) -> None:
        chosen = [word for record in records for word in ("--record", record)]
        assert refusal("brief", case.path, "--kind", "pair", *chosen, "-o", tmp_path / "pair.pdf")[0] == 2
        assert not (tmp_path / "pair.pdf").exists()

    def test_without_any_marking_the_strictest_is_printed(self, tmp_path: Path) -> None:
        path, out = tmp_path / "unmarked.casefile", tmp_path / "sheet.pdf"
        told("new", path, "--title", "T")
        agreement = document("add", path, "agreements", "title=A")["id"]
        told("brief", path, "--kind", "agreement", "--record", agreement, "-o", out)
        assert "TLP:RED" in first_page(out)[1]

    def test_a_character_that_no_font_has_is_named(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "sheet.pdf"
        told("set", case.path, case.agreement, "title", "Memorandum \U00012000")
        words = ("brief", case.path, "--kind", "agreement", "--record", case.agreement, "-o", out)
        code, text = refusal(*words)
        assert (code, "U+12000" in text) == (1, True)
        assert not out.exists()


class TestRegisterAndDossier:
    def test_a_register_of_what_a_filter_finds(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "register.pdf"
        told("add", case.path, "agreements", "title=Another one", "subjects=logistic support")
        words = ("brief", case.path, "--kind", "register", "-o", out, "--force")
        told(*words)
        assert "Memorandum" in first_page(out)[1]
        assert "Another one" in first_page(out)[1]
        told(*words, "--filter", "subject:peacekeeping", "--group", "party", "--sort", "-title")
        _, text = first_page(out)
        assert "Another one" not in text
        assert "Agreements on file with subject peacekeeping," in text
        assert "Norway, in all" not in text  # a group of one needs no total
        assert "1 agreement" in text

    def test_a_dossier_in_the_languages(self, case: Case, tmp_path: Path) -> None:
        for language, word in (("en", "Contents"), ("ja", "目次"), ("nb", "Innhold")):
            out = tmp_path / f"{language}.pdf"
            told("brief", case.path, "--kind", "dossier", "-o", out, "--language", language)
            assert word in first_page(out)[1]

    @pytest.mark.parametrize(
        "words",
        [
            ("--kind", "register", "--record", "NOR"),
            ("--kind", "register", "--filter", "("),
            ("--kind", "register", "--sort", "weight"),
            ("--kind", "dossier", "--section", "gossip"),
            ("--kind", "dossier", "--template", "nobody's"),
            ("--kind", "dossier", "--as-of", "yesterday"),
            ("--kind", "agreement"),
        ],
    )
    def test_what_cannot_be_meant(self, case: Case, tmp_path: Path, words: tuple[str, ...]) -> None:
        out = tmp_path / "out.pdf"
        assert refusal("brief", case.path, *words, "-o", out)[0] == 2
        assert not out.exists()

    def test_a_docx_by_its_suffix(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "out.docx"
        words = ("brief", case.path, "--kind", "register", "-o", out)
        told(*words)
        made = out.read_bytes()
        with ZipFile(out) as archive:
            assert "word/document.xml" in archive.namelist()
        told(*words, "--force")
        assert out.read_bytes() == made

    @pytest.mark.parametrize("name", ["notes.docx", "archive.docx"])
    def test_what_is_no_docx_is_not_replaced_by_one(self, case: Case, tmp_path: Path, name: str) -> None:
        out = tmp_path / name
        if name.startswith("archive"):
            with ZipFile(out, "w") as archive:
                archive.writestr("readme.txt", "a zip of something else")
        else:
            out.write_bytes(b"notes")
        before = out.read_bytes()
        code, words = refusal("brief", case.path, "--kind", "register", "-o", out, "--force")
        assert code == 3
        assert "is no DOCX" in words
        assert out.read_bytes() == before

    def test_as_it_was_known_before_anything(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "out.pdf"
        told("brief", case.path, "--kind", "register", "-o", out, "--as-of", "2000-01-01")
        assert "None." in first_page(out)[1]

    def test_the_day_as_known_stands_on_the_sheet(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "out.pdf"
        told("brief", case.path, "--kind", "register", "-o", out, "--as-of", "2000-01-01", "--date", "1999-01-01")
        words = first_page(out)[1]
        assert "Told as the case file was known at the end of 1 January 2000." in words
        assert ", as known on 1 January 2000" in words
        code, words = refusal("brief", case.path, "--kind", "register", "-o", out, "--force", "--as-of", "9998-01-01")
        assert code == 2
        assert "Nobody knows yet what this file will hold on 9998-01-01." in words

    def test_a_template_is_of_the_case(self, case: Case, tmp_path: Path) -> None:
        first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
        words = ("brief", case.path, "--kind", "register")
        told(*words, "-o", first, "--language", "nb", "--paper", "Letter", "--save-template", "For Oslo")
        told(*words, "-o", second, "--template", "For Oslo")
        assert first.read_bytes() == second.read_bytes()
        told(*words, "-o", second, "--template", "For Oslo", "--paper", "A4", "--force")
        assert first_page(second)[0] == (595, 842)

    def test_what_is_above_the_ceiling(self, case: Case, tmp_path: Path) -> None:
        out = tmp_path / "out.pdf"
        told("set", case.path, case.agreement, "marking", "GREEN")
        told("add", case.path, "agreements", "title=Secret one")
        words = ("brief", case.path, "--kind", "register", "-o", out, "--force", "--ceiling", "GREEN")
        told(*words)
        text = first_page(out)[1]
        assert "TLP:GREEN" in text
        assert "Memorandum" in text
        assert "Secret one" not in text
        assert "left out" not in text
        told(*words, "--say-withheld")
        pages = pdfium.PdfDocument(out)
        told_pages = " ".join(page.get_textpage().get_text_range() for page in pages)
        pages.close()
        assert "above TLP:GREEN is left out" in " ".join(told_pages.split())


class TestDemo:
    def test_the_sample_and_its_sheets_again_and_again(self, tmp_path: Path) -> None:
        out = tmp_path / "some" / "where"
        text = told("demo", "--out", out, "--date", "2024-09-03")
        names = {path.name for path in out.iterdir()}
        assert "japan-norway.casefile" in names
        assert "2024-09-03-japan-norway-memorandum-of-understanding.pdf" in names
        assert all(str(out / name) in text for name in names)
        others = {"official-minoru-kihara.pdf", "pair-japan-norway.pdf", "register.pdf", "dossier.pdf"}
        assert others < names
        assert len(document("list", out / "japan-norway.casefile", "agreements")) == len(names - others) - 1
        found = document("demo", "--out", out, "--date", "2024-09-03")
        assert {path.name for path in out.iterdir()} == names
        assert len(found["briefings"]) == len(names) - 1
        assert document("check", found["case_file"])["sound"]

    def test_a_sample_that_is_open_for_editing_stays(self, tmp_path: Path) -> None:
        path = tmp_path / "japan-norway.casefile"
        told("new", path, "--title", "T")
        lock = FileLock(path)
        lock.acquire()
        assert refusal("demo", "--out", tmp_path)[0] == 3
        lock.release()
        assert document("info", path)["title"] == "T"

    def test_a_file_in_place_of_the_folder(self, case: Case) -> None:
        assert refusal("demo", "--out", case.path)[0] == 3
