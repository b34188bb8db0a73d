"""A sheet's file is written whole or not at all, and replaces nothing but a sheet."""

from pathlib import Path

import pytest

from db.errors import FileRefused
from desktop.printing.saving import replace_pdf, save_pdf


def test_a_new_file(tmp_path: Path) -> None:
    save_pdf(tmp_path / "sheet.pdf", b"%PDF-1")
    assert (tmp_path / "sheet.pdf").read_bytes() == b"%PDF-1"


def test_a_sheet_is_replaced_where_that_was_agreed(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    save_pdf(out, b"%PDF-1")
    with pytest.raises(FileRefused):
        save_pdf(out, b"%PDF-2")
    assert out.read_bytes() == b"%PDF-1"
    assert replace_pdf(out, b"%PDF-2") is None
    assert out.read_bytes() == b"%PDF-2"
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    out = tmp_path / "case.casefile"
    out.write_bytes(b"SQLite format 3\0")
    trouble = replace_pdf(out, b"%PDF-2")
    assert trouble is not None
    assert "not touched" in trouble.text
    assert out.read_bytes() == b"SQLite format 3\0"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    trouble = replace_pdf(tmp_path / "gone" / "sheet.pdf", b"%PDF-2")
    assert trouble is not None
    assert "no folder" in trouble.text
