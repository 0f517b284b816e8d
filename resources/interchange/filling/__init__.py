"""Very many new public entries at once: their rows written straight into the tables.

`rows` makes of documents the rows of every table that tells of them, the record and the text index
among them; `crew` shares that work among processes; `postgresql` and `sqlite` each take rows in by
the way that is quickest there. `resources.interchange.sampling` puts them together.

Nothing is imported here: a process of the crew comes by before Django is set up in it.
"""
