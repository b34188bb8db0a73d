"""The corpus of crafted hostile files: one function or one line each, by name.

Run as `python -m tests.hostile.corpus OUTDIR [NAME…]`; it makes a folder per file and tells how each must end.
"""

import sys
from pathlib import Path

from tests.hostile import histories, layouts, places, schemas, sizes, texts
from tests.hostile.case import CORPUS, Crafted, make_case

ROOMS = (schemas, layouts, histories, texts, sizes, places)
"""Importing them fills the corpus."""


def craft(crafted: Crafted, case: Path, folder: Path) -> Path:
    """Make one hostile file of a sound one, in a folder of its own; give its path."""
    folder.mkdir(parents=True)
    return crafted.make(case, folder) or folder / "hostile.casefile"


def main(out: Path, names: list[str]) -> None:
    """Make the corpus, or some files of it."""
    out.mkdir(parents=True, exist_ok=True)
    case = make_case(out / "sound.casefile")
    for crafted in [CORPUS[name] for name in names] or CORPUS.values():
        path = craft(crafted, case, out / crafted.name)
        print(f"{crafted.ending:8} {path!r}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
