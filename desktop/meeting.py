"""Meeting a file: what somebody else or an older version wrote is looked at before it is opened in a window."""

from collections.abc import Sequence
from pathlib import Path

from db.header import is_older
from db.introduction import Introduction, introduce, is_stranger
from db.log import Editor
from db.migrations.worker import Watch
from db.opening import open_case, recover_own
from db.trust import Trust
from desktop.opening import Opened, open_workspace
from desktop.words import tr
from desktop.workspace import Workspace


def open_or_introduce(path: Path, trust: Trust, editor: Editor, known: Sequence[Path]) -> Opened | Introduction:
    """Open a file of one's own; of any other, or of an older version, tell what it is.

    `known`: where a copy of the same case may lie. Raises FileRefused.
    """
    recover_own(path, trust)
    if is_stranger(path, trust) or is_older(path):
        return introduce(path, trust, known)
    return open_workspace(path, trust, editor)


def open_introduced(path: Path, trust: Trust, editor: Editor, digest: str, watch: Watch | None) -> Opened:
    """Open what the user has looked at and lets in: for editing, brought up to date before, where somebody watches.

    Raises FileRefused, also where it is another file by now, FileNotWritten and CopyStopped.
    """
    trust.remember(digest)
    if watch is None:
        return Opened(Workspace(open_case(path, trust)), tr("it was opened for reading"))
    return open_workspace(path, trust, editor, watch)
