"""Figures as data: each module draws one kind."""
