"""The tables of the side index, and the version that says whether a file has them."""

import zlib

from db.index.documents import SHAPE

APPLICATION_ID = int.from_bytes(b"Dpsx", "big")
_FORMAT = 1
_TOKENS = "unicode61 remove_diacritics 2"
STATEMENTS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """CREATE TABLE state(one INTEGER PRIMARY KEY CHECK(one = 1), changeset BLOB, n INTEGER NOT NULL,
       kind TEXT NOT NULL, after INTEGER NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL) STRICT""",
    """CREATE TABLE document(pk INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, root BLOB NOT NULL,
       root_kind TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    "CREATE TABLE script(pk INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    f"""CREATE VIRTUAL TABLE word_index USING fts5(title, body, content='document', content_rowid='pk',
        prefix='1 2 3', tokenize='{_TOKENS}')""",
    """CREATE VIRTUAL TABLE script_index USING fts5(text, content='script', content_rowid='pk',
       tokenize='trigram')""",
    "INSERT INTO word_index(word_index, rank) VALUES('rank', 'bm25(8.0, 1.0)')",
)
"""`document` holds the folded Latin words of each record that has text, under the number of its row in `record`;
`script` the whole folded text of those that have letters of another script."""
VERSION = zlib.crc32(repr((_FORMAT, STATEMENTS, SHAPE)).encode()) & 0x7FFFFFFF
"""Another one when the tables change, or the fields of any kind: the index is then made anew."""
