"""The whole directory as files: published edition by edition, for whoever wants all of it at once.

`publish.py` goes through everything once and hands each document to the writers of the formats.
"""
