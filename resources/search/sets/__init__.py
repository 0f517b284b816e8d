"""The directory in memory, as sets, kept current: `current(today)` is what a request asks.

terms      the vocabularies
moments    what changed since when
tags       what the rows say, as sets
places     the order of the names
directory  `Directory`: all of it, and what it answers
snapshot   a copy of the sets in the database, for a process that starts
freshness  the newest edition, from the one before by what was published since
"""

from resources.search.sets.directory import Directory
from resources.search.sets.freshness import build, current, forget
from resources.search.sets.terms import TermInfo, Tree

__all__ = ["Directory", "TermInfo", "Tree", "build", "current", "forget"]
