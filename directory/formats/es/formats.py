"""Spanish as read in the United States: 3 de noviembre de 2026, but numbers as $40,000.50.

The point is the decimal mark in the United States, Mexico and Central America; Django's own
Spanish formats follow Spain and would write 40.000,50.
"""

from __future__ import annotations

DATE_FORMAT = r"j \d\e F \d\e Y"
SHORT_DATE_FORMAT = "d/m/Y"
YEAR_MONTH_FORMAT = r"F \d\e Y"
MONTH_DAY_FORMAT = r"j \d\e F"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = r"j \d\e F \d\e Y, g:i a"

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
