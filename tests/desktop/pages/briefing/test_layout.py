"""Where pages stand, what of them is drawn first, and how large they are."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.briefing.layout import MARGIN, most_visible, page_at, stack, strips_in_sight, strips_of
from desktop.pages.briefing.zoom import ACTUAL, Fit, Zoom, larger, smaller

A4 = (595.28, 841.89)
RATIOS = st.sampled_from([1.0, 1.25, 1.5, 2.0, 3.0])
SCALES = st.floats(0.3, 6)


@given(st.integers(1, 9), SCALES, st.integers(100, 3000))
def test_pages_stand_below_each_other_and_never_beyond_the_left(count: int, scale: float, width: int) -> None:
    boxes = stack((A4,) * count, scale, width)
    assert boxes[0].top == MARGIN
    assert all(below.top - above.bottom == MARGIN for above, below in itertools.pairwise(boxes))
    assert all(box.left >= MARGIN for box in boxes)
    assert [page_at(boxes, box.top) for box in boxes] == list(range(count))


@given(SCALES, RATIOS)
def test_the_strips_of_a_page_are_the_whole_page(scale: float, ratio: float) -> None:
    (box,) = stack((A4,), scale, 1000)
    strips = strips_of(0, box, ratio)
    assert [strip.top for strip in strips] == [sum(each.rows for each in strips[:n]) for n in range(len(strips))]
    assert sum(strip.rows for strip in strips) == strips[0].height == round(box.height * ratio)
    assert all(strip.width * strip.rows <= 4_000_000 for strip in strips)


@given(st.integers(1, 9), SCALES, st.integers(0, 9000), st.integers(200, 2000), RATIOS)
def test_what_is_in_sight_comes_before_what_is_around(
    count: int, scale: float, top: int, height: int, ratio: float
) -> None:
    boxes = stack((A4,) * count, scale, 1000)
    seen = strips_in_sight(boxes, top, height, ratio, around=False)
    more = strips_in_sight(boxes, top, height, ratio, around=True)
    assert more[: len(seen)] == seen
    in_sight = {page for page, box in enumerate(boxes) if box.top < top + height and box.bottom > top}
    assert in_sight <= {strip.page for strip in seen}


def test_the_page_in_sight_is_the_one_of_which_most_is_seen() -> None:
    boxes = stack((A4,) * 3, 1.0, 700)
    assert most_visible(boxes, 0, 600) == 0
    assert most_visible(boxes, boxes[1].top - 250, 600) == 1
    assert most_visible((), 0, 600) == 0


def test_a_size_that_follows_the_room() -> None:
    assert Zoom(Fit.WIDTH).scale(A4, (595, 100)) * A4[0] == 595
    assert round(Zoom(Fit.PAGE).scale(A4, (5000, 842)) * A4[1]) == 842
    assert Zoom(Fit.NOTHING, 1.0).scale(A4, (10, 10)) == ACTUAL
    assert Zoom(Fit.WIDTH).scale(A4, (0, 0)) > 0


@given(st.floats(0.2, 4.5))
def test_steps_go_up_and_come_down(factor: float) -> None:
    assert larger(factor).factor > factor or larger(factor).factor == 4.0
    assert smaller(factor).factor < factor or smaller(factor).factor == 0.25
