"""Named choices for briefings, remembered for each case file in the user's own folder.

They do not travel with the file: the schema has no kind of record for a person's habits of printing, and a colleague
who merges the file should not find them changed. A template is found again by the case file's id, in every copy of it.
"""

import json
import os
import tempfile
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from db.errors import InvalidValue
from db.models.vocabulary import Tlp
from desktop.folders import data_folder
from desktop.printing.options import LONGEST_ORIGINATOR, SheetOptions
from desktop.words import tr
from exports.paper import Paper

LONGEST_NAME = 80
_UNTOLD = frozenset({"day", "compiled", "as_of"})
"""Days belong to one briefing."""


def templates(case: uuid.UUID) -> dict[str, SheetOptions]:
    """The templates of a case file by name, in the order of names; what cannot be read counts as not there."""
    found = {name: _options(stored) for name, stored in _stored(case).items()}
    return {name: found[name] for name in sorted(found, key=str.casefold)}


def template(case: uuid.UUID, name: str) -> SheetOptions:
    """One of them. Raises InvalidValue where there is none of that name."""
    known = templates(case)
    if name not in known:
        there = ", ".join(known) or tr("none yet")
        raise InvalidValue(tr("This case has no template “{name}”. It has: {there}.").format(name=name, there=there))
    return known[name]


def remember_template(case: uuid.UUID, name: str, options: SheetOptions) -> None:
    """Keep choices under a name, in place of those of the same name. Raises InvalidValue, and OSError."""
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME or not words.isprintable():
        raise InvalidValue(tr("A template’s name has between 1 and {most} characters.").format(most=LONGEST_NAME))
    _write(case, _stored(case) | {words: _document(options)})


def forget_template(case: uuid.UUID, name: str) -> None:
    """Drop a template; one that is not there is no trouble. Raises OSError."""
    stored = _stored(case)
    if stored.pop(name, None) is not None:
        _write(case, stored)


def _path(case: uuid.UUID) -> Path:
    return data_folder() / "templates" / f"{case}.json"


def _stored(case: uuid.UUID) -> dict[str, dict[str, Any]]:
    with suppress(OSError, ValueError):
        stored = json.loads(_path(case).read_text(encoding="utf-8"))
        if isinstance(stored, dict):
            return {str(name): each for name, each in stored.items() if isinstance(each, dict)}
    return {}


def _write(case: uuid.UUID, stored: Mapping[str, Mapping[str, Any]]) -> None:
    """Whole or not at all."""
    path = _path(case)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".template-") as folder:
        draft = Path(folder) / path.name
        draft.write_text(json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        os.replace(draft, path)


def _document(options: SheetOptions) -> dict[str, Any]:
    """Choices as JSON; paper by its name."""
    usual = SheetOptions()
    values = {field.name: getattr(options, field.name) for field in fields(options) if field.name not in _UNTOLD}
    chosen = {name: value for name, value in values.items() if value != getattr(usual, name)}
    return {name: value.name if isinstance(value, Paper) else value for name, value in chosen.items()}


def _options(stored: Mapping[str, Any]) -> SheetOptions:
    """Choices from JSON; a choice that this version does not know, or that is damaged, is the usual one."""
    found: dict[str, Any] = {}
    for name, usual in ((field.name, field.default) for field in fields(SheetOptions)):
        value = stored.get(name)
        if name in _UNTOLD or value is None:
            continue
        if name == "paper" and value in Paper.__members__:
            found[name] = Paper[value]
        elif name in ("marking", "ceiling") and value in list(Tlp):
            found[name] = Tlp(value)
        elif name == "sections" and isinstance(value, list):
            found[name] = tuple(map(str, value))
        elif (isinstance(usual, bool) and isinstance(value, bool)) or (
            isinstance(usual, str) and isinstance(value, str) and len(value) <= LONGEST_ORIGINATOR
        ):
            found[name] = value
    return SheetOptions(**found)
