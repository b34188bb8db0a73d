"""The judge's process: does everything that the program does with a file, and tells how each of it ended.

Run as `python -m tests.hostile.judging SOUND WORK`. Each line on stdin is a path, and whether to do everything with it,
as JSON; the answer is a JSON line per verb as soon as it has ended, and `null`. It is a process so that a crash or hang
is seen from outside. What the inspection's worker does is done in a fork of this process: the same code and
limits, without a second in which Python starts. What it said of some bytes is remembered: nothing else decides it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from click.testing import CliRunner

import db.inspection
from db.trust import digest_of
from desktop.cli import program

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "sqlite3.load_extension", "socket.connect")
_QUIET = {"PATH": os.environ.get("PATH", ""), "COLUMNS": "100", "DEPOSITARY_AUTHOR": "Ann Analyst"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one verb ended. `deeds` are things done that no file may have done."""

    verb: str
    code: int
    out: str
    err: str
    seconds: float
    deeds: tuple[str, ...] = ()


class Watch:
    """Notes what this process and its forks do outside of their own folders, by Python's audit hook."""

    def __init__(self, log: Path, allowed: Sequence[Path]) -> None:
        self._log = os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._allowed = tuple(str(folder) for folder in allowed)
        self._read = 0
        sys.addaudithook(self._hear)

    def deeds(self) -> tuple[str, ...]:
        """What was done since the last question."""
        told = os.pread(self._log, 1 << 20, self._read)
        self._read += len(told)
        return tuple(told.decode("utf-8", "replace").splitlines())

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(args[2], int) and args[2] & _WRITING:
            name = os.fsdecode(args[0]) if isinstance(args[0], str | bytes | os.PathLike) else ""
            if Path(name).name.startswith(".~lock."):
                return  # beside the file while it is written; what is left of it shows in the folder
            if name and not os.path.realpath(name).startswith(self._allowed) and name != os.devnull:
                self._note(f"wrote {name!r}")
        elif event == "subprocess.Popen" and args[0] != "cp" and "pandoc" not in str(args[0]):
            self._note(f"ran {args[0]!r}")
        elif event in _FORBIDDEN:
            self._note(f"{event} {args!r}")

    def _note(self, words: str) -> None:
        os.write(self._log, words.replace("\n", " ").encode("utf-8", "replace") + b"\n")


_said: dict[str, tuple[int, bytes]] = {}
_ALL = "1000"


def inspected(command: Sequence[str], *, timeout: float, **_: object) -> subprocess.CompletedProcess[bytes]:
    """The worker of `db.inspection` as a fork: what `subprocess.run` would give, or raise."""
    path, seconds, most = command[-3:]
    key = digest_of(Path(path))
    if key not in _said:
        _said[key] = _in_a_fork(path, seconds, _ALL, timeout)
    code, answer = _said[key]
    if code == 0 and most != _ALL:
        answer = json.dumps(json.loads(answer)[: int(most)]).encode()
    return subprocess.CompletedProcess(command, code, answer)


def _in_a_fork(path: str, seconds: str, most: str, timeout: float) -> tuple[int, bytes]:
    with tempfile.TemporaryFile() as answer:
        child = os.fork()
        if child == 0:
            os.dup2(answer.fileno(), 1)
            code = 1
            try:
                sys.stdout = os.fdopen(1, "w")
                db.inspection.main(path, seconds, most)
                sys.stdout.flush()
                code = 0
            finally:
                os._exit(code)
        deadline = time.monotonic() + timeout
        while True:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                break
            if time.monotonic() > deadline:
                os.kill(child, 9)
                os.waitpid(child, 0)
                raise subprocess.TimeoutExpired(path, timeout)
            time.sleep(0.002)
        answer.seek(0)
        return os.waitstatus_to_exitcode(status), answer.read()


def judge(path: Path, sound: Path, work: Path, watch: Watch, *, whole: bool) -> Iterator[Outcome]:
    """Do everything with a file, one thing after the other; or one thing of each sort."""
    name = os.path.abspath(path)

    def run(verb: str, *words: str | Path) -> Outcome:
        start = time.monotonic()
        result = CliRunner(env=_QUIET).invoke(program, [str(word) for word in words], prog_name="depositary")
        seconds = time.monotonic() - start
        return Outcome(verb, result.exit_code, result.stdout, result.stderr, seconds, watch.deeds())

    yield run("info", "info", name)
    yield run("check", "check", name)
    if whole:
        yield run("compare", "compare", sound, name)
    yield run("compare back", "compare", name, sound)
    yield run("merge", "merge", sound, name, "-o", work / "merged.casefile")
    listed = run("list", "list", name, "agreements", "--json")
    yield listed
    first = _first(listed)
    if whole:
        yield run("list again", "list", name, "officials")
        yield run("history", "history", name)
        yield run("show", "show", name, first)
    yield run("brief", "brief", name, "--kind", "agreement", "--record", first, "-o", work / "sheet.pdf")
    if whole or "portrait" in path.parent.name:
        people = run("list people", "list", name, "officials", "--json")
        yield run(
            "profile", "brief", name, "--kind", "official", "--record", _first(people), "-o", work / "profile.pdf"
        )
    written = _copy_of_all(path, work / "written")
    yield run("write", "add", written, "notes", "text=Mine")
    if whole:
        yield run("write again", "add", written, "notes", "text=Mine too")


def _first(listed: Outcome) -> str:
    rows = json.loads(listed.out) if listed.code == 0 else []
    return rows[0]["id"] if rows else "00000000"


def _copy_of_all(path: Path, folder: Path) -> Path:
    """The file with what lies beside it, at a place where it may be written."""
    if not path.is_file() or path.resolve().parent != path.parent.resolve() or path.stat().st_size > 1 << 30:
        return path
    subprocess.run(["cp", "-a", str(path.parent), str(folder)], check=True)  # pipes and second names, too
    return folder / path.name


def main(sound: Path, work: Path) -> None:
    """Judge what is asked for, until nothing more is."""
    own = [work, Path(os.environ["HOME"]), Path(tempfile.gettempdir())]
    watch = Watch(work / "deeds", [path.resolve() for path in own])
    db.inspection.subprocess = SimpleNamespace(run=inspected, TimeoutExpired=subprocess.TimeoutExpired)  # type: ignore[assignment, attr-defined]
    for line in sys.stdin:
        folder = Path(tempfile.mkdtemp(dir=work))
        path, whole = json.loads(line)
        for outcome in judge(Path(path), sound, folder, watch, whole=whole):
            print(json.dumps(asdict(outcome)), flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        print("null", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
