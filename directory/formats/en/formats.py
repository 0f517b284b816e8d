"""English as in the United States: November 3, 2026; 9:30 a.m.; $40,000.50."""

from __future__ import annotations

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "m/d/Y"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "F j"
TIME_FORMAT = "g:i a"
DATETIME_FORMAT = "F j, Y, g:i a"

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
