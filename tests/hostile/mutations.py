"""Mutations of case files, each the same for the same seed: bytes, pages, lengths, and values past the log."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from db.models.base import Base
from tests.hostile.case import copied
from tests.hostile.layouts import PAGE, number
from tests.hostile.texts import BIDI, CONTROLS, MARKUP

_VALUES: tuple[object, ...] = (
    None, "", "x", "木原", MARKUP, BIDI, CONTROLS, "a\x00b", "2024|x||", "treaty", "x" * 100_000, 0, -1, 1, 2**62,
    2**63 - 1, -(2**63), 1.5, b"", b"\xff", b"x" * 16, bytes(16), b"\xff" * 32,
)  # fmt: skip
_TABLES = [table for table in Base.metadata.sorted_tables if table.name != "content"]


def mutate(case: Path, folder: Path, seed: int) -> Path:
    """A copy with one to three mutations."""
    chance = random.Random(seed)
    path = copied(case, folder, "mutated.casefile")
    if chance.random() < 0.35:
        _lie(path, chance)
        return path
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 3)):
        chance.choice(_OF_BYTES)(content, chance)
    path.write_bytes(content)
    return path


def _page_in_use(content: bytearray, chance: random.Random) -> int:
    """Where a page begins that holds more than its header; most of a small file are empty trees."""
    for _ in range(200):
        start = chance.randrange(max(len(content) // PAGE, 1)) * PAGE
        if any(content[start + 16 : start + PAGE]):
            return start
    return 0


def _flip(content: bytearray, chance: random.Random) -> None:
    start = _page_in_use(content, chance)
    used = [place for place in range(start, min(start + PAGE, len(content))) if content[place]] or [start]
    for _ in range(chance.randint(1, 6)):
        content[chance.choice(used)] = chance.randrange(256)


def _swap(content: bytearray, chance: random.Random) -> None:
    first, second = _page_in_use(content, chance), _page_in_use(content, chance)
    page = content[first : first + PAGE]
    content[first : first + PAGE] = content[second : second + PAGE]
    content[second : second + PAGE] = page


def _double(content: bytearray, chance: random.Random) -> None:
    first, second = _page_in_use(content, chance), _page_in_use(content, chance)
    content[first : first + PAGE] = content[second : second + PAGE]


def _blank(content: bytearray, chance: random.Random) -> None:
    start = _page_in_use(content, chance)
    content[start : start + PAGE] = bytes([chance.choice((0, 0, 0xFF, 0xA5))]) * PAGE


def _overwrite(content: bytearray, chance: random.Random) -> None:
    start = _page_in_use(content, chance) + chance.randrange(PAGE)
    noise = chance.randbytes(chance.randint(1, 300))
    content[start : start + len(noise)] = noise


def _truncate(content: bytearray, chance: random.Random) -> None:
    """Cut it, mostly at the end of a page and with a header that knows."""
    pages = chance.randint(1, max(len(content) // PAGE, 1))
    del content[pages * PAGE - chance.choice((0, 0, 0, 1, 700)) :]
    if chance.random() < 0.7:
        content[28:32] = number(pages)


def _header(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100)] = chance.randrange(256)


_OF_BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _flip, _flip, _swap, _double, _blank, _overwrite, _truncate, _header,
)  # fmt: skip


def _lie(path: Path, chance: random.Random) -> None:
    """Values in some places that the tables let in, told to the log or not."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        logged = chance.random() < 0.5
        if not logged:
            connection.execute("UPDATE context SET mode = 'merge'")
        for _ in range(chance.randint(1, 3)):
            table = chance.choice(_TABLES)
            column, value = chance.choice([each.name for each in table.columns]), chance.choice(_VALUES)
            key = next(each.name for each in table.primary_key.columns)
            with suppress(sqlite3.Error):
                connection.execute(
                    f"UPDATE {table.name} SET {column} = ? WHERE {key} IN (SELECT {key} FROM {table.name}"
                    f" ORDER BY {key} LIMIT 1 OFFSET ?)",
                    (value, chance.randrange(6)),
                )
        if not logged:
            connection.execute("UPDATE context SET mode = 'external' WHERE mode = 'merge'")
        connection.execute("COMMIT")
