"""From files of other kinds to records: each importer checks everything, then writes as every editor does."""
