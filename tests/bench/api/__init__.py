"""How fast the open API is: pages at any depth, what changed since, and streams of everything.

inside     what is done inside a site: its ids, and moments of change
measuring  asks a site, and watches its memory while it streams
urls       the site's addresses, without the limits of how often one may ask
"""
