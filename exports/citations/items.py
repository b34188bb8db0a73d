"""What is cited: a source in CSL's terms, and a place in it."""

from dataclasses import dataclass

from db.dates import Edtf
from db.models.vocabulary import LocatorLabel


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody: a person by family and given name, or a `literal` that is never inverted."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A source. `type` and the names of texts, dates and roles are CSL's; `language` (BCP 47) is its title's."""

    type: str
    title: str
    language: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, Edtf], ...] = ()
    names: tuple[tuple[str, tuple[Name, ...]], ...] = ()

    def text(self, variable: str) -> str:
        """One text, empty if there is none."""
        return dict(self.texts).get(variable, "")

    def date(self, variable: str) -> Edtf | None:
        """One date, if there is one."""
        return dict(self.dates).get(variable)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: which item of a list, and where in it."""

    item: int
    label: LocatorLabel | None = None
    locator: str = ""
