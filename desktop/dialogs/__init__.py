"""Dialogs of the window as a whole. All of them open without blocking."""
