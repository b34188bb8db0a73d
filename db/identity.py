"""How records are named: time-ordered ids for what is new, computed ids for what all files share."""

import os
import time
import uuid

NAMESPACE = uuid.UUID("6d1f4b1e-5a0c-5d3b-9b1a-7c2e8f9d4a60")
"""Of every computed id of Depositary. Changing it would make strangers of all files."""


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): Unix milliseconds first, so that ids sort by when they were made."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000 & (1 << 48) - 1) << 80 | 0x7 << 76 | (random >> 64 & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | random & (1 << 62) - 1)


def link_id(table: str, *ends: object) -> uuid.UUID:
    """The UUIDv5 of a row that is what it joins: two people who add the same link add one row."""
    return uuid.uuid5(NAMESPACE, "\x1f".join([table, *("" if end is None else str(end) for end in ends)]))


def state_id(code: str) -> uuid.UUID:
    """The UUIDv5 of a state, from its ISO 3166-1 alpha-3 code or ISO 3166-3 for a former one.

    A state without a code of its own takes its documented name instead; West Germany is Germany (DEU).
    """
    return link_id("state", code.strip().upper())
