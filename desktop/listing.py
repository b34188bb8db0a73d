"""Records as the rows of a table."""

import uuid
from collections.abc import Sequence

from db.dates import Edtf
from db.fields import Field, FieldType, fields_of
from db.models import Entity
from db.queries.agreements import AgreementRow
from db.queries.records import FieldRow, RecordRow
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
            short_date(row.signed),
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
    cells = [(shown_id(row.id), row.title, *(_short(row[name]) for name in used)) for row in rows]
    return table(cells, headers, width=terminal_width())


def short_date(date: Edtf | None) -> str:
    """A date as EDTF, which takes the least room and sorts; what could not be read as it was written."""
    return (date.form or date.text) if date else ""


def _short(field: FieldRow) -> str:
    return short_date(field.value) if isinstance(field.value, Edtf) else field.text


def _is_short(cls: type[Entity], field: Field) -> bool:
    return field.holds in _SHORT and field.column not in cls.TITLE and field.name not in _LEFT_OUT
