"""The pages of the window, one screen per module."""
