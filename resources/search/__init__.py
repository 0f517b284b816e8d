"""Finding resources: what was asked (`query`, `words`, `areas`), what fits, in which order."""
