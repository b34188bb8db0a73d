"""The close look at a file that came from elsewhere. Run as `python -m db.inspection FILE` in a process of its own.

Whatever the file holds, the answer is one line: a hostile file can crash, hang or fill the worker, and nothing else.
"""

import sqlite3
import subprocess
import sys
from itertools import islice
from pathlib import Path

from db.audit import disagreements
from db.engine import connect
from db.errors import CaseFileError, FileRefused
from db.header import check_header
from db.schema import expected_schema, schema_of

_FINE, _REFUSED = 0, 1
_MEMORY = 4 << 30
_PATIENCE = 30.0
"""Seconds that any file may take; a large one gets a second more per two megabytes."""


def inspect(copy: Path, name: str, *, deadline: float | None = None) -> None:
    """Have a private copy inspected by a worker. Raises FileRefused with the worker's words, or ours if it is lost."""
    seconds = deadline or _PATIENCE + copy.stat().st_size / (2 << 20)
    command = [sys.executable, "-m", "db.inspection", str(copy), str(int(seconds) + 1)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise FileRefused(
            f"{name} took longer than {seconds:.0f} seconds to check, and was given up. It was not touched."
        ) from None
    if answer.returncode == _REFUSED and answer.stdout:
        raise FileRefused(f"{name} {answer.stdout.decode('utf-8', 'replace').strip()} It was not touched.")
    if answer.returncode != _FINE:
        raise FileRefused(f"{name} is damaged so badly that it cannot be checked. It was not touched.")


def examine(path: Path) -> None:
    """Schema, integrity and content of a private copy. Raises FileRefused, and whatever a hostile file provokes."""
    check_header(path)
    connection = connect(path, immutable=True)
    try:
        check_schema(connection)
        damage = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if damage != "ok":
            raise FileRefused("is damaged.")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise FileRefused("is damaged: a record points at one that is not there.")
        for found in islice(disagreements(connection), 1):
            about = f" {found.record}" if found.record else ""
            raise FileRefused(f"contradicts itself: {found.kind}{about} {found.text}.")
    finally:
        connection.close()


def check_schema(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables, indexes and triggers are not exactly those of its version."""
    if schema_of(connection) != expected_schema():
        raise FileRefused("does not have the tables and rules of a case file.")


def _limit(seconds: int) -> None:
    """Bound this process where the platform can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str, seconds: str) -> int:
    """Examine and answer: nothing and 0, or one worded sentence and 1."""
    _limit(int(seconds))
    try:
        examine(Path(path))
    except CaseFileError as error:
        print(error)
        return _REFUSED
    except Exception:  # A hostile file raises anything: sqlite3.Error, UnicodeDecodeError, TypeError, MemoryError.
        print("is damaged.")
        return _REFUSED
    return _FINE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
