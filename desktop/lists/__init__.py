"""Lists of records at any size: model, view, delegate, filter bar, columns, bulk edit and export."""
