"""Data in and out of the directory, one module per format."""
