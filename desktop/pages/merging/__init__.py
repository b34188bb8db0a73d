"""A colleague's file beside ours: what it would bring, what is chosen about it, and the merge itself."""

from desktop.pages.merging.page import MergingPage

__all__ = ["MergingPage"]
