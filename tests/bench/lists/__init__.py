"""How fast lists to hand over are: `python -m tests.bench.lists`."""
