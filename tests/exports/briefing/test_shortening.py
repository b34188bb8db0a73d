"""What would be said again and again: notes of one source, the parties of an agreement of many."""

from pathlib import Path

from db.models import Agreement, Organization, Party
from exports.briefing.agreement import agreement_briefing, agreement_chapter
from exports.briefing.compilation import Compilation
from exports.briefing.register import RegisterQuery, register_chapter
from tests.exports.briefing.cases import OPTIONS, Written, sample, section, texts, written


def test_a_source_is_told_in_full_once(tmp_path: Path) -> None:
    with sample(tmp_path) as case:
        notes = agreement_briefing(case.session, case.ids["mou"], OPTIONS).notes
    seen = set()
    for note in notes:
        assert bool(note.url or note.issued) == (note.source not in seen)
        assert note.reference
        seen.add(note.source)
    assert len(seen) < len(notes)


def of_many(case: Written, parties: int) -> None:
    case.ids["many"] = case.add(Agreement, title="Of many")
    for number in range(parties):
        state = case.add(Organization, name=f"State {number:02}", classification="state")
        case.add(Party, agreement=case.ids["many"], organization=state)


def test_many_parties_stand_one_after_the_other_and_are_counted_in_a_register(tmp_path: Path) -> None:
    with written(tmp_path) as case:
        of_many(case, 60)
        compilation = Compilation(case.session, OPTIONS)
        (told,) = texts(section(agreement_chapter(compilation, case.ids["many"], ["parties"]), "parties"))
        rows = texts(register_chapter(compilation, RegisterQuery()).sections[0])
    assert told == ", ".join(f"State {number:02}" for number in range(60))
    assert "State 00, State 01 and 58 others" in rows
