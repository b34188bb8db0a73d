"""What agreements have of their own in the record pane: their life, parties, provisions, relations and texts."""
