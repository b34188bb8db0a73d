"""What an analyst adds to a record: notes, tasks, assessments, files and tags."""
