"""A filter in words, as it stands above a register."""

from collections.abc import Callable

from db.fields import fields_of
from db.filters import Condition, Either, Every, Not, Term, Word
from db.models import Agreement
from exports.briefing.languages import Vocabulary


def filter_words(term: Term, vocabulary: Vocabulary, name_of: Callable[[str], str] = str) -> str:
    """What a filter asks for: "status in force and not party Norway"; `name_of` says what a party is called."""
    labels = vocabulary.labels
    match term:
        case Word():
            return labels.contains_word.format(word=term.text)
        case Condition():
            return labels.has_value.format(
                field=_field(term.field, vocabulary), value=_value(term, vocabulary, name_of)
            )
        case Not():
            return labels.negated.format(term=_inside(term.term, vocabulary, name_of))
        case Every():
            return _joined(labels.both, [_inside(each, vocabulary, name_of) for each in term.terms])
        case Either():
            return _joined(labels.either, [_inside(each, vocabulary, name_of) for each in term.terms])


def _inside(term: Term, vocabulary: Vocabulary, name_of: Callable[[str], str]) -> str:
    words = filter_words(term, vocabulary, name_of)
    return vocabulary.labels.grouping.format(terms=words) if isinstance(term, Every | Either) else words


def _joined(form: str, terms: list[str]) -> str:
    words = terms[0] if terms else ""
    for term in terms[1:]:
        words = form.format(first=words, second=term)
    return words


_NAMES = {"signed": "signed_on", "in_force": "in_force_since", "party": "group_party", "subject": "group_subject"}


def _field(name: str, vocabulary: Vocabulary) -> str:
    word = getattr(vocabulary.labels, _NAMES.get(name, name), name.replace("_", " "))
    return str(word).lower()


def _value(condition: Condition, vocabulary: Vocabulary, name_of: Callable[[str], str]) -> str:
    """A term in the briefing's language, a party by its name, anything else as it was typed."""
    if condition.field == "party":
        return name_of(condition.value)
    if condition.field == "status":
        return vocabulary.status(condition.value.casefold())
    for name in (condition.field, f"{condition.field}s"):
        field = fields_of(Agreement).get(name)
        if field and field.vocabulary:
            found = [each for each in field.vocabulary if each.value == condition.value.casefold()]
            return vocabulary.term(found[0]) if found else condition.value
    return condition.value
