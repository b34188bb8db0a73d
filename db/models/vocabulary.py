"""The controlled vocabularies: each term as the field uses it, stored as these very words."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Tlp(StrEnum):
    """Traffic Light Protocol 2.0 (FIRST, 2022): how far a record may be shared."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"

    @property
    def label(self) -> str:
        """As it is printed: TLP:AMBER+STRICT."""
        return f"TLP:{self.value}"

    @classmethod
    def strictest(cls, markings: Iterable["Tlp"]) -> "Tlp | None":
        """The one of several that lets the least be shared; None of none."""
        return max(markings, key=list(cls).index, default=None)


class InstrumentType(StrEnum):
    """What an agreement calls itself; its legal effect is a separate question."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    FRAMEWORK_AGREEMENT = "framework agreement"
    MEMORANDUM_OF_UNDERSTANDING = "memorandum of understanding"
    MEMORANDUM_OF_COOPERATION = "memorandum of cooperation"
    EXCHANGE_OF_NOTES = "exchange of notes"
    LETTER_OF_INTENT = "letter of intent"
    IMPLEMENTING_ARRANGEMENT = "implementing arrangement"
    TECHNICAL_ARRANGEMENT = "technical arrangement"
    PROTOCOL = "protocol"
    JOINT_DECLARATION = "joint declaration"
    STATEMENT_OF_INTENT = "statement of intent"
    OTHER = "other"


class LegallyBinding(StrEnum):
    """Whether an agreement binds in law; a title has no legal effect of its own."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Subject(StrEnum):
    """What an agreement is about: Kinne's DCAD areas, then ours from "transfer" on."""

    CONSULTATION = "consultation and policy coordination"
    EXERCISES = "exercises, training and education"
    PEACEKEEPING = "peacekeeping"
    RESEARCH = "research and development"
    INDUSTRY = "industrial cooperation"
    PROCUREMENT = "procurement"
    CLASSIFIED_INFORMATION = "security of classified information"
    TRANSFER = "transfer of equipment and technology"
    LOGISTICS = "logistic support"
    STATUS_OF_FORCES = "status of forces"
    ACCESS = "access and basing"
    OTHER = "other"


class RenewalType(StrEnum):
    """What happens when the term of an agreement ends."""

    NONE = "none"
    AUTOMATIC = "automatic"
    BY_AGREEMENT = "by agreement"
    INDEFINITE = "indefinite"


class Action(StrEnum):
    """What a party did with an agreement (ECOLEX party events)."""

    ANNOUNCED = "announced"
    NEGOTIATION_OPENED = "negotiation opened"
    AGREED_IN_PRINCIPLE = "agreed in principle"
    INITIALLED = "initialled"
    SIGNATURE = "signature"
    SIMPLE_SIGNATURE = "simple signature"
    DEFINITIVE_SIGNATURE = "definitive signature"
    RATIFICATION = "ratification"
    ACCEPTANCE_OR_APPROVAL = "acceptance or approval"
    ACCESSION = "accession"
    NOTIFICATION = "notification of completed procedures"
    PROVISIONAL_APPLICATION = "provisional application"
    ENTRY_INTO_FORCE = "entry into force"
    RESERVATION = "reservation"
    SUSPENSION = "suspension"
    NOTICE_OF_DENUNCIATION = "notice of denunciation"
    WITHDRAWAL = "withdrawal"
    EXPIRY = "expiry"
    TERMINATION = "termination"
    SUCCESSION = "succession"


class RelationType(StrEnum):
    """How one agreement stands to another (ECOLEX, with ours from "implements" on)."""

    AMENDS = "amends"
    SUPERSEDES = "supersedes"
    CITES = "cites"
    ENABLES = "enables"
    IMPLEMENTS = "implements"
    PRECURSOR_TO = "precursor to"
    SUPPLEMENTS = "supplements"

    @property
    def inverse(self) -> str:
        """The same relation, told from the other agreement."""
        return _INVERSES[self]


_INVERSES = {
    RelationType.AMENDS: "amended by",
    RelationType.SUPERSEDES: "superseded by",
    RelationType.CITES: "cited by",
    RelationType.ENABLES: "enabled by",
    RelationType.IMPLEMENTS: "implemented by",
    RelationType.PRECURSOR_TO: "preceded by",
    RelationType.SUPPLEMENTS: "supplemented by",
}


class ProvisionKind(StrEnum):
    """What a provision of an agreement regulates."""

    JOINT_RESEARCH = "joint research"
    JOINT_DEVELOPMENT = "joint development"
    JOINT_PRODUCTION = "joint production"
    TRANSFER_OF_EQUIPMENT = "transfer of equipment"
    TRANSFER_OF_TECHNOLOGY = "transfer of technology"
    THIRD_PARTY_TRANSFER = "control of third-party transfer"
    SECURITY_OF_INFORMATION = "security of information"
    INTELLECTUAL_PROPERTY = "intellectual property"
    COST = "cost"
    DISPUTE_SETTLEMENT = "dispute settlement"
    OTHER = "other"


class Publicity(StrEnum):
    """Whether the text of an agreement can be read."""

    PUBLIC = "public"
    UNPUBLISHED = "unpublished"
    CLASSIFIED = "classified"
    UNKNOWN = "unknown"


class Classification(StrEnum):
    """What an organization is (Popolo `classification`); a state is an organization."""

    STATE = "state"
    MINISTRY = "ministry"
    ARMED_SERVICE = "armed service"
    AGENCY = "agency"
    COMPANY = "company"
    ALLIANCE = "alliance"
    INTERNATIONAL_ORGANISATION = "international organisation"
    MEDIA = "media"
    OTHER = "other"


class StartMeaning(StrEnum):
    """What a membership's start date says (Security Force Monitor)."""

    STARTED = "started"
    FIRST_EVIDENCE = "first evidence"


class EndMeaning(StrEnum):
    """What a membership's end date says (Security Force Monitor)."""

    ENDED = "ended"
    LAST_EVIDENCE = "last evidence"


class EventType(StrEnum):
    """What kind of occasion an event is."""

    MEETING = "meeting"
    VISIT = "visit"
    SIGNING_CEREMONY = "signing ceremony"
    NEGOTIATION_ROUND = "negotiation round"
    EXERCISE = "exercise"
    DEPLOYMENT = "deployment"
    ENTRY_INTO_FORCE = "entry into force"
    OTHER = "other"


class Wording(StrEnum):
    """Whether a statement holds the speaker's own words."""

    EXACT = "exact words"
    PARAPHRASE = "paraphrase"


class Reliability(StrEnum):
    """Reliability of a source (Admiralty code). F is not the worst: it cannot be judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Credibility(StrEnum):
    """Credibility of a piece of information (Admiralty code). 6 cannot be judged."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFULLY_TRUE = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


GRADES: Mapping[Reliability | Credibility, str] = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLY_TRUE: "probably true",
    Credibility.POSSIBLY_TRUE: "possibly true",
    Credibility.DOUBTFULLY_TRUE: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.CANNOT_BE_JUDGED: "truth cannot be judged",
}
"""What the grades of the Admiralty code mean."""


class AssessmentForm(StrEnum):
    """Where in a briefing an assessment stands."""

    KEY_JUDGEMENT = "key judgement"
    JUDGEMENT = "judgement"
    TALKING_POINT = "talking point"


class Confidence(StrEnum):
    """Analytic confidence (ICD 203), never in one sentence with likelihood."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Likelihood(StrEnum):
    """Likelihood terms of ICD 203."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN_CHANCE = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


class Outcome(StrEnum):
    """How a task stands; having searched in vain is a result worth keeping."""

    OPEN = "open"
    ANSWERED = "answered"
    NOT_FOUND = "searched, not found"
    DROPPED = "dropped"


class Visibility(StrEnum):
    """Whether a note may leave the file."""

    INTERNAL = "internal"
    PUBLIC = "public"


class ContributorRole(StrEnum):
    """What a person or body did for a source (CSL name variables)."""

    AUTHOR = "author"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    INTERVIEWER = "interviewer"
    RECIPIENT = "recipient"


class SourceType(StrEnum):
    """CSL 1.0.2 item types that sources of this field have."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BILL = "bill"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    DATASET = "dataset"
    DOCUMENT = "document"
    GRAPHIC = "graphic"
    HEARING = "hearing"
    INTERVIEW = "interview"
    LEGISLATION = "legislation"
    PERSONAL_COMMUNICATION = "personal_communication"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REGULATION = "regulation"
    REPORT = "report"
    SPEECH = "speech"
    TREATY = "treaty"
    WEBPAGE = "webpage"


class LocatorLabel(StrEnum):
    """CSL locator labels: what kind of place in a source a citation points at."""

    PAGE = "page"
    PARAGRAPH = "paragraph"
    ARTICLE = "article"
    SECTION = "section"
    CHAPTER = "chapter"
    LINE = "line"
    TIMESTAMP = "timestamp"
    FIGURE = "figure"
    TABLE = "table"
    NOTE = "note"


class Standing(StrEnum):
    """How well a field is known. Computed from its claims, never stored."""

    SUPPORTED = "supported"
    """By two or more independent origins."""
    SINGLE = "single origin"
    """By one origin, however many outlets repeat it."""
    DISPUTED = "disputed"
    """At least one source says otherwise."""
    UNCITED = "uncited"
    """A value without any source."""
    UNKNOWN = "unknown"
    """No value is known."""


class HeldPost(StrEnum):
    """Whether a post was held on a day, by what evidence shows. Computed, never stored."""

    YES = "yes"
    NO = "no"
    NOT_SHOWN = "not shown"


class FindingKind(StrEnum):
    """What the review of a case file points out, the gravest first. Computed, never stored but in a dismissal."""

    CONFLICT = "conflict"
    """Two people set the field without knowing of each other."""
    DISPUTED = "disputed"
    """A source says otherwise."""
    POST_NOT_HELD = "post not held"
    """Evidence shows that the signatory did not hold the post that day."""
    OUT_OF_ORDER = "out of order"
    """One action is known to be earlier than another that must come before it."""
    OVERLAPPING = "overlapping tenures"
    """Two people are shown to have held one post at the same time."""
    NO_TARGET = "without target"
    """What is pointed at is not there, or is not there any more."""
    UNREAD_DATE = "unread date"
    """A date that could not be read and was kept as text."""
    NO_SOURCE = "statement without source"
    POST_NOT_SHOWN = "post not shown"
    """Nothing shows that the signatory held a post that day."""
    POOR = "poor"
    """All that supports the value is unreliable (E) or improbable (5)."""
    UNCITED = "uncited"
    NOT_JUDGED = "not judged"
    """The best that supports the value cannot be judged (F, 6)."""
    UNGRADED = "not graded"
    """Nobody has said how good the sources are."""
    SINGLE_ORIGIN = "single origin"
