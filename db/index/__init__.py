"""The side index: all words of a case file, searchable, in a database of its own in the user's cache folder.

It never travels with the case file, can be lost at any time, and is kept up from the change log.
"""
