"""What an analyst adds to a record, and tags."""

import pytest

from db.errors import InvalidValue, RecordNotFound
from db.models import Assessment, Note, Tag, Task
from db.operations.tags import delete_tag, replace_tag
from db.queries.annotations import annotations, counts
from db.queries.tags import tags
from tests.db.case import ANALYST, Case, Sample


class TestAnnotations:
    def test_newest_first_with_who_wrote_them(self, case: Case, sample: Sample) -> None:
        for text in ("first", "second"):
            case.add(Note, text=text, concerns=[sample.agreement])
        case.add(Note, text="elsewhere", concerns=[sample.minister])
        found = case.read(annotations, sample.agreement, Note)
        assert [each.row.title for each in found.shown] == ["second", "first"]
        assert {(each.author, each.name, each.edited) for each in found.shown} == {(ANALYST.id, "Analyst", False)}

    def test_edited_since_it_was_written(self, case: Case, sample: Sample) -> None:
        note = case.add(Note, text="x", concerns=[sample.agreement])
        written = case.read(annotations, sample.agreement, Note).shown[0].at
        case.put(note, "text", "y")
        (now,) = case.read(annotations, sample.agreement, Note).shown
        assert (now.edited, now.at) == (True, written)

    def test_open_tasks_stand_before_the_others(self, case: Case, sample: Sample) -> None:
        case.add(Task, question="open", concerns=[sample.agreement])
        case.add(Task, question="done", outcome="answered", concerns=[sample.agreement])
        found = case.read(annotations, sample.agreement, Task)
        assert [each.row.title for each in found.shown] == ["open", "done"]

    def test_of_many_the_first_and_how_many_there_are(self, case: Case, sample: Sample) -> None:
        for number in range(5):
            case.add(Assessment, judgement=str(number), concerns=[sample.agreement])
        found = case.read(annotations, sample.agreement, Assessment, 2)
        assert ([each.row.title for each in found.shown], found.count) == (["4", "3"], 5)
        assert case.read(counts, sample.agreement)["assessments"] == 5

    def test_another_programs_note_has_no_author(self, case: Case, sample: Sample) -> None:
        note = case.add(Note, text="x", concerns=[sample.agreement])
        case.delete(note)
        case.undo_last()
        (found,) = case.read(annotations, sample.agreement, Note).shown
        assert found.name == "Analyst", "who wrote it first, though it came back by an undo"


class TestTags:
    def test_with_counts_whatever_their_case(self, case: Case, sample: Sample) -> None:
        naval = case.add(Tag, name="naval", colour="blue")
        case.add(Tag, name="Air")
        case.put(sample.agreement, "tags", [naval])
        assert [(row.name, row.colour, row.count) for row in case.read(tags)] == [("Air", "", 0), ("naval", "blue", 1)]

    def test_one_in_place_of_another_is_one_edit(self, case: Case, sample: Sample) -> None:
        old, other = case.add(Tag, name="navy"), case.add(Tag, name="naval")
        case.put(sample.agreement, "tags", [old, other])
        case.put(sample.minister, "tags", [old])
        before = case.rows()
        with case.edit("Replace") as session:
            assert replace_tag(session, old, " naval ") == other
        assert [(row.name, row.count) for row in case.read(tags)] == [("naval", 2)]
        assert case.labels()[0] == "Replace"
        case.undo_last()
        assert case.rows() == before
        case.judge()

    def test_the_other_one_is_made_with_the_same_colour(self, case: Case, sample: Sample) -> None:
        old = case.add(Tag, name="navy", colour="teal")
        with case.edit("Replace") as session:
            replace_tag(session, old, "naval")
        assert [(row.name, row.colour) for row in case.read(tags)] == [("naval", "teal")]

    @pytest.mark.parametrize("name", ["navy", " navy  ", ""])
    def test_by_itself_or_by_nothing_is_refused(self, case: Case, name: str) -> None:
        old = case.add(Tag, name="navy")
        with case.edit("Replace") as session, pytest.raises(InvalidValue):
            replace_tag(session, old, name)

    def test_deleting_takes_it_off_every_record(self, case: Case, sample: Sample) -> None:
        tag = case.add(Tag, name="navy")
        case.put(sample.agreement, "tags", [tag])
        with case.edit("Delete") as session:
            assert delete_tag(session, tag) == 1
        assert case.value(sample.agreement, "tags") == frozenset()
        case.undo_last()
        assert case.value(sample.agreement, "tags") == {tag}
        case.judge()

    def test_what_is_no_tag_is_refused(self, case: Case, sample: Sample) -> None:
        with case.edit("Delete") as session, pytest.raises(RecordNotFound):
            delete_tag(session, sample.minister)
