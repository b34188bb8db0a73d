"""The case file: schema, change log, reads, writes and merge. Knows neither Qt nor ReportLab."""
