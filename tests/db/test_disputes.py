"""The shortcut that filters take before they ask whether a claim disputes a value: what reads the same never does."""

import pytest

from db.disputes import disputes
from db.fields import FieldType, fields_of
from db.models import ENTITIES, Entity

TEXTS = ["", "Oslo", " Oslo ", "e\u0301cole", "2016", "2016-01-01|2016-12-31|2016|", "a; b", "日本"]


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.PLURAL)
def test_what_is_claimed_as_it_is_shown_disputes_nothing(cls: type[Entity]) -> None:
    kinds = (FieldType.TEXT, FieldType.LONG_TEXT)
    for field in (field for field in fields_of(cls).values() if field.holds in kinds):
        for text in TEXTS:
            assert not disputes(cls.__tablename__, field.name, text, text, None), (field.name, text)


@pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.PLURAL)
def test_a_term_claimed_as_it_is_shown_disputes_nothing(cls: type[Entity]) -> None:
    for field in (field for field in fields_of(cls).values() if field.vocabulary is not None):
        assert field.vocabulary is not None
        for term in field.vocabulary:
            assert not disputes(cls.__tablename__, field.name, term.value, term.value, None)
