"""What commands have in common: their arguments and options, and how a file is opened for them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from db.errors import OlderFile
from db.models import BY_PLURAL, ENTITIES, Entity
from desktop.settings import editor, trust
from desktop.words import tr
from desktop.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])
PATH = click.Path(path_type=Path)
MAIN_KINDS = (
    "agreements",
    "officials",
    "organizations",
    "posts",
    "memberships",
    "events",
    "statements",
    "equipment",
    "programmes",
    "sources",
    "citations",
    "claims",
)


def file_argument(name: str = "file") -> Callable[[F], F]:
    """A case file."""
    return click.argument(name, type=PATH)


json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON, as the guide describes it.")
author_option = click.option(
    "--author",
    metavar="NAME",
    envvar="DEPOSITARY_AUTHOR",
    help="Who edits; otherwise DEPOSITARY_AUTHOR, or the name of your login.",
)


def singular(cls: type[Entity]) -> str:
    """What one record of a kind is called."""
    plural = cls.PLURAL.replace("-", " ")
    return plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")


_KINDS: dict[str, type[Entity]] = {
    name: cls for cls in ENTITIES for name in (cls.__tablename__.replace("_", "-"), singular(cls).replace(" ", "-"))
} | dict(BY_PLURAL)


class Kind(click.ParamType[type[Entity]]):
    """A kind of record, by its plural or its singular."""

    name = "kind"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> type[Entity]:
        """The mapped class of the kind."""
        if isinstance(value, type):
            return value
        found = _KINDS.get(str(value).casefold().replace("_", "-").replace(" ", "-"))
        if found is None:
            kinds = ", ".join([*MAIN_KINDS, *sorted(BY_PLURAL.keys() - set(MAIN_KINDS))])
            self.fail(
                tr("“{kind}” is no kind of record. There are: {kinds}.").format(kind=value, kinds=kinds), param, ctx
            )
        return found


@contextmanager
def reading(path: Path) -> Iterator[Workspace]:
    """A case file to read."""
    with Workspace.open(path, trust()) as workspace:
        yield workspace


@contextmanager
def writing(path: Path, author: str | None) -> Iterator[Workspace]:
    """A case file to write, on somebody's account."""
    try:
        with Workspace.open(path, trust(), editor(author), writable=True) as workspace:
            yield workspace
    except OlderFile as error:
        raise OlderFile(tr("{trouble} `depositary upgrade` brings it up to date.").format(trouble=error)) from error
