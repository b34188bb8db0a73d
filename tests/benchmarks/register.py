"""What a large register says: agreements, actions, officials, sources and claims, realistic in many scripts."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from babel import Locale

from db.dates.column import encode
from db.dates.edtf import read
from db.identity import link_id
from db.models.vocabulary import Action, InstrumentType, Subject

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
COLUMNS = {
    "agreement": ("id", "title", "instrument_type", "place_signed", "summary", "unts_number"),
    "agreement_subject": ("id", "agreement_id", "subject"),
    "party": ("id", "agreement_id", "organization_id"),
    "party_action": ("id", "agreement_id", "organization_id", "action", "date", "place"),
    "signatory": ("id", "action_id", "person_id"),
    "other_name": ("id", "record_id", "name", "language"),
    "tagging": ("id", "record_id", "tag_id"),
    "claim": ("id", "subject_id", "property", "value", "citation_id"),
}
"""Of each table that grows with the register, the columns that are filled, the id first."""
FIRST_YEAR, LAST_YEAR = 1950, 2026
_TEMPLATES: tuple[tuple[int, str, str], ...] = (
    (8, "en", "Agreement between the Government of {a} and the Government of {b} concerning {t}"),
    (8, "en", "Memorandum of Understanding between the Ministry of Defence of {a} and that of {b} on {t}"),
    (4, "en", "Protocol amending the {y} Agreement between {a} and {b} on {t}"),
    (4, "en", "Exchange of notes between {a} and {b} constituting an agreement on {t}"),
    (3, "en", "Technical arrangement on {t}, {a}–{b}"),
    (2, "en", "“{T}”: joint declaration of {a} and {b}"),
    (3, "fr", "Accord entre le Gouvernement de {a} et le Gouvernement de {b} relatif à {t}"),
    (2, "es", "Convenio entre {a} y {b} sobre {t}"),
    (1, "de", "Übereinkunft zwischen {a} und {b} über {t}"),
    (1, "nb", "Avtale mellom {a} og {b} om {t}"),
    (1, "pl", "Umowa między {a} a {b} w sprawie {t}"),
    (1, "ru", "Соглашение между {a} и {b} о {t}"),
    (2, "ja", "{a}と{b}との間の{t}に関する協定"),
    (1, "ko", "{a}와 {b} 간의 {t}에 관한 협정"),
    (1, "ar", "اتفاق بين {a} و {b} بشأن {t}"),
)
_TOPICS = {
    "en": (
        "the transfer of defence equipment and technology",
        "mutual logistic support",
        "the protection of classified military information",
        "the status of visiting forces",
        "joint maritime patrols and exercises",
        "the exchange of officers and cadets",
        "cyber defence training",
        "research into radar and sonar",
        "the co-production of artillery ammunition",
        "air policing and overflight",
        "peacekeeping training centres",
        "the maintenance of helicopters",
    ),
    "fr": ("la coopération militaire", "l’échange d’informations protégées", "l’équipement naval", "l’entraînement"),
    "es": ("cooperación en materia de defensa", "intercambio de información clasificada", "apoyo logístico"),
    "de": ("den Schutz von Verschlusssachen", "Rüstungszusammenarbeit", "die Ausbildung von Offizieren"),
    "nb": ("gjensidig logistikkstøtte", "øvelser i Østersjøen", "beskyttelse av gradert informasjon"),
    "pl": ("współpracy wojskowej", "ochrony informacji niejawnych", "wspólnych ćwiczeń"),
    "ru": ("военно-техническом сотрудничестве", "взаимной защите секретной информации"),
    "ja": ("防衛装備品及び技術の移転", "物品又は役務の相互の提供", "秘密情報の保護"),
    "ko": ("군사비밀정보의 보호", "상호군수지원", "방산협력"),
    "ar": ("التعاون العسكري", "حماية المعلومات السرية", "التدريب المشترك"),
}
_PLACES = ("Tokyo", "Oslo", "London", "Paris", "København", "Łódź", "Brussels", "São Paulo", "Vienna", "東京")
_ENDINGS = (Action.TERMINATION, Action.EXPIRY)
_AFTER = (Action.ENTRY_INTO_FORCE, Action.RATIFICATION, Action.NOTIFICATION)
SURNAMES = ("Hansen", "Sato", "Müller", "Kowalska", "García", "Dubois", "Øverli", "Ibrahim", "Kask", "木原", "Петров")
GIVEN = ("Ingrid", "Minoru", "Jürgen", "Anna", "José", "Élodie", "Åse", "Omar", "Mari", "稔", "Иван")


@cache
def state_names() -> dict[str, dict[str, str]]:
    """What each language calls 190 states, by alpha-3 code."""
    import pycountry

    alike = {language: Locale.parse(language).territories for language in _TOPICS}
    states = sorted(pycountry.countries, key=lambda state: str(state.alpha_3))
    named = [state for state in states if all(state.alpha_2 in names for names in alike.values())]
    return {
        str(state.alpha_3): {language: str(names[state.alpha_2]) for language, names in alike.items()}
        for state in named[:190]
    }


@dataclass
class Register:
    """A register that is being made: the same seed gives the same register."""

    states: dict[str, bytes]
    """Ids by alpha-3 code."""
    officials: list[bytes]
    citations: list[bytes]
    tags: list[bytes]
    seed: int = 1
    _made: int = 0
    _chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._codes = list(self.states)
        self._weights = [1 + 40 / (rank + 1) for rank in range(len(self._codes))]
        self._forms = [item for item in _TEMPLATES for _ in range(item[0])]
        self._actions = list(InstrumentType), list(Subject)

    def agreements(self, count: int) -> Rows:
        """The rows of that many agreements with all that belongs to them, by table."""
        rows: Rows = {table: [] for table in COLUMNS}
        for _ in range(count):
            self._agreement(rows)
        return rows

    def _new_id(self) -> bytes:
        """A UUIDv7 of a clock that only counts."""
        self._made += 1
        bits = self._chance.getrandbits(74)
        head = (1_700_000_000_000 + self._made // 16).to_bytes(6, "big")
        return head + (0x7000 | bits >> 62).to_bytes(2, "big") + (0b10 << 62 | bits & (1 << 62) - 1).to_bytes(8, "big")

    def _agreement(self, rows: Rows) -> None:
        chance, key = self._chance, self._new_id()
        number = 2 if chance.random() < 0.95 else chance.randint(3, 28)
        codes = list(dict.fromkeys(chance.choices(self._codes, self._weights, k=number)))
        if len(codes) == 1:
            codes.append(self._codes[-1 if codes[0] == self._codes[0] else 0])
        year = chance.randint(FIRST_YEAR, LAST_YEAR - 1)
        _, language, form = chance.choice(self._forms)
        title = self._title(language, form, codes, year)
        instruments, subjects = self._actions
        summary = f"{title}. {chance.choice(_TOPICS['en']).capitalize()}." if chance.random() < 0.2 else None
        series = f"{chance.randint(1, 60000)}" if chance.random() < 0.3 else None
        place = chance.choice(_PLACES) if chance.random() < 0.8 else None
        rows["agreement"].append((key, title, chance.choice(instruments).value, place, summary, series))
        for subject in {chance.choice(subjects) for _ in range(chance.randint(1, 2))}:
            rows["agreement_subject"].append((_link("agreement_subject", key, subject), key, subject.value))
        for code in codes:
            state = self.states[code]
            rows["party"].append((_link("party", key, uuid.UUID(bytes=state)), key, state))
        self._deeds(rows, key, year, place)
        self._annotations(rows, key, title, codes)

    def _title(self, language: str, form: str, codes: list[str], year: int) -> str:
        names = state_names()
        topic = self._chance.choice(_TOPICS[language])
        first, second = (names[code][language] for code in codes[:2])
        return form.format(a=first, b=second, t=topic, T=topic.capitalize(), y=year - 5)

    def _deeds(self, rows: Rows, key: bytes, year: int, place: str | None) -> None:
        chance = self._chance
        actions = [Action.SIGNATURE, chance.choice(_AFTER), chance.choice(_ENDINGS)][: chance.choice((1, 2, 2, 3))]
        for step, action in enumerate(actions):
            deed = self._new_id()
            date = self._date(min(year + step * chance.randint(0, 9), LAST_YEAR))
            rows["party_action"].append((deed, key, None, action.value, date, place if step == 0 else None))
            if step == 0 and chance.random() < 0.2:
                person = chance.choice(self.officials)
                name = link_id("signatory", uuid.UUID(bytes=deed), uuid.UUID(bytes=person), None, None).bytes
                rows["signatory"].append((name, deed, person))
            if chance.random() < 0.05:
                claimed = date if chance.random() < 0.8 else self._date(year)
                self._claim(rows, deed, "date", claimed.split("|")[2])

    def _date(self, year: int) -> str:
        chance = self._chance.random()
        month, day = self._chance.randint(1, 12), self._chance.randint(1, 28)
        form = f"{year}-{month:02}-{day:02}" if chance < 0.9 else f"{year}-{month:02}" if chance < 0.96 else f"{year}~"
        return _stored(form)

    def _annotations(self, rows: Rows, key: bytes, title: str, codes: list[str]) -> None:
        chance = self._chance
        if chance.random() < 0.05:
            self._claim(rows, key, "title", title if chance.random() < 0.8 else f"{title} (draft)")
        if chance.random() < 0.03:
            name = self._title("ja", "{a}・{b}{t}協定", codes, FIRST_YEAR)
            rows["other_name"].append((self._new_id(), key, name, "ja"))
        if chance.random() < 0.05:
            tag = chance.choice(self.tags)
            rows["tagging"].append((_link("tagging", key, uuid.UUID(bytes=tag)), key, tag))

    def _claim(self, rows: Rows, subject: bytes, name: str, value: str) -> None:
        rows["claim"].append((self._new_id(), subject, name, value, self._chance.choice(self.citations)))


def officials(count: int, seed: int = 2) -> Iterator[dict[str, object]]:
    """Officials as an importer gives them."""
    chance = random.Random(seed)
    for _ in range(count):
        family, given = chance.choice(SURNAMES), chance.choice(GIVEN)
        middle = chance.choice("ABCDEFGHIJKLM")
        yield {
            "name": f"{given} {middle}. {family}",
            "family_name": family,
            "sort_name": f"{family}, {given} {middle}.",
        }


def sources(count: int, seed: int = 3) -> Iterator[dict[str, object]]:
    """Newspaper articles as an importer gives them."""
    chance, names = random.Random(seed), list(state_names().values())
    for number in range(count):
        first, second = chance.sample(names, 2)
        topic = chance.choice(_TOPICS["en"])
        yield {
            "title": f"{first['en']} and {second['en']} agree on {topic}",
            "source_type": "article-newspaper",
            "issued": f"{chance.randint(FIRST_YEAR, LAST_YEAR - 1)}-{chance.randint(1, 12):02}-01",
            "url": f"https://news.example/{number}",
            "reliability": chance.choice("ABCDEF"),
        }


def _link(table: str, owner: bytes, end: object) -> bytes:
    return link_id(table, uuid.UUID(bytes=owner), end).bytes


@cache
def _stored(form: str) -> str:
    return encode(read(form))
