"""What fields and kinds are called on screen."""

from enum import StrEnum
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from db.captions import caption
from db.models import BY_PLURAL, BY_TABLE, Entity
from db.models.vocabulary import GRADES, Credibility, Reliability, SourceType

_KINDS: dict[str, tuple[Any, Any]] = {
    "acceptances": (QT_TRANSLATE_NOOP("Kind", "Acceptance"), QT_TRANSLATE_NOOP("Kind", "Acceptances")),
    "actions": (QT_TRANSLATE_NOOP("Kind", "Action"), QT_TRANSLATE_NOOP("Kind", "Actions")),
    "agreements": (QT_TRANSLATE_NOOP("Kind", "Agreement"), QT_TRANSLATE_NOOP("Kind", "Agreements")),
    "assessments": (QT_TRANSLATE_NOOP("Kind", "Assessment"), QT_TRANSLATE_NOOP("Kind", "Assessments")),
    "attachments": (QT_TRANSLATE_NOOP("Kind", "Attachment"), QT_TRANSLATE_NOOP("Kind", "Attachments")),
    "authors": (QT_TRANSLATE_NOOP("Kind", "Author"), QT_TRANSLATE_NOOP("Kind", "Authors")),
    "case-files": (QT_TRANSLATE_NOOP("Kind", "Case file"), QT_TRANSLATE_NOOP("Kind", "Case files")),
    "citations": (QT_TRANSLATE_NOOP("Kind", "Citation"), QT_TRANSLATE_NOOP("Kind", "Citations")),
    "claims": (QT_TRANSLATE_NOOP("Kind", "Claim"), QT_TRANSLATE_NOOP("Kind", "Claims")),
    "contributors": (QT_TRANSLATE_NOOP("Kind", "Contributor"), QT_TRANSLATE_NOOP("Kind", "Contributors")),
    "dismissals": (QT_TRANSLATE_NOOP("Kind", "Dismissal"), QT_TRANSLATE_NOOP("Kind", "Dismissals")),
    "distinctions": (QT_TRANSLATE_NOOP("Kind", "Distinction"), QT_TRANSLATE_NOOP("Kind", "Distinctions")),
    "equipment": (QT_TRANSLATE_NOOP("Kind", "Equipment"), QT_TRANSLATE_NOOP("Kind", "Equipment")),
    "events": (QT_TRANSLATE_NOOP("Kind", "Event"), QT_TRANSLATE_NOOP("Kind", "Events")),
    "identifiers": (QT_TRANSLATE_NOOP("Kind", "Identifier"), QT_TRANSLATE_NOOP("Kind", "Identifiers")),
    "memberships": (QT_TRANSLATE_NOOP("Kind", "Post held"), QT_TRANSLATE_NOOP("Kind", "Posts held")),
    "names": (QT_TRANSLATE_NOOP("Kind", "Other name"), QT_TRANSLATE_NOOP("Kind", "Other names")),
    "notes": (QT_TRANSLATE_NOOP("Kind", "Note"), QT_TRANSLATE_NOOP("Kind", "Notes")),
    "officials": (QT_TRANSLATE_NOOP("Kind", "Official"), QT_TRANSLATE_NOOP("Kind", "Officials")),
    "organizations": (QT_TRANSLATE_NOOP("Kind", "Organization"), QT_TRANSLATE_NOOP("Kind", "Organizations")),
    "participations": (QT_TRANSLATE_NOOP("Kind", "Participant"), QT_TRANSLATE_NOOP("Kind", "Participants")),
    "parties": (QT_TRANSLATE_NOOP("Kind", "Party"), QT_TRANSLATE_NOOP("Kind", "Parties")),
    "posts": (QT_TRANSLATE_NOOP("Kind", "Post"), QT_TRANSLATE_NOOP("Kind", "Posts")),
    "programmes": (QT_TRANSLATE_NOOP("Kind", "Programme"), QT_TRANSLATE_NOOP("Kind", "Programmes")),
    "provisions": (QT_TRANSLATE_NOOP("Kind", "Provision"), QT_TRANSLATE_NOOP("Kind", "Provisions")),
    "publications": (QT_TRANSLATE_NOOP("Kind", "Publication"), QT_TRANSLATE_NOOP("Kind", "Publications")),
    "relations": (QT_TRANSLATE_NOOP("Kind", "Relation"), QT_TRANSLATE_NOOP("Kind", "Relations")),
    "signatories": (QT_TRANSLATE_NOOP("Kind", "Signatory"), QT_TRANSLATE_NOOP("Kind", "Signatories")),
    "snapshots": (QT_TRANSLATE_NOOP("Kind", "Snapshot"), QT_TRANSLATE_NOOP("Kind", "Snapshots")),
    "sources": (QT_TRANSLATE_NOOP("Kind", "Source"), QT_TRANSLATE_NOOP("Kind", "Sources")),
    "statements": (QT_TRANSLATE_NOOP("Kind", "Statement"), QT_TRANSLATE_NOOP("Kind", "Statements")),
    "tags": (QT_TRANSLATE_NOOP("Kind", "Tag"), QT_TRANSLATE_NOOP("Kind", "Tags")),
    "tasks": (QT_TRANSLATE_NOOP("Kind", "Task"), QT_TRANSLATE_NOOP("Kind", "Tasks")),
    "texts": (QT_TRANSLATE_NOOP("Kind", "Text"), QT_TRANSLATE_NOOP("Kind", "Texts")),
    "variables": (QT_TRANSLATE_NOOP("Kind", "Variable"), QT_TRANSLATE_NOOP("Kind", "Variables")),
}

SOURCE_TYPES: dict[SourceType, Any] = {
    SourceType.ARTICLE: QT_TRANSLATE_NOOP("Term", "Article, preprint"),
    SourceType.ARTICLE_JOURNAL: QT_TRANSLATE_NOOP("Term", "Journal article"),
    SourceType.ARTICLE_MAGAZINE: QT_TRANSLATE_NOOP("Term", "Magazine article"),
    SourceType.ARTICLE_NEWSPAPER: QT_TRANSLATE_NOOP("Term", "Newspaper or agency article"),
    SourceType.BILL: QT_TRANSLATE_NOOP("Term", "Bill"),
    SourceType.BOOK: QT_TRANSLATE_NOOP("Term", "Book"),
    SourceType.BROADCAST: QT_TRANSLATE_NOOP("Term", "Broadcast"),
    SourceType.CHAPTER: QT_TRANSLATE_NOOP("Term", "Chapter of a book"),
    SourceType.DATASET: QT_TRANSLATE_NOOP("Term", "Data set"),
    SourceType.DOCUMENT: QT_TRANSLATE_NOOP("Term", "Document, press release"),
    SourceType.GRAPHIC: QT_TRANSLATE_NOOP("Term", "Picture, map or chart"),
    SourceType.HEARING: QT_TRANSLATE_NOOP("Term", "Hearing"),
    SourceType.INTERVIEW: QT_TRANSLATE_NOOP("Term", "Interview"),
    SourceType.LEGISLATION: QT_TRANSLATE_NOOP("Term", "Act or statute"),
    SourceType.PERSONAL_COMMUNICATION: QT_TRANSLATE_NOOP("Term", "Letter, email or talk"),
    SourceType.POST: QT_TRANSLATE_NOOP("Term", "Post on a social network"),
    SourceType.POST_WEBLOG: QT_TRANSLATE_NOOP("Term", "Blog post"),
    SourceType.REGULATION: QT_TRANSLATE_NOOP("Term", "Regulation"),
    SourceType.REPORT: QT_TRANSLATE_NOOP("Term", "Report"),
    SourceType.SPEECH: QT_TRANSLATE_NOOP("Term", "Speech"),
    SourceType.TREATY: QT_TRANSLATE_NOOP("Term", "Treaty"),
    SourceType.WEBPAGE: QT_TRANSLATE_NOOP("Term", "Web page"),
}
"""The item types of CSL in plain words."""

ICONS = {
    "actions": "flag",
    "agreements": "handshake",
    "assessments": "brain",
    "attachments": "paperclip",
    "citations": "quote",
    "claims": "scale",
    "equipment": "plane",
    "events": "calendar",
    "memberships": "id-card",
    "names": "languages",
    "notes": "sticky-note",
    "officials": "users",
    "organizations": "landmark",
    "posts": "briefcase",
    "programmes": "boxes",
    "provisions": "scroll-text",
    "publications": "newspaper",
    "relations": "git-fork",
    "sources": "book-open",
    "statements": "mic",
    "tags": "tag",
    "tasks": "clipboard-list",
    "texts": "file-text",
}
"""Lucide names, by plural."""


def field_label(name: str) -> str:
    """What a field is called."""
    return QCoreApplication.translate("Field", caption(name))


def one_of(plural: str) -> str:
    """What one record of a kind is called: Agreement."""
    return QCoreApplication.translate("Kind", _KINDS[plural][0])


def all_of(plural: str) -> str:
    """What the records of a kind are called: Agreements."""
    return QCoreApplication.translate("Kind", _KINDS[plural][1])


def icon_of(plural: str) -> str:
    """The icon of a kind, by its Lucide name."""
    return ICONS.get(plural, "file-text")


def plural_of(table: str) -> str:
    """The plural by which a kind is known, from its table."""
    cls = BY_TABLE[table]
    assert issubclass(cls, Entity)
    return cls.PLURAL


def class_named(plural: str) -> type[Entity]:
    """The mapped class of a kind."""
    return BY_PLURAL[plural]


def term_label(term: StrEnum | str) -> str:
    """A term of a vocabulary as people read it; a grade of the Admiralty code with its words: C – fairly reliable."""
    if isinstance(term, SourceType):
        return QCoreApplication.translate("Term", SOURCE_TYPES[term])
    words = str(term)
    if isinstance(term, Reliability | Credibility):
        return f"{words} – {grade_words(term)}"
    return QCoreApplication.translate("Term", words[:1].upper() + words[1:])


def grade_words(grade: Reliability | Credibility) -> str:
    """A grade as the Admiralty code names it."""
    return QCoreApplication.translate("Evidence", GRADES[grade])
