"""Reads: plain functions of a session that give frozen rows. Records never leave their session."""
