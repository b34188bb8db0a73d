"""The review page: what there is to look at, where it is, and what somebody said is none."""

from desktop.pages.review.page import ReviewPage

__all__ = ["ReviewPage"]
