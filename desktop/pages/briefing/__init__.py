"""The briefing page: the sheet of an agreement as it will be printed, beside the choices for it."""

from desktop.pages.briefing.page import BriefingPage

__all__ = ["BriefingPage"]
