"""The public site as plain files, for a web server alone to stand in when all else is down.

`export.py` has the application itself render every page and writes it where its address says, so
that an address leads to the same page in the copy. What needs the application is left out, and its
address says so.
"""
