"""Which posts a country pair's brief tells of: those with duties in security, defence and foreign affairs.

The file does not say what a post is for, so its words do: those of its label, its role and its body. The head of
government counts, and any post of an armed service. The ambassador to a third state does not.
"""

import re
from collections.abc import Collection

from db.models.vocabulary import Classification
from db.queries.records import RecordRow

_STEMS = (
    "defen[cs]e", "defensive", "security", "foreign", "external", "armed force", "military", "national guard",
    "prime minister", "premier", "president", "head of government", "chancellor",
    "chief of (the )?(general |defen[cs]e )?staff",
    "ambassador", "attaché", "attache", "envoy", "procurement", "navy", "naval", "army", "air force", "coast ?guard",
    "intelligence", "forsvar", "utenriks", "utanriks", "sikkerhet", "tryggleik", "statsminister", "ambassadør",
    "défense", "affaires étrangères", "armées", "verteidigung", "auswärtig", "difesa", "esteri", "defensa", "exterior",
)  # fmt: skip
_NOT_BEFORE = r"(?<![^\W_])"
_DUTY = re.compile(f"{_NOT_BEFORE}(?:{'|'.join(_STEMS)})")
_DUTY_WITHOUT_SPACES = re.compile("防衛|防卫|国防|外務|外交|安全保障|総理|首相|大使|武官|幕僚|국방|외교|안보|총리|대사")


def has_duty(post: RecordRow | None, body: RecordRow | None) -> bool:
    """Whether a post, or the body that somebody belongs to, has to do with security, defence or foreign affairs."""
    if body and body["classification"].value is Classification.ARMED_SERVICE:
        return True
    words = [post["label"].text, post["role"].text] if post else []
    words += [body["name"].text] if body and body["classification"].value is not Classification.STATE else []
    text = " ".join(words).casefold()
    return bool(_DUTY.search(text) or _DUTY_WITHOUT_SPACES.search(text))


def names_any(post: RecordRow | None, states: Collection[str]) -> bool:
    """Whether a post's label names one of some states, as “Ambassador of Japan to Germany” does."""
    label = post["label"].text if post else ""
    return any(re.search(rf"(?<!\w){re.escape(state)}(?!\w)", label, re.IGNORECASE) for state in states)
