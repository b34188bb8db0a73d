"""Putting two case files together: the union of what they know, what it would bring, what is decided about it."""
