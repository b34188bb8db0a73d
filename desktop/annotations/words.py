"""How annotations are put into words."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from db.dates import Edtf
from db.models.vocabulary import Outcome
from db.queries.annotations import Annotation
from db.queries.records import RecordRow
from desktop.ages import age

_UNITS = ("bytes", "KB", "MB", "GB")
_KINDS = {
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "message/rfc822": "E-mail",
    "text/html": "Web page",
    "text/plain": "Text",
    "application/octet-stream": "File",
}


def size_words(size: int) -> str:
    """A size as people say it: 1.4 MB."""
    amount, unit = float(size), 0
    while amount >= 1000 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    return f"{amount:,.0f} {_UNITS[unit]}" if unit == 0 or amount >= 100 else f"{amount:,.1f} {_UNITS[unit]}"


def media_words(media_type: str) -> str:
    """A media type as people call it."""
    plain = media_type.rsplit("/", 1)[-1].removeprefix("x-").split("+")[0].upper()
    return _tr(_KINDS.get(media_type, "")) or plain or _tr("File")


def media_icon(media_type: str) -> str:
    """The icon of a media type, by its Lucide name."""
    if media_type.startswith("image/"):
        return "image"
    return "globe" if media_type == "text/html" else "file-text" if media_type != "application/octet-stream" else "file"


def written_words(annotation: Annotation, me: UUID | None) -> str:
    """Who wrote it and when."""
    if annotation.at is None:
        return ""
    if annotation.author is None:
        who = _tr("another program")
    else:
        who = _tr("you") if annotation.author == me else annotation.name or _tr("somebody")
    words = _tr("{who}, {when}, edited since") if annotation.edited else _tr("{who}, {when}")
    return words.format(who=who, when=age(annotation.at))


def is_overdue(task: RecordRow, today: date) -> bool:
    """Whether an open task should have been done: all days that its due date can mean are over."""
    due = task["due"].value
    is_open = task["outcome"].value == Outcome.OPEN
    return is_open and isinstance(due, Edtf) and bool(due.latest) and due.latest < today.isoformat()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Annotations", text) if text else ""
