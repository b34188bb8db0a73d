"""Files that are hostile by where they lie or what they are called, whatever is in them."""

import os
import socket
from pathlib import Path

from tests.hostile.case import Ending, Make, copied, either, enter, refused, sound


@refused
def missing(case: Path, folder: Path) -> None:
    """There is none."""


@refused
def folder_in_its_place(case: Path, folder: Path) -> None:
    (folder / "hostile.casefile").mkdir()


@refused
def pipe(case: Path, folder: Path) -> None:
    os.mkfifo(folder / "hostile.casefile")


@refused
def device(case: Path, folder: Path) -> Path:
    return Path("/dev/zero")


@refused
def link_to_a_device(case: Path, folder: Path) -> None:
    (folder / "hostile.casefile").symlink_to("/dev/urandom")


@refused
def link_to_itself(case: Path, folder: Path) -> None:
    (folder / "hostile.casefile").symlink_to("hostile.casefile")


@refused
def link_to_nothing(case: Path, folder: Path) -> None:
    (folder / "hostile.casefile").symlink_to("nothing.casefile")


@refused
def file_taken_for_a_folder(case: Path, folder: Path) -> Path:
    return copied(case, folder, "a.casefile") / "hostile.casefile"


@refused
def socket_in_its_place(case: Path, folder: Path) -> None:
    here = os.getcwd()
    os.chdir(folder)  # the name of a socket may have a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("hostile.casefile")
    finally:
        os.chdir(here)


@sound
def link_to_a_file(case: Path, folder: Path) -> None:
    copied(case, folder, "elsewhere.casefile")
    (folder / "hostile.casefile").symlink_to("elsewhere.casefile")


@refused
def link_to_a_file_with_a_journal(case: Path, folder: Path) -> None:
    """SQLite follows the link before it looks for a journal."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    copied(case, elsewhere)
    (elsewhere / "hostile.casefile-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    (folder / "hostile.casefile").symlink_to("elsewhere/hostile.casefile")


@either
def file_that_nobody_may_read(case: Path, folder: Path) -> None:
    copied(case, folder).chmod(0)


@sound
def file_that_nobody_may_write(case: Path, folder: Path) -> None:
    copied(case, folder).chmod(0o444)


NAMES: dict[str, str | bytes] = {
    "name-of-markup": '<img src="x" onerror=alert(1)>&amp;<b>.casefile',
    "name-of-controls": "a\nb\x1b[2J\x1b]0;owned\x07\r\x08.casefile",
    "name-that-turns-round": "report\u202efdp.casefile",
    "name-that-is-an-option": "--json.casefile",
    "name-that-is-a-database-uri": "file:a.casefile?mode=memory&cache=shared#x",
    "name-of-blanks": "   .casefile ",
    "name-that-is-no-utf-8": b"\xff\xfe-\x80.casefile",
    "name-of-a-template": "{0}{file}%s%(x)s.casefile",
    "name-of-quotes": "a'b\"c;DROP TABLE person;--.casefile",
}


def _named(name: str | bytes) -> Make:
    def make(case: Path, folder: Path) -> Path:
        return copied(case, folder, os.fsdecode(name))

    return make


enter(Ending.EITHER, **{"name-of-two-hundred-and-fifty-bytes": _named("x" * 241 + ".casefile")})
enter(Ending.SOUND, **{key: _named(name) for key, name in NAMES.items()})


@refused
def journal_that_is_a_link_to_nothing(case: Path, folder: Path) -> None:
    path = copied(case, folder)
    path.with_name(path.name + "-journal").symlink_to(folder.parent / "executed-by-a-hostile-file")


@refused
def journal_that_is_a_folder(case: Path, folder: Path) -> None:
    path = copied(case, folder)
    path.with_name(path.name + "-journal").mkdir()


def _lock_beside(case: Path, folder: Path) -> Path:
    path = copied(case, folder)
    return path.with_name(f".~lock.{path.name}#")


@sound
def lock_that_is_a_link_to_another_file(case: Path, folder: Path) -> None:
    """Whoever writes a name into the lock writes it into that file."""
    (folder / "diary.txt").write_text("Mine\n")
    _lock_beside(case, folder).symlink_to("diary.txt")


@sound
def lock_that_is_a_link_to_nothing(case: Path, folder: Path) -> None:
    _lock_beside(case, folder).symlink_to(folder.parent / "executed-by-a-hostile-file")


@sound
def lock_that_is_another_name_of_a_file(case: Path, folder: Path) -> None:
    (folder / "diary.txt").write_text("Mine\n")
    os.link(folder / "diary.txt", _lock_beside(case, folder))


@sound
def lock_that_is_a_pipe(case: Path, folder: Path) -> None:
    os.mkfifo(_lock_beside(case, folder))


@sound
def lock_that_is_a_folder(case: Path, folder: Path) -> None:
    _lock_beside(case, folder).mkdir()


@sound
def lock_of_noise(case: Path, folder: Path) -> None:
    _lock_beside(case, folder).write_bytes(b"\xff\x00<b>\x1b[2J\n\n\n\n" * 100_000)
