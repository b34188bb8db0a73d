"""The history of a record and of the whole file."""
