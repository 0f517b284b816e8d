"""How fast spreadsheets are, and how much memory they take: `make bench-sheets`."""
