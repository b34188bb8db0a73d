"""Files that keep every rule, and whose values mean harm to whoever shows, prints or follows them."""

import io
import struct
import uuid
import zlib
from pathlib import Path

from PIL import Image
from sqlalchemy import Text

from db.dates import EdtfType
from db.identity import link_id, new_id
from db.models import LOGGED
from db.models.base import Key, Term
from db.triggers import logged_fields, table_of
from tests.hostile.case import Ending, Make, create, enter, ids_of, keep, lie, refused, sound, spoilt

MARKUP = """<b>&lt;&amp;&#0;<img src="file:///etc/passwd" onerror=alert(1)><img src="http://127.0.0.1:9/x">\
<a href="file:///etc/passwd">x</a><para><font size=99999><br/></para>]]><!--<script>{0}{title}%s%n${x}</b>"""
FORMULA = "=cmd|' /C touch executed-by-a-hostile-file'!A0"
CONTROLS = "".join(map(chr, range(1, 32))) + "\x7f\x80\x85\x9b31m\x1b]0;owned\x07\x1b[2J\u2028\u2029\ufeff\ufffe\uffff"
BIDI = "\u202efdp.exe\u2066\u2067\u2068\u202a\u202b\u202d\u200f\u200e\u061c unclosed"
ZALGO = "Z" + "\u0301\u0489\u20dd" * 2000
WIDE = "\U000e0001\U0001f1ef\U0001f468\u200d\U0001f469\u200d\U0001f467\u200b\u2060\u00ad\ufdfd\U0010ffff"


def _every_text(words: str) -> Make:
    """A file in which every text of every record says these words."""

    def make(case: Path, folder: Path) -> None:
        with spoilt(case, folder, logged=True) as connection:
            for cls in LOGGED:
                names = [column for column in logged_fields(cls) if _is_free(table_of(cls).columns[column].type)]
                for name in names:
                    connection.execute(f"UPDATE {cls.__tablename__} SET {name} = ?", (words,))
            connection.execute("UPDATE changeset SET label = ?", (words,))
            connection.execute("UPDATE receipt SET origin = ?, revision = ?", (words, words))

    return make


def _is_free(kind: object) -> bool:
    return isinstance(kind, Text) and not isinstance(kind, Term | EdtfType | Key)


enter(
    Ending.SOUND,
    words_that_are_markup=_every_text(MARKUP),
    words_that_are_a_formula=_every_text(FORMULA),
    words_that_are_controls=_every_text(CONTROLS),
    words_that_turn_round=_every_text(BIDI),
    words_piled_up=_every_text(ZALGO),
    words_of_rare_characters=_every_text(WIDE),
    words_that_are_empty=_every_text(""),
    words_that_are_blank=_every_text(" \t\n\u3000"),
    words_without_a_space=_every_text("x" * 20_000),
    words_of_many_lines=_every_text("\n" * 5_000 + "x"),
    words_that_are_a_path=_every_text("../../../../etc/passwd"),
    words_that_are_options=_every_text("--output=/etc/passwd"),
    words_that_are_a_template=_every_text("{0.__class__.__mro__} %(x)s {{}} ${HOME} `id` $(id)"),
)


def _sql(*statements: str) -> Make:
    def make(case: Path, folder: Path) -> None:
        with spoilt(case, folder, logged=True) as connection:
            for statement in statements:
                connection.execute(statement)

    return make


_AGREEMENT = "UPDATE agreement SET"
enter(
    Ending.REFUSED,
    text_of_bad_utf_8=_sql(f"{_AGREEMENT} summary = CAST(x'41ff42' AS TEXT)"),
    text_of_half_a_character=_sql(f"{_AGREEMENT} summary = CAST(x'e69c' AS TEXT)"),
    text_with_surrogates=_sql(f"{_AGREEMENT} summary = CAST(x'eda080' AS TEXT)"),
    text_overlong=_sql(f"{_AGREEMENT} summary = CAST(x'c080' AS TEXT)"),
    text_beyond_unicode=_sql(f"{_AGREEMENT} summary = CAST(x'f4908080' AS TEXT)"),
    text_with_nul=_sql(f"{_AGREEMENT} summary = 'a' || char(0) || 'b'"),
    text_of_bad_utf_8_in_a_label=_sql("UPDATE changeset SET label = CAST(x'ff' AS TEXT)"),
    text_of_bad_utf_8_in_an_origin=_sql("UPDATE receipt SET origin = CAST(x'ff' AS TEXT)"),
    text_of_bad_utf_8_in_a_name=_sql("UPDATE author SET name = CAST(x'80' AS TEXT)"),
    text_of_twenty_megabytes=_sql(f"{_AGREEMENT} summary = replace(hex(zeroblob(10000000)), '00', 'xx')"),
    text_of_a_hundred_megabytes=lie("UPDATE agreement SET summary = CAST(zeroblob(50000000) AS TEXT)"),
    date_that_is_none=_sql("UPDATE person SET birth_date = 'tomorrow'"),
    date_of_another_meaning=_sql("UPDATE person SET birth_date = '1900-01-01|2100-01-01|1979|1979'"),
)
enter(
    Ending.SOUND,
    date_that_is_only_words=_sql("UPDATE person SET birth_date = '|||<b>x</b>' || char(10)"),
    number_at_the_end=_sql(f"{_AGREEMENT} renewal_years = 9223372036854775807"),
    number_below_everything=_sql(f"{_AGREEMENT} renewal_years = -9223372036854775808"),
    size_of_a_file_that_lies=_sql("UPDATE attachment SET size = -9223372036854775808"),
    quotation_nowhere=_sql("UPDATE citation SET quotation_start = -5, quotation_end = 9223372036854775807"),
    span_that_is_none=_sql(f"{_AGREEMENT} term_span = 'P99999999999999999999Y'"),
    span_of_nine_thousand_years=_sql(f"{_AGREEMENT} term_span = 'P9999Y'"),
    language_that_is_a_path=_sql(
        "UPDATE case_file SET language = '../../../etc/passwd'", "UPDATE citation SET quotation_language = 'xx-_-@@'"
    ),
    state_that_is_none=_sql(
        "UPDATE organization SET iso_code = '../'", "UPDATE organization SET classification = 'state'"
    ),
    states_that_all_are_one=_sql("UPDATE organization SET iso_code = 'JPN', classification = 'state'"),
    address_of_a_file=_sql(
        "UPDATE source SET url = 'file:///etc/passwd', archive_url = 'javascript:alert(1)', doi = '<>'"
    ),
    file_name_that_is_a_path=_sql("UPDATE attachment SET filename = '../../../../tmp/executed-by-a-hostile-file'"),
    file_name_with_controls=_sql("UPDATE attachment SET filename = 'a' || char(10, 27, 8238) || '.pdf' || char(13)"),
    media_type_that_is_markup=_sql("UPDATE attachment SET media_type = '<b>text/html; x=' || char(10)"),
    marking_line_without_end=_sql("UPDATE case_file SET marking_line = replace(hex(zeroblob(50000)), '00', 'W ')"),
    parent_of_itself_as_a_body=_sql("UPDATE organization SET parent_id = id"),
    parents_of_one_another=_sql(
        "UPDATE organization SET parent_id = (SELECT o.id FROM organization o WHERE o.pk = 1 + organization.pk % 4)"
    ),
    same_as_itself=_sql(
        "UPDATE agreement SET merged_into_id = id",
        "UPDATE person SET merged_into_id = id",
        "UPDATE organization SET merged_into_id = id",
        "UPDATE source SET merged_into_id = id",
        "UPDATE post SET merged_into_id = id",
    ),
    same_as_one_another=_sql(
        *(
            f"UPDATE {table} SET merged_into_id = (SELECT x.id FROM {table} x WHERE x.id <> {table}.id)"
            for table in ("agreement", "person", "source")
        )
    ),
    repeats_itself=_sql("UPDATE citation SET relays_id = source_id"),
    repeat_one_another=_sql(
        "UPDATE citation SET relays_id = (SELECT s.id FROM source s WHERE s.id <> citation.source_id)"
    ),
)


def _chain(table: str, column: str, count: int, *, closed: bool = False, **values: object) -> Make:
    def make(case: Path, folder: Path) -> None:
        """Thousands of records, each pointing at the one before it; the first one at the last, where it is closed."""
        with spoilt(case, folder) as connection:
            keys = [new_id().bytes for _ in range(count)]
            rows = [{"id": key, column: keys[i - 1] if i or closed else None, **values} for i, key in enumerate(keys)]
            create(connection, table, rows)

    return make


enter(
    Ending.SOUND,
    chain_of_bodies=_chain("organization", "parent_id", 3_000, name="Body"),
    circle_of_bodies=_chain("organization", "parent_id", 3_000, closed=True, name="Body"),
    chain_of_the_same_agreement=_chain("agreement", "merged_into_id", 3_000, title="Same"),
    circle_of_the_same_agreement=_chain("agreement", "merged_into_id", 3_000, closed=True, title="Same"),
    circle_of_the_same_person=_chain("person", "merged_into_id", 3_000, closed=True, name="Same"),
    chain_of_the_same_post=_chain("post", "merged_into_id", 3_000, label="Same"),
)


@sound
def chain_of_sources(case: Path, folder: Path) -> None:
    """Three thousand sources that repeat each other, in a circle at the end, and a claim at its far end."""
    with spoilt(case, folder) as connection:
        sources = create(connection, "source", [{"title": f"Source {i}"} for i in range(3_000)])
        passages = [
            {"source_id": source, "relays_id": sources[max(i - 1, 0) if i else 5]} for i, source in enumerate(sources)
        ]
        citations = create(connection, "citation", passages)
        agreement = ids_of(connection, "agreement")[0]
        claims = [
            {"subject_id": agreement, "property": "title", "value": f"Title {i}", "citation_id": citations[-i]}
            for i in range(1, 300)
        ]
        create(connection, "claim", claims)


@sound
def claims_about_claims(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        citation = ids_of(connection, "citation")[0]
        keys = [new_id().bytes for _ in range(500)]
        rows: list[dict[str, object]] = [
            {"id": key, "subject_id": keys[i - 1], "property": MARKUP, "value": "x", "citation_id": citation}
            for i, key in enumerate(keys)
        ]
        create(connection, "claim", rows)


@sound
def claims_of_what_no_field_is(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        citation, subject = ids_of(connection, "citation")[0], ids_of(connection, "agreement")[0]
        values = ("", "x" * 5000, MARKUP, "9" * 400, "|||", "[]", "\u202e", None)
        names = (
            "title",
            "signed",
            "parties",
            "subjects",
            "renewal_years",
            "marking",
            "nothing",
            "existence",
            "status",
            "pk",
        )
        rows: list[dict[str, object]] = [
            {"subject_id": subject, "property": name, "value": value, "citation_id": citation}
            for name in names
            for value in values
        ]
        create(connection, "claim", rows)


@sound
def names_that_belong_to_one_another(case: Path, folder: Path) -> None:
    """Each is another name of the next one, in a circle; and one attachment belongs to itself."""
    with spoilt(case, folder) as connection:
        keys = [new_id().bytes for _ in range(2_000)]
        rows: list[dict[str, object]] = [
            {"id": key, "record_id": keys[i - 1], "name": "x"} for i, key in enumerate(keys)
        ]
        create(connection, "other_name", rows)
        digest, own = keep(connection, b"x"), new_id().bytes
        create(connection, "attachment", [{"id": own, "record_id": own, "filename": "a", "size": 1, "sha256": digest}])


@sound
def dismissals_of_one_another(case: Path, folder: Path) -> None:
    """What was dismissed names a dismissal, and so on: a title that is made of titles must end."""
    with spoilt(case, folder) as connection:
        subject = ids_of(connection, "agreement")[0]
        for _ in range(60):
            row: dict[str, object] = {"subject_id": subject, "finding": "uncited", "property": "title", "state": "x"}
            ends = ("uncited", "title", "x")
            row["id"] = link_id("dismissal", uuid.UUID(bytes=subject), *ends).bytes
            (subject,) = create(connection, "dismissal", [row])


@sound
def agreements_that_replace_one_another(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        keys = create(connection, "agreement", [{"title": f"Treaty {i}"} for i in range(400)])
        rows: list[dict[str, object]] = [
            {
                "id": link_id("relation", uuid.UUID(bytes=key), "supersedes", uuid.UUID(bytes=keys[i - 1])).bytes,
                "agreement_id": key,
                "relation_type": "supersedes",
                "target_id": keys[i - 1],
            }
            for i, key in enumerate(keys)
        ]
        create(connection, "relation", rows)


@sound
def thirty_thousand_notes(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        create(connection, "note", [{"text": f"Note {i}", "visibility": "internal"} for i in range(30_000)])


@sound
def agreement_of_three_thousand_parts(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        agreement = ids_of(connection, "agreement")[0]
        rows: list[dict[str, object]] = [
            {"agreement_id": agreement, "provision_kind": "cost", "text": MARKUP, "article": str(i)}
            for i in range(3_000)
        ]
        create(connection, "provision", rows)


@refused
def content_of_another_name(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        connection.execute("UPDATE content SET data = zeroblob(100)")


@refused
def content_of_another_name_and_length(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        connection.execute("INSERT INTO content(sha256, data) VALUES(zeroblob(32), zeroblob(5000000))")


@refused
def content_that_is_missing(case: Path, folder: Path) -> None:
    with spoilt(case, folder) as connection:
        connection.execute("DELETE FROM content")


def _portrait(data: bytes) -> Make:
    def make(case: Path, folder: Path) -> None:
        """A person whose portrait is no picture that anybody should unpack."""
        with spoilt(case, folder, logged=True) as connection:
            digest = keep(connection, data)
            person = min(ids_of(connection, "person"))
            key = new_id().bytes
            connection.execute(
                "INSERT INTO attachment(id, record_id, filename, media_type, size, sha256)"
                " VALUES(?, ?, 'portrait.png', 'image/png', ?, ?)",
                (key, person, len(data), digest),
            )
            connection.execute("UPDATE person SET image_id = ?", (key,))

    return make


def _png(width: int, height: int, body: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _gif() -> bytes:
    file = io.BytesIO()
    Image.new("P", (9_000, 9_000)).save(file, "GIF")
    return file.getvalue()


enter(
    Ending.SOUND,
    portrait_that_is_a_bomb=_portrait(_png(60_000, 60_000, zlib.compress(bytes(50_000_000), 9))),
    portrait_of_eighty_million_pixels=_portrait(_gif()),
    portrait_that_is_cut_off=_portrait(_png(300, 300, zlib.compress(bytes(1_000))[:20])),
    portrait_that_is_noise=_portrait(b"\x89PNG\r\n\x1a\n" + b"\xa5" * 5_000),
    portrait_that_is_a_program=_portrait(b"%!PS\n(executed-by-a-hostile-file) (w) file\n"),
    portrait_that_is_a_drawing=_portrait(
        b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    ),
)
