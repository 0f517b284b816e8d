"""How long it takes to publish the open data and to copy the site: `make bench-data`."""
