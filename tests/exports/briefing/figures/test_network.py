"""Networks of agreements: layers, cycles, relations in words, and that nothing meets."""

import uuid
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from exports.briefing.drawing import Drawing, Path, Tone
from exports.briefing.figures.layers import acyclic, layers
from exports.briefing.figures.network import MOST, Edge, Node, Stand, network_drawing
from exports.briefing.labels import Labels
from tests.exports.briefing.figures.geometry import labels, outside, overlaps

LABELS = Labels()


def node(number: int, title: str = "", stand: Stand = Stand.IN_FORCE, *, is_subject: bool = False) -> Node:
    return Node(uuid.UUID(int=number), title or f"Agreement {number}", f"20{number:02}, {stand}", stand, is_subject)


def edge(older: int, newer: int, words: str = "implements", inverse: str = "implemented by") -> Edge:
    return Edge(uuid.UUID(int=older), uuid.UUID(int=newer), words, inverse)


def boxes(drawing: Drawing) -> dict[uuid.UUID, tuple[float, float, float, float]]:
    """By agreement, the box that its words stand in: left, top, right, bottom."""
    frames = [shape.points for shape in drawing.shapes if isinstance(shape, Path) and shape.closed and shape.stroke]
    found = {}
    for label in labels(drawing):
        for (left, top), _, (right, bottom), _ in frames:
            if label.record and left <= label.x <= right and top <= label.y <= bottom:
                found[label.record] = (left, top, right, bottom)
    return found


def _assert_sound(drawing: Drawing) -> None:
    assert not overlaps(labels(drawing))
    assert not outside(drawing)
    placed = list(boxes(drawing).values())
    for place, (left, top, right, bottom) in enumerate(placed):
        for left2, top2, right2, bottom2 in placed[place + 1 :]:
            assert right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
    for shape in drawing.shapes:
        if isinstance(shape, Path) and not shape.closed:
            for (x, y), (x2, y2) in pairwise(shape.points):
                assert x == x2 or y == y2
                assert not any(_runs_through((x, y, x2, y2), box) for box in placed)


def _runs_through(line: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    x, y, x2, y2 = line
    left, top, right, bottom = (box[0] + 0.1, box[1] + 0.1, box[2] - 0.1, box[3] - 0.1)
    return max(x, x2) > left and min(x, x2) < right and max(y, y2) > top and min(y, y2) < bottom


def test_older_agreements_stand_above_newer_ones() -> None:
    drawing = network_drawing([node(1), node(2), node(3)], [edge(1, 2), edge(2, 3, "amends"), edge(1, 3)], LABELS)
    assert drawing
    tops = {key.int: box[1] for key, box in boxes(drawing).items()}
    assert tops[1] < tops[2] < tops[3]
    _assert_sound(drawing)
    assert "Agreement 3 – amends – Agreement 2" in drawing.alternative
    assert "Agreement 1 (2001, in force)" in drawing.alternative


def test_without_relations_there_is_no_figure() -> None:
    assert network_drawing([node(1), node(2)], [], LABELS) is None
    assert network_drawing([node(1)], [edge(1, 1)], LABELS) is None
    assert network_drawing([node(1)], [edge(1, 2)], LABELS) is None


def test_who_stands_to_none_is_left_out() -> None:
    drawing = network_drawing([node(1), node(2), node(3)], [edge(1, 2)], LABELS)
    assert drawing
    assert {key.int for key in boxes(drawing)} == {1, 2}


def test_a_cycle_is_told_from_the_lower_agreement() -> None:
    drawing = network_drawing([node(1), node(2)], [edge(1, 2, "amends"), edge(2, 1, "cites", "cited by")], LABELS)
    assert drawing
    assert "Agreement 2 – amends, cited by – Agreement 1" in drawing.alternative
    _assert_sound(drawing)


def test_a_ring_of_relations_is_drawn() -> None:
    nodes = [node(number) for number in range(1, 7)]
    drawing = network_drawing(nodes, [edge(n, n % 6 + 1) for n in range(1, 7)], LABELS)
    assert drawing
    assert len(boxes(drawing)) == 6
    assert drawing.alternative.count(" – ") == 12
    _assert_sound(drawing)


def test_the_lines_of_boxes_tell_their_status() -> None:
    nodes = [node(n, stand=stand) for n, stand in enumerate(Stand, 1)]
    drawing = network_drawing([*nodes, node(9, is_subject=True)], [edge(n, 9) for n in range(1, 5)], LABELS)
    assert drawing
    frames = [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.closed and shape.stroke]
    assert [(frame.stroke, frame.dashed) for frame in frames] == [
        (Tone.INK, False),
        (Tone.INK, True),
        (Tone.HAIRLINE, False),
        (Tone.HAIRLINE, True),
        (Tone.ACCENT, False),
    ]


def test_of_very_many_agreements_the_first_are_drawn_and_the_others_counted() -> None:
    nodes = [node(number) for number in range(1, 41)]
    drawing = network_drawing(nodes, [edge(1, number) for number in range(2, 41)], LABELS)
    assert drawing
    assert len(boxes(drawing)) == MOST
    assert "left out: 10" in drawing.alternative
    _assert_sound(drawing)


def test_a_title_without_spaces_and_a_long_one_stay_in_their_boxes() -> None:
    titles = ["防衛装備品及び技術の移転に関する日本国政府とノルウェー王国政府との間の協定" * 3, "W" * 400]
    drawing = network_drawing([node(1, titles[0]), node(2, titles[1])], [edge(1, 2)], LABELS)
    assert drawing
    _assert_sound(drawing)
    assert all(title in drawing.alternative for title in titles)


def test_an_arc_that_closes_a_cycle_is_turned() -> None:
    assert acyclic("abc", [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a"), ("a", "x"), ("a", "b")]) == [
        ("a", "b"),
        ("b", "c"),
        ("a", "c"),
    ]


def test_layers_are_longest_paths() -> None:
    arcs = [("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")]
    assert layers("abcd", arcs) == [["a", "d"], ["b"], ["c"]]


_ARCS = st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30), st.sampled_from(["amends", "cites", "implements"])))


@settings(max_examples=80, deadline=None)
@given(_ARCS)
def test_any_graph_is_drawn_without_anything_that_meets(arcs: list[tuple[int, int, str]]) -> None:
    nodes, edges = [node(number) for number in range(1, 31)], [edge(*arc) for arc in arcs]
    drawing = network_drawing(nodes, edges, LABELS)
    assert drawing == network_drawing(nodes, list(edges), LABELS)
    if not any(older != newer for older, newer, _ in arcs):
        assert drawing is None
        return
    assert drawing
    _assert_sound(drawing)
    assert {key.int for key in boxes(drawing)} == {end for arc in arcs if arc[0] != arc[1] for end in arc[:2]}
