"""A finished sheet put into its file."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from db.errors import FileRefused
from db.opening import new_file
from desktop.errors import Trouble, expected, unexpected
from desktop.words import tr

DOCX, PDF = ".docx", ".pdf"


def save_pdf(output: Path, pdf: bytes, *, replace: bool = False) -> None:
    """Write a sheet, whole or not at all. Raises FileRefused, also for replacing anything that is no PDF."""
    refuse_other_files(output)
    with new_file(output, replace=replace) as draft:
        draft.write_bytes(pdf)


def refuse_other_files(output: Path) -> None:
    """Nothing but a file of the same kind is ever replaced: a slip could name the case file. Raises FileRefused.

    So does a name that promises another kind of file than a PDF or a DOCX.
    """
    if output.is_file():
        _refuse_another_kind(output)
    if output.suffix.casefold() not in (PDF, DOCX):
        raise FileRefused(tr("Only a PDF or a DOCX is made: end the name {file} in .pdf or .docx.").format(file=output))


def _refuse_another_kind(output: Path) -> None:
    if output.suffix.casefold() == DOCX:
        if not _is_docx(output):
            raise FileRefused(tr("{file} is there already and is no DOCX. It was not touched.").format(file=output))
        return
    with output.open("rb") as file:
        if not file.read(5).startswith(b"%PDF"):
            raise FileRefused(tr("{file} is there already and is no PDF. It was not touched.").format(file=output))


def _is_docx(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (BadZipFile, OSError):
        return False


def replace_pdf(output: Path, pdf: bytes) -> Trouble | None:
    """Write a sheet where a person has agreed to replace what is there; what stands in the way is told in words."""
    try:
        save_pdf(output, pdf, replace=True)
    except Exception as error:
        return expected(error) or unexpected(error)
    return None
