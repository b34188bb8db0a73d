"""References that were written before, by a hash of all that they depend on. What is damaged counts as not there."""

import contextlib
import json
import os
import tempfile
from dataclasses import asdict
from pathlib import Path

from exports.briefing.sheet import Phrase
from exports.citations.answer import Answer

KEPT = 64
"""How many answers are kept; each is a few hundred KB for a thousand notes."""


class CitationCache:
    """Answers in a folder of the caller's, one file each. Titles stand in them, so only the user may read them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Answer | None:
        """An answer, or None."""
        try:
            told = json.loads(self._file(key).read_text(encoding="utf-8"))
            citations = tuple(_phrases(text) for text in told["citations"])
            return Answer(citations, {int(number): _phrases(text) for number, text in told["entries"]})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer, whole or not at all; where nothing can be written, nothing is kept."""
        told = {
            "citations": [[asdict(phrase) for phrase in text] for text in answer.citations],
            "entries": [[number, [asdict(phrase) for phrase in text]] for number, text in answer.entries.items()],
        }
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._file(key), json.dumps(told, ensure_ascii=False))
            self._drop_oldest()

    def _write(self, file: Path, text: str) -> None:
        handle, draft = tempfile.mkstemp(dir=self._folder, suffix=".draft")
        try:
            with open(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            os.replace(draft, file)
        except OSError:
            os.unlink(draft)
            raise

    def _drop_oldest(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-KEPT]:
            file.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"


def _phrases(told: list[dict[str, object]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(str(row["text"]), str(row["language"]), bool(row["italic"])) for row in told)
