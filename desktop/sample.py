"""The sample case file, which ships as text and is made where somebody asks for it."""

from functools import partial
from pathlib import Path

from db.importers.records import load_records, read_document
from db.log import Editor
from db.opening import Founding
from db.trust import Trust
from desktop.words import tr
from desktop.workspace import Workspace
from resources import path

SAMPLE_FILE = "japan-norway.casefile"
SAMPLE_STATES = ("JPN", "NOR")
"""The two that the case is about."""
SAMPLE_OFFICIAL = "Minoru Kihara"
"""Whose statements and posts the sample tells most of."""
_DOCUMENT = "japan_norway.toml"
_TITLE = "Japan–Norway defence equipment cooperation"


def make_sample(file: Path, trust: Trust, editor: Editor) -> Workspace:
    """Make the sample as a new case file and give it, open; its founding cannot be undone. Raises FileRefused."""
    document = read_document(path("samples") / _DOCUMENT)
    founding = Founding(tr("Load the sample"), partial(load_records, document=document))
    return Workspace.create(file, trust, editor, {"title": _TITLE}, founding=founding)
