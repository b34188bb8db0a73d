"""fields: what a record of a kind can hold, and how it is written."""

import click

from db.fields import Field, FieldType, fields_of
from db.models import BY_TABLE, Entity
from desktop.commands.parameters import Kind, json_option
from desktop.documents import Document, written
from desktop.tables import table, terminal_width
from desktop.words import tr


@click.command("fields", short_help="Tell what a record of a kind can hold.")
@click.argument("kind", type=Kind())
@json_option
def fields_command(kind: type[Entity], as_json: bool) -> None:
    """Tell the fields of a KIND: what each holds, which terms it knows, and which have to be given."""
    fields = fields_of(kind).values()
    if as_json:
        click.echo(written([_document(field) for field in fields]))
    else:
        rows = [(field.name, _holds(field), _remark(field)) for field in fields]
        click.echo(table(rows, (tr("Field"), tr("Holds"), ""), width=terminal_width()))


def _document(field: Field) -> Document:
    return {
        "name": field.name,
        "holds": field.holds.name.lower(),
        "terms": [term.value for term in field.vocabulary] if field.vocabulary else None,
        "kinds": _kinds(field) or None,
        "required": field.required,
        "fixed": field.identity,
    }


def _kinds(field: Field) -> list[str]:
    found = (BY_TABLE[kind] for kind in field.kinds)
    return [cls.PLURAL for cls in found if issubclass(cls, Entity)]


def _holds(field: Field) -> str:
    words = {
        FieldType.TEXT: tr("text"),
        FieldType.LONG_TEXT: tr("longer text"),
        FieldType.DATE: tr("a date"),
        FieldType.INTEGER: tr("a whole number"),
        FieldType.FLAG: tr("yes or no"),
        FieldType.CONTENT: tr("bytes by their SHA-256"),
        FieldType.TERM: tr("one of: {terms}"),
        FieldType.TERMS: tr("any of: {terms}"),
        FieldType.REFERENCE: tr("one of the {kinds}"),
        FieldType.REFERENCES: tr("any of the {kinds}"),
    }
    terms = "; ".join(term.value for term in field.vocabulary or ())
    told = words[field.holds].format(terms=terms, kinds=tr(" or ").join(_kinds(field)) or tr("records"))
    return tr("{told}, or words").format(told=told) if field.words else told


def _remark(field: Field) -> str:
    if field.identity:
        return tr("cannot be changed")
    return tr("has to be given") if field.required else ""
