"""Dates as sources give them (EDTF, ISO 8601-2:2019): read, compared, stored, typed and put into words."""

from db.dates.column import EdtfType, decode, earliest, encode, latest
from db.dates.edtf import Edtf, UnreadableDate, parse, read
from db.dates.phrases import understand
from db.dates.refusals import Refusal, Refused, explain
from db.dates.words import describe

__all__ = [
    "Edtf",
    "EdtfType",
    "Refusal",
    "Refused",
    "UnreadableDate",
    "decode",
    "describe",
    "earliest",
    "encode",
    "explain",
    "latest",
    "parse",
    "read",
    "understand",
]
