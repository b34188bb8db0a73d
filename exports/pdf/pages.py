"""Fills pages with stories, and with the notes that each page cites where those stand at its bottom."""

from __future__ import annotations

from exports.pdf.chapters import Story
from exports.pdf.errors import PageTooSmall
from exports.pdf.flow import Block, Stack, rule
from exports.pdf.furniture import Furniture
from exports.pdf.notes import NoteSetter, cited_numbers
from exports.pdf.writer import PdfCanvas

_NOTES_GAP = 8.0  # above the rule over the notes, and below it
_TRIES = 7
_CLOSE = 12.0  # points: less than a line


class PageFiller:
    """Draws stories on as many pages as they need. With `notes`, each page ends with those it is the first to cite."""

    def __init__(self, canvas: PdfCanvas, furniture: Furniture, notes: NoteSetter | None) -> None:
        self._canvas = canvas
        self._furniture = furniture
        self._notes = notes
        self._left, self._top, self._width, self._height = furniture.box
        self._blocks: dict[int, Block] = {}
        self._pages: dict[int, int] = {}  # of the notes that were set
        self._waiting: Block | None = None  # what did not fit below the page before

    def fill(self, story: Story) -> None:
        """Draw a story from a new page on. Raises PageTooSmall."""
        self._furniture.name(story.title, story.language)
        rest: Block | None = story.blocks
        while rest:
            head, foot, rest = self._page(rest)
            self._begin()
            head.draw(self._canvas, self._left, self._top, self._width, self._canvas.tree.root)
            self._finish(foot)
        while self._waiting:
            foot, self._waiting = self._waiting.split(self._width, self._height - 2 * _NOTES_GAP)
            if foot is None:
                raise PageTooSmall
            self._begin()
            self._finish(foot)

    def _begin(self) -> None:
        self._furniture.draw()
        self._canvas.page_top = self._top

    def _finish(self, foot: Block | None) -> None:
        if foot:
            top = self._top - self._height + foot.height(self._width)
            rule(self._canvas, self._left, top + _NOTES_GAP, self._width / 4)
            foot.draw(self._canvas, self._left, top, self._width, self._canvas.tree.root)
        self._canvas.showPage()

    def _page(self, story: Block) -> tuple[Block, Block | None, Block | None]:
        """What stands on the next page, above and at its bottom, and what remains of the story."""
        if self._notes is not None:
            return self._with_notes(story)
        head, rest = story.split(self._width, self._height)
        if head is None:
            raise PageTooSmall
        return head, None, rest

    def _with_notes(self, story: Block) -> tuple[Block, Block | None, Block | None]:
        """As much of a story as leaves room for the notes that it cites, as far as a few tries find it.

        Where not even the smallest part leaves enough room, its notes run on below the next page.
        """
        best, smallest = None, None
        low, high, room = 0.0, self._height, self._height
        for _ in range(_TRIES):
            head, rest = story.split(self._width, room)
            need = self._need(head) if head else 0.0
            if head is None:
                low = room
            elif head.height(self._width) + need <= self._height + 0.01:
                best, low = (head, rest), room
            else:
                smallest, high = (head, rest), room
            if high - low < _CLOSE or low == self._height:
                break
            room = self._height - need if best is None and low < self._height - need < high else (low + high) / 2
        chosen = best or smallest
        if chosen is None:
            raise PageTooSmall
        return chosen[0], self._foot(chosen[0]), chosen[1]

    def _need(self, head: Block) -> float:
        """How much room the notes of a part take at the bottom of its page, with the rule above them."""
        stack = self._stack(head)
        return stack.height(self._width) + 2 * _NOTES_GAP if stack.blocks else 0.0

    def _foot(self, head: Block) -> Block | None:
        """The notes at the bottom of the page; what does not fit waits for the next one."""
        stack = self._stack(head)
        if not stack.blocks:
            return None
        room = self._height - head.height(self._width) - 2 * _NOTES_GAP
        foot, self._waiting = stack.split(self._width, room)
        for number in cited_numbers(head):
            self._pages.setdefault(number, self._canvas.page)
        return foot

    def _stack(self, head: Block) -> Stack:
        """What has waited, the notes that are cited for the first time, and where the others stand."""
        assert self._notes is not None
        numbers = cited_numbers(head)
        known = self._pages
        new = [number for number in numbers if number not in known]
        blocks: list[Block] = [self._waiting] if self._waiting else []
        blocks += [self._block(number) for number in new]
        if old := sorted(number for number in numbers if number in known):
            blocks.append(self._notes.pointers({number: known[number] for number in old}))
        return Stack(blocks)

    def _block(self, number: int) -> Block:
        assert self._notes is not None
        if number not in self._blocks:
            self._blocks[number] = self._notes.note(number)
        return self._blocks[number]
