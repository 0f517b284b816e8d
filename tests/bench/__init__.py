"""How fast the site answers: `make bench-pages`. `docs/measurements.md` keeps the figures."""
