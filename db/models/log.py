"""Tables of the change log. Triggers and `db.merging` write them; see docs/architecture.md for the rules."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import UserDefinedType

from db.models.base import Base, strict


class Anything(UserDefinedType[Any]):
    """SQLite's ANY: a value of whatever type its field has."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name in a STRICT table."""
        return "ANY"


class Changeset(Base):
    """One edit of one author: what the window calls an Edit. Several changes, one label, one undo."""

    __tablename__ = "changeset"
    __table_args__ = strict(CheckConstraint("length(id) = 16"), Index("changeset_clock", "hlc"))

    k: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    author: Mapped[uuid.UUID | None]
    """None: another program wrote to the file."""
    hlc: Mapped[int]
    """Hybrid logical clock: Unix milliseconds << 16, never behind one already known. Only orders rivals for display."""
    written: Mapped[int]
    """Unix milliseconds by the author's own clock, which a file from the future cannot carry along."""
    label: Mapped[str]
    undo_of: Mapped[uuid.UUID | None]


class Change(Base):
    """One thing that happened to one record or field. Its name in every file is (changeset id, ord).

    op: I created (no values), X a value from creation, told at the field's first edit or the deletion,
    U field set, D deleted, T let go by the last one that kept it from deletion.
    """

    __tablename__ = "change"
    __table_args__ = strict(
        CheckConstraint("op IN ('I', 'X', 'U', 'D', 'T')"),
        Index("change_record", "record", "field"),
        Index("change_deleted", "record", sqlite_where=text("op = 'D'")),
        Index("change_replaced", "parent", sqlite_where=text("op = 'U'")),  # whether a setting is a head
    )

    n: Mapped[int] = mapped_column(primary_key=True)
    changeset: Mapped[int] = mapped_column(ForeignKey("changeset.k"))
    ord: Mapped[int]
    pruned: Mapped[int] = mapped_column(Integer(), server_default="0")
    """1 in a share copy whose value was left out."""
    op: Mapped[str]
    kind: Mapped[str]
    """The table of the record."""
    record: Mapped[uuid.UUID]
    field: Mapped[str | None]
    parent: Mapped[int | None]
    """The change of the same record or field that this one knew of; always a smaller n."""
    value: Mapped[Any] = mapped_column(Anything(), nullable=True)


Index("change_name", Change.changeset, Change.ord, unique=True)


class ChangeParent(Base):
    """A further parent of a change: a resolved conflict or a deletion has several."""

    __tablename__ = "change_parent"
    __table_args__ = strict(Index("change_child", "parent"), rowid=False)

    n: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[int] = mapped_column(primary_key=True)


class Reason(Base):
    """Why a change was made, where its author said so: a decision about what a colleague sent. It travels with it."""

    __tablename__ = "reason"
    __table_args__ = strict(CheckConstraint("length(text) > 0"))

    n: Mapped[int] = mapped_column(ForeignKey("change.n"), primary_key=True)
    text: Mapped[str]


class Head(Base):
    """Current values of a field, where it has more than one: two people set it without knowing of each other."""

    __tablename__ = "head"
    __table_args__ = strict(rowid=False)

    record: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)


class Withheld(Base):
    """A field that exists but was not given to this share copy."""

    __tablename__ = "withheld"
    __table_args__ = strict(rowid=False)

    record: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)


class Context(Base):
    """One row that tells the triggers on whose account they write; idle means mode `external`."""

    __tablename__ = "context"
    __table_args__ = strict(CheckConstraint("one = 1"), CheckConstraint("mode IN ('external', 'log', 'merge')"))

    one: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str]
    changeset: Mapped[int | None]
    first: Mapped[int | None]
    """`n` of the changeset's first change, from which `ord` counts."""


class Receipt(Base):
    """When this file learnt what: one row per merge, only of this file and never merged itself."""

    __tablename__ = "receipt"
    __table_args__ = strict(CheckConstraint("length(id) = 16"))

    k: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    author: Mapped[uuid.UUID | None]
    learnt: Mapped[int]
    """Unix milliseconds."""
    first: Mapped[int]
    last: Mapped[int]
    """The changes n of this file that the merge brought, first to last."""
    origin: Mapped[str]
    """Name of the file that was merged in."""
    revision: Mapped[str]
    """Its revision."""
    decision: Mapped[uuid.UUID | None]
    """The edit right after it that decided what of it stays; it is undone together with the merge."""
