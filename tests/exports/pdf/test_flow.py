"""Blocks on pages: order and height are kept however they are divided."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.flow import Block, Columns, Gap, Stack
from exports.pdf.paragraph import Paragraph
from exports.pdf.styles import BODY
from exports.pdf.tags import Element
from exports.pdf.text import Span
from exports.pdf.writer import PdfCanvas


@dataclass
class Brick:
    """A block of lines that remembers which of them are left."""

    lines: list[str]
    keeps_next: bool = False
    before: float = 0.0
    after: float = 0.0
    drawn: list[str] = field(default_factory=list)

    def height(self, width: float) -> float:
        return 10.0 * len(self.lines)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        count = int(height // 10)
        if count >= len(self.lines):
            return self, None
        if count < 1:
            return None, self
        return Brick(self.lines[:count]), Brick(self.lines[count:])

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        raise AssertionError

    def targets(self) -> tuple[str, ...]:
        return ()


def told(block: Block | None) -> list[str]:
    if isinstance(block, Brick):
        return block.lines
    if isinstance(block, Stack):
        return [line for inner in block.blocks for line in told(inner)]
    return []


def pages(block: Block, height: float) -> list[Block]:
    made: list[Block] = []
    rest: Block | None = block
    while rest:
        head, rest = rest.split(100, height)
        assert head is not None
        assert head.height(100) <= height + 0.01
        made.append(head)
    return made


@given(
    st.lists(st.tuples(st.integers(1, 9), st.floats(0, 12), st.floats(0, 12)), min_size=1, max_size=12),
    st.integers(10, 120),
)
def test_a_stack_on_pages_tells_the_same_in_the_same_order(shape: list[tuple[int, float, float]], height: int) -> None:
    bricks = [
        Brick([f"{index}.{line}" for line in range(count)], before=before, after=after)
        for index, (count, before, after) in enumerate(shape)
    ]
    made = pages(Stack(bricks), height)
    assert [line for page in made for line in told(page)] == [line for brick in bricks for line in brick.lines]


def test_what_keeps_the_next_moves_with_it() -> None:
    stack = Stack([Brick(["a"]), Brick(["head"], keeps_next=True), Brick(["body"])])
    assert [told(page) for page in pages(stack, 20)] == [["a"], ["head", "body"]]


def test_the_larger_space_counts() -> None:
    stack = Stack([Brick(["a"], after=4), Brick(["b"], before=7), Brick(["c"])])
    assert stack.height(100) == 37


def test_columns_are_divided_together() -> None:
    left, right = Brick(["1", "2", "3"]), Stack([Brick(["a"]), Brick(["b", "c", "d", "e"])])
    head, rest = Columns([left, right], [50, 50], 0).split(100, 20)
    assert isinstance(head, Columns)
    assert isinstance(rest, Columns)
    assert [told(cell) for cell in head.cells] == [["1", "2"], ["a", "b"]]
    assert [told(cell) for cell in rest.cells] == [["3"], ["c", "d", "e"]]


def test_a_row_moves_on_when_one_cell_cannot_begin() -> None:
    row = Columns([Brick(["1", "2"]), Stack([Gap(15), Brick(["a"])])], [50, 50], 0, together=30)
    assert row.split(100, 12) == (None, row)


def test_a_paragraph_leaves_two_lines_on_either_side() -> None:
    paragraph = Paragraph([Span("word " * 60, BODY)])
    lines = len(paragraph.lines(100))
    for room in range(lines + 1):
        head, rest = paragraph.split(100, room * BODY.leading)
        if head is not None and rest is not None:
            assert len(head.lines(100)) >= 2  # type: ignore[attr-defined]
            assert len(rest.lines(100)) >= 2  # type: ignore[attr-defined]
            assert len(head.lines(100)) + len(rest.lines(100)) == lines  # type: ignore[attr-defined]


def test_what_keeps_the_next_block_never_outgrows_a_page() -> None:
    bricks = [Brick([f"{number} {line}" for line in range(20)], keeps_next=True) for number in range(5)]
    head, rest = Stack(bricks).split(100, 400)
    assert isinstance(head, Stack)
    assert isinstance(rest, Stack)
    assert list(head.blocks) + list(rest.blocks) == bricks
