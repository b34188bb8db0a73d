"""How the history is put into words."""

from datetime import date, datetime, timedelta
from html import escape
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from db.dates import describe, read
from db.models import BY_PLURAL
from db.queries.entry_changes import ChangeLine, Happening
from db.queries.history_pages import MANY, Entry
from desktop.forms.captions import field_label, one_of

_LONGEST_TIP = 2_000


def day_words(day: date, today: date) -> str:
    """“Today”, “Yesterday”, or the day."""
    if day == today:
        return _tr("Today")
    if day == today - timedelta(days=1):
        return _tr("Yesterday")
    return describe(read(day.isoformat()))


def local(moment: datetime) -> datetime:
    """A time as the clock on the wall has it; the years 1 and 9999 leave no room for a zone."""
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError):
        return moment


def author_words(author: UUID | None, name: str, me: UUID | None) -> str:
    """Who did it."""
    if author is None:
        return _tr("another program")
    return _tr("you") if author == me else name or _tr("somebody")


def label_words(entry: Entry) -> str:
    """What was done, and to which record."""
    if entry.is_merge:
        return _tr("Merge of {file}").format(file=entry.origin)
    return named_words(entry.label or _tr("An edit by another program"), entry.about)


def named_words(label: str, about: str) -> str:
    """What was done, with what it was done to, unless the label says so itself."""
    if not about or about.removesuffix("…") in label:
        return label
    return _tr("{label}: “{record}”").format(label=label, record=about)


def count_words(entry: Entry) -> str:
    """How much was changed."""
    if entry.changes == 1:
        return _tr("1 change")
    if entry.changes >= MANY and not entry.is_merge:
        return _tr("{count} changes or more").format(count=f"{MANY:,}")
    words = _tr("brought {count} changes, told below") if entry.is_merge else _tr("{count} changes")
    return words.format(count=f"{entry.changes:,}")


def flag_words(entry: Entry) -> list[str]:
    """What is to be noticed about an entry."""
    flags = [_tr("Undone")] if entry.undone else []
    return [*flags, _tr("Clock ahead")] if entry.from_future else flags


def entry_tip(entry: Entry, me: UUID | None) -> str:
    """Everything about an entry, as rich text."""
    when = local(entry.at)
    lines = [
        f"<b>{escape(label_words(entry))}</b>",
        escape(_tr("{who}, {when}").format(who=author_words(entry.author, entry.name, me), when=_exactly(when))),
    ]
    if entry.undone:
        lines.append(_tr("It was undone. To bring it back, revert the entry that undid it."))
    if entry.from_future:
        lines.append(_tr("The clock of whoever wrote this was ahead of yours by a day or more."))
    return f"<qt>{'<br>'.join(lines)}</qt>"


def _exactly(when: datetime) -> str:
    return f"{describe(read(when.date().isoformat()))}, {when:%H:%M:%S}"


def subject_words(line: ChangeLine) -> str:
    """Which record a change is about."""
    return line.title or (one_of(line.kind) if line.kind in BY_PLURAL else _tr("A record that is gone"))


def happening_words(line: ChangeLine) -> str:
    """The field that was set, or what became of the record."""
    if line.field:
        return field_label(line.field)
    kind = one_of(line.kind) if line.kind in BY_PLURAL else line.kind
    words = {
        Happening.ADDED: _tr("{kind} added"),
        Happening.RETURNED: _tr("{kind} brought back"),
        Happening.DELETED: _tr("{kind} deleted"),
        Happening.KEPT: _tr("{kind} kept, though it was deleted elsewhere"),
        Happening.SET: _tr("{kind} changed"),
    }[line.happening]
    return words.format(kind=kind)


def line_tip(line: ChangeLine) -> str:
    """A change with its values as a whole, as rich text."""
    head = f"<b>{escape(subject_words(line))}</b><br>{escape(happening_words(line))}"
    if line.reason:
        head += f"<br><i>{escape(_tr('Reason: {reason}').format(reason=_cut(line.reason)))}</i>"
    if not line.field:
        return f"<qt>{head}</qt>"
    before, after = (escape(_cut(value)) or f"<i>{_tr('empty')}</i>" for value in (line.before, line.after))
    return f"<qt>{head}<p>{before}</p><p>→ {after}</p></qt>"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TIP else f"{text[:_LONGEST_TIP]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
