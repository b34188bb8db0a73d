"""Three sheets: a rich one whose signatories are disputed, one with four signatories, one with a title only.

The facts are those of Japan's agreements with Norway (2024) and France (2015) as their public sources give
them. Case, revision, grades, tasks and access dates are made up; a snapshot's hash is that of its address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from db.models.vocabulary import Standing, Tlp
from exports.briefing.document import (
    Block,
    Briefing,
    BriefingKind,
    Cell,
    Chapter,
    Column,
    FactTable,
    Front,
    Item,
    ItemList,
    Ladders,
    Link,
    Role,
    Row,
    Run,
    Section,
    SourceStatement,
    Table,
)
from exports.briefing.labels import Labels
from exports.briefing.sheet import (
    UNCITED,
    UNKNOWN,
    Fact,
    GradeCount,
    Ladder,
    Marking,
    Note,
    Phrase,
    Rival,
    SourceSummary,
    Step,
    StepState,
    Support,
)

LABELS = Labels()
RECORD = UUID(int=2024)


def supported(*notes: int, origins: int = 2) -> Support:
    return Support(Standing.SUPPORTED, notes, origins)


def single(*notes: int) -> Support:
    return Support(Standing.SINGLE, notes, 1)


def note(number: int, author: str, title: str, url: str, *, language: str = "", **particulars: str | bool) -> Note:
    reference = (Phrase(f"{author}. "), Phrase(title, language), Phrase("."))
    snapshot = sha256(url.encode()).hexdigest()
    return Note(number, reference, url, accessed="2 May 2025", snapshot=snapshot, **particulars)  # type: ignore[arg-type]


def section(name: str, *blocks: Block) -> Section:
    """A section under the heading that its name has in the labels."""
    return Section(name, getattr(LABELS, name.replace("-", "_")), blocks)


def item(name: str, more: str = "", support: Support | None = None, label: str = "", **details: str) -> Item:
    """Something by its name, what it is, and quiet details with their labels."""
    runs = (Run(name, Role.STRONG), Run(f" {more}")) if more else (Run(name, Role.STRONG),)
    pairs = tuple((key if key[0].isupper() else "", text) for key, text in details.items())
    return Item(runs, support, label, pairs)


def plain(text: str, role: Role = Role.BODY, language: str = "") -> Item:
    return Item((Run(text, role, language),))


def signatory(
    name: str,
    other: str = "",
    capacity: Sequence[str] = (),
    behalf: str = "",
    act: Sequence[str] = (),
    support: Support = UNCITED,
) -> Row:
    who = [Item((Run(name, Role.STRONG),), support)]
    if other:
        who.append(plain(other, Role.QUIET, "ja"))
    posts = [*(plain(text) for text in capacity), *([plain(behalf, Role.QUIET)] if behalf else [])]
    acts = [Item((Run(f"{act[0]}, "), Run(act[1], whole=True))), plain(act[2], Role.QUIET)] if act else []
    return Row((Cell(tuple(who)), Cell(tuple(posts)), Cell(tuple(acts))), link=Link(RECORD))


def signatories(*rows: Row) -> Section:
    columns = (Column("Name", 0.34), Column("Post, and for whom", 0.32), Column("Act", 0.34))
    return section("signatories", Table(columns, rows))


def with_section(briefing: Briefing, name: str, *blocks: Block) -> Briefing:
    """A briefing whose first chapter has these blocks in the section of that name, where it was or before the last."""
    return with_sections(briefing, section(name, *blocks))


def with_sections(briefing: Briefing, made: Section) -> Briefing:
    chapter = briefing.chapters[0]
    names = [each.name for each in chapter.sections]
    at = names.index(made.name) if made.name in names else len(names) - 1
    rest = chapter.sections[at + (made.name in names) :]
    return with_chapter(briefing, sections=(*chapter.sections[:at], made, *rest))


def with_chapter(briefing: Briefing, **changes: object) -> Briefing:
    chapter = replace(briefing.chapters[0], **changes)  # type: ignore[arg-type]
    return replace(briefing, chapters=(chapter, *briefing.chapters[1:]))


def with_front(briefing: Briefing, **changes: object) -> Briefing:
    return replace(briefing, front=replace(briefing.front, **changes))  # type: ignore[arg-type]


def _sheet(front: Front, chapter: Chapter, notes: tuple[Note, ...] = ()) -> Briefing:
    return Briefing(BriefingKind.AGREEMENT, front, (chapter,), LABELS, notes)


def rich() -> Briefing:
    """The Japan-Norway memorandum of 2024."""
    front = Front(
        case_title="Japan and its defence equipment partners",
        revision="3f9a2c1",
        marking=Marking(Tlp.AMBER, "RELEASABLE TO THE WORKING GROUP ON EQUIPMENT"),
        date="4 May 2025",
        compiled=datetime(2025, 5, 4, 9, 30, tzinfo=UTC),
        originator="Desk for East Asia",
    )
    title = Fact(
        "Title",
        "Memorandum of understanding on defence equipment and technology cooperation",
        supported(1, 4, origins=3),
    )
    chapter = Chapter(
        BriefingKind.AGREEMENT,
        LABELS.sheet,
        title,
        _rich_sections(),
        (Phrase("防衛装備・技術協力に関する覚書", "ja"),),
        Link(RECORD, "title"),
    )
    return _sheet(front, chapter, _rich_notes())


def _rich_sections() -> tuple[Section, ...]:
    ladder = Ladder(
        (
            Step("Announced", StepState.UNKNOWN),
            Step("Signature", StepState.REACHED, "3 September 2024", supported(1, 2, 5, origins=4)),
            Step("Entry into force", StepState.UNKNOWN),
            Step("Expiry or termination", StepState.UNKNOWN),
        )
    )
    status = Item((Run("Signed on 3 September 2024", Role.HEADLINE),), supported(1, 2, 5, origins=4))
    judgement = Item(
        (Run("A full transfer agreement between Japan and Norway will follow the memorandum."),),
        particulars=(
            ("Confidence", "Moderate"),
            ("Likelihood", "Likely"),
            (
                "Basis",
                "Japan has concluded a transfer agreement with every partner it supplies; one outlet calls "
                "the memorandum a precursor.",
            ),
        ),
        notes=(4,),
    )
    points = (
        plain("Ask when Norway expects negotiations on a transfer agreement to open."),
        Item((Run("Do not say that the two ministers signed: the Japanese readout does not."),), notes=(1, 2)),
    )
    facts = (
        Fact("Instrument", "Memorandum of understanding", supported(1, 4, origins=3)),
        Fact("Legally binding", "", UNKNOWN),
        Fact("Subjects", "Industrial cooperation; transfer of equipment and technology", supported(1, 4)),
        Fact("Signed", "3 September 2024", supported(1, 2, 3, 5, origins=4)),
        Fact("Place", "Tokyo, Ministry of Defense", single(1)),
        Fact(
            "Signed by",
            "The defence authorities of both states",
            Support(
                Standing.DISPUTED,
                (2, 3),
                2,
                (
                    Rival("Kihara Minoru and Bjørn Arild Gram, the ministers", (4, 5), False, "KUNA, Janes"),
                    Rival("当局間", (2,), True, "Jiji", "ja"),
                ),
                "the ministry's own readout has the minister welcome a signature, not give one.",
            ),
        ),
        Fact("Term", "", UNKNOWN),
        Fact("Depositary", "None is foreseen for a memorandum"),
    )
    links = (Link(RECORD, "instrument_type"), *[None] * (len(facts) - 1))
    return (
        section("status", status, Ladders((ladder,))),
        section("key-judgements", ItemList((judgement,))),
        section("talking-points", ItemList(points)),
        section("facts", FactTable(facts, links)),
        section("parties", ItemList((_party("Japan", "日本国", "ja"), _party("Norway", "Kongeriket Norge", "nb")))),
        _rich_signatories(),
        *_rich_rest(),
        section("sources", SourceStatement(_rich_summary())),
    )


def _party(name: str, other: str, language: str) -> Item:
    return Item((Run(name, Role.STRONG), Run(f" {other}", Role.QUIET, language)), supported(1, 5))


def _rich_signatories() -> Section:
    signed = ("Reported signature", "3 September 2024", "in post that day")
    welcomed = Rival("he welcomed that a memorandum was signed", (1,), False, "Ministry of Defense")
    named = Rival("Arild Gram", (8,), True, "geopolitika.no")
    return signatories(
        signatory(
            "Kihara Minoru",
            "木原稔",
            ("Minister of Defense", "Ministry of Defense"),
            "Japan",
            signed,
            Support(Standing.DISPUTED, (4, 5), 2, (welcomed,)),
        ),
        signatory(
            "Bjørn Arild Gram",
            "",
            ("Minister of Defence", "Ministry of Defence"),
            "Norway",
            signed,
            Support(Standing.DISPUTED, (4, 5), 2, (named,)),
        ),
    )


def _rich_rest() -> tuple[Section, ...]:
    provisions = (
        item("Joint research, development and production", "as the purpose of later transfers", single(4)),
        item("Transfer of equipment and technology", "left to a later agreement", single(4)),
    )
    relation = item(
        "Agreement concerning the Transfer of Defense Equipment and Technology",
        "",
        single(4),
        "precursor to",
        status="Not known to be under negotiation",
    )
    said = Item(
        (Run("Welcomed that a memorandum was signed that day."),),
        single(1),
        "Kihara Minoru",
        (("", "Kihara, in a readout of the Ministry of Defense"), ("", "paraphrase"), ("", "3 September 2024")),
    )
    events = (
        item(
            "Meeting of defence ministers",
            "",
            single(1),
            "3 September 2024, 13:55, about 65 minutes",
            kind="Meeting",
            place="Tokyo",
            Participants="Kihara Minoru, Bjørn Arild Gram",
        ),
        item(
            "UK Carrier Strike Group, with a Norwegian frigate",
            "",
            supported(1, 6),
            "2025",
            kind="Deployment",
            place="Indo-Pacific",
            Participants="United Kingdom, Norway",
        ),
        item(
            "Norwegian defence attaché's post in Tokyo to open",
            "",
            single(7),
            "from 2026",
            kind="Other",
            place="Tokyo",
            Participants="Norway",
        ),
    )
    missile = item(
        "Joint Strike Missile",
        "Anti-ship and land-attack missile",
        single(4),
        Manufacturer="Kongsberg",
        Operators="Japan Air Self-Defense Force (F-35A)",
    )
    integration = item("Integration of the missile on the F-35A", "", single(4), by="Kongsberg, Lockheed Martin")
    published = Item(
        (Run("Has the text of the memorandum been published?"),),
        details=(("Due", "1 June 2025"), ("", "Searched, not found: both ministries' sites, 2 May 2025")),
    )
    signed = Item((Run("Who signed for Norway?"),), details=(("Due", "1 June 2025"),))
    return (
        section("provisions", ItemList(provisions)),
        section("relations", ItemList((relation,))),
        section("statements", ItemList((said,))),
        section("events", ItemList(events)),
        section("equipment", ItemList((missile,))),
        section("programmes", ItemList((integration,))),
        section("texts", ItemList((item("English", "Unpublished", UNCITED),))),
        section("tasks", ItemList((published, signed))),
    )


def _rich_summary() -> SourceSummary:
    return SourceSummary(
        8,
        5,
        (
            GradeCount("A", "1", 1),
            GradeCount("B", "2", 3),
            GradeCount("C", "3", 2),
            GradeCount("", "", 2),
        ),
        "The signature and its date rest on five independent reports. Who signed is disputed.",
        ("The readout of the meeting is the host ministry's own.",),
        ("The text is not public.", "No Norwegian official source has been found."),
    )


def _rich_notes() -> tuple[Note, ...]:
    original = "original report"
    day = "3 September 2024"
    return (
        note(
            1,
            "Ministry of Defense of Japan",
            "[Readout of the meeting of defence ministers]",
            "https://j-defense.ikaros.jp/docs/mod/001289.html",
            publisher="J-Defense",
            issued=day,
            reliability="A",
            credibility="1",
            origin=original,
        ),
        note(
            2,
            "Jiji Press",
            "[Report on the memorandum between the authorities]",
            "https://sp.m.jiji.com/article/show/3329346",
            publisher="Jiji",
            issued=day,
            reliability="B",
            credibility="2",
            origin=original,
            quotation="当局間",
            quotation_language="ja",
            translation="between the authorities",
        ),
        note(
            3,
            "Nikkei",
            "[Report on the memorandum]",
            "https://nikkeilive.com/politics/29416.html",
            publisher="Nikkei",
            issued=day,
            reliability="B",
            credibility="2",
            origin=original,
        ),
        note(
            4,
            "Janes",
            "Japan, Norway sign defence industry deal",
            "https://janes.com/osint-insights/defence-news/security/japan-norway-sign-defence-industry-deal",
            publisher="Janes",
            issued="September 2024",
            reliability="B",
            credibility="2",
            origin=original,
        ),
        note(
            5,
            "Kuwait News Agency",
            "Japan, Norway Sign MoU On Defense Equipment Cooperation",
            "https://menafn.com/1108632183/Japan-Norway-Sign-Mou-On-Defense-Equipment-Cooperation",
            publisher="MENAFN",
            issued=day,
            reliability="C",
            credibility="3",
            origin=original,
        ),
        note(
            6,
            "Etterretningen",
            "Norway and Japan are strengthening their security and defence policy cooperation",
            "https://etterretningen.no/2024/09/03/"
            "norway-and-japan-are-strengthening-their-security-and-defence-policy-cooperation",
            publisher="Etterretningen",
            issued=day,
            origin="repeats the Norwegian government",
            is_original=False,
        ),
        note(
            7,
            "Dagsavisen",
            "Norge og Japan skal styrke forsvarssamarbeidet",
            "https://www.dagsavisen.no/nyheter/innenriks/2024/09/03/norge-og-japan-skal-styrke-forsvars-samarbeidet/",
            publisher="Dagsavisen",
            issued=day,
            language="nb",
            reliability="C",
            credibility="3",
            origin=original,
        ),
        note(
            8,
            "Geopolitika",
            "Norge inngår forsvarsindustriavtale med Japan",
            "https://geopolitika.no/norge-inngar-forsvarsindustriavtale-med-japan",
            publisher="Geopolitika",
            language="nb",
            origin="repeats note 4",
            is_original=False,
        ),
    )


def france() -> Briefing:
    """The Japan-France transfer agreement of 2015, with its four signatories."""
    both = supported(1, 2)
    front = Front(
        case_title="Japan and its defence equipment partners",
        revision="3f9a2c1",
        marking=Marking(Tlp.GREEN),
        date="4 May 2025",
        compiled=datetime(2025, 5, 4, 9, 30, tzinfo=UTC),
    )
    title = Fact(
        "Title",
        "Agreement between the Government of Japan and the Government of the French Republic concerning "
        "the Transfer of Defence Equipment and Technology",
        both,
    )
    other = (Phrase("防衛装備品及び技術の移転に関する日本国政府とフランス共和国政府との間の協定", "ja"),)
    ladder = Ladder(
        (
            Step("Negotiation", StepState.UNKNOWN),
            Step("Signature", StepState.REACHED, "13 March 2015", both),
            Step("Entry into force", StepState.REACHED, "1 December 2016", single(2)),
            Step("Termination", StepState.NOT_REACHED, "", single(2)),
        )
    )
    status = Item((Run("In force since 1 December 2016", Role.HEADLINE),), single(2))
    facts = (
        Fact("Instrument", "Agreement", both),
        Fact("Signed", "13 March 2015, Tokyo", both),
        Fact("Entry into force", "1 December 2016", single(2)),
        Fact("Subjects", "Transfer of equipment and technology"),
        Fact("Term", "", UNKNOWN),
    )
    signed = ("Signature", "13 March 2015", "in post that day")
    not_shown = (*signed[:2], "in post that day: not shown")
    foreign = ("Minister for Foreign Affairs",)
    rows = (
        signatory("Kishida Fumio", "岸田文雄", foreign, "Japan", signed, single(1)),
        signatory("Nakatani Gen", "中谷元", ("Minister of Defense",), "Japan", signed, single(1)),
        signatory("Laurent Fabius", "", foreign, "France", signed, single(1)),
        signatory("Jean-Yves Le Drian", "", ("Minister of Defence",), "France", not_shown, single(1)),
    )
    summary = SourceSummary(
        2,
        2,
        (GradeCount("A", "1", 2),),
        "",
        ("Both are the depositary ministry's own.",),
        ("No French source.",),
    )
    sections = (
        section("status", status, Ladders((ladder,))),
        section("facts", FactTable(facts)),
        signatories(*rows),
        section("provisions", ItemList((item("Control of third-party transfer", "", single(2)),))),
        section("sources", SourceStatement(summary)),
    )
    notes = (
        note(
            1,
            "Ministry of Foreign Affairs of Japan",
            "[Press release on the signature]",
            "https://www.mofa.go.jp/mofaj/press/release/press4_003989.html",
            publisher="MOFA",
            issued="13 March 2015",
            reliability="A",
            credibility="1",
            origin="original report",
        ),
        note(
            2,
            "Ministry of Foreign Affairs of Japan",
            "[Treaty page A-H28-037]",
            "https://www.mofa.go.jp/mofaj/gaiko/treaty/htmls/A-H28-037.html",
            publisher="MOFA",
            reliability="A",
            credibility="1",
            origin="original report",
        ),
    )
    return _sheet(front, Chapter(BriefingKind.AGREEMENT, LABELS.sheet, title, sections, other), notes)


def empty() -> Briefing:
    """An agreement with a title only."""
    front = Front("Japan and its defence equipment partners", "3f9a2c1", Marking(Tlp.CLEAR))
    sections = (
        section("status", plain(LABELS.nothing_recorded, Role.QUIET)),
        section("sources", plain(LABELS.no_sources, Role.QUIET)),
    )
    title = Fact("Title", "Agreement on something not yet described")
    return _sheet(front, Chapter(BriefingKind.AGREEMENT, LABELS.sheet, title, sections))
