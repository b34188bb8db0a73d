"""Time lines: what they tell, that labels never meet, and hard cases."""

import uuid
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.dates import describe, read
from exports.briefing.drawing import Disc, Drawing, Path, Tone
from exports.briefing.figures.timeline import MOST, Entry, timeline_drawings
from exports.briefing.labels import Labels
from tests.exports.briefing.figures.geometry import labels, outside, overlaps

LABELS = Labels()
DAY = "2025-03-01"


def entry(date: str, text: str, group: str = "") -> Entry:
    edtf = read(date)
    return Entry(edtf, text, describe(edtf, "en_GB"), group, uuid.uuid5(uuid.NAMESPACE_OID, date + text))


def drawn(entries: list[Entry], day: str = DAY) -> tuple[Drawing, ...]:
    return timeline_drawings(entries, LABELS, day, describe(read(day), "en_GB") if day else "")


def _telling(drawing: Drawing) -> list[str]:
    return [label.text for label in labels(drawing) if label.record]


def _assert_sound(drawings: tuple[Drawing, ...], entries: list[Entry]) -> None:
    for drawing in drawings:
        assert not overlaps(label for label in labels(drawing) if label.record or label.strong)
        assert not outside(drawing)
        assert drawing.height <= 522 or len({label.record for label in labels(drawing) if label.record}) == 1
    said = " ".join(drawing.alternative for drawing in drawings)
    for each in entries:
        assert each.text in said
        assert each.words in said


def test_one_entry_has_an_axis_a_dot_and_its_day_in_words() -> None:
    (drawing,) = drawn([entry("2024-09-03", "Signature")])
    assert _telling(drawing) == ["Signature", "3 September 2024"]
    (dot,) = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    assert dot.fill is Tone.ACCENT
    assert len([label for label in labels(drawing) if label.record is None]) >= 3  # ticks


def test_nothing_dated_is_no_figure() -> None:
    assert drawn([]) == ()
    assert drawn([entry("some day", "Somewhen"), entry("../..", "Ever")]) == ()


def test_sixty_entries_are_several_figures_one_after_the_other() -> None:
    entries = [entry(f"20{10 + place // 5}-{1 + place % 12:02}-12", f"Thing {place:02}") for place in range(60)]
    drawings = drawn(entries)
    assert len(drawings) > 1
    _assert_sound(drawings, entries)
    told = [{label.record for label in labels(drawing) if label.record} for drawing in drawings]
    assert all(len(records) <= MOST for records in told)
    assert sum(map(len, told)) == 60
    order = {each.record: each.date.earliest for each in entries}
    for before, after in pairwise(told):
        assert max(order[key] for key in before) <= min(order[key] for key in after)


def test_forty_things_on_one_day_stand_below_each_other() -> None:
    entries = [entry("2024-09-03", f"A thing that took place that day, number {place}") for place in range(40)]
    drawings = drawn(entries)
    _assert_sound(drawings, entries)
    assert sum(len(_telling(drawing)) for drawing in drawings) == 80


def test_years_are_dashed_bars_and_intervals_are_solid_with_open_ends() -> None:
    (drawing,) = drawn([entry("2014", "In a year"), entry("2016/2019", "Lasting"), entry("2020/..", "Still")])
    paths = [shape for shape in drawing.shapes if isinstance(shape, Path)]
    dashed_boxes = [path for path in paths if path.dashed and path.closed]
    solid = [path for path in paths if path.fill is Tone.ACCENT]
    stubs = [path for path in paths if path.dashed and not path.closed and path.points[0][1] == path.points[1][1]]
    assert (len(dashed_boxes), len(solid), len(stubs)) == (1, 2, 1)
    assert not [shape for shape in drawing.shapes if isinstance(shape, Disc)]


def test_what_is_approximate_or_planned_is_a_ring() -> None:
    (drawing,) = drawn([entry("2024-09-03~", "About"), entry("2025-06-01", "Planned"), entry("2024-10-01", "Done")])
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    assert sorted((disc.stroke, disc.fill) for disc in discs) == sorted(
        [(Tone.ACCENT, Tone.PAPER), (Tone.SECOND, Tone.PAPER), (Tone.ACCENT, Tone.ACCENT)]
    )


def test_the_day_is_marked_where_the_figure_reaches_it() -> None:
    near, far = drawn([entry("2024-09-03", "Signature")]), drawn([entry("1960-09-03", "Signature")])
    assert "1 March 2025" in near[0].alternative
    assert "1 March 2025" not in far[0].alternative
    assert "dotted" not in drawn([entry("2024-09-03", "Signature")], "")[0].alternative


def test_groups_are_named_bands_in_the_order_given() -> None:
    (drawing,) = drawn([entry("2024", "Later", "Meetings"), entry("2014", "Earlier", "Agreements")])
    assert [label.text for label in labels(drawing) if label.strong] == ["Meetings", "Agreements"]
    assert drawing.alternative.index("Earlier (Agreements)") < drawing.alternative.index("Later (Meetings)")


def test_a_long_title_is_cut_in_the_figure_and_whole_in_the_words() -> None:
    title = "Agreement concerning the transfer of defence equipment and technology " * 6
    (drawing,) = drawn([entry("2024-09-03", title.strip())])
    assert any(text.endswith("…") for text in _telling(drawing))
    assert title.strip() in drawing.alternative


@pytest.mark.parametrize("date", ["0001", "9999-12-31", "-0044-03-15", "XXXX", "0000/9999"])
def test_the_ends_of_time(date: str) -> None:
    _assert_sound(drawn([entry(date, "Edge")]), [entry(date, "Edge")])


_DATES = st.dates().map(str) | st.sampled_from(
    ["2014", "2016/2019", "2020-05~", "../2015", "2019/..", "/2021", "2022/", "2024-XX", "2023-21", "2018-09-03?"]
)
_TEXTS = st.text(st.sampled_from("aeirtnsmWMÅé .,防衛装備Жд"), min_size=1, max_size=90).filter(
    lambda text: text.strip() == text
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(entry, _DATES, _TEXTS, st.sampled_from(["", "Agreements", "Meetings"])), min_size=1, max_size=45)
)
def test_labels_never_meet_and_every_entry_is_told(entries: list[Entry]) -> None:
    drawings = drawn(entries)
    assert drawings == drawn(list(entries))
    _assert_sound(drawings, entries)
