"""Files that are kept in the case file: once, whole, and still there when an undo asks for them."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import InvalidValue
from db.identity import new_id
from db.media import UNKNOWN, media_type
from db.models import Attachment, Snapshot, Source
from db.operations import contents
from db.operations.contents import add_content, attach_files, clean_filename, keep_snapshots, write_content
from db.queries.records import list_records
from tests.db.case import Case, Sample


def make(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def attach(case: Case, sample: Sample, *paths: Path) -> None:
    with case.edit("Attach") as session:
        attach_files(session, sample.agreement, paths)


def kept(case: Case) -> int:
    return int(case.sql("SELECT count(*) FROM content")[0][0])


class TestAttaching:
    def test_name_type_size_and_bytes(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        attach(case, sample, make(tmp_path, "Joint statement.pdf", b"%PDF-1.7 x"))
        (row,) = case.read(list_records, Attachment)
        assert (row["filename"].value, row["media_type"].value, row["size"].value) == (
            "Joint statement.pdf",
            "application/pdf",
            10,
        )
        assert row["sha256"].value == hashlib.sha256(b"%PDF-1.7 x").digest()
        assert case.read(write_content, row.id, tmp_path / "out.pdf").read_bytes() == b"%PDF-1.7 x"
        case.judge()

    def test_the_same_bytes_are_kept_once(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        attach(case, sample, make(tmp_path, "a.txt", b"same"), make(tmp_path, "b.txt", b"same"))
        attach(case, sample, make(tmp_path, "c.txt", b"same"))
        assert (kept(case), len(case.read(list_records, Attachment))) == (1, 3)

    def test_several_files_are_one_edit_that_undo_takes_back_and_redo_gives_again(
        self, case: Case, sample: Sample, tmp_path: Path
    ) -> None:
        attach(case, sample, make(tmp_path, "a.txt", b"a"), make(tmp_path, "b.txt", b"b"))
        case.undo_last()
        assert case.read(list_records, Attachment) == []
        assert kept(case) == 2, "the log can bring them back at any time"
        case.undo_last()
        rows = case.read(list_records, Attachment)
        assert case.read(write_content, rows[0].id, tmp_path / "out").read_bytes() in (b"a", b"b")
        case.judge()

    def test_all_or_none(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue, match=r"missing\.txt.*Nothing was added"):
            attach(case, sample, make(tmp_path, "a.txt", b"a"), tmp_path / "missing.txt")
        assert (kept(case), case.read(list_records, Attachment)) == (0, [])

    def test_a_folder_is_refused(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        with pytest.raises(InvalidValue, match="folder"):
            attach(case, sample, tmp_path / "folder")

    def test_too_large_is_refused_in_words(
        self, case: Case, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contents, "LARGEST", 4)
        with pytest.raises(InvalidValue, match=r"“a.txt” has 0 MB; a case file keeps up to"):
            attach(case, sample, make(tmp_path, "a.txt", b"12345"))
        with case.edit() as session, pytest.raises(InvalidValue):
            add_content(session, b"12345")

    def test_snapshots_of_a_source(self, case: Case, tmp_path: Path) -> None:
        source = case.add(Source, title="Report")
        now = datetime(2026, 11, 23, 9, 30, 1, tzinfo=UTC)
        with case.edit("Keep") as session:
            keep_snapshots(session, source, [make(tmp_path, "page.html", b"<html>")], now=now)
        (row,) = case.read(list_records, Snapshot)
        assert (row["captured_at"].value, row["media_type"].value) == ("2026-11-23T09:30:01Z", "text/html")
        case.judge()

    def test_bytes_of_nothing_cannot_be_written(self, case: Case, tmp_path: Path) -> None:
        with pytest.raises(InvalidValue, match="Nothing was written"):
            case.read(write_content, new_id(), tmp_path / "out")
        assert list(tmp_path.glob("*.part")) == []

    def test_a_copy_replaces_what_was_there_whole(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        attach(case, sample, make(tmp_path, "a.txt", b"new"))
        (row,) = case.read(list_records, Attachment)
        target = make(tmp_path, "target", b"old and longer")
        case.read(write_content, row.id, target)
        case.read(write_content, row.id, target)
        assert target.read_bytes() == b"new"


class TestNames:
    @pytest.mark.parametrize(
        ("name", "clean"),
        [
            ("報告 2024.pdf", "報告 2024.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.pdf", "a.pdf"),
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("a\x00b\n.txt", "ab.txt"),
            ('what? "this".txt', "what_ _this_.txt"),
            ("...", "file"),
            ("", "file"),
        ],
    )
    def test_no_folder_no_controls_no_turned_direction(self, name: str, clean: str) -> None:
        assert clean_filename(name) == clean

    @given(st.text(max_size=300))
    def test_any_name_becomes_one_that_a_folder_takes(self, name: str) -> None:
        clean = clean_filename(name)
        assert clean
        assert not set(clean) & set('/\\:<>"|?*\x00')
        assert clean == clean_filename(clean)
        assert clean.encode()


class TestMediaTypes:
    @pytest.mark.parametrize(
        ("name", "head", "told"),
        [
            ("a.pdf", b"%PDF-1.7", "application/pdf"),
            ("a.txt", b"%PDF-1.7", "application/pdf"),
            ("a.pdf", b"MZ\x90\x00", UNKNOWN),
            ("a.docx", b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("a.exe", b"PK\x03\x04", "application/zip"),
            ("a.webp", b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
            ("a.html", b"<!doctype html>", "text/html"),
            ("A.HTML", b"<!doctype html>", "text/html"),
            ("mail.eml", b"From: a", "message/rfc822"),
            ("no suffix", b"anything", UNKNOWN),
            ("a.png", b"", "image/png"),
        ],
    )
    def test_bytes_go_before_names(self, name: str, head: bytes, told: str) -> None:
        assert media_type(name, head) == told


class TestChangingFiles:
    """Files that change between the look at them and the copy."""

    @pytest.mark.parametrize("later", [b"other", b"longer than before", b""])
    def test_are_refused(
        self, case: Case, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: bytes
    ) -> None:
        path = make(tmp_path, "a.txt", b"first")
        look = contents._look_at

        def look_and_change(path: Path) -> contents.Kept:
            kept = look(path)
            path.write_bytes(later)
            return kept

        monkeypatch.setattr(contents, "_look_at", look_and_change)
        with pytest.raises(InvalidValue, match="changed while it was read"):
            attach(case, sample, path)
        assert kept(case) == 0

    def test_an_empty_one_is_kept(self, case: Case, sample: Sample, tmp_path: Path) -> None:
        attach(case, sample, make(tmp_path, "empty.txt", b""))
        assert kept(case) == 1
        case.judge()

    def test_of_several_pieces(
        self, case: Case, sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contents, "_CHUNK", 3)
        attach(case, sample, make(tmp_path, "a.txt", b"0123456789"))
        (row,) = case.read(list_records, Attachment)
        assert case.read(write_content, row.id, tmp_path / "out").read_bytes() == b"0123456789"
