"""What officials have of their own in the record pane: posts on a time axis, and what they signed."""
