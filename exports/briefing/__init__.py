"""Briefings: records made into frozen sheets that say what is printed."""
