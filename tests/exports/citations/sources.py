"""Typical sources of a case file, as CSL items."""

from db.dates import read
from exports.citations.items import Item, Name


def item(
    type_: str,
    title: str,
    *,
    language: str = "en",
    author: tuple[Name, ...] = (),
    issued: str = "",
    accessed: str = "",
    **texts: str,
) -> Item:
    """A source; in names of variables an underscore stands for a hyphen."""
    dates = tuple((name, read(text)) for name, text in (("accessed", accessed), ("issued", issued)) if text)
    named = (("author", author),) if author else ()
    variables = tuple((name.replace("_", "-"), text) for name, text in texts.items())
    return Item(type_, title, language, variables, dates, named)


MINISTRY = (Name(literal="Ministry of Defense"),)

PRESS = item(
    "article-newspaper",
    "Ministers call the pact “historic” in Tokyo",
    author=(Name("Doe", "Jane Mary"),),
    issued="2024-09-03",
    accessed="2024-09-05",
    container_title="The Japan News",
    URL="https://example.org/press",
)
PAGE = item(
    "webpage",
    "日ノルウェー防衛相会談について",
    language="ja",
    author=MINISTRY,
    issued="2024-09-03",
    accessed="2024-09-05",
    container_title="Ministry of Defense of Japan",
    URL="https://example.org/page",
)
TREATY = item(
    "treaty",
    "Mutual Defense Assistance Agreement between Japan and the United States of America",
    issued="1954-03-08",
    container_title="United Nations Treaty Series",
    volume="232",
    page="169",
)
BOOK = item(
    "book",
    "Arms and Influence",
    author=(Name("Schelling", "Thomas C."),),
    issued="1966",
    publisher="Yale University Press",
    publisher_place="New Haven",
)
REPORT = item(
    "report",
    "Defense of Japan 2023",
    author=MINISTRY,
    issued="2023",
    publisher="Ministry of Defense",
    genre="White paper",
    URL="https://example.org/report",
)
SPEECH = item(
    "speech",
    "Opening remarks",
    author=(Name("Gram", "Bjørn Arild"),),
    issued="2024-09-03",
    event_title="Meeting of Defence Ministers",
    event_place="Tokyo",
)
POST = item(
    "post",
    "Signed today.",
    author=(Name("Kihara", "Minoru"),),
    issued="2024-09-03",
    accessed="2024-09-05",
    container_title="X",
    genre="post",
    URL="https://example.org/post",
)
BROADCAST = item("broadcast", "News Nine", issued="2024-09-03", container_title="NHK News", publisher="NHK")
LETTER = item(
    "personal_communication",
    "On the memorandum",
    author=(Name("Roe", "Richard"),),
    issued="2024-10-01",
    genre="letter",
)
JAPANESE_PRESS = item(
    "article-newspaper",
    "防衛装備移転で覚書",
    language="ja",
    author=(Name("木原", "稔"),),
    issued="2024-09-04",
    container_title="読売新聞",
    page="4",
)
JOURNAL = item(
    "article-journal",
    "Japan’s Grand Strategy: The Abe Era and Its Aftermath",
    author=(Name("Hughes", "Christopher W."), Name("Patalano", "Alessio"), Name("Ward", "Robert")),
    issued="2021",
    container_title="Survival",
    volume="63",
    issue="1",
    page="125-160",
    DOI="10.1080/00396338.2021.1881258",
)
DATASET = item(
    "dataset",
    "Holders of public offices",
    accessed="2024-09-05",
    publisher="Wikimedia Foundation",
    URL="https://example.org/data",
)
SOURCES = (
    PRESS, PAGE, TREATY, BOOK, REPORT, SPEECH, POST, BROADCAST, LETTER, JAPANESE_PRESS, JOURNAL, DATASET,
)  # fmt: skip
