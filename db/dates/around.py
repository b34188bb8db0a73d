"""The words around a date's day, month and year, in the languages that they are in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateWords:
    """Words in braces are filled in and must stay."""

    about: str = "about {date}"
    uncertain: str = "{date} (uncertain)"
    since: str = "from {date}"
    until: str = "until {date}"
    no_later_than: str = "no later than {date}"
    unknown_start: str = "{date}, unknown start"
    unknown_end: str = "{date}, unknown end"
    both_unknown: str = "{start} start, {end} end"
    unknown: str = "unknown"
    open: str = "open"
    spring: str = "spring {year}"
    summer: str = "summer {year}"
    autumn: str = "autumn {year}"
    winter: str = "winter {year}"
    years: str = "{year}s"
    decade: str = "{year}s (decade)"
    century: str = "{year}s (century)"
    millennium: str = "{year}s (millennium)"
    month_unknown: str = "{date} (month unknown)"
    month_and_day_unknown: str = "{date} (month and day unknown)"
    day_unknown: str = "{date} (day unknown)"
    unknown_date: str = "unknown date"


_ENGLISH = DateWords()
_JAPANESE = DateWords(
    about="{date}頃",
    uncertain="{date}（不確実）",
    since="{date}以降",
    until="{date}まで",
    no_later_than="遅くとも{date}",
    unknown_start="{date}（開始不明）",
    unknown_end="{date}（終了不明）",
    both_unknown="開始{start}、終了{end}",
    unknown="不明",
    open="未定",
    spring="{year}年春",
    summer="{year}年夏",
    autumn="{year}年秋",
    winter="{year}年冬",
    years="{year}年代",
    decade="{year}年代（10年間）",
    century="{year}年代（100年間）",
    millennium="{year}年代（1000年間）",
    month_unknown="{date}（月不明）",
    month_and_day_unknown="{date}（月日不明）",
    day_unknown="{date}（日不明）",
    unknown_date="日付不明",
)
_NORWEGIAN = DateWords(
    about="omkring {date}",
    uncertain="{date} (usikkert)",
    since="fra {date}",
    until="til {date}",
    no_later_than="senest {date}",
    unknown_start="{date}, ukjent start",
    unknown_end="{date}, ukjent slutt",
    both_unknown="{start} start, {end} slutt",
    unknown="ukjent",
    open="åpen",
    spring="våren {year}",
    summer="sommeren {year}",
    autumn="høsten {year}",
    winter="vinteren {year}",
    years="{year}-årene",
    decade="{year}-årene (tiår)",
    century="{year}-tallet",
    millennium="{year}-årene (årtusen)",
    month_unknown="{date} (ukjent måned)",
    month_and_day_unknown="{date} (ukjent måned og dag)",
    day_unknown="{date} (ukjent dag)",
    unknown_date="ukjent dato",
)
DATE_WORDS = {"en": _ENGLISH, "ja": _JAPANESE, "nb": _NORWEGIAN, "no": _NORWEGIAN}


def words_around(locale: str) -> DateWords:
    """The words for a locale of Babel; English where there are no others."""
    return DATE_WORDS.get(locale.partition("_")[0], _ENGLISH)
