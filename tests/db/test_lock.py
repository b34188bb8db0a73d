"""The lock beside a file that is open for writing."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import db.lock
from db.errors import FileInUse, FileRefused
from db.lock import FileLock

HOLDER = """
import sys
from pathlib import Path
from db.lock import FileLock
FileLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.casefile"


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until it is killed."""
    command = [sys.executable, "-c", HOLDER, str(path)]
    home = Path(db.lock.__file__).parent.parent
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=home) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_it_is_taken_and_given_back(path: Path) -> None:
    lock = FileLock(path)
    lock.acquire()
    assert lock.sidecar == path.with_name(".~lock.a.casefile#")
    assert lock.sidecar.read_text(encoding="utf-8").splitlines()[2] == str(os.getpid())
    lock.release()
    assert not lock.sidecar.exists()
    lock.release()
    lock.acquire()
    lock.release()


def test_a_second_writer_is_told_who_holds_it(path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(FileInUse, match=rf"open for editing: .+ on .+ \(process {holder.pid}\)\. It can still be read"):
        FileLock(path).acquire()
    assert FileLock(path).is_held_elsewhere()


def test_two_windows_of_one_process_cannot_both_hold_it(path: Path) -> None:
    first, second = FileLock(path), FileLock(path)
    first.acquire()
    with pytest.raises(FileInUse, match=f"process {os.getpid()}"):
        second.acquire()
    second.release()
    assert first.sidecar.exists(), "who does not hold it takes nothing away"
    first.release()
    second.acquire()
    second.release()


def test_the_lock_of_a_killed_holder_is_free(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    lock = FileLock(path)
    assert lock.sidecar.exists(), "it had no time to clean up"
    assert not lock.is_held_elsewhere()
    lock.acquire()
    assert f"(process {os.getpid()})" in lock.holder()
    lock.release()


def test_asking_leaves_nothing_behind(path: Path) -> None:
    lock = FileLock(path)
    assert not lock.is_held_elsewhere()
    assert list(path.parent.iterdir()) == []
    lock.sidecar.write_text("left behind")
    assert not lock.is_held_elsewhere()
    assert lock.sidecar.read_text() == "left behind", "whoever only reads writes nothing"
    lock.acquire()
    assert not lock.is_held_elsewhere(), "it is held here"
    lock.release()


@pytest.mark.parametrize("put", ["link", "link to nothing", "second name", "pipe", "folder"])
def test_what_somebody_put_in_its_place_is_left_alone(path: Path, put: str) -> None:
    diary, lock = path.with_name("diary"), FileLock(path)
    diary.write_text("Mine")
    make: dict[str, Callable[[], object]] = {
        "link": lambda: lock.sidecar.symlink_to(diary),
        "link to nothing": lambda: lock.sidecar.symlink_to(path.with_name("nothing")),
        "second name": lambda: os.link(diary, lock.sidecar),
        "pipe": lambda: os.mkfifo(lock.sidecar),
        "folder": lambda: lock.sidecar.mkdir(),
    }
    make[put]()
    assert not lock.is_held_elsewhere()
    assert lock.holder() == "by somebody who left no name"
    with pytest.raises(FileRefused, match=r"is no lock of ours, although .* The file can still be read"):
        lock.acquire()
    assert diary.read_text() == "Mine"
    assert not path.with_name("nothing").exists()


@pytest.mark.parametrize("content", [b"", b"a\nb", b"\xff\xfe\n\n\n", b"a\nb\nc\nd\ne\n"])
def test_a_sidecar_that_names_nobody(path: Path, content: bytes) -> None:
    lock = FileLock(path)
    lock.sidecar.write_bytes(content)
    assert lock.holder() == "by somebody who left no name"


def test_a_folder_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(FileRefused, match=r"cannot be written: Permission denied\. The file can still be read"):
        FileLock(path).acquire()


def test_a_sidecar_that_is_taken_away_between_opening_and_locking(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever locks a file that is no longer in the folder has locked nothing, and must try again."""
    lock, real = FileLock(path), db.lock._try_lock
    tries: list[int] = []

    def late(descriptor: int) -> bool:
        if not tries:
            lock.sidecar.unlink()
        tries.append(descriptor)
        return real(descriptor)

    monkeypatch.setattr(db.lock, "_try_lock", late)
    lock.acquire()
    assert len(tries) == 2
    with pytest.raises(FileInUse):
        FileLock(path).acquire()
    lock.release()


def test_who_edits_is_named_as_in_the_history(path: Path) -> None:
    lock = FileLock(path, "Kari Nordmann")
    lock.acquire()
    assert FileLock(path).holder().startswith("Kari Nordmann on ")
    lock.release()
