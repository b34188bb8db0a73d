"""The paper that a briefing is made for. A module of its own: whoever offers a choice need not load what makes PDFs."""

from enum import Enum


class Paper(Enum):
    """A page's width and height, in points."""

    A4 = (595.28, 841.89)
    LETTER = (612.0, 792.0)
