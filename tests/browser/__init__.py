"""What holds in a real browser, against a real server with the starter data."""
