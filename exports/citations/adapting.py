"""Where a style has no rule for a type of source, the type whose rule fits it."""

from dataclasses import replace

from exports.citations.items import Item, Name
from exports.citations.styles import CitationStyle

_LEGAL = ("bill", "hearing", "legislation", "regulation", "treaty")
_SHORT_SERIES = {
    "united nations treaty series": "UNTS",
    "league of nations treaty series": "LNTS",
    "united kingdom treaty series": "UKTS",
    "european treaty series": "ETS",
    "council of europe treaty series": "CETS",
}
_OSCOLA_TYPES = {
    "article-magazine": "article-newspaper",
    "dataset": "webpage",
    "document": "webpage",
    "graphic": "webpage",
    "post": "webpage",
    "hearing": "webpage",
    "regulation": "legislation",
}
"""OSCOLA's CSL file leaves out the date of most of these, and takes a magazine's for the year of a volume; it has
a rule for what is nearest to them."""


def adapted(item: Item, style: CitationStyle) -> Item:
    """An item as a style can tell it best."""
    item = _with_author(item)
    if item.type == "article" and item.text("container-title"):
        item = replace(item, type="article-magazine")  # CSL's article is a preprint, and stands alone
    return _for_oscola(item) if style is CitationStyle.OSCOLA else item


def _with_author(item: Item) -> Item:
    """The authority behind what is no law is who wrote it, if nobody else did."""
    authority = item.text("authority")
    if not authority or item.type in _LEGAL:
        return item
    texts = tuple(pair for pair in item.texts if pair[0] != "authority")
    if any(role == "author" for role, _ in item.names):
        return replace(item, texts=texts)
    return replace(item, texts=texts, names=(("author", (Name(literal=authority),)), *item.names))


def _for_oscola(item: Item) -> Item:
    texts = dict(item.texts)
    if item.type == "treaty":
        series = texts.get("container-title", "")
        texts["container-title-short"] = _SHORT_SERIES.get(series.casefold().strip(), series)
    if "event-title" in texts:
        texts["event"] = texts["event-title"]  # its name before CSL 1.0.2
    if item.type == "document" and not texts.get("URL"):
        return replace(item, type="report", texts=tuple(texts.items()))
    if _OSCOLA_TYPES.get(item.type) == "webpage" and not texts.get("container-title") and texts.get("publisher"):
        texts["container-title"] = texts["publisher"]
    return replace(item, type=_OSCOLA_TYPES.get(item.type, item.type), texts=tuple(texts.items()))
