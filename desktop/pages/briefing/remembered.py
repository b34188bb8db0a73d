"""The templates of the case file that is open. Read and written on a reader's thread: the window waits for no disk."""

from dataclasses import dataclass

from db.queries import Session
from db.queries.case_file import case_file
from desktop.printing.options import SheetOptions
from desktop.printing.templates import forget_template, remember_template, templates


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of a case file by name, and which one was just saved, if any."""

    options: dict[str, SheetOptions]
    saved: str = ""


def templates_of(session: Session) -> Templates:
    """The templates of the file."""
    case = case_file(session).id
    return Templates(templates(case) if case else {})


def keep_template(session: Session, name: str, options: SheetOptions) -> Templates:
    """Keep choices under a name. Raises InvalidValue and OSError."""
    case = case_file(session).id
    if case is None:
        return Templates({})
    remember_template(case, name, options)
    return Templates(templates(case), " ".join(name.split()))


def drop_template(session: Session, name: str) -> Templates:
    """Forget choices. Raises OSError."""
    case = case_file(session).id
    if case is None:
        return Templates({})
    forget_template(case, name)
    return Templates(templates(case))
