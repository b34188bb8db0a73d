"""Locator maps: what they show, across the date line too, and where names stand."""

import hashlib
import json
from itertools import combinations

import pytest

import resources
from exports.briefing.drawing import Disc, Drawing, Path, Tone
from exports.briefing.figures.locator import Place, locator_drawing, without_outline
from exports.briefing.figures.outlines import area, clipped, code_of, contains, outlines
from exports.briefing.labels import Labels
from tests.exports.briefing.figures.geometry import labels, outside, overlaps

LABELS = Labels()
JAPAN, NORWAY, STATES = Place("Japan", "JPN"), Place("Norway", "NOR"), Place("United States", "USA")
NATO = Place("NATO")
MEMBERS = (
    "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR POL PRT ROU SVK SVN ESP"
    " SWE TUR GBR USA"
)


def drawn(*places: Place) -> Drawing:
    drawing = locator_drawing(places, LABELS)
    assert drawing
    assert not overlaps(labels(drawing))
    assert not outside(drawing)
    return drawing


def middle(drawing: Drawing, name: str) -> float:
    return next(label.x for label in labels(drawing) if label.text == name)


def fills(drawing: Drawing, tone: Tone) -> list[Path]:
    return [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.fill is tone]


def test_parties_are_in_colour_and_named() -> None:
    drawing = drawn(JAPAN, NORWAY)
    assert {label.text for label in labels(drawing)} == {"Japan", "Norway"}
    assert fills(drawing, Tone.ACCENT)
    assert len(fills(drawing, Tone.LAND)) > 50
    assert middle(drawing, "Norway") < middle(drawing, "Japan")
    assert drawing.alternative == "Map that shows where these lie: Japan, Norway."


def test_across_the_pacific_the_west_is_left() -> None:
    drawing = drawn(JAPAN, STATES)
    assert middle(drawing, "Japan") < middle(drawing, "United States")
    widest = max(
        max(x for x, _ in path.points) - min(x for x, _ in path.points) for path in fills(drawing, Tone.ACCENT)
    )
    assert widest < drawing.width / 2


def test_a_state_that_the_date_line_cuts_is_in_one_piece() -> None:
    drawing = drawn(Place("Russia", "RUS"))
    largest = max(fills(drawing, Tone.ACCENT), key=lambda path: area(path.points))
    xs = [x for x, _ in largest.points]
    assert max(xs) - min(xs) > 0.75 * drawing.width
    assert drawn(Place("Fiji", "FJI"), Place("New Zealand", "NZL"))


def test_across_the_atlantic_norway_is_right() -> None:
    drawing = drawn(NORWAY, STATES)
    assert middle(drawing, "United States") < middle(drawing, "Norway")


def test_who_has_no_outline_is_told_in_words() -> None:
    drawing = drawn(JAPAN, NATO, Place("Soviet Union", "SUN"))
    assert "Not on the map: NATO, Soviet Union." in drawing.alternative
    assert without_outline([JAPAN, NATO]) == ["NATO"]
    assert locator_drawing([NATO], LABELS) is None
    assert locator_drawing([], LABELS) is None


def test_a_small_state_has_a_ring() -> None:
    drawing = drawn(Place("Malta", "MLT"), Place("Singapore", "SGP"))
    assert len([shape for shape in drawing.shapes if isinstance(shape, Disc)]) == 2
    assert {label.text for label in labels(drawing)} == {"Malta", "Singapore"}


def test_thirty_two_parties_are_all_told_and_names_without_room_left_out() -> None:
    places = [Place(f"State {code}", code) for code in MEMBERS.split()]
    drawing = drawn(*places)
    assert all(place.name in drawing.alternative for place in places)
    assert 5 < len(labels(drawing)) <= 32


def test_names_on_land_of_a_party_are_light_and_others_are_off_it() -> None:
    drawing = drawn(Place("Sweden", "SWE"), NORWAY, Place("Finland", "FIN"), Place("Denmark", "DNK"))
    land = [path.points for path in fills(drawing, Tone.ACCENT)]
    for label in labels(drawing):
        on_land = any(contains(ring, (label.x, label.y - 2)) for ring in land)
        assert on_land == (label.tone is Tone.PAPER)


@pytest.mark.parametrize("pair", list(combinations(("NOR", "USA", "FJI", "RUS", "LUX", "CHL", "ZAF", "KIR"), 2)))
def test_any_pair_is_drawn_alike_each_time(pair: tuple[str, str]) -> None:
    places = [Place(code, code) for code in pair]
    drawing = drawn(*places)
    assert drawing == locator_drawing(places, LABELS)
    assert {label.text for label in labels(drawing)} == set(pair)


def test_every_state_with_an_outline_can_be_drawn_alone() -> None:
    for code in outlines():
        assert fills(drawn(Place("X", code)), Tone.ACCENT), code


def test_a_state_is_found_by_its_code_and_kosovo_by_any_in_use() -> None:
    assert code_of("nor") == "NOR"
    assert code_of("XKK") == "XKX"
    assert code_of("") is None
    assert code_of("ATA") is None


def test_clipping_keeps_what_is_inside() -> None:
    square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
    assert area(clipped(square, (1, 1, 3, 10))) == pytest.approx(6)
    assert clipped(square, (5, 5, 6, 6)) == ()
    assert clipped(square, (-1, -1, 9, 9)) == square


def test_the_outlines_are_those_that_were_made() -> None:
    file = resources.path("maps/states.json")
    expected = resources.path("maps/SHA256SUMS").read_text("ascii").split()[0]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == expected
    assert file.stat().st_size < 300_000
    assert len(json.loads(file.read_text("ascii"))["states"]) > 230
