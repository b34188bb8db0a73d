"""Lists of any kind at any size: the order as an array of row numbers, the rows a page at a time.

A list of a million records is an `array` of their pks (8 MB); only what is on the screen is read as rows.
"""

from db.queries.lists.columns import Column, Shape, Sort, columns_of, shown_at_first
from db.queries.lists.first_hits import hits
from db.queries.lists.grouped import HEAD
from db.queries.lists.order import kinds_in_order
from db.queries.lists.placing import Placing, place_of, place_records, places_of
from db.queries.lists.rows import ListRow, Mark, TagRow, ids_of, rows, rows_of
from db.queries.lists.snapshot import Slice, comes_late, snapshot

__all__ = [
    "HEAD",
    "Column",
    "ListRow",
    "Mark",
    "Placing",
    "Shape",
    "Slice",
    "Sort",
    "TagRow",
    "columns_of",
    "comes_late",
    "hits",
    "ids_of",
    "kinds_in_order",
    "place_of",
    "place_records",
    "places_of",
    "rows",
    "rows_of",
    "shown_at_first",
    "snapshot",
]
