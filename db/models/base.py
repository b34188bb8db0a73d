"""What every mapped class is made of: keys, references, and the three shapes of a table."""

import uuid
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from db.dates import Edtf, EdtfType
from db.models.vocabulary import Tlp

NAMES = {"ix": "ix_%(table_name)s_%(column_0_name)s"}


class Key(TypeDecorator[uuid.UUID]):
    """A UUID as 16 bytes, so that records made in two files can meet in one."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> bytes | None:
        """From UUID to the stored bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> uuid.UUID | None:
        """From the stored bytes to UUID."""
        return None if value is None else uuid.UUID(bytes=value)


class Term(TypeDecorator[StrEnum]):
    """A term of a controlled vocabulary, stored as the very words."""

    impl = Text
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """From term to words; words that are no term are refused here, before SQLite does."""
        return None if value is None else str(self.vocabulary(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """From words to term."""
        return None if value is None else self.vocabulary(value)


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0: STRICT tables know no BOOLEAN."""

    impl = Integer
    cache_ok = True

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """From 0 or 1 to a bool."""
        return None if value is None else bool(value)


class Base(DeclarativeBase):
    """Root of all mapped classes. Every table is STRICT."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: Integer(),
        bool: Flag(),
        bytes: LargeBinary(),
        uuid.UUID: Key(),
        Edtf: EdtfType(),
    }


def strict(*constraints: Any, rowid: bool = True) -> Any:
    """Table arguments of a STRICT table with these constraints."""
    return (*constraints, {"sqlite_strict": True} | ({} if rowid else {"sqlite_with_rowid": False}))


def term(vocabulary: type[StrEnum], *, required: bool = False, default: StrEnum | None = None) -> Any:
    """A column that holds one term of a vocabulary; the file itself refuses any other word."""
    return mapped_column(Term(vocabulary), nullable=not required, default=default)


def reference(target: str, *, required: bool = False, owner: bool = False, kinds: tuple[str, ...] = ()) -> Any:
    """A column that points at a record.

    `target` is a table; with "record", `kinds` says which kinds may be meant. An `owner` takes this row
    with it when it is deleted; any other target cannot be deleted while this row points at it.
    Deferred, because a merge and an undo write rows in the order of the log.
    """
    return mapped_column(
        Key(),
        ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED"),
        nullable=not required,
        index=True,
        info={"target": target, "owner": owner, "kinds": kinds or (() if target == "record" else (target,))},
    )


def long_text(*, required: bool = False) -> Any:
    """A column of running text, which a form shows in several lines."""
    return mapped_column(Text(), nullable=not required, info={"long": True})


def _vocabulary_checks(columns: Any) -> list[CheckConstraint]:
    return [
        CheckConstraint(f"{column.name} IN ({words})")
        for column in columns
        if isinstance(column.type, Term)
        for words in [", ".join("'" + member.value.replace("'", "''") + "'" for member in column.type.vocabulary)]
    ]


class Logged(Base):
    """A table whose every change stands in the change log.

    `ENDS` names the columns that make up the identity of a row: where there are some, its id is computed
    from them (`db.identity.link_id`), so that two people who add the same row add one.
    """

    __abstract__ = True

    ENDS: ClassVar[tuple[str, ...]] = ()

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(Key(), unique=True)

    @declared_attr.directive
    def __table_args__(cls) -> Any:
        return strict(CheckConstraint("length(id) = 16"))

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        table = cls.__dict__.get("__table__")
        for constraint in _vocabulary_checks(table.columns) if table is not None else ():
            table.append_constraint(constraint)  # type: ignore[union-attr]


class Entity(Logged):
    """A record: something that claims, tags, notes and markings can be about."""

    __abstract__ = True

    PLURAL: ClassVar[str]
    """What the program calls the kind: in the command line, in navigation and in filters."""
    TITLE: ClassVar[tuple[str, ...]]
    """The columns that a person knows a record by, in the order to say them."""
    MEMBERS: ClassVar[str] = ""
    """Where rows of this kind are the members of a set: the name of that field on their owner."""

    @declared_attr
    def id(cls) -> Mapped[uuid.UUID]:
        """Names the record in every file that holds it."""
        return mapped_column(Key(), ForeignKey("record.id", deferrable=True, initially="DEFERRED"), unique=True)

    @declared_attr
    def marking(cls) -> Mapped[Tlp | None]:
        """How far it may be shared; without one, the case file's default holds."""
        return term(Tlp)  # type: ignore[no-any-return]


class Duplicable:
    """Mixin of kinds that get entered twice: the other one may say which record it is the same as."""

    @declared_attr
    def merged_into_id(cls) -> Mapped[uuid.UUID | None]:
        """The record that stands for both; the smallest id of a chain or cycle is canonical."""
        return reference(cls.__tablename__)  # type: ignore[attr-defined, no-any-return]


class Link(Logged):
    """A member of a set-valued field: it is there or not, and says nothing of its own."""

    __abstract__ = True

    FIELD: ClassVar[str]
    """Name of the set-valued field; the first of ENDS is its record, the second the member."""


class Record(Base):
    """One row per record of any kind. Triggers keep it; nothing else writes it and the log leaves it out."""

    __tablename__ = "record"
    __table_args__ = strict(CheckConstraint("length(id) = 16"))

    pk: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    marking: Mapped[str | None]
