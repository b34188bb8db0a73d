"""The main journey by hand: real keys on a real X server, which Xvfb draws where nobody looks.

    python tests/journeys/by_hand.py FOLDER      # leaves the case file, the sheet and the pictures there

It needs Xvfb and xdotool. Xvfb keeps its screen in a file, from which the pictures are read.
"""

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QImage

NEEDED = ("Xvfb", "xdotool")
SIZE = (1280, 800)
OFFICIAL = "Bjørn 木原"
WINDOW = "Japan and Norway .* Depositary"
A_NEW_SOURCE = (682, 119)
"""Where that button stands in the dialog that cites."""
IN_THE_DRAWER, LAST_ACCEPT = (980, 640), (1132, 682)
STEPS = 11
"""Edits until then: organizations, agreement, official, signature, two claims, and what is accepted, with room."""
_PATIENCE = 20
"""Seconds after which a window does not come any more."""


_HOLDS = """
import sys
from PySide6.QtWidgets import QApplication
app = QApplication([])
app.clipboard().setText(sys.argv[1])
print("held", flush=True)
app.exec()
"""
"""A program that has a text on its clipboard, as X keeps no text itself."""


def missing() -> list[str]:
    """The programs that are not there."""
    return [name for name in NEEDED if shutil.which(name) is None]


class Person:
    """Somebody with a keyboard before a screen."""

    def __init__(self, display: str, screen: Path, folder: Path) -> None:
        self._screen, self._folder = screen, folder
        self.environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder)}
        self.environment |= {
            name: str(folder / name) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
        }
        self._pictures = 0

    def wait_for(self, title: str) -> str:
        """Wait for a window by its title, and give it the keys; gives its number."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = self._xdotool("search", "--onlyvisible", "--name", title).split()
            if found:
                self._xdotool("windowfocus", "--sync", found[-1])
                self.pause()
                return found[-1]
            self.pause(0.1)
        self.picture("failure")
        raise AssertionError(f"no window {title!r} came")

    def wait_gone(self, title: str) -> None:
        """Wait until a dialog has gone, and give the keys to the window."""
        end = time.monotonic() + _PATIENCE
        while self.sees(title):
            if time.monotonic() > end:
                self.picture("failure")
                raise AssertionError(f"the dialog {title!r} does not go")
            self.pause(0.1)
        self.wait_for(WINDOW)

    def sees(self, title: str) -> bool:
        """Whether there is such a window now."""
        return bool(self._xdotool("search", "--onlyvisible", "--name", title).split())

    def press(self, *keys: str) -> None:
        """Press keys, as "ctrl+n"."""
        for each in keys:
            self._xdotool("key", "--clearmodifiers", each)
            self.pause(0.12)

    def type(self, text: str) -> None:
        """Type text."""
        self._xdotool("type", "--delay", "8", text)
        self.pause()

    def click(self, x: int, y: int) -> None:
        """Click at a point of the screen."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")
        self.pause()

    def scroll_down(self, x: int, y: int) -> None:
        """Turn the wheel at a point of the screen until nothing more comes."""
        self._xdotool("mousemove", str(x), str(y), "click", "--repeat", "12", "--delay", "40", "5")
        self.pause()

    def paste(self, text: str) -> None:
        """Paste what cannot be typed."""
        command = [sys.executable, "-c", _HOLDS, text]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE) as holder:
            assert holder.stdout is not None
            holder.stdout.readline()
            self.pause()
            self.press("ctrl+v")
            self.pause()
            holder.terminate()

    def pause(self, seconds: float = 0.3) -> None:
        """Look at the screen for a moment, as people do."""
        time.sleep(seconds)

    def picture(self, name: str) -> Path:
        """Keep what the screen shows."""
        self._pictures += 1
        path = self._folder / f"{self._pictures:02}-{name}.png"
        read_screen(self._screen).save(str(path))
        return path

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout


def read_screen(path: Path) -> QImage:
    """The picture in Xvfb's frame buffer file (X window dump, version 7: sizes in big-endian words, then colours)."""
    raw = path.read_bytes()
    words = struct.unpack(">25I", raw[:100])
    header, width, height, per_line, colours = words[0], words[4], words[5], words[12], words[19]
    pixels = raw[header + 12 * colours :]
    return QImage(pixels, width, height, per_line, QImage.Format.Format_RGB32).copy()


@contextmanager
def screen(folder: Path) -> Iterator[tuple[str, Path]]:
    """An X server of our own: its display, and the file that holds its picture."""
    reading, writing = os.pipe()
    width, height = SIZE
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-fbdir", str(folder)]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                display = f":{told.readline().strip()}"
            yield display, folder / "Xvfb_screen0"
        finally:
            server.terminate()


@contextmanager
def program(person: Person, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program, until the block ends."""
    command = [sys.executable, "-m", "desktop", *words]
    with subprocess.Popen(command, env=person.environment, cwd=Path(__file__).parents[2]) as running:
        try:
            yield running
        finally:
            if running.poll() is None:
                running.terminate()


def make_case(person: Person, path: Path) -> None:
    """A new case file, whose author says who they are."""
    person.wait_for("^Depositary$")
    person.picture("welcome")
    person.press("ctrl+n")
    person.wait_for("New case file")
    person.type("Japan and Norway")
    person.press("Tab", "Tab", "Tab", "Return")
    person.wait_for("Where shall the new case file go")
    person.press("ctrl+a")
    person.type(str(path))
    person.press("Return")
    person.wait_for("Who edits")
    person.press("ctrl+a")
    person.type("Ann Analyst")
    person.press("Return")
    person.wait_for(WINDOW)
    person.picture("empty-case")


def add_agreement(person: Person, title: str) -> None:
    """An agreement between two states that are new to the file."""
    person.press("ctrl+n")
    person.wait_for("New agreement")
    person.type(title)
    person.press("Tab", "Tab", "Tab")
    for party in ("Japan", "Norway"):
        person.type(party)
        person.pause(0.6)
        person.picture(f"offer-{party.lower()}")
        person.press("Down", "Return")
        person.pause(1.0)
        if person.sees("New organization"):  # instead of the state, where the names of states were not read yet
            person.wait_for("New organization")
            person.press("Return")
        person.wait_for("New agreement")
    person.picture("agreement")
    person.press("Return")
    person.wait_gone("New agreement")
    person.pause(0.8)


def go_to(person: Person, letters: str) -> None:
    """Open a record, or give a command, through the palette."""
    person.press("ctrl+k")
    person.type(letters)
    person.pause(0.8)
    person.press("Return")
    person.pause(0.8)


def add_official(person: Person) -> None:
    """An official whose name no keyboard here has: it is pasted."""
    person.press("ctrl+2", "ctrl+n")
    person.wait_for("New official")
    person.paste(OFFICIAL)
    person.press("Return")
    person.wait_gone("New official")
    person.pause(0.8)
    person.picture("official")


def sign(person: Person) -> None:
    """A signature on a day, by that official."""
    go_to(person, "maritime")
    go_to(person, ">signature")
    person.wait_for("New action")
    person.type("3 Sept 2024")
    person.press("Tab", "Tab", "Tab")
    person.paste(OFFICIAL)
    person.pause(2)
    person.picture("signatory")
    person.press("Down", "Return", "Return")
    person.wait_gone("New action")
    person.pause(0.8)
    person.picture("signed")


def cite(person: Person, source: str, instead: str = "") -> None:
    """A new source for the title, which says so, or says something else."""
    person.press("ctrl+shift+c")
    person.wait_for("Cite a source for title")
    person.click(*A_NEW_SOURCE)
    person.type(source)
    person.press("Tab")
    person.type("tre")
    if instead:
        person.press(*["Tab"] * 10, "Down", "Tab")
        person.type(instead)
    person.picture(f"cite-{source.split()[0].lower()}")
    person.press("Return")
    person.wait_gone("Cite a source for title")
    person.pause(0.8)


def accept(person: Person) -> None:
    """The last of the claims, with a reason."""
    person.scroll_down(*IN_THE_DRAWER)
    person.picture("claims")
    person.click(*LAST_ACCEPT)
    person.wait_for("Accept a claim on title")
    person.type("The text itself is called so.")
    person.press("Tab", "Return")
    person.wait_gone("Accept a claim on title")
    person.pause(0.8)
    person.picture("accepted")


def print_sheet(person: Person, path: Path) -> None:
    """The sheet, saved beside the case file."""
    person.press("ctrl+shift+b")
    for _ in range(_PATIENCE):  # there is nothing to save before the first page has come
        person.pause(1)
        person.press("ctrl+shift+s")
        person.pause()
        if person.sees("Save the briefing"):
            break
    person.wait_for("Save the briefing")
    person.picture("briefing")
    person.press("ctrl+a")
    person.type(str(path))
    person.press("Return")
    person.wait_gone("Save the briefing")
    person.pause()
    person.picture("saved")
    person.press("alt+Left")


def journey(folder: Path) -> None:
    """From nothing to a printed sheet, everything undone, and some of it done again after a new start."""
    case = folder / "norway.casefile"
    with screen(folder) as (display, frame):
        person = Person(display, frame, folder)
        with program(person, "open") as running:
            make_case(person, case)
            add_agreement(person, "Memorandum on maritime surveillance")
            add_official(person)
            sign(person)
            cite(person, "Joint communique")
            cite(person, "Ministry newsletter", "Arrangement on maritime surveillance")
            person.picture("disputed")
            accept(person)
            print_sheet(person, folder / "sheet.pdf")
            person.press("F6", *["ctrl+z"] * STEPS)
            person.pause(1)
            person.picture("undone")
            person.press("ctrl+q")
            running.wait(_PATIENCE)
        with program(person, "open", str(case)) as running:
            person.wait_for(WINDOW)
            person.pause(1)
            for _ in range(2):
                person.press("ctrl+shift+z")
                person.pause(2)
            person.press("ctrl+1")
            person.pause(1)
            person.picture("again")
            person.press("ctrl+q")
            running.wait(_PATIENCE)


if __name__ == "__main__":
    journey(Path(sys.argv[1]))
