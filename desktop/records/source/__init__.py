"""What sources have of their own in the record pane: who made them, CSL variables, passages cited, whom they repeat."""
