"""The profile of officials: of the sample, and of those who are hard to tell of."""

import io
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import event

from db.errors import RecordNotFound
from db.models import (
    Agreement,
    Assessment,
    Attachment,
    Citation,
    Claim,
    Membership,
    Organization,
    OtherName,
    PartyAction,
    Person,
    Post,
    Signatory,
    Source,
    Task,
)
from db.models.vocabulary import Standing, Tlp
from db.operations.contents import add_content
from exports.briefing.ceiling import AboveCeiling
from exports.briefing.compilation import Compilation
from exports.briefing.document import Chapter, Figure, Portrait, Table
from exports.briefing.drawing import Disc, Drawing, Tone
from exports.briefing.drawing import Path as Line
from exports.briefing.official import OFFICIAL_SECTIONS, official_briefing, official_chapter
from exports.briefing.words import BriefingOptions
from tests.exports.briefing.cases import (
    DAY,
    OPTIONS,
    Written,
    items_of,
    names,
    only,
    sample,
    section,
    text_of,
    texts,
    written,
)

NAMES = (
    ("Ιωάννης Παπαδόπουλος", "el", "Grek"),
    ("Иван Петров", "ru", "Cyrl"),
    ("محمد العربي", "ar", "Arab"),
    ("דוד כהן", "he", "Hebr"),
    ("सुब्रह्मण्यम जयशंकर", "hi", "Deva"),
    ("ประยุทธ์ จันทร์โอชา", "th", "Thai"),
    ("中谷元", "ja", "Jpan"),
    ("정경두", "ko", "Kore"),
    ("李尚福", "zh-Hans", "Hans"),
    ("顧立雄", "zh-Hant", "Hant"),
)


@pytest.fixture(scope="module")
def japan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    with sample(tmp_path_factory.mktemp("sample")) as case:
        yield case


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Written]:
    with written(tmp_path) as case:
        case.add(Organization, name="Norway", classification="state", iso_code="NOR")
        yield case


def chapter(case: Written, key: uuid.UUID, options: BriefingOptions = OPTIONS) -> Chapter:
    return official_chapter(Compilation(case.session, options), key)


def position(case: Written, key: uuid.UUID, day: str) -> list[str]:
    return texts(section(chapter(case, key, BriefingOptions(day=day)), "summary"))


def test_a_minister_is_told_by_name_post_words_and_events(japan: Written) -> None:
    told = chapter(japan, japan.ids["gram"])
    assert told.title.text == "Bjørn Arild Gram"
    assert told.title.support is None
    assert names(told) == ["summary", "posts", "signed", "statements", "events", "names", "remarks"]
    assert texts(section(told, "posts")) == [
        "Minister of Defence of Norway",
        "Norwegian Ministry of Defence",
        "12 April 2022",
        "3 September 2024",
        "last evidence",
    ]


def test_the_position_follows_the_day(japan: Written) -> None:
    gram = japan.ids["gram"]
    assert position(japan, gram, "2023-01-01") == ["Minister of Defence of Norway"]
    assert position(japan, gram, DAY) == ["No post is shown on 23 November 2026.", "Minister of Defence of Norway"]
    assert position(japan, gram, "2021-01-01")[0] == "No post is shown on 1 January 2021."
    last = items_of(section(chapter(japan, gram), "summary"))[-1]
    assert last.label == "Last known post"


def test_what_only_disputed_sources_have_somebody_sign_is_told_as_that(japan: Written) -> None:
    (row,) = only(section(chapter(japan, japan.ids["gram"]), "signed"), Table).rows
    named, instead = row.cells[2].lines
    assert text_of(named) == "Named as a signatory by MENAFN, Janes, nippon.com, deftechtimes.com"
    assert named.support.standing is Standing.DISPUTED
    assert text_of(instead) == "On file as signed by Ministry of Defense of Japan, Norwegian Ministry of Defence"


def test_what_was_signed_is_told_with_the_post_of_that_day(japan: Written) -> None:
    (row,) = only(section(chapter(japan, japan.ids["nakatani"]), "signed"), Table).rows
    date, agreement, capacity = ([text_of(line) for line in cell.lines] for cell in row.cells)
    assert date == ["13 March 2015"]
    assert agreement[1] == "signature, in force"
    assert capacity == ["Minister of Defense of Japan", "on behalf of: Japan", "in post that day"]
    assert row.cells[2].lines[0].support.standing is Standing.SINGLE


def test_own_statements_stand_by_their_day_with_their_chain(japan: Written) -> None:
    said = items_of(section(chapter(japan, japan.ids["gram"]), "statements"))
    assert [item.label for item in said] == ["3 September 2024", "undated", "undated"]
    assert not any(run.quote for item in said if ("", "paraphrase") in item.details for run in item.runs)
    assert not any("“" in text_of(item) for item in said if ("", "paraphrase") in item.details)
    assert ("", "Bjørn Arild Gram, relayed by Ministry of Defense of Japan, reported by Janes") in said[1].details


def test_names_in_another_script_stand_below_the_title(japan: Written) -> None:
    assert [name.text for name in chapter(japan, japan.ids["nakatani"]).other_titles] == ["中谷元"]
    assert chapter(japan, japan.ids["gram"]).other_titles == ()


def test_every_official_of_the_sample_has_sound_notes(japan: Written) -> None:
    for key in _officials(japan):
        compilation = Compilation(japan.session, OPTIONS)
        told = official_chapter(compilation, key)
        cited = {number for part in told.sections for item in items_of(part) for number in _numbers(item)}
        assert cited <= {note.number for note in compilation.notes.notes()}
        assert all(part.blocks for part in told.sections)


def _officials(case: Written) -> list[uuid.UUID]:
    return list(case.session.scalars(Person.__table__.select().with_only_columns(Person.id)))


def _numbers(item: object) -> tuple[int, ...]:
    return (*item.notes, *(item.support.notes if item.support else ()))  # type: ignore[attr-defined]


def test_sections_are_chosen_and_ordered(japan: Written) -> None:
    compilation = Compilation(japan.session, OPTIONS)
    told = official_chapter(compilation, japan.ids["gram"], ["events", "posts", "tasks"])
    assert names(told) == ["events", "posts"]
    assert _numbers(items_of(told.sections[0])[0])[0] == 1


def test_another_kind_of_record_is_refused(japan: Written) -> None:
    with pytest.raises(RecordNotFound):
        chapter(japan, japan.ids["mou"])


def test_ten_names_in_ten_scripts_are_all_told(case: Written) -> None:
    key = case.add(Person, name="Many Names", given_name="Many", family_name="Names")
    for name, language, script in NAMES:
        case.add(OtherName, record=key, name=name, language=language, script=script)
    told = chapter(case, key)
    table = only(section(told, "names"), Table)
    shown = [(text_of(row.cells[0].lines[0]), row.cells[0].lines[0].runs[0].language) for row in table.rows[1:]]
    assert shown == [(name, language) for name, language, _ in NAMES]
    assert [text_of(row.cells[1].lines[0]) for row in table.rows[1:]][:3] == [
        "Greek",
        "Russian, Cyrillic",
        "Arabic",
    ]
    assert len(told.other_titles) == 6


def test_an_official_without_posts_gets_a_calm_sentence(case: Written) -> None:
    told = chapter(case, case.add(Person, name="Nobody"))
    assert names(told) == ["summary"]
    assert texts(section(told, "summary")) == ["No post of this official is on file."]


def _holds(case: Written, person: uuid.UUID, label: str, **values: object) -> uuid.UUID:
    post = case.add(
        Post,
        label=label,
        organization=case.session.scalar(Organization.__table__.select().with_only_columns(Organization.id)),
    )
    return case.add(Membership, person=person, post=post, **values)


def _drawing(told: Chapter) -> Drawing:
    figure: Figure = only(section(told, "posts"), Figure)
    return figure.drawing


def test_overlapping_posts_are_all_the_position(case: Written) -> None:
    key = case.add(Person, name="Two Hats")
    for label, start in (("Minister of Defence", "2020-01-01"), ("Minister of Foreign Affairs", "2021-05")):
        _holds(case, key, label, start_date=start, start_meaning="started", end_date="2027", end_meaning="ended")
    assert position(case, key, DAY) == ["Minister of Foreign Affairs", "Minister of Defence"]
    assert len(_bars(_drawing(chapter(case, key)))) == 2


def test_an_unknown_end_is_not_still_in_post(case: Written) -> None:
    key = case.add(Person, name="Open End")
    _holds(case, key, "Ambassador", start_date="2019~", start_meaning="started")
    assert position(case, key, DAY) == ["No post is shown on 23 November 2026.", "Ambassador"]


def test_what_is_only_possible_is_drawn_dashed_and_open(case: Written) -> None:
    key = case.add(Person, name="Imprecise")
    _holds(
        case, key, "Sharp", start_date="2010-01-01", start_meaning="started", end_date="2011-01-01", end_meaning="ended"
    )
    sharp = _drawing(chapter(case, key))
    _holds(
        case,
        key,
        "Loose",
        start_date="2012",
        start_meaning="first evidence",
        end_date="2013~",
        end_meaning="last evidence",
    )
    loose = _drawing(chapter(case, key))
    assert len(_edges(sharp)) == 2
    assert len(_edges(loose)) == 2  # the loose bar has no edges of its own
    assert "Loose, Norway: 2012 or earlier to about 2013 or later" in loose.alternative


def _bars(drawing: Drawing) -> list[Line]:
    closed = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.closed]
    return [shape for shape in closed if shape.fill is not Tone.PAPER]


def _edges(drawing: Drawing) -> list[Line]:
    """The closed ends of bars: short, upright, not dashed."""
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line) and not (shape.closed or shape.dashed)]
    return [
        line
        for line in lines
        if line.points[0][0] == line.points[1][0] and abs(line.points[0][1] - line.points[1][1]) < 7
    ]


def test_undated_posts_are_told_without_a_figure(case: Written) -> None:
    key = case.add(Person, name="Undated")
    _holds(case, key, "Adviser")
    part = section(chapter(case, key), "posts")
    assert [type(block) for block in part.blocks] == [Table]
    assert texts(part) == ["Adviser", "Norway", "Not known", "Not known"]


def test_shapes_stay_within_the_drawing(japan: Written) -> None:
    drawings = [
        block.drawing
        for key in _officials(japan)
        for part in chapter(japan, key).sections
        for block in part.blocks
        if isinstance(block, Figure)
    ]
    assert len(drawings) > 40
    for drawing in drawings:
        points = [point for shape in drawing.shapes if isinstance(shape, Line) for point in shape.points]
        points += [(shape.x, shape.y) for shape in drawing.shapes if not isinstance(shape, Line)]
        assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)


def test_signatures_are_dots_on_the_post_they_were_made_in(japan: Written) -> None:
    drawing = _drawing(chapter(japan, japan.ids["nakatani"]))
    assert len([shape for shape in drawing.shapes if isinstance(shape, Disc) and shape.fill is Tone.INK]) == 1


def test_what_has_no_known_end_is_drawn_without_a_length(case: Written) -> None:
    key = case.add(Person, name="One Day")
    _holds(case, key, "Adviser", start_date="2014-07-08", start_meaning="first evidence")
    drawing = _drawing(chapter(case, key))
    y = next(shape.y for shape in drawing.shapes if isinstance(shape, Disc))
    assert not [
        line for line in drawing.shapes if isinstance(line, Line) and {point[1] for point in line.points} == {y}
    ]
    shown, *dots = sorted((shape for shape in drawing.shapes if isinstance(shape, Disc)), key=lambda disc: -disc.radius)
    assert sorted(dot.x < shown.x for dot in dots) == [False] * 3 + [True] * 3


def _picture(case: Written, person: uuid.UUID, filename: str, colour: str, format: str = "PNG") -> uuid.UUID:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 5), colour).save(buffer, format)
    data = buffer.getvalue()
    kept = add_content(case.session, data)
    return case.add(
        Attachment, record=person, filename=filename, media_type="image/png", size=len(data), sha256=kept.sha256
    )


def test_the_portrait_is_the_named_image_or_one_that_is_called_so(case: Written) -> None:
    key = case.add(Person, name="Seen")
    _picture(case, key, "passport.png", "red")
    assert not [block for block in section(chapter(case, key), "summary").blocks if isinstance(block, Portrait)]
    _picture(case, key, "Portrait 2024.jpg", "green", "JPEG")
    found: Portrait = only(section(chapter(case, key), "summary"), Portrait)
    assert found.image.startswith(b"\xff\xd8")
    assert found.alternative == "Portrait of Seen"
    _picture(case, key, "portrait.gif", "blue", "GIF")
    assert only(section(chapter(case, key), "summary"), Portrait) == found


def _marked(case: Written) -> dict[str, uuid.UUID]:
    """An official with one post that everybody may know, and one that only a few may."""
    key = case.add(Person, name="Known", marking="CLEAR")
    minister = case.add(Post, label="Minister", marking="CLEAR")
    adviser = case.add(Post, label="Secret adviser", marking="RED")
    case.add(Membership, person=key, post=minister, start_date="2020", start_meaning="started", marking="CLEAR")
    case.add(Membership, person=key, post=adviser, start_date="2021", start_meaning="started", marking="RED")
    case.add(Assessment, judgement="Not for all", assessment_form="key judgement", concerns=[key], marking="AMBER")
    case.add(Task, question="For all?", concerns=[key], marking="CLEAR")
    return {"person": key}


def test_what_is_above_the_ceiling_is_left_out_and_counted(case: Written) -> None:
    key = _marked(case)["person"]
    compilation = Compilation(case.session, BriefingOptions(day=DAY, ceiling=Tlp.GREEN, internal=True))
    told = official_chapter(compilation, key)
    assert names(told) == ["summary", "posts", "tasks"]
    assert "Secret" not in repr(told)
    assert len(compilation.weights.ceiling.withheld) == 2
    everything = chapter(case, key, BriefingOptions(day=DAY, internal=True))
    assert names(everything) == ["summary", "key-judgements", "posts", "tasks"]
    assert names(chapter(case, key, BriefingOptions(day=DAY))) == ["summary", "key-judgements", "posts"]


def test_a_record_without_a_marking_has_that_of_the_file(case: Written) -> None:
    key = case.add(Person, name="Unmarked")
    with pytest.raises(AboveCeiling):
        chapter(case, key, BriefingOptions(ceiling=Tlp.AMBER))  # a file that says nothing counts as RED


def test_what_only_a_source_above_the_ceiling_says_is_left_out(case: Written) -> None:
    key = case.add(Person, name="Known", birth_date="1970-01-01", marking="CLEAR")
    source = case.add(Source, title="A cable", source_type="report", marking="RED")
    citation = case.add(Citation, source=source, marking="CLEAR")
    case.add(Claim, subject=key, property="birth_date", value="1970-01-01", citation=citation, marking="CLEAR")
    assert "1970" in repr(chapter(case, key))
    told = chapter(case, key, BriefingOptions(ceiling=Tlp.GREEN))
    assert "1970" not in repr(told)


def test_reading_takes_as_many_statements_for_many_as_for_few(case: Written) -> None:
    def statements(signed: int) -> int:
        key = case.add(Person, name=f"Signed {signed}")
        held = _holds(case, key, f"Minister {signed}", start_date="2000", start_meaning="started")
        for number in range(signed):
            agreement = case.add(Agreement, title=f"Agreement {signed} {number}")
            action = case.add(PartyAction, agreement=agreement, action="signature", date=f"20{number % 20:02}-05-05")
            case.add(Signatory, action=action, person=key, membership=held)
        case.session.flush()
        ran: list[str] = []
        engine = case.session.get_bind()
        listener = lambda *args: ran.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        chapter(case, key)
        event.remove(engine, "before_cursor_execute", listener)
        return len(ran)

    assert statements(40) == statements(4)


def test_a_briefing_ends_with_its_sources_and_takes_the_officials_marking(case: Written) -> None:
    key = case.add(Person, name="Marked", marking="AMBER")
    briefing = official_briefing(case.session, key, OPTIONS)
    assert briefing.front.marking is not None
    assert briefing.front.marking.tlp is Tlp.AMBER
    assert [part.name for part in briefing.sections()] == ["summary", "sources"]
    assert set(OFFICIAL_SECTIONS) >= {"summary", "posts", "signed", "names"}
