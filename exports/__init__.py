"""What leaves a case file: briefings and their PDF. Knows no Qt."""
