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
}
