"""Backups in the window: made while a file is edited, looked at before they are restored."""
