"""The record pane: one record with its fields, its parts and what is connected with it."""
