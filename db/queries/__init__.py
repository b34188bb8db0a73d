"""Reads: plain functions of a session that give frozen rows. Records never leave their session.

`Session` by name, for those who pass on the one they are given and never open any.
"""

from sqlalchemy.orm import Session as Session
