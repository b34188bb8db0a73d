"""What a briefing sheet says: frozen facts, each with how well it is known and the notes that prove it.

Nothing here opens a database, a window, a clock or a locale. Dates, names of states and status words arrive
as the text a reader sees; note numbers arrive ready. How a sheet looks is the business of `exports.pdf`.

The order of the fields is the order in which a principal reads. An empty field or an empty tuple means that
there is nothing to say, and its section is left out; a *value* that nobody knows is said with
`Standing.UNKNOWN`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.models.vocabulary import AssessmentForm, HeldPost, Standing, Tlp


class StepState(StrEnum):
    """Whether a step of an agreement's life is known to have been taken."""

    REACHED = "reached"
    NOT_REACHED = "not reached"  # a source shows that it has not been taken
    UNKNOWN = "unknown"  # nothing shows whether it has been taken
    ENDED = "ended"  # terminated, expired, withdrawn from, superseded


class InconsistentSupport(ValueError):
    """A standing was claimed that the notes beside it cannot carry."""


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


UNCITED = Support(Standing.UNCITED)
UNKNOWN = Support(Standing.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value. With `Standing.UNKNOWN` the text may be empty: the sheet says "not known"."""

    label: str
    text: str
    support: Support = UNCITED
    language: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a status ladder; `date` may be empty or imprecise ("no later than 2019")."""

    label: str
    state: StepState
    date: str = ""
    support: Support = UNKNOWN


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of an agreement's life, in order, for one party or (`name` empty) for the whole agreement."""

    steps: tuple[Step, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A state or organisation that is party to the agreement."""

    name: str
    role: str = ""
    facts: tuple[Fact, ...] = ()
    support: Support = UNCITED
    names: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who acted for a party: a person in a post, an organisation, or words as reported.

    `names`: the name in its other scripts. `action` and `date`: what was done and when ("signature", "3
    September 2024"). `held_post`: None when the question does not arise, as for an organisation.
    """

    name: str
    names: tuple[Phrase, ...] = ()
    post: str = ""
    organization: str = ""
    on_behalf_of: str = ""
    action: str = ""
    date: str = ""
    held_post: HeldPost | None = None
    support: Support = UNCITED
    language: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """One thing that the agreement provides for; `article` as printed ("Article 4")."""

    kind: str
    text: str = ""
    article: str = ""
    support: Support = UNCITED
    language: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """How the agreement stands to another one: `phrase` ("precursor to"), its title and its status."""

    phrase: str
    title: str
    status: str = ""
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class InstrumentText:
    """A text of the agreement: its language as a word, if authentic (None: not known), where to read it."""

    language: str
    authentic: bool | None = None
    availability: str = ""
    annexes: str = ""
    where: str = ""
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class Statement:
    """What someone said. `exact`: the words are the speaker's own, otherwise a paraphrase.

    `attribution`: the chain as text ("Gram, relayed by the Ministry of Defense, reported by Janes").
    """

    speaker: str
    words: str
    exact: bool = False
    language: str = ""
    translation: str = ""
    date: str = ""
    occasion: str = ""
    attribution: str = ""
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class Equipment:
    """A piece of equipment that the agreement is about or may concern."""

    designation: str
    kind: str = ""
    manufacturer: str = ""
    operators: tuple[str, ...] = ()
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme that rests on the agreement or may come to."""

    name: str
    purpose: str = ""
    organizations: tuple[str, ...] = ()
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened or is planned: a meeting, a visit, a signing ceremony, a deployment."""

    type: str
    title: str
    date: str = ""
    place: str = ""
    participants: tuple[str, ...] = ()
    support: Support = UNCITED


@dataclass(frozen=True, slots=True)
class Assessment:
    """A judgement. Confidence and likelihood are two things, never joined in one sentence (ICD 203)."""

    form: AssessmentForm
    judgement: str
    basis: str = ""
    confidence: str = ""
    likelihood: str = ""
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A question still open; `outcome` says what was tried ("searched, not found: MOFA list, May 2025")."""

    question: str
    due: str = ""
    outcome: str = ""


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
    locator: str = ""
    quotation: str = ""
    quotation_language: str = ""
    translation: str = ""
    snapshot: str = ""


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


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """Everything that one agreement's sheet says.

    Only the case, the revision, the marking and the title are needed. `date` is printed; `compiled` (aware,
    or None) only dates the PDF's metadata. `revision` is the file revision's short hash. `originator` is
    who answers for the sheet. `status` is the one word that a reader takes away ("Signed"), with its own
    support.
    """

    case_title: str
    revision: str
    marking: Marking | None  # None only so that rendering can refuse it with a typed error
    title: Fact
    date: str = ""
    compiled: datetime | None = None
    originator: str = ""
    language: str = "en-GB"
    other_titles: tuple[Phrase, ...] = ()
    status: Fact | None = None
    summary: Fact | None = None
    facts: tuple[Fact, ...] = ()
    ladder: Ladder | None = None
    party_ladders: tuple[Ladder, ...] = ()
    parties: tuple[Party, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    provisions: tuple[Provision, ...] = ()
    relations: tuple[Relation, ...] = ()
    texts: tuple[InstrumentText, ...] = ()
    statements: tuple[Statement, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    programmes: tuple[Programme, ...] = ()
    events: tuple[Event, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    tasks: tuple[Task, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: SourceSummary | None = None
