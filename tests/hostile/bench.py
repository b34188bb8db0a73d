"""The judge from outside: asks it about a file, and says what is wrong with how that ended."""

import hashlib
import json
import os
import re
import selectors
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.hostile.case import Ending
from tests.hostile.judging import Outcome
from tests.hostile.schemas import CANARY

PATIENCE = 20.0
"""Seconds that any verb may take."""
_HOME = Path(__file__).parent.parent.parent
_LONGEST = 600
_ENDINGS = {
    Ending.REFUSED: {"check": {1, 3}},
    Ending.SOUND: {"write": {0, 3}, "write again": {0, 3},
                   "compare": {0, 1}, "compare back": {0, 1}, "merge": {0, 3}, "show": {0, 2}, "brief": {0, 1, 2},
                   "profile": {0, 1, 2}},
    Ending.EITHER: {"check": {0, 1, 3}, "compare": {0, 1, 3}, "compare back": {0, 1, 3}, "show": {0, 2, 3},
                    "brief": {0, 1, 2, 3}, "profile": {0, 1, 2, 3}},
}  # fmt: skip
_USUAL = {Ending.REFUSED: {3}, Ending.SOUND: {0}, Ending.EITHER: {0, 3}}


class Bench:
    """A judge that is started when it is needed, and again after a file has killed it."""

    def __init__(self, sound: Path, work: Path, environment: Mapping[str, str] | None = None) -> None:
        self._sound, self._work, self._environment = sound, work, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._read = b""

    def faults(self, path: Path, folder: Path, ending: Ending, *, whole: bool = True) -> list[str]:
        """Everything that is wrong with how the program took a file; nothing if that was well."""
        before = _state(folder)
        found = [fault for outcome in self._ask(path, whole) for fault in _faults(outcome, ending)]
        if _state(folder) != before:
            found.append("the original, or something beside it, is not as it was")
        executed = [*self._work.parent.rglob(CANARY), *([Path(CANARY)] if Path(CANARY).exists() else [])]
        for canary in executed:
            canary.unlink()
        if executed:
            found.append("something that the file brought was executed")
        return found

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process, self._read = None, b""

    def _ask(self, path: Path, whole: bool) -> Iterator[Outcome]:
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        process.stdin.write(json.dumps([os.fsdecode(path), whole]).encode() + b"\n")
        process.stdin.flush()
        while True:
            line = self._line(process)
            if line is None or not line:
                what = "did not end" if line is None else "crashed"
                self.close()
                yield Outcome(f"a verb that {what}", 70, "", "", PATIENCE if line is None else 0.0)
                return
            told = json.loads(line)
            if told is None:
                return
            yield Outcome(**{**told, "deeds": tuple(told["deeds"])})

    def _line(self, process: subprocess.Popen[bytes]) -> bytes | None:
        """The next line; none where it takes too long, an empty one where there comes no more."""
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._read:
                if not selector.select(PATIENCE * 1.5):
                    return None
                piece = os.read(process.stdout.fileno(), 1 << 20)
                if not piece:
                    return b""
                self._read += piece
        line, _, self._read = self._read.partition(b"\n")
        return line

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.hostile.judging", str(self._sound), str(self._work)]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_HOME, env=self._environment
        )


def _faults(outcome: Outcome, ending: Ending) -> Iterator[str]:
    allowed = _ENDINGS[ending].get(outcome.verb, _USUAL[ending])
    if outcome.code not in allowed:
        yield f"{outcome.verb} ended with {outcome.code}: {outcome.err or outcome.out}"[:500]
    if outcome.seconds > PATIENCE:
        yield f"{outcome.verb} took {outcome.seconds:.0f} s"
    if (outcome.code == 3 or outcome.err) and not _is_worded(outcome.err):
        yield f"{outcome.verb} says {outcome.err!r}"[:500]
    if "Traceback" in outcome.err or not _is_plain(outcome.err):
        yield f"{outcome.verb} says what nobody should read: {outcome.err!r}"[:500]
    if not outcome.out.startswith(("[", "{")) and not _is_plain(outcome.out):
        yield f"{outcome.verb} sends the terminal what it obeys"
    for deed in outcome.deeds:
        yield f"{outcome.verb} {deed}"


def _is_worded(text: str) -> bool:
    """One or two sentences, of which the last ends; as JSON too."""
    if text.startswith("{"):
        text = json.loads(text)["error"]["message"]
    return 10 < len(text.strip()) <= _LONGEST and bool(re.search(r"[.!]$", text.strip()))


def _is_plain(text: str) -> bool:
    """Without characters that a terminal obeys."""
    return not any(unicodedata.category(character) == "Cc" and character not in "\n\t" for character in text)


def _state(folder: Path) -> dict[str, tuple[object, ...]]:
    """Everything in a folder: what it is, when it was written, and its bytes."""
    found: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        content = path.read_bytes() if stat.S_ISREG(told.st_mode) and told.st_size < 1 << 27 else b""
        found[str(path)] = told.st_mode, told.st_size, told.st_mtime_ns, hashlib.blake2b(content).hexdigest()
    return found
