"""The review: what to look at in what a case file says. Whether the file is sound is `db.inspection`'s."""
