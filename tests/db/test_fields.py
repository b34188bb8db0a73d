"""The fields of each kind of record, and what a person's words become in them."""

import uuid
from contextlib import suppress
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import read
from db.errors import InvalidValue
from db.fields import LONGEST_TEXT, Field, FieldType, FieldValue, canonical, field_of, fields_of, read_value
from db.models import (
    ENTITIES,
    Agreement,
    Attachment,
    Claim,
    Entity,
    Event,
    Membership,
    Note,
    Party,
    PartyAction,
    Person,
    Tag,
    Task,
)
from db.models.vocabulary import InstrumentType, Reliability, Subject, Tlp
from db.triggers import stored_fields

FIELDS = [(cls, field) for cls in ENTITIES for field in fields_of(cls).values()]
ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


def value(cls: type[Entity], name: str, text: str) -> FieldValue:
    return read_value(field_of(cls, name), text)


class TestFields:
    @pytest.mark.parametrize("cls", ENTITIES, ids=lambda cls: cls.__tablename__)
    def test_every_column_is_a_field_once_and_marking_comes_last(self, cls: type[Entity]) -> None:
        fields = fields_of(cls)
        assert sorted(field.column for field in fields.values() if field.column) == sorted(stored_fields(cls))
        assert list(fields)[-1] == "marking"
        assert [name for name, field in fields.items() if name != field.name] == []

    def test_sets_come_from_links_and_from_members(self) -> None:
        fields = fields_of(Agreement)
        assert fields["subjects"].holds is FieldType.TERMS
        assert fields["subjects"].vocabulary is Subject
        assert (fields["parties"].holds, fields["parties"].kinds) == (FieldType.REFERENCES, ("organization",))
        assert fields["tags"].kinds == ("tag",)
        assert fields_of(Event)["participants"].kinds == ("person", "organization")
        assert fields_of(PartyAction)["signatories"].kinds == ("person", "organization")
        assert "subjects" not in fields_of(Person)
        assert "concerns" in fields_of(Note)
        assert "concerns" not in fields_of(Agreement)

    def test_a_reference_says_what_may_be_meant(self) -> None:
        assert field_of(Agreement, "depositary").kinds == ("organization",)
        assert field_of(Claim, "subject").kinds == ()

    @pytest.mark.parametrize(
        ("cls", "name", "holds"),
        [
            (Agreement, "title", FieldType.TEXT),
            (Agreement, "summary", FieldType.LONG_TEXT),
            (Agreement, "instrument_type", FieldType.TERM),
            (Agreement, "renewal_years", FieldType.INTEGER),
            (PartyAction, "date", FieldType.DATE),
            (Membership, "acting", FieldType.FLAG),
            (Membership, "person", FieldType.REFERENCE),
            (Attachment, "sha256", FieldType.CONTENT),
        ],
    )
    def test_a_field_knows_what_it_holds(self, cls: type[Entity], name: str, holds: FieldType) -> None:
        assert field_of(cls, name).holds is holds

    def test_what_a_record_is_about_is_its_identity(self) -> None:
        assert [field.name for field in fields_of(Party).values() if field.identity] == ["agreement", "organization"]
        assert field_of(Tag, "name").identity
        assert not field_of(Agreement, "title").identity

    def test_required_is_what_has_to_be_given(self) -> None:
        assert field_of(Agreement, "title").required
        assert not field_of(Agreement, "summary").required
        assert not field_of(Task, "outcome").required, "it begins as open"

    def test_an_unknown_field_is_refused_with_those_that_there_are(self) -> None:
        with pytest.raises(InvalidValue, match=r"agreements have no field “tittle”\. They have: title, .*marking"):
            field_of(Agreement, "tittle")


class TestReading:
    @pytest.mark.parametrize(
        ("cls", "name", "text", "expected"),
        [
            (Agreement, "title", "木原 稔", "木原 稔"),
            (Agreement, "title", "  kept as written ", "  kept as written "),
            (Agreement, "instrument_type", "memorandum of understanding", InstrumentType.MEMORANDUM_OF_UNDERSTANDING),
            (Agreement, "instrument_type", " Memorandum Of Understanding ", InstrumentType.MEMORANDUM_OF_UNDERSTANDING),
            (Agreement, "instrument_type", "MEMORANDUM_OF_UNDERSTANDING", InstrumentType.MEMORANDUM_OF_UNDERSTANDING),
            (Agreement, "marking", "amber+strict", Tlp.AMBER_STRICT),
            (Agreement, "renewal_years", " 5 ", 5),
            (Agreement, "renewal_years", "-1", -1),
            (Agreement, "renewal_years", str(2**63 - 1), 2**63 - 1),
            (Membership, "acting", "Yes", True),
            (Membership, "acting", "no", False),
            (Membership, "person", f" {ONE} ", ONE),
            (PartyAction, "date", "2024-09-03", read("2024-09-03")),
            (PartyAction, "date", "when the war began", read("when the war began")),
            (
                Agreement,
                "subjects",
                "procurement; Peacekeeping",
                frozenset({Subject.PROCUREMENT, Subject.PEACEKEEPING}),
            ),
            (Agreement, "parties", f"{ONE}; {TWO}", frozenset({ONE, TWO})),
            (Agreement, "parties", f"{ONE} {ONE}", frozenset({ONE})),
            (PartyAction, "signatories", f"{ONE}; the two ministers", frozenset({ONE, "the two ministers"})),
            (Agreement, "summary", "", None),
            (Agreement, "summary", " \n\t", None),
            (Agreement, "subjects", "", frozenset()),
        ],
    )
    def test_what_was_written(self, cls: type[Entity], name: str, text: str, expected: FieldValue) -> None:
        found = value(cls, name, text)
        assert (found, type(found)) == (expected, type(expected))

    @pytest.mark.parametrize(
        ("cls", "name", "text", "words"),
        [
            (Agreement, "title", " ", "“title” cannot be empty"),
            (Membership, "person", "", "“person” cannot be empty"),
            (Agreement, "title", "a\x00b", "zero character"),
            (Agreement, "title", "a\ud800b", "half a character"),
            (PartyAction, "date", "2024\ud800", "half a character"),
            (Agreement, "summary", "x" * (LONGEST_TEXT + 1), "longer than 1,000,000 characters"),
            (Agreement, "instrument_type", "pact", r"“pact” is no value of “instrument_type”\. It can be: treaty; "),
            (Agreement, "subjects", "procurement; pact", "“pact” is no value of “subjects”"),
            (Agreement, "subjects", "procurement;", "“” is no value of “subjects”"),
            (Agreement, "renewal_years", "five", "whole number; “five” is not"),
            (Agreement, "renewal_years", "5.0", "whole number"),
            (Agreement, "renewal_years", str(2**63), "as large as"),
            (Agreement, "renewal_years", "9" * 10_000, "whole number"),
            (Membership, "acting", "maybe", "yes or no; “maybe” is neither"),
            (Membership, "person", "the minister", "“the minister” is no id"),
            (Agreement, "parties", f"{ONE}; Japan", "“Japan” is no id"),
            (Attachment, "sha256", "00", "holds bytes"),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(self, cls: type[Entity], name: str, text: str, words: str) -> None:
        with pytest.raises(InvalidValue, match=words) as caught:
            value(cls, name, text)
        assert len(str(caught.value)) < 2000, "a message is for people"

    @given(field=st.sampled_from([field for _, field in FIELDS]), text=st.text(max_size=40))
    def test_no_text_raises_anything_else(self, field: Field, text: str) -> None:
        with suppress(InvalidValue):
            assert bool(canonical(read_value(field, text))) == bool(text.strip())


class TestCanonical:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            (None, None),
            ("text", "text"),
            (5, "5"),
            (True, "yes"),
            (False, "no"),
            (read("2024-09"), "2024-09"),
            (read("some day"), "some day"),
            (Reliability.B, "B"),
            (ONE, str(ONE)),
            (b"\x0f", "0f"),
            (frozenset({TWO, ONE}), f"{ONE}; {TWO}"),
            (frozenset({Subject.PROCUREMENT, Subject.PEACEKEEPING}), "peacekeeping; procurement"),
            (frozenset(), ""),
        ],
    )
    def test_in_words(self, typed: FieldValue, words: str | None) -> None:
        assert canonical(typed) == words

    @pytest.mark.parametrize(
        ("field", "member"),
        [(field, member) for _, field in FIELDS if field.vocabulary for member in field.vocabulary],
    )
    def test_a_term_reads_back(self, field: Field, member: StrEnum) -> None:
        typed = frozenset({member}) if field.holds is FieldType.TERMS else member
        assert read_value(field, canonical(typed) or "") == typed

    @given(number=st.integers(-(2**63), 2**63 - 1))
    def test_a_number_reads_back(self, number: int) -> None:
        assert read_value(field_of(Agreement, "renewal_years"), canonical(number) or "") == number

    @given(ids=st.frozensets(st.uuids(), min_size=1, max_size=5))
    def test_a_set_of_records_reads_back(self, ids: frozenset[uuid.UUID]) -> None:
        assert read_value(field_of(Agreement, "parties"), canonical(ids) or "") == ids

    @pytest.mark.parametrize(
        "form",
        ["2024-09-03", "2024-08~", "2024?", "2016/2019", "../2019", "2016/..", "2024-XX", "20", "Y12024", "-0044"],
    )
    def test_a_date_reads_back(self, form: str) -> None:
        typed = value(PartyAction, "date", form)
        assert canonical(typed) == form
        assert canonical(value(PartyAction, "date", canonical(typed) or "")) == form
