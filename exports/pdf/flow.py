"""Blocks that flow over pages: a stack of blocks, blocks side by side, and the loop that fills pages.

A block is measured for a width, divided at a height and drawn once. Dividing leaves the block as it was and
answers two new ones that share its node, so that what runs over two pages is still one element of the
structure tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol, Self

from exports.briefing.document import Link
from exports.pdf.styles import HAIRLINE, RULE_WIDTH
from exports.pdf.tags import Element, Node, beside
from exports.pdf.writer import PdfCanvas

_FUZZ = 0.01  # points
_MOST_CARRIED = 300.0  # points, of blocks that keep the next one and go with it to another page


class Block(Protocol):
    """Something that stands on a page. Measures in points; `top` is its upper edge, and y grows upwards."""

    before: float
    after: float
    keeps_next: bool

    def height(self, width: float) -> float:
        """How tall the block is at a width, without the space around it."""

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """What fits into a height, and what remains. (None, self) when nothing fits."""

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Put the block on the page at hand, its element under `parent`."""

    def targets(self) -> Iterable[str]:
        """Where its links lead."""


class Leaf:
    """What blocks without other blocks and without links have in common."""

    before = after = 0.0
    keeps_next = False

    def targets(self) -> Iterable[str]:
        """No links."""
        return ()


class Gap(Leaf):
    """Nothing, of a height: an empty cell, or space that does not collapse."""

    def __init__(self, height: float = 0.0) -> None:
        self._height = height

    def height(self, width: float) -> float:
        """Its height, at any width."""
        return self._height

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Space is cut off where the page ends."""
        return self, None

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Nothing to see."""


class Stack:
    """Blocks one below the other. The space between two is the larger of what they ask for."""

    def __init__(
        self,
        blocks: Sequence[Block],
        node: Node | None = None,
        *,
        before: float = 0.0,
        after: float = 0.0,
        keeps_next: bool = False,
        link: Link | None = None,
    ) -> None:
        self.blocks = blocks
        self.link = link
        self.node = node
        self.before = before
        self.after = after
        self.keeps_next = keeps_next
        self._measured: tuple[float, float] = (-1.0, 0.0)

    def height(self, width: float) -> float:
        """The sum of the blocks and of the spaces between them."""
        if self._measured[0] != width:
            heights = (block.height(width) for block in self.blocks)
            self._measured = (width, sum(heights) + sum(_spaces(self.blocks)))
        return self._measured[1]

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Divide between blocks or inside one; a block that keeps the next one never ends the first part.

        Looks no further than the height, however long the stack is.
        """
        placed: list[Block] = []
        room, above = height, 0.0
        for index, block in enumerate(self.blocks):
            room -= max(above, block.before) if index else 0.0
            head, tail = block.split(width, room) if room > -_FUZZ else (None, block)
            if head is None or tail is not None:
                return self._divided(placed, head, tail, index, width)
            placed.append(head)
            room -= head.height(width)
            above = block.after
        return self if placed == self.blocks else self.part(placed, first=True), None

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Each block at its place."""
        element = self.node.under(parent) if self.node else parent
        if self.link:
            canvas.place(self.link, (x, top, width, self.height(width)))
        for block, space in zip(self.blocks, _spaces(self.blocks), strict=True):
            top -= space
            block.draw(canvas, x, top, width, element)
            top -= block.height(width)

    def targets(self) -> Iterator[str]:
        """Those of all blocks."""
        for block in self.blocks:
            yield from block.targets()

    def part(self, blocks: Sequence[Block], *, first: bool) -> Self:
        """A stack of some of the blocks: the first part, or the rest."""
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__)
        made.blocks = blocks
        made._measured = (-1.0, 0.0)
        if first:
            made.after = 0.0
        else:
            made.before = 0.0
        return made

    def _divided(
        self, placed: list[Block], head: Block | None, tail: Block | None, index: int, width: float
    ) -> tuple[Block | None, Block | None]:
        rest = [tail, *self.blocks[index + 1 :]] if tail else list(self.blocks[index + 1 :])
        if head:
            placed.append(head)
        else:
            carried = 0.0
            while placed and placed[-1].keeps_next:
                carried += placed[-1].height(width)
                if carried > _MOST_CARRIED:  # or what keeps the next one might never find a page
                    break
                rest.insert(0, placed.pop())
        if not placed:
            return None, self
        return self.part(placed, first=True), self.part(rest, first=False)


def _spaces(blocks: Sequence[Block]) -> list[float]:
    """The space above each block of a stack; none above the first."""
    between = [max(upper.after, lower.before) for upper, lower in pairwise(blocks)]
    return [0.0, *between] if blocks else []


class Columns:
    """Blocks side by side, from the same upper edge; divided together.

    `widths`, `gutter` and `padding` (above the cells) in points. `ruled` draws a hairline along the upper
    edge, but not at the top of a page. A row that is not taller than `together` is not divided. Where the row runs
    over to another page, `again` stands there above the first cell, as an artifact; `under` stands above the whole
    row where it begins a page in a table: what its group is called.
    """

    def __init__(
        self,
        cells: Sequence[Block],
        widths: Sequence[float],
        gutter: float,
        node: Node | None = None,
        *,
        before: float = 0.0,
        after: float = 0.0,
        keeps_next: bool = False,
        padding: float = 0.0,
        ruled: bool = False,
        together: float = 0.0,
        link: Link | None = None,
        again: Block | None = None,
        under: Block | None = None,
    ) -> None:
        self.link = link
        self.again = again
        self.under = under
        self.cells = cells
        self.widths = widths
        self.gutter = gutter
        self.node = node
        self.before = before
        self.after = after
        self.keeps_next = keeps_next
        self.padding = padding
        self.ruled = ruled
        self.together = together
        self._measured = -1.0

    def height(self, width: float) -> float:
        """The tallest cell and the padding above it."""
        if self._measured < 0:
            tallest = max(cell.height(size) for cell, size in zip(self.cells, self.widths, strict=True))
            self._measured = tallest + self.padding
        return self._measured

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Divide every cell; nothing is placed unless every cell can place something."""
        room = height - self.padding
        if room <= 0:
            return None, self
        parts = [cell.split(size, room) for cell, size in zip(self.cells, self.widths, strict=True)]
        heads = [head or Gap() for head, _ in parts]
        if all(tail is None for _, tail in parts):
            return (self if heads == list(self.cells) else self._part(heads, first=True)), None
        if any(head is None for head, _ in parts) or (self.together and self.height(width) <= self.together):
            return None, self
        tails = [tail or Gap() for _, tail in parts]
        if self.again:
            tails[0] = Stack([Silent(self.again), tails[0]])
        return self._part(heads, first=True), self._part(tails, first=False)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Each cell at its place, from left to right."""
        element = self.node.under(parent) if self.node else parent
        if self.link:
            canvas.place(self.link, (x, top, width, self.height(width)))
        if self.ruled and top < canvas.page_top - _FUZZ:
            rule(canvas, x, top, sum(self.widths) + self.gutter * (len(self.widths) - 1))
        for cell, size in zip(self.cells, self.widths, strict=True):
            cell.draw(canvas, x, top - self.padding, size, element)
            x += size + self.gutter

    def targets(self) -> Iterator[str]:
        """Those of all cells."""
        for cell in self.cells:
            yield from cell.targets()

    def _part(self, cells: Sequence[Block], *, first: bool) -> Columns:
        return Columns(
            cells,
            self.widths,
            self.gutter,
            self.node,
            before=self.before if first else 0.0,
            after=0.0 if first else self.after,
            padding=self.padding,
            ruled=self.ruled,
            together=self.together,
            link=self.link,
            again=self.again,
            under=self.under,
        )


class Lazy:
    """A block that is made when a page has come to it, so that a long document never stands whole in memory."""

    keeps_next = False

    def __init__(self, make: Callable[[], Block], *, before: float = 0.0, after: float = 0.0) -> None:
        self._make = make
        self._made: Block | None = None
        self.before = before
        self.after = after

    @property
    def block(self) -> Block:
        """What is made."""
        if self._made is None:
            self._made = self._make()
            self._made.before, self._made.after = self.before, self.after
        return self._made

    def height(self, width: float) -> float:
        """The made block's height."""
        return self.block.height(width)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """What fits of the made block."""
        return self.block.split(width, height)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw the made block."""
        self.block.draw(canvas, x, top, width, parent)

    def targets(self) -> Iterable[str]:
        """Those of the made block."""
        return self.block.targets()


class Bookmark(Leaf):
    """A place that a bookmark leads to, and links to its name; nothing to see."""

    keeps_next = True

    def __init__(self, title: str, name: str, level: int = 0) -> None:
        self._title = title
        self._name = name
        self._level = level

    def height(self, width: float) -> float:
        """None."""
        return 0.0

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """It always fits."""
        return self, None

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Say where it is."""
        canvas.anchor(self._name, x, top)
        canvas.outline(self._title, self._name, self._level)


class Table(Stack):
    """Rows under a header row; it and the name of a group stand again, as artifacts, above what runs over to a page."""

    def __init__(self, header: Columns, rows: Sequence[Block], *, before: float = 0.0) -> None:
        self._header = header
        head = Stack([header], Node("THead"), keeps_next=True)
        super().__init__([head, Stack(rows, Node("TBody"))], Node("Table"), before=before)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """Like any stack, but what remains gets the header again."""
        head, rest = super().split(width, height)
        if head is not None and isinstance(rest, Stack):
            group = _group_of(rest)
            above = [Silent(self._header), *([Silent(group)] if group else [])]
            rest = self.part([*above, *rest.blocks], first=False)
        return head, rest


def _group_of(rest: Stack) -> Block | None:
    """What the first row that remains stands under, if it is not the first of its group."""
    block: Block = rest
    while isinstance(block, Stack | Lazy):
        if isinstance(block, Stack) and not block.blocks:
            return None
        block = block.blocks[0] if isinstance(block, Stack) else block.block
    return block.under if isinstance(block, Columns) else None


class Silent(Leaf):
    """A block that is drawn as an artifact, because it says again what has been said."""

    keeps_next = True

    def __init__(self, block: Block) -> None:
        self._block = block

    def height(self, width: float) -> float:
        """The block's own height."""
        return self._block.height(width)

    def split(self, width: float, height: float) -> tuple[Block | None, Block | None]:
        """It is not divided."""
        return (self, None) if self.height(width) <= height + _FUZZ else (None, self)

    def draw(self, canvas: PdfCanvas, x: float, top: float, width: float, parent: Element) -> None:
        """Draw it outside the structure tree."""
        with canvas.artifact(), canvas.untagged():
            self._block.draw(canvas, x, top, width, beside())


def rule(canvas: PdfCanvas, x: float, y: float, width: float) -> None:
    """A hairline."""
    with canvas.artifact() as code:
        code.append(f"{canvas.stroke(HAIRLINE)} {RULE_WIDTH} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")
