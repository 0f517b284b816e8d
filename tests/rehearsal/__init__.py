"""A look at every address of the starter data, on this machine: `make rehearse-links`.

cases         what sites do, and what each is to be taken for
shares        which site plays which case
certificates  an authority of the run's own, and what it signs
stage         the server that plays all sites, and the way to it
running       three days of visits, recorded as ever
report        what came of it, as Markdown
"""
