"""What can be written next in a filter: names of fields, and the values that a field can have."""

import re
from collections.abc import Iterator

from db.fields import FieldType, fields_of
from db.marks import conditions, possessions
from db.models import Agreement, Entity
from db.status import Status

_TOKEN = re.compile(r'-?\(*(?:[^\W\d][\w-]*:(?:"[^"]*"?|[^\s()"]*)|[^\s()"]*)$')
_MOST = 40


def token_before(text: str, cursor: int) -> str:
    """The word that the cursor stands at the end of, without what negates or groups it."""
    found = _TOKEN.search(text[:cursor])
    return found[0].lstrip("-(") if found else ""


def completions(cls: type[Entity], token: str) -> list[str]:
    """What the word can become, whole: `sta` gives `status:`, `status:s` gives `status:signed`."""
    name, colon, start = token.partition(":")
    if not colon:
        names = [f"{name}:" for name in names_of(cls)] + ["is:", "has:", "changed:", "entered:", "by:"]
        return [word for word in dict.fromkeys(names) if word.startswith(name.casefold()) and word != token][:_MOST]
    wanted = start.strip('"').casefold()
    words = (f"{name}:{_quoted(value)}" for value in values_of(cls, name.casefold()) if wanted in value.casefold())
    return [word for word in words if word != token][:_MOST]


def names_of(cls: type[Entity]) -> list[str]:
    """The names of fields that a filter knows, sets by the name of one member."""
    fields = [_singular(field.name) if field.link else field.name for field in fields_of(cls).values()]
    derived = ["status", "signed", "in_force"] if cls is Agreement else []
    return sorted({*fields, *derived})


def values_of(cls: type[Entity], name: str) -> Iterator[str]:
    """The values that can be asked for, where they are known beforehand."""
    if name == "is":
        yield from sorted(conditions(cls))
    elif name == "has":
        yield from sorted({*possessions(cls), *names_of(cls)})
    elif name == "status" and cls is Agreement:
        yield from (status.value for status in Status)
    else:
        fields = {spelling: f for f in fields_of(cls).values() for spelling in (f.name, _singular(f.name))}
        field = fields.get(name)
        if field is not None and field.vocabulary is not None:
            yield from (term.value for term in field.vocabulary)
        elif field is not None and field.holds is FieldType.FLAG:
            yield from ("yes", "no")


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value or "," in value else value


def _singular(name: str) -> str:
    return name.removesuffix("ies") + "y" if name.endswith("ies") else name.removesuffix("s")
