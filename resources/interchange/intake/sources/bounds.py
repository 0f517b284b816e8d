"""What may come in at most. Beyond it a file is a mistake or an attack, and is refused by name."""

from __future__ import annotations

MOST_BYTES = 8 * 2**30  # of a file, or of all files of a folder or zip, unpacked
MOST_MEMBERS = 1_000  # files in a folder or zip
# Unpacked to packed, of what is larger than SMALL. Lists that repeat themselves reach 50.
MOST_RATIO = 250
SMALL = 2**20

# Of one record, in bytes as it is written. Organizations hold their services, thousands of them.
MOST_OF_RECORD = 32 * 2**20
LONGEST_TEXT = 1_000_000  # characters of one field; outlines of areas (GeoJSON) are long
DEEPEST = 64  # lists and objects in each other; HSDS itself needs 20

# Of tables: parts of one record, and of all records together for each row. A location stands in
# every service that is there, so that few rows can be told without end.
MOST_PARTS = 100_000
MOST_TOLD = 50

# Problems of one kind that are named one by one.
MOST_NAMED = 100
