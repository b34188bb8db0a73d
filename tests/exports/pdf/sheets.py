"""Three sheets: a rich one whose signatories are disputed, one with four signatories, one with a title only.

The facts are those of Japan's agreements with Norway (2024) and France (2015) as their public sources give
them. Case, revision, grades, tasks and access dates are made up; a snapshot's hash is that of its address.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from db.models.vocabulary import AssessmentForm, HeldPost, Standing, Tlp
from exports.briefing.sheet import (
    UNKNOWN,
    AgreementSheet,
    Assessment,
    Equipment,
    Event,
    Fact,
    GradeCount,
    InstrumentText,
    Ladder,
    Marking,
    Note,
    Party,
    Phrase,
    Programme,
    Provision,
    Relation,
    Rival,
    Signatory,
    SourceSummary,
    Statement,
    Step,
    StepState,
    Support,
    Task,
)


def supported(*notes: int, origins: int = 2) -> Support:
    return Support(Standing.SUPPORTED, notes, origins)


def single(*notes: int) -> Support:
    return Support(Standing.SINGLE, notes, 1)


def note(number: int, author: str, title: str, url: str, **particulars: str) -> Note:
    language = particulars.pop("language", "")
    reference = (Phrase(f"{author}. "), Phrase(title, language), Phrase("."))
    snapshot = sha256(url.encode()).hexdigest()
    return Note(number, reference, url, accessed="2 May 2025", snapshot=snapshot, **particulars)


def rich() -> AgreementSheet:
    """The Japan-Norway memorandum of 2024."""
    return AgreementSheet(
        case_title="Japan and its defence equipment partners",
        revision="3f9a2c1",
        marking=Marking(Tlp.AMBER, "RELEASABLE TO THE WORKING GROUP ON EQUIPMENT"),
        date="4 May 2025",
        compiled=datetime(2025, 5, 4, 9, 30, tzinfo=UTC),
        originator="Desk for East Asia",
        title=Fact(
            "Title",
            "Memorandum of understanding on defence equipment and technology cooperation",
            supported(1, 4, origins=3),
        ),
        other_titles=(Phrase("防衛装備・技術協力に関する覚書", "ja"),),
        status=Fact("Status", "Signed on 3 September 2024", supported(1, 2, 5, origins=4)),
        ladder=Ladder(
            (
                Step("Announced", StepState.UNKNOWN),
                Step("Signature", StepState.REACHED, "3 September 2024", supported(1, 2, 5, origins=4)),
                Step("Entry into force", StepState.UNKNOWN),
                Step("Expiry or termination", StepState.UNKNOWN),
            )
        ),
        assessments=(
            Assessment(
                AssessmentForm.KEY_JUDGEMENT,
                "A full transfer agreement between Japan and Norway will follow the memorandum.",
                "Japan has concluded a transfer agreement with every partner it supplies; one outlet calls "
                "the memorandum a precursor.",
                "Moderate",
                "Likely",
                (4,),
            ),
            Assessment(
                AssessmentForm.TALKING_POINT,
                "Ask when Norway expects negotiations on a transfer agreement to open.",
            ),
            Assessment(
                AssessmentForm.TALKING_POINT,
                "Do not say that the two ministers signed: the Japanese readout does not.",
                notes=(1, 2),
            ),
        ),
        facts=(
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
        ),
        parties=(
            Party("Japan", "", (), supported(1, 5), (Phrase("日本国", "ja"),)),
            Party("Norway", "", (), supported(1, 5), (Phrase("Kongeriket Norge", "nb"),)),
        ),
        signatories=(
            Signatory(
                "Kihara Minoru",
                (Phrase("木原稔", "ja"),),
                "Minister of Defense",
                "Ministry of Defense",
                "Japan",
                "Reported signature",
                "3 September 2024",
                HeldPost.YES,
                Support(
                    Standing.DISPUTED,
                    (4, 5),
                    2,
                    (Rival("he welcomed that a memorandum was signed", (1,), False, "Ministry of Defense"),),
                ),
            ),
            Signatory(
                "Bjørn Arild Gram",
                (),
                "Minister of Defence",
                "Ministry of Defence",
                "Norway",
                "Reported signature",
                "3 September 2024",
                HeldPost.YES,
                Support(
                    Standing.DISPUTED,
                    (4, 5),
                    2,
                    (Rival("Arild Gram", (8,), True, "geopolitika.no"),),
                ),
            ),
        ),
        provisions=(
            Provision(
                "Joint research, development and production",
                "as the purpose of later transfers",
                "",
                single(4),
            ),
            Provision("Transfer of equipment and technology", "left to a later agreement", "", single(4)),
        ),
        relations=(
            Relation(
                "precursor to",
                "Agreement concerning the Transfer of Defense Equipment and Technology",
                "Not known to be under negotiation",
                single(4),
            ),
        ),
        statements=(
            Statement(
                "Kihara Minoru",
                "Welcomed that a memorandum was signed that day.",
                date="3 September 2024",
                attribution="Kihara, in a readout of the Ministry of Defense",
                support=single(1),
            ),
        ),
        events=(
            Event(
                "Meeting",
                "Meeting of defence ministers",
                "3 September 2024, 13:55, about 65 minutes",
                "Tokyo",
                ("Kihara Minoru", "Bjørn Arild Gram"),
                single(1),
            ),
            Event(
                "Deployment",
                "UK Carrier Strike Group, with a Norwegian frigate",
                "2025",
                "Indo-Pacific",
                ("United Kingdom", "Norway"),
                supported(1, 6),
            ),
            Event(
                "Other",
                "Norwegian defence attaché's post in Tokyo to open",
                "from 2026",
                "Tokyo",
                ("Norway",),
                single(7),
            ),
        ),
        equipment=(
            Equipment(
                "Joint Strike Missile",
                "Anti-ship and land-attack missile",
                "Kongsberg",
                ("Japan Air Self-Defense Force (F-35A)",),
                single(4),
            ),
        ),
        programmes=(
            Programme("Integration of the missile on the F-35A", "", ("Kongsberg", "Lockheed Martin"), single(4)),
        ),
        texts=(InstrumentText("English", None, "Unpublished"),),
        tasks=(
            Task(
                "Has the text of the memorandum been published?",
                "1 June 2025",
                "Searched, not found: both ministries' sites, 2 May 2025",
            ),
            Task("Who signed for Norway?", "1 June 2025"),
        ),
        notes=_rich_notes(),
        sources=SourceSummary(
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
        ),
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
        ),
    )


def france() -> AgreementSheet:
    """The Japan-France transfer agreement of 2015, with its four signatories."""
    both = supported(1, 2)
    signature = {"action": "Signature", "date": "13 March 2015", "support": single(1)}
    return AgreementSheet(
        case_title="Japan and its defence equipment partners",
        revision="3f9a2c1",
        marking=Marking(Tlp.GREEN),
        date="4 May 2025",
        compiled=datetime(2025, 5, 4, 9, 30, tzinfo=UTC),
        title=Fact(
            "Title",
            "Agreement between the Government of Japan and the Government of the French Republic concerning "
            "the Transfer of Defence Equipment and Technology",
            both,
        ),
        other_titles=(Phrase("防衛装備品及び技術の移転に関する日本国政府とフランス共和国政府との間の協定", "ja"),),
        status=Fact("Status", "In force since 1 December 2016", single(2)),
        ladder=Ladder(
            (
                Step("Negotiation", StepState.UNKNOWN),
                Step("Signature", StepState.REACHED, "13 March 2015", both),
                Step("Entry into force", StepState.REACHED, "1 December 2016", single(2)),
                Step("Termination", StepState.NOT_REACHED, "", single(2)),
            )
        ),
        facts=(
            Fact("Instrument", "Agreement", both),
            Fact("Signed", "13 March 2015, Tokyo", both),
            Fact("Entry into force", "1 December 2016", single(2)),
            Fact("Subjects", "Transfer of equipment and technology"),
            Fact("Term", "", UNKNOWN),
        ),
        signatories=(
            Signatory(
                "Kishida Fumio",
                (Phrase("岸田文雄", "ja"),),
                "Minister for Foreign Affairs",
                on_behalf_of="Japan",
                held_post=HeldPost.YES,
                **signature,  # type: ignore[arg-type]
            ),
            Signatory(
                "Nakatani Gen",
                (Phrase("中谷元", "ja"),),
                "Minister of Defense",
                on_behalf_of="Japan",
                held_post=HeldPost.YES,
                **signature,  # type: ignore[arg-type]
            ),
            Signatory(
                "Laurent Fabius",
                (),
                "Minister for Foreign Affairs",
                on_behalf_of="France",
                held_post=HeldPost.YES,
                **signature,  # type: ignore[arg-type]
            ),
            Signatory(
                "Jean-Yves Le Drian",
                (),
                "Minister of Defence",
                on_behalf_of="France",
                held_post=HeldPost.NOT_SHOWN,
                **signature,  # type: ignore[arg-type]
            ),
        ),
        provisions=(Provision("Control of third-party transfer", "", "", single(2)),),
        notes=(
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
        ),
        sources=SourceSummary(
            2,
            2,
            (GradeCount("A", "1", 2),),
            "",
            ("Both are the depositary ministry's own.",),
            ("No French source.",),
        ),
    )


def empty() -> AgreementSheet:
    """An agreement with a title only."""
    return AgreementSheet(
        case_title="Japan and its defence equipment partners",
        revision="3f9a2c1",
        marking=Marking(Tlp.CLEAR),
        title=Fact("Title", "Agreement on something not yet described"),
    )
