"""Files whose bytes are not a database's: cut, overwritten, looped, encrypted, of another program, in use elsewhere."""

import os
import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

from tests.hostile.case import Ending, Make, copied, either, enter, refused, sound, spoilt

PAGE = 4096


def patched(*patches: tuple[int, bytes]) -> Make:
    """A file with other bytes at some places; a negative place counts from the end."""

    def make(case: Path, folder: Path) -> None:
        content = bytearray(case.read_bytes())
        for offset, data in patches:
            start = offset % len(content)
            content[start : start + len(data)] = data
        (folder / "hostile.casefile").write_bytes(content)

    return make


def whole(content: bytes) -> Make:
    """A file of just these bytes."""

    def make(case: Path, folder: Path) -> None:
        (folder / "hostile.casefile").write_bytes(content)

    return make


def number(value: int) -> bytes:
    """Four bytes, big-endian, as SQLite's header has them."""
    return struct.pack(">I", value)


_NOISE = random.Random(5).randbytes(200_000)
_MAGIC = b"SQLite format 3\0"

enter(
    Ending.REFUSED,
    empty=whole(b""),
    one_byte=whole(b"S"),
    magic_alone=whole(_MAGIC),
    a_hundred_zeros=whole(bytes(100)),
    encrypted=whole(_NOISE),
    encrypted_behind_the_magic=whole(_MAGIC + _NOISE),
    text=whole(b"Agreement;Date\r\n=cmd|' /C calc'!A0;<script>\r\n" * 100),
    portable_executable=whole(b"MZ\x90\0" + _NOISE),
    zip_bomb=whole(b"PK\x03\x04" + bytes(1_000_000)),
    header_of_another_program=patched((68, number(0))),
    header_of_a_geopackage=patched((68, b"GPKG")),
    header_newer_version=patched((60, number(2))),
    header_much_newer_version=patched((60, number(2**31 - 1))),
    header_version_below_zero=patched((60, number(2**32 - 1))),
    header_older_version=patched((60, number(0))),
    header_wal=patched((18, b"\2\2")),
    header_wal_for_reading=patched((19, b"\2")),
    header_unknown_format=patched((18, b"\7\7")),
    header_page_size_zero=patched((16, b"\0\0")),
    header_page_size_odd=patched((16, b"\x10\x01")),
    header_page_size_512=patched((16, b"\2\0")),
    header_page_size_one=patched((16, b"\0\1")),
    header_page_count_zero=patched((28, number(0))),
    header_page_count_huge=patched((28, number(2**32 - 2))),
    header_reserved_space=patched((20, b"\xff")),
    header_payload_fractions=patched((21, b"\xff\xff\xff")),
    header_schema_format=patched((44, number(9))),
    header_encoding_utf_16=patched((56, number(2))),
    header_encoding_unknown=patched((56, number(77))),
    header_free_list_beyond=patched((32, number(2**31)), (36, number(5))),
    header_free_list_of_tables=patched((32, number(2)), (36, number(3))),
    header_free_count_huge=patched((36, number(2**32 - 1))),
    truncated_by_a_page=lambda case, folder: _truncated(case, folder, -PAGE),
    truncated_in_a_page=lambda case, folder: _truncated(case, folder, -1000),
    truncated_to_a_page=lambda case, folder: _truncated(case, folder, PAGE),
    truncated_with_its_count=lambda case, folder: _truncated(case, folder, PAGE * 40, counted=True),
    a_page_too_many=lambda case, folder: _append(case, folder),
    first_page_without_a_schema=patched((100, bytes(PAGE - 100))),
    every_page_but_the_first_is_zero=lambda case, folder: _blank(case, folder),
    cells_beyond_the_page=patched((PAGE + 3, b"\xff\xff")),
    content_area_beyond_the_page=patched((PAGE + 5, b"\xff\xff")),
)
enter(
    Ending.SOUND,
    header_other_counter=patched((24, number(7)), (92, number(7))),
    header_other_library=patched((96, number(3_999_999))),
)
enter(Ending.EITHER, header_unused_bytes=patched((72, b"\xff" * 20)), header_default_cache=patched((48, b"\x7f" * 4)))


def _truncated(case: Path, folder: Path, size: int, *, counted: bool = False) -> None:
    content = bytearray(case.read_bytes()[:size])
    if counted:
        content[28:32] = number(size // PAGE)
    (folder / "hostile.casefile").write_bytes(content)


def _append(case: Path, folder: Path) -> None:
    """The page is in the count, but nothing uses it."""
    content = bytearray(case.read_bytes() + bytes(PAGE))
    content[28:32] = number(len(content) // PAGE)
    (folder / "hostile.casefile").write_bytes(content)


def _blank(case: Path, folder: Path) -> None:
    content = case.read_bytes()
    (folder / "hostile.casefile").write_bytes(content[:PAGE] + bytes(len(content) - PAGE))


def roots(path: Path) -> dict[str, int]:
    """The page at which each table and index begins."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0").fetchall())


def _offset(page: int) -> int:
    return (page - 1) * PAGE


@refused
def tree_that_leads_to_itself(case: Path, folder: Path) -> None:
    """An inner page whose only child it is itself."""
    root = roots(case)["person"]
    page = bytearray(PAGE)
    page[0], page[5:7], page[8:12] = 5, PAGE.to_bytes(2, "big"), number(root)
    patched((_offset(root), bytes(page)))(case, folder)


@refused
def tree_of_another_table(case: Path, folder: Path) -> None:
    root, other = roots(case)["person"], roots(case)["organization"]
    page = bytearray(PAGE)
    page[0], page[5:7], page[8:12] = 5, PAGE.to_bytes(2, "big"), number(other)
    patched((_offset(root), bytes(page)))(case, folder)


@refused
def tables_exchanged(case: Path, folder: Path) -> None:
    first, second = (_offset(roots(case)[name]) for name in ("person", "organization"))
    content = case.read_bytes()
    patched((first, content[second : second + PAGE]), (second, content[first : first + PAGE]))(case, folder)


@refused
def table_doubled(case: Path, folder: Path) -> None:
    first, second = (_offset(roots(case)[name]) for name in ("agreement", "person"))
    patched((second, case.read_bytes()[first : first + PAGE]))(case, folder)


@refused
def index_emptied(case: Path, folder: Path) -> None:
    page = bytearray(PAGE)
    page[0], page[5:7] = 10, PAGE.to_bytes(2, "big")
    patched((_offset(roots(case)["change_record"]), bytes(page)))(case, folder)


@refused
def overflow_that_never_ends(case: Path, folder: Path) -> None:
    """A long text whose pages lead in a circle."""
    content = bytearray(case.read_bytes())
    pages = [start for start in range(PAGE, len(content), PAGE) if content[start + 4 : start + 12] == b"x" * 8]
    assert pages
    for start in pages:
        content[start : start + 4] = number(start // PAGE + 1)
    (folder / "hostile.casefile").write_bytes(content)


@refused
def free_list_that_never_ends(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        connection.execute("CREATE TABLE extra(a)")
        connection.execute("INSERT INTO extra VALUES(zeroblob(4000000))")
        connection.execute("DROP TABLE extra")
    path = folder / "hostile.casefile"
    content = bytearray(path.read_bytes())
    (trunk,) = struct.unpack_from(">I", content, 32)
    content[_offset(trunk) : _offset(trunk) + 4] = number(trunk)
    path.write_bytes(content)


@refused
def row_number_twice(case: Path, folder: Path) -> None:
    """Two rows of a table under one number, so that its order says one thing and its index another."""
    root = _offset(roots(case)["organization"])
    page = bytearray(case.read_bytes()[root : root + PAGE])
    (first, second) = struct.unpack_from(">HH", page, 8)
    page[second + 2 if page[second] > 0x7F else second + 1] = page[first + 2 if page[first] > 0x7F else first + 1]
    patched((root, bytes(page)))(case, folder)


def _beside(suffix: str, content: bytes) -> Make:
    def make(case: Path, folder: Path) -> None:
        path = copied(case, folder)
        path.with_name(path.name + suffix).write_bytes(content)

    return make


enter(
    Ending.REFUSED,
    journal_empty=_beside("-journal", b""),
    journal_of_noise=_beside("-journal", _NOISE),
    wal_empty=_beside("-wal", b""),
    wal_of_noise=_beside("-wal", b"\x37\x7f\x06\x82" + _NOISE),
)
enter(Ending.SOUND, shared_memory_of_noise=_beside("-shm", _NOISE), journal_of_another_name=_beside(".journal", _NOISE))


@refused
def journal_that_would_be_rolled_back(case: Path, folder: Path) -> None:
    """A hot journal, true in every byte, that puts another page into the file for whoever opens it with SQLite."""
    path = copied(case, folder)
    content = path.read_bytes()
    pages = len(content) // PAGE
    nonce, page = 12345, bytearray(content[PAGE : 2 * PAGE])
    page[-64:] = b"\xee" * 64
    checksum = (nonce + sum(page[i] for i in range(PAGE - 200, 0, -200))) & 0xFFFFFFFF
    header = b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + struct.pack(">5I", 1, nonce, pages, 512, PAGE)
    journal = header.ljust(512, b"\0") + number(2) + bytes(page) + number(checksum)
    path.with_name(path.name + "-journal").write_bytes(journal)


@refused
def wal_with_its_header(case: Path, folder: Path) -> None:
    """A file as a program left it that works in WAL mode, with commits that are only in the second file."""
    path = copied(case, folder)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE agreement SET title = 'x'")
    for suffix in ("", "-wal", "-shm"):
        name = path.with_name(path.name + suffix)
        name.with_name("kept" + suffix).write_bytes(name.read_bytes())
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        os.replace(path.with_name("kept" + suffix), path.with_name(path.name + suffix))


@refused
def hole_of_forty_gigabytes(case: Path, folder: Path) -> None:
    """Nothing on the disk, and more than any disk once it is copied."""
    path = copied(case, folder)
    size = 40 << 30
    with path.open("r+b") as file:
        file.seek(28)
        file.write(number(size // PAGE))
        file.truncate(size)


@sound
def journal_of_a_file_of_another_case(case: Path, folder: Path) -> None:
    copied(case, folder)
    (folder / "another.casefile-journal").write_bytes(_NOISE)


@either
def half_of_it_from_another_file(case: Path, folder: Path) -> None:
    """As a copy that was made while somebody wrote."""
    with spoilt(case, folder, logged=True) as connection:
        connection.execute("UPDATE agreement SET summary = hex(zeroblob(9000))")
    path = folder / "hostile.casefile"
    after, before = path.read_bytes(), case.read_bytes()
    half = len(before) // PAGE // 2 * PAGE
    path.write_bytes(after[:half] + before[half:] + after[len(before) :])
