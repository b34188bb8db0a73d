"""Likely duplicates inside one case file: which records are one already, which look alike, and why."""
