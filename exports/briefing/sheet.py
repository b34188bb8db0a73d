"""The values that every sheet is made of: facts, each with how well it is known, and the notes that prove it.

Nothing here opens a database, a window, a clock or a locale. Dates, names of states and status words arrive
as the text a reader sees; note numbers arrive ready. A *value* that nobody knows is said with
`Standing.UNKNOWN`; an empty field or an empty tuple means that there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from db.models.vocabulary import Standing, Tlp


class StepState(StrEnum):
    """Whether a step of an agreement's life is known to have been taken."""

    REACHED = "reached"
    NOT_REACHED = "not reached"  # a source shows that it has not been taken
    UNKNOWN = "unknown"  # nothing shows whether it has been taken
    ENDED = "ended"  # terminated, expired, withdrawn from, superseded


class InconsistentSupport(ValueError):
    """A standing was claimed that the notes beside it cannot carry."""


@dataclass(frozen=True, slots=True)
class Link:
    """The record, and the field of it, that a part of a page tells of: where a click in the preview leads."""

    record: UUID
    field: str = ""


@dataclass(frozen=True, slots=True)
class Marking:
    """The handling marking of every page: a TLP label and, if any, a national marking line."""

    tlp: Tlp
    line: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of text in one language (BCP 47; empty: the sheet's own language)."""

    text: str
    language: str = ""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Rival:
    """Another value that a source gives for the same fact.

    `compatible`: it says the same less precisely, in another language or name order; otherwise it disputes
    the fact. `reported_by`: the outlets, as text ("Jiji, Nikkei").
    """

    text: str
    notes: tuple[int, ...] = ()
    compatible: bool = False
    reported_by: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """How well something is known: its standing, its notes, its independent origins, what rivals say.

    `reason`: why the analyst accepted this value over its rivals. Raises InconsistentSupport when a
    standing needs notes and has none, or has notes and says that it is uncited.
    """

    standing: Standing
    notes: tuple[int, ...] = ()
    origins: int = 0
    rivals: tuple[Rival, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.standing in (Standing.SUPPORTED, Standing.SINGLE) and not self.notes:
            raise InconsistentSupport(f"A fact without notes cannot be {self.standing}.")
        if self.standing is Standing.UNCITED and self.notes:
            raise InconsistentSupport(f"A fact with notes {self.notes} cannot be uncited.")

    @property
    def all_notes(self) -> tuple[int, ...]:
        """The notes for it and for what rivals say."""
        return self.notes + tuple(number for rival in self.rivals for number in rival.notes)


UNCITED = Support(Standing.UNCITED)
UNKNOWN = Support(Standing.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value. With `Standing.UNKNOWN` the text may be empty: the sheet says "not known".

    Without a support it is nothing that a source could prove, as what an official is called.
    """

    label: str
    text: str
    support: Support | None = UNCITED
    language: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a status ladder; `date` may be empty or imprecise ("no later than 2019")."""

    label: str
    state: StepState
    date: str = ""
    support: Support = UNKNOWN
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of an agreement's life, in order, for one party or (`name` empty) for the whole agreement."""

    steps: tuple[Step, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One citation, numbered from 1 in the order of first mention.

    `reliability` A-F of the source and `credibility` 1-6 of the information are the Admiralty code's two
    separate judgements: empty means not graded, F and 6 mean that it cannot be judged. `origin`: "original
    report", or which source it repeats. `snapshot`: SHA-256 of the kept copy, in hexadecimal.
    """

    number: int
    reference: tuple[Phrase, ...]
    url: str = ""
    archive_url: str = ""
    publisher: str = ""
    issued: str = ""
    accessed: str = ""
    reliability: str = ""
    credibility: str = ""
    origin: str = ""
    is_original: bool = True
    locator: str = ""
    quotation: str = ""
    quotation_language: str = ""
    translation: str = ""
    snapshot: str = ""
    source: UUID | None = None
    """The record of the source, where a click in the preview leads."""

    @property
    def joint(self) -> str:
        """What stands between its reference and its particulars: a comma, unless the reference is a sentence."""
        told = "".join(phrase.text for phrase in self.reference).rstrip()
        return " " if not told or told.endswith((".", "。")) else ", "


@dataclass(frozen=True, slots=True)
class GradeCount:
    """How many citations bear one Admiralty grade; both letters empty: not graded."""

    reliability: str
    credibility: str
    count: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """The source summary statement (ICD 206): how many sources, how independent, how strong, what lacks."""

    sources: int
    origins: int
    grades: tuple[GradeCount, ...] = ()
    statement: str = ""
    strengths: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    """What the set words of the briefing mean, as far as they stand in it."""
