"""The words of a finished sheet, as any reader of PDF finds them: to be copied and to be looked for."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

MOST_HITS = 2_000


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words stand: the page from 0, and boxes of left, top, width and height in points from its upper edge."""

    page: int
    boxes: tuple[tuple[float, float, float, float], ...]


def text_of(pdf: bytes) -> str:
    """All text in reading order, pages apart."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]

    with closing(pdfium.PdfDocument(pdf)) as document:
        pages = [_page_text(document, number) for number in range(len(document))]
    return "\n\n".join(pages) + "\n"


def find_words(pdf: bytes, words: str) -> tuple[Hit, ...]:
    """Everywhere that words stand, in either case, page by page."""
    import pypdfium2 as pdfium

    hits: list[Hit] = []
    with closing(pdfium.PdfDocument(pdf)) as document:
        for number in range(len(document)):
            hits.extend(_hits_on(document, number, words))
            if len(hits) >= MOST_HITS:
                break
    return tuple(hits[:MOST_HITS])


def _page_text(document: object, number: int) -> str:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:  # type: ignore[index]
        return str(text.get_text_range()).replace("\r\n", "\n").strip()


def _hits_on(document: object, number: int, words: str) -> Iterator[Hit]:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:  # type: ignore[index]
        height = page.get_height()
        with closing(text.search(words)) as search:
            while (found := search.get_next()) is not None:
                rects = range(text.count_rects(*found))
                boxes = (text.get_rect(rect) for rect in rects)
                yield Hit(
                    number,
                    tuple((left, height - top, right - left, top - bottom) for left, bottom, right, top in boxes),
                )
