"""The colours that a tag can have. The file holds the word, each theme its own tint of it."""

from enum import StrEnum

from desktop.theme.colours import DARK, Tint, colours


class TagColour(StrEnum):
    """What stands in `Tag.colour`."""

    GREY = "grey"
    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PINK = "pink"
    VIOLET = "violet"


LIGHT_TINTS = {
    TagColour.GREY: Tint("#e7eaef", "#4a5260"),
    TagColour.BLUE: Tint("#dce8fb", "#1b4b96"),
    TagColour.TEAL: Tint("#d3eff0", "#0d5257"),
    TagColour.GREEN: Tint("#d6f0dd", "#14592b"),
    TagColour.AMBER: Tint("#fde6c0", "#7a4100"),
    TagColour.RED: Tint("#fbdcd9", "#96211a"),
    TagColour.PINK: Tint("#fbdcec", "#8e1f5c"),
    TagColour.VIOLET: Tint("#e8e0fb", "#523099"),
}
DARK_TINTS = {
    TagColour.GREY: Tint("#30363f", "#bcc3cf"),
    TagColour.BLUE: Tint("#1f3557", "#a4c7ff"),
    TagColour.TEAL: Tint("#123b3e", "#86d7dc"),
    TagColour.GREEN: Tint("#173a24", "#8fdba6"),
    TagColour.AMBER: Tint("#472e0a", "#ffc985"),
    TagColour.RED: Tint("#4d1d1a", "#ffaca4"),
    TagColour.PINK: Tint("#4a1a35", "#ffa9d3"),
    TagColour.VIOLET: Tint("#33245c", "#cdb8ff"),
}


def tag_tint(colour: str) -> Tint:
    """The tint of a stored colour in the theme in use; grey for none, and for a word that means nothing here."""
    tints = DARK_TINTS if colours() is DARK else LIGHT_TINTS
    known = {each.value: each for each in TagColour}
    return tints[known.get(colour, TagColour.GREY)]
