"""What no honest file says: a log that contradicts itself, or tells otherwise what both files know."""

import sqlite3

from db.errors import MergeRefused

_CONTRADICTIONS = {
    "Its log has changes without an edit that they belong to.": """
        SELECT 1 FROM other.change x LEFT JOIN other.changeset s ON s.k = x.changeset WHERE s.k IS NULL""",
    "Its log has a change whose parent is missing, comes after it, or belongs to another record.": """
        SELECT 1 FROM (SELECT n, parent FROM other.change WHERE parent IS NOT NULL
                       UNION ALL SELECT n, parent FROM other.change_parent) l
        LEFT JOIN other.change x ON x.n = l.n LEFT JOIN other.change p ON p.n = l.parent
        WHERE x.n IS NULL OR p.n IS NULL OR p.record <> x.record OR p.n >= x.n""",
    "It has an edit of the same name as one here, but by another author or at another time.": """
        SELECT 1 FROM sets m JOIN other.changeset b ON b.k = m.theirs JOIN main.changeset a ON a.k = m.ours
        WHERE a.hlc <> b.hlc OR a.written <> b.written OR a.author IS NOT b.author""",
    "It tells one of the changes that both files know differently.": """
        SELECT 1 FROM names m JOIN other.change x ON x.n = m.theirs JOIN main.change y ON y.n = m.ours
        LEFT JOIN names p ON p.theirs = x.parent
        WHERE x.op <> y.op OR x.kind <> y.kind OR x.record <> y.record OR x.field IS NOT y.field
           OR x.value IS NOT y.value OR p.ours IS NOT y.parent""",
    "It gives another reason for a change that both files know.": """
        SELECT 1 FROM other.reason x JOIN names m ON m.theirs = x.n LEFT JOIN main.reason y ON y.n = m.ours
        WHERE NOT m.fresh AND y.text IS NOT x.text""",
    "It lacks the reason for a change that both files know.": """
        SELECT 1 FROM main.reason y CROSS JOIN main.change c ON c.n = y.n JOIN sets s ON s.ours = c.changeset
        JOIN other.change x ON x.changeset = s.theirs AND x.ord = c.ord
        WHERE NOT EXISTS (SELECT 1 FROM other.reason WHERE n = x.n)""",
}


def refuse_contradictions(connection: sqlite3.Connection) -> None:
    """Compare the two logs, once their changes are named. Raises MergeRefused."""
    for words, query in _CONTRADICTIONS.items():
        if connection.execute(query + " LIMIT 1").fetchone():
            raise MergeRefused(f"{words} Neither file was changed.")
