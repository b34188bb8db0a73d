"""What keeps a briefing from being made, whatever it is printed as."""


class BriefingError(Exception):
    """A briefing could not be made; the case file is as it was."""
