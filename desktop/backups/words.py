"""How backups are put into words."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from db.backups import UNREADABLE, Backup, Why
from desktop.backups.preview import Effect, Line, Preview
from desktop.forms.captions import all_of, field_label, one_of
from desktop.history.words import day_words, local


def why_words(backup: Backup) -> str:
    """What a backup was made for."""
    if backup.revision == UNREADABLE:
        return _tr("a file that could not be read")
    return {
        Why.HOURLY: _tr("of the hour"),
        Why.DAILY: _tr("of the day"),
        Why.BY_HAND: _tr("made by hand"),
        Why.BEFORE_MERGE: _tr("before a merge"),
        Why.BEFORE_IMPORT: _tr("before an import"),
        Why.BEFORE_MIGRATION: _tr("before a new version"),
        Why.BEFORE_RESTORE: _tr("before a backup was restored"),
    }[backup.why]


def when_words(backup: Backup, now: datetime) -> str:
    """When it was made, by the clock on the wall."""
    then = local(backup.at)
    return _tr("{day}, {time}").format(day=day_words(then.date(), local(now).date()), time=f"{then:%H:%M}")


def size_words(size: int) -> str:
    """Bytes as people read them."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def summary_words(found: Preview) -> str:
    """What would change, in sentences."""
    if found.is_same:
        return _tr("The file is just as this backup. Nothing would change.")
    one, many = _tr("1 edit made since would be taken away."), _tr("{n} edits made since would be taken away.")
    one_back, many_back = _tr("1 edit would be there again."), _tr("{n} edits would be there again.")
    field, fields = _tr("1 field would be as before."), _tr("{n} fields would be as before.")
    sentences = [
        _counted(len(found.lost), one, many),
        _counted(len(found.regained), one_back, many_back),
        _kinds(found.going, _tr("Gone would be: {records}.")),
        _kinds(found.returning, _tr("Back would be: {records}.")),
        _counted(found.fields, field, fields),
    ]
    return " ".join(filter(None, sentences))


def effect_words(line: Line) -> str:
    """What would become of it, in a word or two."""
    match line.effect:
        case Effect.GOES:
            return _tr("would be gone")
        case Effect.RETURNS:
            return _tr("would be back")
    return _tr("{field}: {now} → {then}").format(
        field=field_label(line.field), now=line.now or "—", then=line.then or "—"
    )


def _counted(count: int, one: str, many: str) -> str:
    return "" if not count else one if count == 1 else many.format(n=f"{count:,}")


def _kinds(counts: dict[str, int], sentence: str) -> str:
    named = [
        f"{count:,} {(one_of(kind) if count == 1 else all_of(kind)).lower()}" for kind, count in sorted(counts.items())
    ]
    return sentence.format(records=", ".join(named)) if named else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
