"""A finished sheet put into its file."""

from pathlib import Path

from db.errors import FileRefused
from db.opening import new_file
from desktop.errors import Trouble, expected, unexpected
from desktop.words import tr


def save_pdf(output: Path, pdf: bytes, *, replace: bool = False) -> None:
    """Write a sheet, whole or not at all. Raises FileRefused, also for replacing anything that is no PDF."""
    refuse_other_files(output)
    with new_file(output, replace=replace) as draft:
        draft.write_bytes(pdf)


def refuse_other_files(output: Path) -> None:
    """Nothing but a PDF is ever replaced: a slip of the finger could name the case file. Raises FileRefused."""
    if output.is_file():
        with output.open("rb") as file:
            if not file.read(5).startswith(b"%PDF"):
                raise FileRefused(tr("{file} is there already and is no PDF. It was not touched.").format(file=output))


def replace_pdf(output: Path, pdf: bytes) -> Trouble | None:
    """Write a sheet where a person has agreed to replace what is there; what stands in the way is told in words."""
    try:
        save_pdf(output, pdf, replace=True)
    except Exception as error:
        return expected(error) or unexpected(error)
    return None
