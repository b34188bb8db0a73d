"""Likely duplicates: what is offered, what is not, with which reasons; and that it takes no time to speak of."""

import uuid

import pytest

from db.duplicates import agreements, profiles
from db.duplicates.classes import joined
from db.duplicates.finder import Pair, duplicates, pair_of
from db.duplicates.likeness import LEAST, neighbours
from db.duplicates.words import address, doi, name_words, spelled
from db.errors import InvalidValue
from db.models import (
    Agreement,
    Entity,
    Membership,
    Organization,
    OtherName,
    PartyAction,
    Person,
    Post,
    Publication,
    Signatory,
    Source,
    Tag,
)
from tests.db.case import Case, Sample


def found(case: Case, *kinds: type[Entity]) -> list[Pair]:
    return case.read(duplicates, kinds) if kinds else case.read(duplicates)


def ends(pairs: list[Pair]) -> set[frozenset[uuid.UUID]]:
    return {frozenset({pair.first, pair.second}) for pair in pairs}


def twins(case: Case, cls: type[Entity], first: dict[str, object], second: dict[str, object]) -> list[Pair]:
    case.add(cls, **first)
    case.add(cls, **second)
    return found(case, cls)


class TestOfficials:
    @pytest.mark.parametrize(
        ("first", "second", "reason"),
        [
            ("Minoru Kihara", "KIHARA Minoru", "The same name"),
            ("Bjørn Arild Gram", "Bjorn Arild Gram", "The same name"),
            ("Gen. Yoshihide Yoshida", "YOSHIDA, Yoshihide", "The same name"),
            ("Gen Nakatani", "NAKATANI Gen", "The same name"),
            ("木原稔", "木原稔", "The same name"),
            ("Сергей Шойгу", "Sergey Shoygu", "another script"),
            ("Иванов Сергей Петрович", "Sergei Ivanov", "another script"),
            ("Щербаков, Юрий", "Yuri Shcherbakov", "another script"),
            ("Γιώργος Γεραπετρίτης", "Giorgos Gerapetritis", "another script"),
            ("محمد بن سلمان", "Mohammed bin Salman", "another script"),
            ("김정은", "Kim Jong-un", "another script"),
            ("きはら みのる", "Minoru Kihara", "another script"),
            ("ビョルン・グラム", "Bjørn Arild Gram", "another script"),
            ("Jürgen Mueller", "Jurgen Muller", "another spelling"),
            ("Bjørn Arild Gram", "Bjørn Gram", "all words of the other"),
            ("Minoru Kihara", "Minoru Kihata", "a letter or two"),
        ],
    )
    def test_one_person(self, case: Case, first: str, second: str, reason: str) -> None:
        (pair,) = twins(case, Person, {"name": first}, {"name": second})
        assert reason in pair.reasons[0]
        assert pair.score >= LEAST
        assert pair.titles == (first, second)
        assert pair.first < pair.second

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("Jens Stoltenberg", "Tore Sandvik"),
            ("Gram", "Gram"),
            ("Minoru Kihara", "Minoru Tanaka"),
            ("B. Gram", "Bjørn Arild Gram"),
            ("木原稔", "Muyuan Ren"),
            ("Сергей Иванов", "Sergei Petrov"),
            ("Анна Ким", "Kim Yuna"),
            ("محمد علي", "Mahmoud Abbas"),
        ],
    )
    def test_two_people(self, case: Case, first: str, second: str) -> None:
        assert twins(case, Person, {"name": first}, {"name": second}) == []

    def test_a_name_in_another_script_is_found_by_either(self, case: Case) -> None:
        first = case.add(Person, name="木原稔")
        second = case.add(Person, name="Minoru Kihara")
        assert found(case) == []
        case.add(OtherName, record=second, name="木原 稔")
        assert found(case) == []  # two words there, one here
        case.add(OtherName, record=first, name="Kihara Minoru")
        assert ends(found(case)) == {frozenset({first, second})}

    def test_initials_need_a_second_support(self, case: Case, sample: Sample) -> None:
        people = [case.add(Person, name=name) for name in ("B. Gram", "Bjørn Arild Gram")]
        for person in people:
            action = case.add(PartyAction, agreement=sample.agreement, action="signature", organization=sample.norway)
            case.add(Signatory, action=action, person=person)
        (pair,) = [pair for pair in found(case, Person) if pair.first == people[0] or pair.second == people[0]][:1]
        assert pair.reasons == ("Initials that fit: B. Gram / Bjørn Arild Gram.", "Both signed for the same party.")

    def test_what_was_held_supports_it_and_a_day_of_birth_speaks_against_it(self, case: Case) -> None:
        post = case.add(Post, label="Minister")
        people = [case.add(Person, name=name) for name in ("B. A. Gram", "Bjørn Arild Gram")]
        assert found(case) == []
        for person in people:
            case.add(Membership, person=person, post=post)
        (pair,) = found(case)
        assert pair.reasons == ("Initials that fit: B. A. Gram / Bjørn Arild Gram.", "Both held the same post.")
        case.put(people[0], "birth_date", "1972-02-02")
        case.put(people[1], "birth_date", "1972")
        (vague,) = found(case)
        assert vague.score > pair.score
        case.put(people[1], "birth_date", "1973")
        assert found(case) == []


class TestOrganizations:
    def test_by_name_or_alias_within_the_same_body(self, case: Case, sample: Sample) -> None:
        first = case.add(Organization, name="Ministry of Defence", parent=sample.norway)
        second = case.add(Organization, name="The Ministry of Defense", parent=sample.norway)
        case.add(Organization, name="Ministry of Defence", parent=sample.japan)
        assert ends(found(case, Organization)) == {frozenset({first, second})}
        third = case.add(Organization, name="Forsvarsdepartementet", parent=sample.norway)
        case.add(OtherName, record=third, name="Ministry of Defence")
        assert len(ends(found(case, Organization))) == 3

    def test_by_the_code_of_the_country(self, case: Case, sample: Sample) -> None:
        kingdom = case.add(Organization, name="Kingdom of Norway")
        assert found(case, Organization) == []
        case.put(kingdom, "iso_code", "NOR")
        (pair,) = found(case, Organization)
        assert (pair.first, pair.second) == (sample.norway, kingdom)  # what all files share stands for both


class TestPostsAndPublications:
    def test_a_post_by_its_title_within_one_organization(self, case: Case, sample: Sample) -> None:
        first = case.add(Post, label="Minister of Defence", organization=sample.norway)
        second = case.add(Post, label="The Minister of Defense", organization=sample.norway)
        case.add(Post, label="Minister of Defence", organization=sample.japan)
        case.add(Post, label="Minister of Defence")
        assert ends(found(case, Post)) == {frozenset({first, second})}

    def test_a_publication_by_its_name_unless_another_one_publishes_it(self, case: Case, sample: Sample) -> None:
        papers = [case.add(Publication, name=name) for name in ("The Japan Times", "Japan Times")]
        (pair,) = found(case, Publication)
        assert {pair.first, pair.second} == set(papers)
        case.put(papers[0], "publisher", sample.norway)
        case.put(papers[1], "publisher", sample.japan)
        assert found(case, Publication) == []


class TestAgreements:
    @pytest.mark.parametrize(
        ("title", "day", "is_found"),
        [
            ("Memorandum on defence equipment", "2024-09-03", True),
            ("Defence equipment memorandum", "2024", True),
            ("Memorandum on defense equipment", None, True),
            ("防衛装備に関する覚書", "2024-09-03", True),
            ("Agreement about fish", "2024-09-03", False),
            ("Agreement about fish", "2024", False),
            ("Memorandum on defence equipment", "2023", False),
        ],
    )
    def test_by_parties_day_and_title(
        self, case: Case, sample: Sample, title: str, day: str | None, is_found: bool
    ) -> None:
        both = [sample.japan, sample.norway]
        first = case.add(Agreement, title="Memorandum on defence equipment", parties=both)
        case.add(PartyAction, agreement=first, action="signature", date="2024-09-03")
        second = case.add(Agreement, title=title, parties=both)
        if day:
            case.add(PartyAction, agreement=second, action="signature", date=day)
        assert ends(found(case)) == ({frozenset({first, second})} if is_found else set())

    def test_other_parties_speak_against_it(self, case: Case, sample: Sample) -> None:
        for party in (sample.japan, sample.norway):
            key = case.add(Agreement, title="Memorandum on defence equipment", parties=[party])
            case.add(PartyAction, agreement=key, action="signature", date="2024-09-03")
        assert found(case) == []


class TestSources:
    @pytest.mark.parametrize(
        ("first", "second", "is_found"),
        [
            ({"url": "https://www.mod.go.jp/j/press/1.html#top"}, {"url": "http://mod.go.jp/j/press/1.html/"}, True),
            ({"doi": "10.1000/ABC"}, {"doi": "https://doi.org/10.1000/abc"}, True),
            ({"doi": "10.1000/ABC"}, {"doi": "10.1000/abcd"}, False),
            ({"url": "https://mod.go.jp/"}, {"url": "https://mod.go.jp"}, False),
        ],
    )
    def test_by_address(self, case: Case, first: dict[str, object], second: dict[str, object], is_found: bool) -> None:
        assert len(twins(case, Source, {"title": "A", **first}, {"title": "B", **second})) == is_found

    def test_by_title_and_day(self, case: Case) -> None:
        values: dict[str, object] = {"title": "Minister meets minister", "issued": "2024-09-03"}
        assert len(twins(case, Source, values, values)) == 1
        assert len(twins(case, Source, {"title": "Other"}, values | {"issued": "2024-09-04"})) == 1


def test_words_are_compared_as_people_mean_them() -> None:
    assert name_words("Adm. O'Neil, Seán") == ("oneil", "sean")
    assert spelled(("Defence".lower(), "18", "118")) == spelled(("defense", "118", "18"))
    assert address("HTTPS://WWW.Example.org/a/?b=2&utm_source=x&a=1") == "example.org/a?a=1&b=2"
    assert address("http://[broken") == "http://[broken"
    assert doi("see doi:10.1234/XyZ.") == "10.1234/xyz"


def test_a_thousand_of_one_name_cost_no_more_than_their_number() -> None:
    many = [(f"{number:04}", number.to_bytes(16, "big")) for number in range(1_000)]
    assert len(list(neighbours([many, many]))) < 41 * 1_000
    assert list(neighbours([[(None, record) for _, record in many]])) == []


def test_a_pair_that_cannot_be_one(case: Case, sample: Sample) -> None:
    with pytest.raises(InvalidValue, match="different kinds"):
        case.read(pair_of, sample.minister, sample.norway)
    tags = [case.add(Tag, name=name) for name in ("one", "two")]
    with pytest.raises(InvalidValue, match="cannot be joined"):
        case.read(pair_of, *tags)
    with pytest.raises(InvalidValue, match="same record already"):
        case.read(pair_of, sample.minister, sample.minister)


def test_classes_are_the_same_whichever_way_round_they_were_told() -> None:
    one, two, three = (uuid.UUID(int=number).bytes for number in (1, 2, 3))
    state = uuid.UUID(int=9 << 100, version=5).bytes
    circle = [(one, two), (two, three), (three, one)]
    assert joined(circle).all_of(two) == joined(circle[:2]).all_of(three) == (one, two, three)
    assert joined([*circle, (three, state)]).of(one) == state
    assert list(joined(circle).others()) == [two, three]
    chain = [(number.to_bytes(16, "big"), (number + 1).to_bytes(16, "big")) for number in range(3_000)]
    assert len(joined(reversed(chain)).all_of(bytes(16))) == 3_001


@pytest.mark.parametrize(
    "days", [("2024-09-03", "2024-09-04"), ("2024-09-03", "2023"), ("2024", "2022-01-01..2023-12-31")]
)
def test_what_is_excluded_quickly_would_not_have_been_likely(days: tuple[str, str]) -> None:
    alike = [
        agreements.Instrument({("on", "x"): "On x"}, {b"n", b"j"}, {profiles.Days(*(day.split("..") * 2)[:2])})
        for day in days
    ]
    assert agreements.excludes(*alike)
    assert agreements.compare(*alike).score < LEAST
    for instrument in alike:
        instrument.numbers.add(("UNTS", "I-1"))
    assert not agreements.excludes(*alike)
