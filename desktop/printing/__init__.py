"""From an agreement to its sheet on paper: one road for the command line and the window."""
