"""Opening a case file for a window: for editing where that is possible, else for reading, and then why."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from db.backups import Backup
from db.errors import CaseFileError, FileInUse, FileRefused
from db.header import check_header, is_older
from db.lock import FileLock
from db.log import Editor
from db.migrations.upgrade import upgrade
from db.migrations.worker import UNWATCHED, Watch
from db.opening import SUFFIX, open_case
from db.restoring import Restored, restore
from db.trust import Trust
from db.whereabouts import whereabouts
from db.working_copy import WorkingCopy, go_away
from desktop.folders import backup_folder, copy_folder
from desktop.sample import make_sample
from desktop.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Opened:
    """An open case file; `holder` says who edits it, or what else keeps it from being edited here."""

    workspace: Workspace
    holder: str = ""
    restored: Restored | None = None
    upgraded: Backup | None = None
    """The file as it was before it was brought up to date."""
    trouble: CaseFileError | None = None
    """Why it was not restored, where that was asked for."""


def open_workspace(path: Path, trust: Trust, editor: Editor, watch: Watch | None = None) -> Opened:
    """Open a case file. Where somebody watches, one of an older version is brought up to date.

    Raises FileRefused where it cannot even be read, OlderFile where it must be brought up to date, FileNotWritten
    where there is no room for that, and CopyStopped where the one who watches calls it off.
    """
    try:
        kept = _bring_up_to_date(path, trust, editor, watch) if is_older(path) else None
        return Opened(_open_for_editing(path, trust, editor), upgraded=kept)
    except FileInUse:
        holder = FileLock(path).holder()
    except FileRefused as error:
        if "can still be read" not in str(error):
            raise
        holder = str(error)
    return Opened(Workspace(open_case(path, trust)), holder)


def _bring_up_to_date(path: Path, trust: Trust, editor: Editor, watch: Watch | None) -> Backup:
    if watch is None:  # nobody was asked
        check_header(path)
    return upgrade(path, backup_folder(), trust, name=editor.name, watch=watch or UNWATCHED)


def _open_for_editing(path: Path, trust: Trust, editor: Editor) -> Workspace:
    """Where it lies, or as a local copy of what lies on a share or in a synchronised folder, or was left unsaved."""
    place = whereabouts(path)
    if place.is_local and not WorkingCopy(path, copy_folder()).holds_work:
        return Workspace(open_case(path, trust, writable=True, name=editor.name), editor)
    away = go_away(path, place, copy_folder(), trust, name=editor.name)
    try:
        if is_older(away.copy.path):  # it holds work of before this program was updated
            upgrade(away.copy.path, backup_folder(), trust, name=editor.name)
        return Workspace(open_case(away.copy.path, trust, writable=True, name=editor.name), editor, away)
    except BaseException:
        if away.lock is not None:
            away.lock.release()
        raise


def restore_workspace(path: Path, trust: Trust, editor: Editor, backup: Backup) -> Opened:
    """Open a case file as it is in a backup; where that cannot be, as it is. Raises FileRefused."""
    try:
        done = restore(path, backup, backup_folder(), trust, name=editor.name)
    except CaseFileError as error:
        return replace(open_workspace(path, trust, editor), trouble=error)
    return replace(open_workspace(path, trust, editor), restored=done)


def create_workspace(path: Path, trust: Trust, editor: Editor, values: dict[str, object]) -> Opened:
    """Make a case file and open it. Raises FileRefused."""
    return Opened(Workspace.create(path, trust, editor, values))


def create_sample(path: Path, trust: Trust, editor: Editor) -> Opened:
    """Make the sample at its place and open it. Raises FileRefused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return Opened(make_sample(path, trust, editor))


def file_name(title: str) -> str:
    """A name for the file of a case: its title, without what a file system could mean something else by."""
    words = re.sub(r"[^\w\-–, ]+", " ", title)
    return (" ".join(words.split())[:80].strip(" .") or "case") + SUFFIX
