"""An older case file brought up to date in its place: a backup, a fresh file, one step."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from db.backups import Backup, Why, back_up
from db.copying import draft_in, put_in_place
from db.errors import FileNotWritten, FileRefused
from db.lock import FileLock
from db.migrations.worker import UNWATCHED, Watch
from db.opening import has_journal, inspected_copy, recover, refuse_protected
from db.trust import Trust, digest_of


def upgrade(
    path: Path, folder: Path, trust: Trust, *, name: str = "", watch: Watch = UNWATCHED, now: datetime | None = None
) -> Backup:
    """Bring a file of an older version up to date, after it was backed up into `folder`; give that backup.

    Nobody may have it open. `name` is who does so, for others to read. What takes its place was inspected like a file
    from elsewhere. Raises FileRefused, FileInUse, FileNotWritten and CopyStopped; the file is as it was then.
    """
    refuse_protected(path)
    with FileLock(path, name), _in_words(path):
        if has_journal(path):
            recover(path, trust)
        place = Path(os.path.realpath(path))  # a link stays one
        own = f".depositary-{hashlib.sha256(os.fsencode(place.name)).hexdigest()[:16]}-"
        for left in place.parent.glob(f"{own}*"):  # by a crash: nobody else brings it up to date now
            left.unlink()
        with inspected_copy(path, trust, watch) as (copy, digest), draft_in(place.parent, own) as draft:
            kept = back_up(path, Why.BEFORE_MIGRATION, folder, now=now, is_stopped=watch.is_stopped)
            shutil.copyfile(copy, draft)
            shutil.copymode(path, draft)
            trust.remember(digest_of(draft))
            if digest_of(path) != digest:
                raise FileRefused(f"{path.name} was written by somebody else meanwhile. It was not touched.")
            put_in_place(draft, place)
    return kept


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise FileNotWritten(f"{path.name} was not brought up to date: {reason}. It is as it was.") from error
