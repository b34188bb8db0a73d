"""The sample case file, which ships as text and is made where somebody asks for it."""

from pathlib import Path

from db.importers.records import load_records, read_document
from db.log import Editor
from db.trust import Trust
from desktop.words import tr
from desktop.workspace import Workspace
from resources import path

SAMPLE_FILE = "japan-norway.casefile"
_DOCUMENT = "japan_norway.toml"
_TITLE = "Japan–Norway defence equipment cooperation"


def make_sample(file: Path, trust: Trust, editor: Editor) -> Workspace:
    """Make the sample as a new case file and give it, open. Raises FileRefused."""
    document = read_document(path("samples") / _DOCUMENT)
    workspace = Workspace.create(file, trust, editor, {"title": _TITLE})
    workspace.write(tr("Load the sample"), load_records, document)
    return workspace
