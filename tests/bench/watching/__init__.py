"""How fast it is to watch funds: what opened and closed, feeds, the table and its file."""
