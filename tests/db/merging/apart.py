"""Two copies of one case file that are edited apart."""

import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.merging.choices import Rule
from db.merging.choices import decisions as decided
from db.merging.comparison import Comparison, compare_merge, glance_at_merge
from db.merging.decisions import Choice, Decision, FieldDecision
from tests.db.case import Case, Sample


@dataclass
class Apart:
    """What each of two people has, and what both began with."""

    mine: Case
    theirs: Case
    ids: Sample

    def preview(self) -> Comparison:
        folder = self.mine.path.parent / "preview"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy = shutil.copy(self.theirs.path, folder / "theirs")
        return compare_merge(folder, self.mine.path, Path(copy), self.mine.editor)

    def glance(self) -> Comparison:
        """What the logs alone say of the same; asked for after the preview, whose copies it reads."""
        folder = self.mine.path.parent / "preview"
        return glance_at_merge(folder, folder / "first.casefile", folder / "theirs")

    def choose(self, *rules: Rule) -> tuple[Decision, ...]:
        return decided(self.preview(), rules)

    def merge(self, *decisions: Decision) -> uuid.UUID:
        receipt = self.mine.merge(self.theirs, decisions=decisions)
        self.mine.judge()
        return receipt.id

    def field(self, choice: Choice, **more: str) -> FieldDecision:
        return FieldDecision(self.ids.agreement, "agreement", "title", choice, **more)

    def title(self) -> object:
        return self.mine.value(self.ids.agreement, "title")

    def reasons(self) -> Sequence[tuple[str | None, str]]:
        return self.mine.sql("SELECT c.field, r.text FROM reason r JOIN change c ON c.n = r.n ORDER BY r.n")

    def disagree(self) -> None:
        self.mine.put(self.ids.agreement, "title", "Mine")
        self.theirs.put(self.ids.agreement, "title", "Theirs")
