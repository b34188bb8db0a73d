"""What was chosen so far: for everything, for an author, for a record, for a field; the closest choice holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from db.merging.choices import Rule
from db.merging.decisions import Choice
from db.merging.differences import State
from db.merging.needs import Need
from db.merging.preview import TakenBack
from db.merging.sides import FieldDifference, PartDifference, RecordDifference


@dataclass
class Choices:
    """Choices by what they are about. Nothing chosen: what only they changed is taken, conflicts stay open."""

    everything: Choice | None = None
    conflicts: Choice | None = None
    authors: dict[UUID, Choice] = field(default_factory=dict)
    undos: dict[UUID, Choice] = field(default_factory=dict)
    """By edit of theirs that undid something."""
    wholes: dict[UUID, Choice] = field(default_factory=dict)
    parts: dict[UUID, tuple[UUID, Choice]] = field(default_factory=dict)
    """Parts by id, with the record that they belong to."""
    fields: dict[tuple[UUID, str], tuple[UUID, FieldDifference, Choice, str]] = field(default_factory=dict)
    """Fields by record and name, with the record that they belong to and what was typed."""
    settled: set[UUID] = field(default_factory=set)
    """Records whose every conflict was decided one by one."""
    reasons: dict[UUID, str] = field(default_factory=dict)
    """By whole record."""
    reason: str = ""
    """For everything else."""

    @property
    def count(self) -> int:
        """How many choices were made."""
        own = (self.everything is not None) + (self.conflicts is not None)
        return own + len(self.authors) + len(self.undos) + len(self.wholes) + len(self.parts) + len(self.fields)

    @property
    def can_decline(self) -> bool:
        """Whether a choice may take a record away."""
        return bool(self.everything or self.conflicts or self.authors or self.undos or self.wholes or self.parts)

    def answer(self, need: Need, choice: Choice) -> None:
        """Decline what needs a record, too, or take that in after all."""
        if choice is Choice.MINE:
            for user in need.users:
                self.choose_whole(user.record, Choice.MINE)
        elif need.record == need.whole or self.wholes.get(need.whole) is Choice.MINE:
            self.choose_whole(need.whole, Choice.THEIRS)
        else:
            self.choose_part(need.whole, need.record, Choice.THEIRS)

    def choose_widely(self, about: object, choice: Choice | None) -> None:
        """A choice for "conflicts", for "everything", for what an author did or what an undo took back."""
        if about == "conflicts":
            self.conflicts = choice
        elif about == "everything":
            self.choose_everything(choice)
        elif isinstance(about, UUID) and choice is not None:
            self.authors[about] = choice
        elif isinstance(about, TakenBack):
            self.undos.pop(about.edit, None)
            if choice is not None:
                self.undos[about.edit] = choice

    def choose_everything(self, choice: Choice | None) -> None:
        """One choice for all; every other is forgotten."""
        self.authors.clear()
        self.undos.clear()
        self.settled.clear()
        self.wholes.clear()
        self.parts.clear()
        self.fields.clear()
        self.everything, self.conflicts = choice, None

    def choose_whole(self, whole: UUID, choice: Choice) -> None:
        """One choice for a record with its parts."""
        self.wholes[whole] = choice
        self.parts = {key: told for key, told in self.parts.items() if told[0] != whole}
        self.fields = {key: told for key, told in self.fields.items() if told[0] != whole}

    def choose_field(self, whole: UUID, about: FieldDifference, choice: Choice, text: str = "") -> None:
        """A choice for one field."""
        self.fields[about.record, about.name] = (whole, about, choice, text)

    def choose_part(self, whole: UUID, part: UUID, choice: Choice) -> None:
        """A choice whether a part comes or goes."""
        self.parts[part] = (whole, choice)

    def of_field(self, whole: UUID, about: FieldDifference) -> Choice | None:
        """What holds for a field; None where a conflict stays open."""
        if (about.record, about.name) in self.fields:
            return self.fields[about.record, about.name][2]
        chosen = self.wholes.get(whole, self._of_edit(about, self._wider(is_rival=about.rival)))
        return chosen or (None if about.rival else Choice.THEIRS)

    def of_part(self, whole: UUID, part: PartDifference) -> Choice | None:
        """What holds for a record or part that came, went or outlived a deletion."""
        if part.record in self.parts:
            return self.parts[part.record][1]
        chosen = self.wholes.get(whole, self._of_edit(part, self._wider(is_rival=part.rival)))
        if part.state is State.CHANGED:  # they deleted it, and it was worked on here
            return chosen or Choice.MINE
        return chosen or Choice.THEIRS

    def note(self, found: RecordDifference) -> None:
        """Keep whether every conflict of a record is decided, now that its parts are known."""
        fields = (self.of_field(found.id, each) for part in found.parts for each in part.fields if each.rival)
        parts = (self._chosen_part(found.id, part) for part in found.parts if part.rival)
        if not found.left_out and all(choice is not None for choice in (*fields, *parts)):
            self.settled.add(found.id)
        else:
            self.settled.discard(found.id)

    def has_settled(self, record: UUID) -> bool:
        """Whether every conflict of a record is decided, as far as is known."""
        return bool(self.everything or self.conflicts or record in self.wholes or record in self.settled)

    def _chosen_part(self, whole: UUID, part: PartDifference) -> Choice | None:
        """What somebody has chosen for a part that one side deleted; nothing, where it only lives on by itself."""
        if part.record in self.parts:
            return self.parts[part.record][1]
        return self.wholes.get(whole, self._of_edit(part, self._wider(is_rival=True)))

    def _wider(self, *, is_rival: bool) -> Choice | None:
        return self.conflicts if is_rival and self.conflicts else self.everything

    def _of_edit(self, about: FieldDifference | PartDifference, wider: Choice | None) -> Choice | None:
        """What holds for what an undo took back, or for what somebody did."""
        if about.undo is not None and about.undo in self.undos:
            return self.undos[about.undo]
        return wider if about.author is None else self.authors.get(about.author, wider)

    def text_of(self, about: FieldDifference) -> str:
        """What was typed for a field."""
        told = self.fields.get((about.record, about.name))
        return told[3] if told else ""

    def rules(self) -> tuple[Rule, ...]:
        """All of it, for `db.merging.choices`."""
        return tuple(self._rules())

    def _rules(self) -> Iterator[Rule]:
        if self.everything:
            yield Rule(self.everything, reason=self.reason)
        if self.conflicts:
            yield Rule(self.conflicts, rivals_only=True, reason=self.reason)
        for author, choice in self.authors.items():
            yield Rule(choice, author=author, reason=self.reason)
        for undo, choice in self.undos.items():
            yield Rule(choice, undo=undo, reason=self.reason)
        for whole, choice in self.wholes.items():
            yield Rule(choice, whole=whole, reason=self._reason(whole))
        for part, (whole, choice) in self.parts.items():
            yield Rule(choice, rows=(part,), reason=self._reason(whole))
        for whole, about, choice, text in self.fields.values():
            rows = about.members or (about.record,)
            yield Rule(choice, rows=rows, column=about.column, text=text, reason=self._reason(whole))

    def _reason(self, whole: UUID) -> str:
        return self.reasons.get(whole) or self.reason
