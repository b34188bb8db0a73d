"""How long ago something was, as people say it."""

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication


def age(then: datetime, now: datetime | None = None) -> str:
    """“4 minutes ago”, or the day where it is longer than a week. What lies ahead of our clock is told by its day."""
    now = now or datetime.now(UTC)
    seconds = (now - then).total_seconds()
    if seconds < -60 or seconds >= 7 * 86_400:
        return f"{then.day} {then:%b %Y}"
    if seconds < 60:
        return _tr("just now")
    for length, one, many in (
        (3_600, _tr("a minute ago"), _tr("{n} minutes ago")),
        (86_400, _tr("an hour ago"), _tr("{n} hours ago")),
        (7 * 86_400, _tr("a day ago"), _tr("{n} days ago")),
    ):
        if seconds < length:
            count = int(seconds // {3_600: 60, 86_400: 3_600}.get(length, 86_400))
            return one if count == 1 else many.format(n=count)
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Age", text)
