"""The page of likely duplicates: pairs, the likeliest first, side by side, and what an analyst says of them."""

from desktop.pages.duplicates.page import DuplicatesPage

__all__ = ["DuplicatesPage"]
