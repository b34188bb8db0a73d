"""What the first hundred bytes tell, before SQLite sees any of a file."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import FileRefused
from db.header import check_header
from tests.db.case import Case


def patched(path: Path, offset: int, data: bytes) -> Path:
    """The file with other bytes at one place."""
    content = bytearray(path.read_bytes())
    content[offset : offset + len(data)] = data
    path.write_bytes(content)
    return path


@pytest.fixture
def path(case: Case) -> Path:
    case.close()
    return case.path


def test_a_case_file_passes(path: Path) -> None:
    check_header(path)


@pytest.mark.parametrize(
    ("offset", "data", "words"),
    [
        (0, b"SQLite format 4\0", "is not a Depositary case file"),
        (68, struct.pack(">I", 0), "is a database of another program"),
        (60, struct.pack(">I", 2), "was made by a newer version of Depositary. Update the program"),
        (60, struct.pack(">I", 2**32 - 1), "was made by a newer version"),
        (60, struct.pack(">I", 0), "has a version that Depositary never made"),
        (18, b"\x02\x02", "keeps part of its data in a second file"),
        (18, b"\x02", "keeps part of its data in a second file"),
        (19, b"\x02", "keeps part of its data in a second file"),
        (56, struct.pack(">I", 2), "does not hold its text as UTF-8"),
        (28, struct.pack(">I", 2**32 - 1), "is not whole"),
        (28, struct.pack(">I", 0), "is not whole"),
        (16, b"\x00\x00", "is not whole"),
        (16, b"\x10\x01", "is not whole"),
        (16, b"\x00\x01", "is not whole"),
        (16, b"\x01\x00", "is not whole"),
    ],
)
def test_what_it_refuses(path: Path, offset: int, data: bytes, words: str) -> None:
    before = patched(path, offset, data).read_bytes()
    with pytest.raises(FileRefused, match=words) as caught:
        check_header(path)
    assert str(caught.value).startswith(path.name)
    assert str(caught.value).endswith("It was not touched.")
    assert path.read_bytes() == before


@pytest.mark.parametrize("length", [1, 16, 99])
def test_a_file_that_is_too_short(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(FileRefused, match="is not a Depositary case file"):
        check_header(path)


def test_a_file_without_a_byte(path: Path) -> None:
    path.write_bytes(b"")
    with pytest.raises(FileRefused, match="is empty: it has no bytes at all"):
        check_header(path)


@pytest.mark.parametrize("more", [-4096, -1, 1, 4096])
def test_a_file_of_another_length_than_it_says(path: Path, more: int) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:more] if more < 0 else content + b"\0" * more)
    with pytest.raises(FileRefused, match="is not whole: its size does not fit what it says"):
        check_header(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file"):
        check_header(tmp_path / "nothing")
    with pytest.raises(FileRefused, match="is not a file"):
        check_header(tmp_path)
    with pytest.raises(FileRefused, match="cannot be read: File name too long"):
        check_header(tmp_path / ("x" * 300))


@given(content=st.binary(max_size=200))
def test_no_bytes_raise_anything_else(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "random"
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        check_header(path)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "nothing.casefile").touch()
    with pytest.raises(FileRefused, match="is empty"):
        check_header(tmp_path / "nothing.casefile")
