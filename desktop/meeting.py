"""Meeting a file for the first time: what somebody else wrote is looked at before it is opened in a window."""

from collections.abc import Sequence
from pathlib import Path

from db.introduction import Introduction, introduce, is_stranger
from db.log import Editor
from db.opening import open_case
from db.trust import Trust
from desktop.opening import Opened, open_workspace
from desktop.words import tr
from desktop.workspace import Workspace


def open_or_introduce(path: Path, trust: Trust, editor: Editor, known: Sequence[Path]) -> Opened | Introduction:
    """Open a file of one's own; of any other, tell what it is. `known`: where a copy of the same case may lie.

    Raises FileRefused.
    """
    if is_stranger(path, trust):
        return introduce(path, trust, known)
    return open_workspace(path, trust, editor)


def open_introduced(path: Path, trust: Trust, editor: Editor, digest: str, reading: bool) -> Opened:
    """Open what the user has looked at and lets in. Raises FileRefused, also where it is another file by now."""
    trust.remember(digest)
    if reading:
        return Opened(Workspace(open_case(path, trust)), tr("it was opened for reading"))
    return open_workspace(path, trust, editor)
