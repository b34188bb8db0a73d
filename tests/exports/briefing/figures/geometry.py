"""What the tests of figures measure: the room that labels take, with the widths that the fonts give."""

from collections.abc import Iterable, Iterator

from exports.briefing.drawing import Anchor, Disc, Drawing, Label, Path
from exports.pdf.figure import measured

Box = tuple[float, float, float, float]
_SHARES = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}


def labels(drawing: Drawing) -> list[Label]:
    """The labels of a figure, in the order in which they are drawn."""
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def box(label: Label) -> Box:
    """Left, top, right and bottom of the letters of a label, from the top of x to the baseline."""
    width = measured(label.text, label.size, label.strong)
    left = label.x - _SHARES[label.anchor] * width
    return left, label.y - 0.7 * label.size, left + width, label.y


def overlaps(found: Iterable[Label]) -> list[tuple[str, str]]:
    """The pairs of labels that meet."""
    boxes = [(label.text, box(label)) for label in found]
    return [
        (text, other)
        for place, (text, (left, top, right, bottom)) in enumerate(boxes)
        for other, (left2, top2, right2, bottom2) in boxes[place + 1 :]
        if left < right2 and left2 < right and top < bottom2 and top2 < bottom
    ]


def outside(drawing: Drawing) -> list[object]:
    """The shapes that are not wholly within the figure, by half a point or more."""
    return [shape for shape in drawing.shapes if not all(_is_inside(drawing, x, y) for x, y in _points(shape))]


def _points(shape: Path | Disc | Label) -> Iterator[tuple[float, float]]:
    match shape:
        case Path():
            yield from shape.points
        case Disc():
            yield shape.x - shape.radius, shape.y - shape.radius
            yield shape.x + shape.radius, shape.y + shape.radius
        case Label():
            left, top, right, bottom = box(shape)
            yield left, top
            yield right, bottom


def _is_inside(drawing: Drawing, x: float, y: float) -> bool:
    return -0.5 <= x <= drawing.width + 0.5 and -0.5 <= y <= drawing.height + 0.5
