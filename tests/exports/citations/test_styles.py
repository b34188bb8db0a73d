"""Typical sources in each style, against references written by hand from the style's manual.

Where a style's CSL file departs from its manual, a comment says how; the file is followed.
"""

import hashlib

import pytest

from exports.citations.items import Cited
from exports.citations.references import references
from exports.citations.styles import CitationStyle
from resources import path
from tests.exports.citations.reading import entries_of, marked, notes_of
from tests.exports.citations.sources import SOURCES

# Chicago Manual of Style, 18th edition, chapter 13 (notes) and 14; two authors at most are named in a note (13.23).
CHICAGO_NOTES = [
    "Jane Mary Doe, “Ministers Call the Pact ‘Historic’ in Tokyo,” *The Japan News*, September 3, 2024, "
    "accessed September 5, 2024, https://example.org/press.",
    "Ministry of Defense, “日ノルウェー防衛相会談について,” Ministry of Defense of Japan, September 3, 2024, "
    "accessed September 5, 2024, https://example.org/page.",
    "Mutual Defense Assistance Agreement Between Japan and the United States of America, March 8, 1954, "
    "232 United Nations Treaty Series 169.",
    "Thomas C. Schelling, *Arms and Influence* (Yale University Press, 1966).",
    "Ministry of Defense, *Defense of Japan 2023*, White paper (Ministry of Defense, 2023), "
    "https://example.org/report.",
    "Bjørn Arild Gram, “Opening Remarks,” Meeting of Defence Ministers, Tokyo, September 3, 2024.",
    "Minoru Kihara, “Signed today.” post, X, September 3, 2024, accessed September 5, 2024, https://example.org/post.",
    "“News Nine,” *NHK News*, aired September 3, 2024, on NHK.",
    "Richard Roe, “On the Memorandum,” letter, October 1, 2024.",
    "木原稔, “防衛装備移転で覚書,” *読売新聞*, September 4, 2024.",
    "Christopher W. Hughes et al., “Japan’s Grand Strategy: The Abe Era and Its Aftermath,” *Survival* 63, no. 1 "
    "(2021): 125–60, https://doi.org/10.1080/00396338.2021.1881258.",
    "“Holders of Public Offices,” Wikimedia Foundation, n.d., accessed September 5, 2024, https://example.org/data.",
]

# OSCOLA, 4th edition: 2.8.1 treaties, 3.1 to 3.4. The file cites a letter with its title, which the manual leaves out,
# and a report's title in quotation marks, where the manual sets it as a book's.
OSCOLA = [
    "Jane Mary Doe, ‘Ministers Call the Pact “Historic” in Tokyo’ *The Japan News* (3 September 2024) "
    "<https://example.org/press> accessed 5 September 2024.",
    "Ministry of Defense, ‘日ノルウェー防衛相会談について’ (*Ministry of Defense of Japan*, 3 September 2024) "
    "<https://example.org/page> accessed 5 September 2024.",
    "Mutual Defense Assistance Agreement between Japan and the United States of America (8 March 1954) 232 UNTS 169.",
    "Thomas C Schelling, *Arms and Influence* (Yale University Press 1966).",
    "Ministry of Defense, ‘Defense of Japan 2023’ (Ministry of Defense 2023) White paper <https://example.org/report>.",
    "Bjørn Arild Gram, ‘Opening Remarks’ (Meeting of Defence Ministers, Tokyo, 3 September 2024).",
    "Minoru Kihara, ‘Signed Today.’ (*X*, 3 September 2024) <https://example.org/post> accessed 5 September 2024.",
    "NHK, ‘News Nine’, *NHK News* (3 September 2024).",
    "Letter from Richard Roe, ‘On the Memorandum’ (1 October 2024).",
    "木原稔, ‘防衛装備移転で覚書’ *読売新聞* (4 September 2024) 4.",
    "Christopher W Hughes, Alessio Patalano and Robert Ward, ‘Japan’s Grand Strategy: The Abe Era and Its Aftermath’ "
    "(2021) 63 Survival 125 <https://doi.org/10.1080/00396338.2021.1881258>.",
    "‘Holders of Public Offices’ (*Wikimedia Foundation*) <https://example.org/data> accessed 5 September 2024.",
]

# IEEE Reference Guide, 2023. The file writes days with two digits, drops "[Online]" where no day of access is known,
# and sets a full stop before the page of a treaty; web pages have no date of issue (the guide's form).
IEEE = [
    "J. M. Doe, “Ministers call the pact ‘historic’ in Tokyo,” *The Japan News*, Sep. 03, 2024. Accessed: "
    "Sep. 05, 2024. [Online]. Available: https://example.org/press",
    "Ministry of Defense, “日ノルウェー防衛相会談について,” Ministry of Defense of Japan. Accessed: Sep. 05, 2024. "
    "[Online]. Available: https://example.org/page",
    "“Mutual Defense Assistance Agreement between Japan and the United States of America,” "
    "*United Nations Treaty Series*, vol. 232. p. 169, Mar. 08, 1954.",
    "T. C. Schelling, *Arms and Influence*. New Haven: Yale University Press, 1966.",
    "Ministry of Defense, “Defense of Japan 2023,” Ministry of Defense, White paper, 2023. Available: "
    "https://example.org/report",
    "B. A. Gram, “Opening remarks,” Sep. 03, 2024.",
    "M. Kihara, “Signed today.” X. Accessed: Sep. 05, 2024. [Online]. Available: https://example.org/post",
    "“News Nine,” *NHK News*, NHK, Sep. 03, 2024.",
    "R. Roe, “On the memorandum,” Oct. 01, 2024.",
    "木原稔, “防衛装備移転で覚書,” *読売新聞*, p. 4, Sep. 04, 2024.",
    "C. W. Hughes, A. Patalano, and R. Ward, “Japan’s Grand Strategy: The Abe Era and Its Aftermath,” *Survival*, "
    "vol. 63, no. 1, pp. 125–160, 2021, doi: 10.1080/00396338.2021.1881258.",
    "“Holders of public offices.” Wikimedia Foundation. Accessed: Sep. 05, 2024. [Online]. Available: "
    "https://example.org/data",
]

# Chicago, 18th edition, 13.102 to 13.128. The file names a letter by its title; it has no entry of its own (14.111).
CHICAGO_IN_TEXT = [
    "(Doe 2024)",
    "(Ministry of Defense 2024)",
    "(Mutual Defense Assistance Agreement Between Japan and the United States of America 1954)",
    "(Schelling 1966)",
    "(Ministry of Defense 2023)",
    "(Gram 2024)",
    "(Kihara 2024)",
    "(*NHK News* 2024)",
    "(Richard Roe, “On the Memorandum”)",
    "(木原 2024)",
    "(Hughes et al. 2021)",
    "(“Holders of Public Offices,” n.d.)",
]
CHICAGO_ENTRIES = [
    "Doe, Jane Mary. 2024. “Ministers Call the Pact ‘Historic’ in Tokyo.” *The Japan News*, September 3. Accessed "
    "September 5, 2024. https://example.org/press.",
    "Gram, Bjørn Arild. 2024. “Opening Remarks.” Meeting of Defence Ministers, Tokyo, September 3.",
    "“Holders of Public Offices.” n.d. Wikimedia Foundation. Accessed September 5, 2024. https://example.org/data.",
    "Hughes, Christopher W., Alessio Patalano, and Robert Ward. 2021. “Japan’s Grand Strategy: The Abe Era and Its "
    "Aftermath.” *Survival* 63 (1): 125–60. https://doi.org/10.1080/00396338.2021.1881258.",
    "Kihara, Minoru. 2024. “Signed today.” Post. X, September 3. Accessed September 5, 2024. https://example.org/post.",
    "Ministry of Defense. 2023. *Defense of Japan 2023*. White paper. Ministry of Defense. https://example.org/report.",
    "Ministry of Defense. 2024. “日ノルウェー防衛相会談について.” Ministry of Defense of Japan, September 3. Accessed "
    "September 5, 2024. https://example.org/page.",
    "Mutual Defense Assistance Agreement Between Japan and the United States of America, March 8, 1954, "
    "232 United Nations Treaty Series 169.",
    "*NHK News*. 2024. “News Nine.” Aired September 3, on NHK.",
    "Schelling, Thomas C. 1966. *Arms and Influence*. Yale University Press.",
    "木原稔. 2024. “防衛装備移転で覚書.” *読売新聞*, September 4.",
]

# APA, 7th edition: 8.9 personal communications have no entry; 10.1 to 10.16; 11.8 treaties.
APA_IN_TEXT = [
    "(Doe, 2024)",
    "(Ministry of Defense, 2024)",
    "(Mutual Defense Assistance Agreement Between Japan and the United States of America, 1954)",
    "(Schelling, 1966)",
    "(Ministry of Defense, 2023)",
    "(Gram, 2024)",
    "(Kihara, 2024)",
    "(“News Nine,” 2024)",
    "(R. Roe, personal communication, October 1, 2024)",
    "(木原, 2024)",
    "(Hughes et al., 2021)",
    "(*Holders of Public Offices*, n.d.)",
]
APA_ENTRIES = [
    "Doe, J. M. (2024, September 3). Ministers call the pact “historic” in Tokyo. *The Japan News*. "
    "https://example.org/press",
    "Gram, B. A. (2024, September 3). *Opening remarks*. Meeting of Defence Ministers, Tokyo.",
    "*Holders of public offices*. (n.d.). [Dataset]. Wikimedia Foundation. Retrieved September 5, 2024, from "
    "https://example.org/data",
    "Hughes, C. W., Patalano, A., & Ward, R. (2021). Japan’s Grand Strategy: The Abe Era and Its Aftermath. "
    "*Survival*, *63*(1), 125–160. https://doi.org/10.1080/00396338.2021.1881258",
    "Kihara, M. (2024, September 3). *Signed today.* [Post]. X. https://example.org/post",
    "Ministry of Defense. (2023). *Defense of Japan 2023* [White paper]. Ministry of Defense. "
    "https://example.org/report",
    "Ministry of Defense. (2024, September 3). *日ノルウェー防衛相会談について*. Ministry of Defense of Japan. "
    "https://example.org/page",
    "Mutual Defense Assistance Agreement Between Japan and the United States of America, March 8, 1954, "
    "232 United Nations Treaty Series 169.",
    "News Nine. (2024, September 3). [Broadcast]. In *NHK News*. NHK.",
    "Schelling, T. C. (1966). *Arms and Influence*. Yale University Press.",
    "木原稔. (2024, September 4). 防衛装備移転で覚書. *読売新聞*, 4.",
]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (CitationStyle.CHICAGO_NOTES, CHICAGO_NOTES),
        (CitationStyle.OSCOLA, OSCOLA),
        (CitationStyle.IEEE, IEEE),
        (CitationStyle.CHICAGO_AUTHOR_DATE, CHICAGO_IN_TEXT),
        (CitationStyle.APA, APA_IN_TEXT),
    ],
)
def test_notes_are_as_the_manual_has_them(style: CitationStyle, expected: list[str]) -> None:
    assert notes_of(SOURCES, style) == expected


@pytest.mark.parametrize(
    ("style", "expected"),
    [(CitationStyle.CHICAGO_AUTHOR_DATE, CHICAGO_ENTRIES), (CitationStyle.APA, APA_ENTRIES)],
)
def test_the_bibliography_is_as_the_manual_has_it_in_its_order(style: CitationStyle, expected: list[str]) -> None:
    assert entries_of(SOURCES, style) == expected


@pytest.mark.parametrize("style", [CitationStyle.CHICAGO_NOTES, CitationStyle.OSCOLA, CitationStyle.IEEE])
def test_styles_whose_notes_tell_everything_have_no_bibliography(style: CitationStyle) -> None:
    assert entries_of(SOURCES, style) == []


def test_entries_name_their_items() -> None:
    cited = [Cited(number) for number in range(len(SOURCES))]
    for entry in references(SOURCES, cited, CitationStyle.APA).bibliography:
        authors = dict(SOURCES[entry.item].names).get("author", ())
        assert not authors or (authors[0].family or authors[0].literal) in marked(entry.phrases)


def test_style_files_are_unchanged_and_say_their_licence() -> None:
    rows = path("styles/SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (row.split() for row in rows)}
    files = sorted(path("styles").glob("*.csl"))
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files} == listed
    assert {style.file for style in CitationStyle if style is not CitationStyle.PLAIN} == set(files)
    assert all("creativecommons.org/licenses/by-sa/3.0/" in file.read_text(encoding="utf-8") for file in files)
