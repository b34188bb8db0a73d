"""What this installation knows of its user: who edits, and which files it wrote. Kept in the user's own folders."""

import getpass
import json
import os
import sys
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import InvalidValue
from db.log import Editor
from db.trust import Trust
from desktop.folders import data_folder

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings

LONGEST_NAME = 200


def trust() -> Trust:
    """The registry of files that this installation wrote or inspected."""
    return Trust(data_folder() / "trust")


def preferences() -> "QSettings":
    """What the window remembers from one sitting to the next. QSettings are made here and nowhere else."""
    from PySide6.QtCore import QSettings

    return QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)


def editor(name: str | None = None) -> Editor:
    """Who edits: the name and the stable id that were written down at the first edit.

    Another name gets another id, the same one each time: several people may share a login.
    Raises InvalidValue for a name that no file can hold, and OSError where the folder cannot be written.
    """
    given = None if name is None else clean_name(name)
    path = data_folder() / "author.json"
    own = _read(path) or _write_down(path, Editor(uuid.uuid4(), given or suggested_name()))
    return own if given in (None, own.name) else Editor(uuid.uuid5(own.id, str(given)), str(given))


def known_editor() -> Editor | None:
    """Who edits, if that was asked already."""
    return _read(data_folder() / "author.json")


def clean_name(name: str) -> str:
    """A name as it is written into files. Raises InvalidValue for one that no file can hold."""
    words = " ".join(name.split())
    try:
        words.encode()
    except UnicodeEncodeError:
        raise InvalidValue("The author's name holds a character that no file can store.") from None
    if not words or len(words) > LONGEST_NAME or "\x00" in words:
        raise InvalidValue(f"The author's name must have between 1 and {LONGEST_NAME} characters.")
    return words


def _read(path: Path) -> Editor | None:
    """The author as written down; None where nobody is, or something else stands there."""
    with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
        stored = json.loads(path.read_text(encoding="utf-8"))
        return Editor(uuid.UUID(str(stored["id"])), clean_name(str(stored["name"])))
    return None


def _write_down(path: Path, author: Editor) -> Editor:
    """Keep the author; give the one that another process wrote down in the same moment, if it was first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"id": str(author.id), "name": author.name}, ensure_ascii=False)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".author-") as folder:
        draft = Path(folder) / path.name
        draft.write_text(text, encoding="utf-8")
        try:
            os.link(draft, path)
        except FileExistsError:
            first = _read(path)
            if first:
                return first
            draft.replace(path)
        except OSError:  # the file system knows no links
            draft.replace(path)
    return author


def suggested_name() -> str:
    """The full name of the login where the system knows it, else the login itself."""
    with suppress(ImportError, KeyError, OSError, InvalidValue):
        login = getpass.getuser()
        return clean_name(_full_name(login) or login)
    return "Unknown author"


def _full_name(login: str) -> str:
    if sys.platform == "win32":
        return ""
    import pwd

    with suppress(KeyError):
        return pwd.getpwnam(login).pw_gecos.split(",")[0].replace("&", login.capitalize()).strip()
    return ""
