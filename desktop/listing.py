"""Records as the rows of a table."""

import uuid
from collections.abc import Sequence

from db.dates import describe
from db.fields import Field, FieldType, fields_of
from db.models import Entity
from db.queries.agreements import AgreementRow
from db.queries.records import RecordRow
from desktop.tables import table, terminal_width
from desktop.words import tr

_SHORT = (FieldType.TERM, FieldType.DATE, FieldType.REFERENCE, FieldType.FLAG, FieldType.INTEGER)
_MOST_COLUMNS = 3
_LEFT_OUT = ("marking", "merged_into")


def shown_id(key: uuid.UUID) -> str:
    """An id: its end on a terminal, which is enough to type it again; whole in a file."""
    return str(key) if terminal_width() is None else str(key)[-8:]


def agreement_table(rows: Sequence[AgreementRow]) -> str:
    """Agreements with what is derived of them."""
    headers = (tr("Id"), tr("Title"), tr("Parties"), tr("Signed"), tr("Status"))
    cells = [
        (
            shown_id(row.id),
            row.title,
            ", ".join(party.name for party in row.parties),
            describe(row.signed) if row.signed else "",
            row.status.value,
        )
        for row in rows
    ]
    return table(cells, headers, width=terminal_width())


def record_table(cls: type[Entity], rows: Sequence[RecordRow]) -> str:
    """Records of any kind: their titles, and the first few short fields that say something."""
    names = [field.name for field in fields_of(cls).values() if _is_short(cls, field)]
    used = [name for name in names if any(row[name].text for row in rows)][:_MOST_COLUMNS]
    headers = (tr("Id"), tr("Title"), *(name.replace("_", " ").capitalize() for name in used))
    cells = [(shown_id(row.id), row.title, *(row[name].text for name in used)) for row in rows]
    return table(cells, headers, width=terminal_width())


def _is_short(cls: type[Entity], field: Field) -> bool:
    return field.holds in _SHORT and field.column not in cls.TITLE and field.name not in _LEFT_OUT
