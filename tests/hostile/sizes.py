"""Files that keep every rule, and hold so much, so long or so far apart that whoever reads them may never end."""

import uuid
from pathlib import Path

from db.dates.column import encode
from db.dates.edtf import read
from db.identity import link_id
from tests.hostile.case import Ending, Make, create, enter, ids_of, sound, spoilt


def _long_titles(words: str) -> Make:
    """The names by which records are known as long as a text may be."""

    def make(case: Path, folder: Path) -> None:
        with spoilt(case, folder, logged=True) as connection:
            for table, column in (
                ("agreement", "title"),
                ("person", "name"),
                ("organization", "name"),
                ("source", "title"),
            ):
                keys = ids_of(connection, table)[:1]
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (words, *keys))

    return make


enter(
    Ending.SOUND,
    title_of_a_million_letters=_long_titles("x" * 1_000_000),
    title_of_two_hundred_thousand_words=_long_titles("word " * 200_000),
    title_of_a_million_lines=_long_titles("\n" * 999_999 + "x"),
    title_of_a_million_marks=_long_titles("e" + "\u0301" * 999_999),
)


@sound
def agreement_of_two_thousand_parties(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        bodies = create(connection, "organization", [{"name": f"State {i}"} for i in range(2_000)])
        agreement = ids_of(connection, "agreement")[0]
        ends = [(uuid.UUID(bytes=agreement), uuid.UUID(bytes=body)) for body in bodies]
        rows = [
            {"id": link_id("party", *pair).bytes, "agreement_id": agreement, "organization_id": body}
            for pair, body in zip(ends, bodies, strict=True)
        ]
        create(connection, "party", rows)
        create(connection, "party_action", [{**_signed(row), "action": "signature"} for row in rows])


def _signed(row: dict[str, bytes]) -> dict[str, object]:
    return {
        "agreement_id": row["agreement_id"],
        "organization_id": row["organization_id"],
        "date": encode(read("2024-09-03")),
    }


@sound
def field_with_ten_thousand_claims(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        citation, subject = ids_of(connection, "citation")[0], ids_of(connection, "agreement")[0]
        rows = [
            {"subject_id": subject, "property": "title", "value": f"Title {i}", "citation_id": citation}
            for i in range(10_000)
        ]
        create(connection, "claim", rows)


@sound
def posts_of_ten_thousand_years(case: Path, folder: Path) -> None:
    """Dates at both ends of the calendar, which a time axis has to span."""
    with spoilt(case, folder) as connection:
        person, post = min(ids_of(connection, "person")), ids_of(connection, "post")[0]
        spans = [
            ("0000", "9999-12-31"),
            ("0001-01-01", "0001-01-02"),
            ("9999-12-31", "0000-01-01"),
            ("../2024", "2024/.."),
        ]
        rows = [
            {"person_id": person, "post_id": post, "start_date": encode(read(first)), "end_date": encode(read(last))}
            for first, last in spans * 20
        ]
        create(connection, "membership", rows)
        agreement = ids_of(connection, "agreement")[0]
        days = [encode(read(day)) for day in ("0000-01-01", "9999-12-31", "-9999", "Y170000002", "y-17e7", "soon")]
        create(
            connection,
            "party_action",
            [{"agreement_id": agreement, "action": "signature", "date": day} for day in days],
        )
