"""Pandoc as a separate program: it reads a document on its standard input, and sees no file but the style's.

Pandoc is under the GPL and is never linked or imported. pypandoc-binary brings it; of that package only the program is
used. Manual: pandoc.org/MANUAL.html, sections Citations and "A note on security" (`--sandbox`, `+RTS -M`).
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from exports.citations.errors import CitationFailure, CitationTimeout, MissingPandoc, UnfitPandoc

LIMIT = 120.0
"""Seconds that one call may take: several times what a thousand notes need."""

_NEEDED = "pandoc 3."
_MEMORY = ("+RTS", "-M1g", "-RTS")
_VERSION_LIMIT = 10.0
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # Windows would flash a console
_LONGEST_REASON = 300


@dataclass(frozen=True)
class Pandoc:
    """A pandoc at a place, and the seconds that a call of it may take."""

    program: Path
    seconds: float = LIMIT

    @cached_property
    def version(self) -> str:
        """What it calls itself. Raises MissingPandoc and UnfitPandoc."""
        answer = self._run(["--version"], b"", min(self.seconds, _VERSION_LIMIT))
        name = answer.decode("utf-8", "replace").partition("\n")[0].strip()
        if not name.replace("pandoc.exe", "pandoc").startswith(_NEEDED):
            raise UnfitPandoc(name[:_LONGEST_REASON])
        return name

    def cite(self, document: bytes, style: Path) -> dict[str, Any]:
        """A document of pandoc's JSON with its citations written out.

        Raises MissingPandoc, UnfitPandoc, CitationTimeout, CitationFailure.
        """
        assert self.version
        options = ["--sandbox", "--citeproc", f"--csl={style}", "--from=json", "--to=json"]
        answer = self._run([*_MEMORY, *options], document, self.seconds)
        try:
            read = json.loads(answer)
        except ValueError:
            raise CitationFailure("pandoc's answer cannot be read") from None
        if not isinstance(read, dict):
            raise CitationFailure("pandoc's answer is no document")
        return read

    def _run(self, arguments: list[str], given: bytes, seconds: float) -> bytes:
        try:
            done = subprocess.run(
                [self.program, *arguments],
                input=given,
                capture_output=True,
                timeout=seconds,
                check=True,
                env=_environment(),
                creationflags=_NO_WINDOW,
            )
        except FileNotFoundError:
            raise MissingPandoc from None
        except subprocess.TimeoutExpired:
            raise CitationTimeout(seconds) from None
        except subprocess.CalledProcessError as error:
            raise CitationFailure(_reason(error)) from None
        except OSError as error:  # a file that is no program, or may not be run
            raise UnfitPandoc(error.strerror or "") from None
        return done.stdout


def installed_pandoc() -> Pandoc:
    """The pandoc of this environment. Raises MissingPandoc."""
    spec = find_spec("pypandoc")
    for folder in (spec and spec.submodule_search_locations) or ():
        program = Path(folder) / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
        if program.is_file():
            return Pandoc(program)
    raise MissingPandoc


def _environment() -> dict[str, str]:
    """As little as a program needs to start, so that no variable of the user's changes what it writes."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    return kept | {"LC_ALL": "C.UTF-8"}


def _reason(error: subprocess.CalledProcessError) -> str:
    said = " ".join(error.stderr.decode("utf-8", "replace").split()).rstrip(".")
    return said[:_LONGEST_REASON] or f"pandoc ended with code {error.returncode}"
