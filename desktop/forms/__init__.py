"""The field-driven form: one editor per type of field, one form for every kind of record."""
