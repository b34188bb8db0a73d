"""What a keyboard reaches at once: the command palette and the list of shortcuts."""
