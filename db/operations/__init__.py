"""Writes: plain functions of a session inside `db.log.edit`. Each leaves the file valid or raises."""
