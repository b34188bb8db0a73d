"""Which CSL variables a source of each type has, and in which column they stand.

Names of variables: CSL 1.0.2, appendix IV. Which of them a type has: Zotero's mapping of its item fields to CSL, by the
nearest item type (a regulation as a statute, a treaty as a document of a series).
"""

from db.models.vocabulary import ContributorRole, SourceType

COLUMNS: dict[str, str] = {
    "title": "title",
    "container-title": "container_title",
    "publisher": "publisher",
    "issued": "issued",
    "accessed": "accessed",
    "URL": "url",
    "DOI": "doi",
    "language": "language",
    "authority": "authority",
    "jurisdiction": "jurisdiction",
}
"""The variables that have a column of their own; any other one is a record of `SourceVariable`."""

_WEB = ("URL", "accessed")
_SERIES = ("collection-title", "collection-number")
_BOOK = (*_SERIES, "volume", "edition", "publisher", "publisher-place", "issued")
_LAW = ("authority", "jurisdiction", "number", "container-title", "volume", "section", "page", "issued", *_WEB)
VARIABLES: dict[SourceType, tuple[str, ...]] = {
    SourceType.ARTICLE: ("genre", "number", "publisher", "issued", "DOI", *_WEB),
    SourceType.ARTICLE_JOURNAL: (
        "container-title", "volume", "issue", "page", "issued", "DOI", "ISSN", "collection-title", *_WEB,
    ),
    SourceType.ARTICLE_MAGAZINE: ("container-title", "volume", "issue", "page", "issued", "ISSN", *_WEB),
    SourceType.ARTICLE_NEWSPAPER: (
        "container-title", "publisher-place", "edition", "section", "page", "issued", "ISSN", *_WEB,
    ),
    SourceType.BILL: _LAW,
    SourceType.BOOK: (*_BOOK, "number-of-pages", "ISBN", "DOI", *_WEB),
    SourceType.BROADCAST: ("container-title", "number", "publisher", "publisher-place", "medium", "issued", *_WEB),
    SourceType.CHAPTER: ("container-title", *_BOOK, "page", "ISBN", "DOI", *_WEB),
    SourceType.DATASET: ("version", "number", "publisher", "medium", "issued", "DOI", *_WEB),
    SourceType.DOCUMENT: ("genre", "number", "publisher", "issued", "archive", "archive_location", *_WEB),
    SourceType.GRAPHIC: ("medium", "dimensions", "issued", "archive", "archive_location", *_WEB),
    SourceType.HEARING: (
        "authority", "section", "number", "event-place", "publisher", "publisher-place", "number-of-pages", "issued",
        *_WEB,
    ),
    SourceType.INTERVIEW: ("container-title", "medium", "issued", *_WEB),
    SourceType.LEGISLATION: _LAW,
    SourceType.PERSONAL_COMMUNICATION: ("genre", "medium", "issued"),
    SourceType.POST: ("container-title", "genre", "issued", *_WEB),
    SourceType.POST_WEBLOG: ("container-title", "genre", "issued", *_WEB),
    SourceType.REGULATION: _LAW,
    SourceType.REPORT: ("genre", "number", *_SERIES, "publisher", "publisher-place", "page", "issued", "DOI", *_WEB),
    SourceType.SPEECH: ("genre", "event-title", "event-place", "event-date", "issued", *_WEB),
    SourceType.TREATY: (
        "authority", "jurisdiction", "container-title", "volume", "number", "page", "event-place", "issued", *_WEB,
    ),
    SourceType.WEBPAGE: ("container-title", "genre", "issued", *_WEB),
}  # fmt: skip

VARIABLE_NAMES = frozenset(
    {name for names in VARIABLES.values() for name in names}
    | {"container-title-short", "event", "number-of-volumes", "original-date", "original-title",
       "part-number", "part-title", "references", "reviewed-title", "source", "status", "title-short", "available-date",
       "submitted"}
)  # fmt: skip
"""Every variable that a reference may tell, whichever type it belongs to."""

ROLES: dict[SourceType, tuple[ContributorRole, ...]] = {
    SourceType.BOOK: (ContributorRole.AUTHOR, ContributorRole.EDITOR, ContributorRole.TRANSLATOR),
    SourceType.CHAPTER: (ContributorRole.AUTHOR, ContributorRole.EDITOR, ContributorRole.TRANSLATOR),
    SourceType.INTERVIEW: (ContributorRole.AUTHOR, ContributorRole.INTERVIEWER),
    SourceType.PERSONAL_COMMUNICATION: (ContributorRole.AUTHOR, ContributorRole.RECIPIENT),
}
"""What people do for a source of a type; for the others, its authors are meant."""


def columns_of_type(source_type: str) -> tuple[str, ...]:
    """The columns that a type of source uses, in the order in which they are read; none for an unknown type."""
    return tuple(COLUMNS[name] for name in _of(source_type) if name in COLUMNS)


def further_variables(source_type: str) -> tuple[str, ...]:
    """The variables of a type that have no column; those that any source may have, for an unknown type."""
    return tuple(name for name in _of(source_type) or _ANY if name not in COLUMNS)


def roles_of_type(source_type: str) -> tuple[ContributorRole, ...]:
    """What people do for a source of a type."""
    return ROLES.get(SourceType(source_type), (ContributorRole.AUTHOR,)) if source_type else (ContributorRole.AUTHOR,)


_ANY = ("genre", "number", "volume", "page", "edition", "publisher-place")


def _of(source_type: str) -> tuple[str, ...]:
    return VARIABLES[SourceType(source_type)] if source_type else ()
