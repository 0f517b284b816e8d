"""Fetch from an HSDS API, page by page: one request at a time, to checked addresses only.

asking    one address: redirects, patience, bounds; what is no answer is refused by name
paging    a list page by page, remembered in the stage, so that a fetch that was killed goes on
bringing  which lists there are, in which order, and what is missing in them
"""

from resources.interchange.intake.sources.api.bringing import bring_in_api

__all__ = ["bring_in_api"]
