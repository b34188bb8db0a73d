"""The fixed words of a briefing below a marking: none of them says of the file what only this briefing does not tell.

They take the places of the words of the same names whether anything was left out or not, and so give nothing away.
"""

ENGLISH = {
    "not_known": "Not stated",
    "step_unknown": "not stated",
    "status_not_known": "of a status not stated",
    "count_unknown": "{count} of a status not stated",
    "no_year": "Day of signature not stated",
    "no_posts": "No post of this official is stated here.",
    "no_agreements": "No agreement between {first} and {second} is stated here.",
    "none_between": "No agreement between {first} and {second} alone is stated here.",
    "register_title": "Agreements",
    "register_all": "Agreements, as of {date}.",
    "register_nothing": "None is stated here.",
    "last_meeting": "Last meeting stated",
    "next_event": "Next event stated",
    "explained_unknown": "Not stated, not shown: nothing told here says or proves it. It does not mean no.",
    "explained_origins": "Original report: repeats no source cited here; those that repeat each other are one origin.",
    "publicity_unknown": "Whether the text is public is not stated.",
    "signed_instead": "Told here as signed by {names}",
    "register_found": "Agreements with {filter}, as of {date}.",
    "count_signed": "{count} signed, entry into force not stated",
    "count_unsigned": "{count} whose signature is not stated",
    "pending_signed": "Signed, entry into force not stated",
    "tenures_figure": (
        "Posts held over time. Solid: shown by evidence; a disc: shown on one day. Dashed: possible, not shown. Three "
        "dots: how much longer is not stated."
    ),
    "network_figure": (
        "Read a line upwards: the lower agreement, the words beside the line, the older agreement. Solid box: in "
        "force; dashed: entry into force not stated; pale: ended; pale and dashed: status not stated."
    ),
}
JAPANESE = {
    "not_known": "記載なし",
    "step_unknown": "記載なし",
    "status_not_known": "状況の記載なし",
    "count_unknown": "状況の記載なし {count} 件",
    "no_year": "署名日の記載なし",
    "no_posts": "この人物の役職は本資料に記載されていない。",
    "no_agreements": "{first}と{second}との間の合意文書は本資料に記載されていない。",
    "none_between": "{first}と{second}のみの間の合意文書は本資料に記載されていない。",
    "register_title": "合意文書",
    "register_all": "{date}現在の合意文書。",
    "register_nothing": "記載なし。",
    "last_meeting": "記載された最後の会合",
    "next_event": "記載された次の行事",
    "explained_unknown": "「記載なし」「確認されず」：本資料に記載や証拠がないことを示し、否定を意味しない。",
    "explained_origins": (
        "「独自の報道」：本資料の他の出典を引き写したものではない。互いに引き写す出典は一つの情報源と数える。"
    ),
    "publicity_unknown": "本文が公開されているかは記載なし。",
    "signed_instead": "本資料における署名者：{names}",
    "register_found": "次に該当する合意文書：{filter}。{date}現在。",
    "count_signed": "署名済み・発効の記載なし {count} 件",
    "count_unsigned": "署名の記載なし {count} 件",
    "pending_signed": "署名済み、発効の記載なし",
    "tenures_figure": (
        "在職期間。実線：証拠で確認された期間、円：確認された一日、破線：可能性のある期間、三つの点：その先は記載なし。"
    ),
    "network_figure": (
        "線は下から上へ読む：下の合意文書、線の傍らの語句、上のより古い合意文書。枠が実線：効力発生中、"
        "破線：発効の記載なし、淡色：終了、淡色の破線：状況の記載なし。"
    ),
}
NORWEGIAN = {
    "not_known": "Ikke oppgitt",
    "step_unknown": "ikke oppgitt",
    "status_not_known": "uten oppgitt status",
    "count_unknown": "{count} uten oppgitt status",
    "no_year": "Undertegningsdag ikke oppgitt",
    "no_posts": "Ingen stilling er oppgitt her for denne personen.",
    "no_agreements": "Ingen avtale mellom {first} og {second} er oppgitt her.",
    "none_between": "Ingen avtale mellom {first} og {second} alene er oppgitt her.",
    "register_title": "Avtaler",
    "register_all": "Avtaler per {date}.",
    "register_nothing": "Ingen er oppgitt her.",
    "last_meeting": "Siste møte som er oppgitt",
    "next_event": "Neste begivenhet som er oppgitt",
    "explained_unknown": "Ikke oppgitt, ikke påvist: ingenting her sier eller beviser det. Det betyr ikke nei.",
    "explained_origins": (
        "Egen melding: kilden gjengir ingen annen som er anført her. Kilder som gjengir hverandre, er ett opphav."
    ),
    "publicity_unknown": "Om teksten er offentlig, er ikke oppgitt.",
    "signed_instead": "Her oppgitt som undertegnet av {names}",
    "register_found": "Avtaler med {filter}, per {date}.",
    "count_signed": "{count} undertegnet, ikrafttredelse ikke oppgitt",
    "count_unsigned": "{count} uten oppgitt undertegning",
    "pending_signed": "Undertegnet, ikrafttredelse ikke oppgitt",
    "tenures_figure": (
        "Stillinger over tid. Heltrukket: belagt; en prikk: belagt én dag. Stiplet: mulig, ikke påvist. Tre små "
        "prikker: hvor mye lenger er ikke oppgitt."
    ),
    "network_figure": (
        "Les en linje oppover: avtalen nederst, ordene ved linjen, den eldre avtalen. Hel ramme: i kraft; "
        "stiplet: ikrafttredelse ikke oppgitt; blek: opphørt; blek og stiplet: status ikke oppgitt."
    ),
}
