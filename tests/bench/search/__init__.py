"""How fast searches are as the directory grows, beside the usual way and the floor: see `__main__`.

questions  what is asked, by kind
usual      the same page by django-filter, `icontains` and GROUP BY; and pages that do nothing
measuring  asks, side by side
report     the tables
"""
