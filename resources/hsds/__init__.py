"""Entries and vocabularies as documents of the Human Services Data Specification (HSDS) 3.2.

https://docs.openreferral.org. Pure functions over loaded rows: no request, no address of a server.
What is said in words is what the page of the same entry says. `profile.py`: what HSDS cannot say.
"""

VERSION = "3.2"
